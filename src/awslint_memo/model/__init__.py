"""Data model: values, resources, deployments and findings. Independent of file formats, rules and user interface."""
