"""Parser for HashiCorp's configuration language (HCL): arguments, blocks and expressions, with their positions."""
