"""Which files a run looks at, and their reading and writing: the only room that opens a file."""
