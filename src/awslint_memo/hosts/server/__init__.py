"""The language server: what is wrong while one types, explanations, and edits, over standard input and output.

It speaks the Language Server Protocol through pygls, which the extra `server` installs.
https://microsoft.github.io/language-server-protocol/
"""
