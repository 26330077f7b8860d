"""EC2 Image Builder."""
