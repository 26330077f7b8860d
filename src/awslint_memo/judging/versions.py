"""Which rules and verdicts are newer than a version, so that an upgrade brings no failing run by itself."""

from __future__ import annotations

from awslint_memo.judging.rule import Rule
from awslint_memo.model.lazy import regex

RELEASE = "0.2"
"""This version without its patch; a test compares it with that of the package."""

FIRST = "0.1"
"""The first version; a rule that says nothing else exists since then."""

_FORM = regex(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")


def is_version(text: str) -> bool:
    """Whether a text is a version without a patch, from the first one to this one."""
    return _FORM.fullmatch(text) is not None and _parts(FIRST) <= _parts(text) <= _parts(RELEASE)


def is_newer(since: str, version: str) -> bool:
    """Whether what exists since one version is newer than another version."""
    return _parts(since or FIRST) > _parts(version)


def is_preview(rule: Rule) -> bool:
    """Whether a rule is new in this release, and reports what nobody asked for by a setting of its own."""
    return rule.since == RELEASE and not rule.is_users and not rule.is_opt_in


def _parts(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
