"""The graph of what templates make: resources, and how they hang together."""
