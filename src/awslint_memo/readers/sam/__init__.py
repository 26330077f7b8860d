"""SAM: what its resources become."""
