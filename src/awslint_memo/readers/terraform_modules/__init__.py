"""Public modules of Terraform, known by facts that were read from their releases: their files need not be there."""
