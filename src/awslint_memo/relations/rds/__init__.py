"""Amazon RDS and Aurora."""
