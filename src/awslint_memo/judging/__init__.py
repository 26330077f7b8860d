"""Rules, the check of deployments against them, suppressions, and the report."""
