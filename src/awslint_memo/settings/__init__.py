"""Reads the configuration file, checks it against its schema, and reads files of parameter values."""
