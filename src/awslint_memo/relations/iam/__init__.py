"""AWS IAM: what policies let whom do, and where that is surely so, surely not, or not told."""
