"""The configuration, its schema, and files of parameters."""
