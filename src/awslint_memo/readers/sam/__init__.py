"""Translates SAM resources to CloudFormation resources."""
