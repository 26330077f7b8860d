"""Runbooks: what to do after a disruption, step by step, as the design of an estate implies it."""
