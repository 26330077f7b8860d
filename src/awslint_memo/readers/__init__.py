"""Converts parsed files to templates and their deployments; one package for each language."""
