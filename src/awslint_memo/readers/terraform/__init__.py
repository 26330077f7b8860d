"""Terraform's configuration, JSON and native: from a directory to its deployment."""
