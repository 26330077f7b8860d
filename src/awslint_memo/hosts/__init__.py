"""What hosts this linter: editors, the CDK, and cfn-lint."""
