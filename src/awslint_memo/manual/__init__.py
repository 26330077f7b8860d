"""What is written about the rules: a rule's page, the list of rules, the memo."""
