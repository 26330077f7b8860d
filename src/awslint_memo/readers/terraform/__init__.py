"""Reads Terraform's configuration in native syntax and JSON: merges directories and evaluates expressions."""
