"""Reads states of Terraform and OpenTofu: the resources that exist, with all of their values."""
