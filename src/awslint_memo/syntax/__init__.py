"""Parsers for YAML, JSON, TOML and HCL that keep the position of every node, and for JSON or YAML in strings."""
