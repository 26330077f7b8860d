"""Nodes become templates and their deployments, one package for each language."""
