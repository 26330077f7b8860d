"""Suggests the name that a person may have meant."""

from __future__ import annotations

from collections.abc import Iterable

from awslint_memo.model.quoted import quoted


def closest(wanted: str, among: Iterable[str]) -> str:
    """The text "; did you mean X?" for a name that does not exist; empty if no name is similar."""
    from difflib import get_close_matches

    near = get_close_matches(wanted, list(among), n=1)
    return f"; did you mean {quoted(near[0])}?" if near else ""
