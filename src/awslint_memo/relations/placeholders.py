"""Texts that stand where somebody is to write one, or a tool writes one before it is deployed."""

from __future__ import annotations

import re

from awslint_memo.model.lazy import regex
from awslint_memo.model.partial import UNFILLED

_OF_NOBODY = regex(
    r"([^@\s]+@|https?://([^/@]*@)?)([\w-]+\.)*(example\.(com|net|org)|[\w-]+\.(example|invalid|test))(:\d+)?(/.*)?",
    re.I,
)
"""A mail address or URL in a domain that is for examples and tests (RFC 2606)."""

_MARKS = ("${", "#{", "{{", "%", "<", "__")
"""Parts of a text by which tools find what they replace."""


def is_left_to_a_tool(text: str) -> bool:
    """Whether a tool may replace a part of a text before it is deployed."""
    return any(mark in text for mark in _MARKS)


def is_placeholder(endpoint: str) -> bool:
    """Whether a mail address or URL is in a domain that belongs to nobody, or has a part that is to be filled in."""
    is_address = "@" in endpoint or endpoint.startswith(("http://", "https://"))
    return is_address and (_OF_NOBODY.fullmatch(endpoint) is not None or UNFILLED.search(endpoint) is not None)
