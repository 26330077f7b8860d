"""Fixes: from findings to edits of the files that people wrote, and proof that an edit does what it promises."""
