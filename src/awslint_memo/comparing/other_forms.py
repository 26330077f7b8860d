"""What says the same of a resource from another place in it: a text that is in a file now, or in another form."""

from __future__ import annotations

from awslint_memo.model.finding import Finding

_FORMS = (
    ("Definition", "DefinitionString", "DefinitionUri", "DefinitionS3Location"),
    ("Body", "DefinitionBody", "DefinitionUri", "BodyS3Location"),
)
"""The properties in which the same may be written: of a state machine, and of an API."""


def says_same(then: Finding, now: Finding, name: str) -> bool:
    """Whether a finding of now says of a resource what one of before does, at another place that may have the same.

    name: what the resource of that before is called now. A finding at the whole resource may be at a part of it now,
    as that is in a file, or is no text any more.
    """
    is_same = _message(then, name) == _message(now, name)
    if _is_within(then.route, now.route) or _is_within(now.route, then.route):
        return is_same
    old, new = _head(then), _head(now)
    if not any(old in forms and new in forms for forms in _FORMS):
        return False
    return is_same or (old != new and _clause(then) == _clause(now))


def _message(finding: Finding, name: str) -> str:
    return finding.message.replace(finding.resource, name)


def _clause(finding: Finding) -> str:
    """What a message says behind the name of its resource, since the way to the value stands before it."""
    return finding.message.partition(finding.resource)[2]


def _head(finding: Finding) -> str:
    return finding.route.partition(".")[0]


def _is_within(route: str, other: str) -> bool:
    return not other or route.startswith((f"{other}.", f"{other}["))
