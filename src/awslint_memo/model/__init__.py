"""Values, resources, deployments and findings. Knows no file format, no rule and no user interface."""
