"""Finds, reads and writes files. No other package opens a file."""
