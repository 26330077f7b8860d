"""Loads rules, applies them to deployments, applies suppressions, and builds the report."""
