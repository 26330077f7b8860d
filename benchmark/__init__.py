"""A labelled set of reliability defects in infrastructure code, and what linters find of them (see README.md)."""
