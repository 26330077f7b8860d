"""Text becomes nodes with their places: YAML, JSON, TOML, HCL, and text embedded in text."""
