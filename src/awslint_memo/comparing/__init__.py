"""Compares a run with another landscape (a revision, a plan's prior state, an earlier report) or with a baseline."""
