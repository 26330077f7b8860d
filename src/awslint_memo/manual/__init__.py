"""Generates documentation of the rules: a page for each rule, the list of rules, and the table of the memo."""
