"""Reads CloudFormation templates: evaluates conditions and functions, and enumerates deployments."""
