"""Terraform's plans: what stands when one is applied."""
