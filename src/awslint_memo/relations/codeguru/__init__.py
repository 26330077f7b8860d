"""Amazon CodeGuru."""
