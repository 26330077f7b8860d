"""What a fix writes a second time, as another property says it: nothing that nobody may see."""

from __future__ import annotations

from awslint_memo.fixes.edit import Refused
from awslint_memo.model.fix import steps_of
from awslint_memo.model.lazy import regex
from awslint_memo.model.secret import is_secret_name
from awslint_memo.model.secret_texts import without_named

_MARKED = regex(r"\bsensitive\s*\(")
"""Terraform's function that keeps a value out of what is printed; reports print edits."""


def copied(text: str, path: str) -> str:
    """The text of a property at a path, for another one. Raises Refused where it holds, or may hold, a secret."""
    is_named = any(is_secret_name(step) for step in steps_of(path.removeprefix("@")) if isinstance(step, str))
    if is_named or _MARKED.search(text) or without_named(text) != text:
        raise Refused(f"{path.removeprefix('@')} holds a sensitive value, which no fix writes; set it by hand")
    return text
