"""HashiCorp's configuration language: bodies of arguments and blocks, and expressions, each with its place."""
