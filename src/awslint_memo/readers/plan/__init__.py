"""Reads Terraform plans: the resources that exist after the plan is applied."""
