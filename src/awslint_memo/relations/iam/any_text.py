"""Conditions of policies that take any text for a key, which hold only for requests that have the key.

IAM/latest/UserGuide/reference_policies_elements_condition_operators.html (read on 2026-12-02)
"""

from __future__ import annotations

from collections.abc import Collection

_IF_EXISTS = "ifexists"


def has_any(test: str, key: str, sent: Collection[str]) -> bool | None:
    """Whether "*" is the value of a key for a test that compares equal ones, both in small letters. sent: the keys that
    the request surely has."""
    plain = test.removesuffix(_IF_EXISTS)
    if plain.startswith("string") and "equals" in plain:
        return None if plain != test else False  # It compares the sign itself.
    is_negated = "not" in plain
    return True if key in sent or (plain != test and not is_negated) else None
