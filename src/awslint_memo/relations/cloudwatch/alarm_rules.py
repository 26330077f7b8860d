"""The rules of EventBridge in other files of a repository that take alarms' changes of state.

A rule takes the changes of an account and Region whoever made the alarm, so one template often has it for all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.file_finder import relative
from awslint_memo.files.holding import Holding
from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch.alarms import ALARM_EVENT

_DETAIL = ALARM_EVENT["detail-type"]
_LISTED = regex(rf"(?:[\[,]\s*|-[ \t]+)[\"']?{_DETAIL}\b")
"""The type of the event in a list, as in a pattern; in an event itself it is a text."""

_AROUND = 15
"""Lines before and behind that, of which one may name alarms. Chosen: a pattern has fewer."""

_NAMES = regex(r"alarmName[\"']?\s*[:=]")
_WRITTEN = regex(
    r"(?m)[\"']([^\"'\n]+)[\"']|(?:prefix|wildcard)[\"']?\s*[:=]\s*([^\s\"'{}\[\],]+)|-[ \t]+([^\s\"'{}\[\],:]+)[ \t]*$"
)
"""A name, or its beginning, in a pattern of JSON, YAML or Terraform; names of keys in quotes are met too."""

_STATE = regex(r"\bstate\b")
"""What else a pattern asks for of an alarm."""

_OTHER_STATES = regex(r"[\"'\[,\s](?:OK|INSUFFICIENT_DATA)[\"'\],\s]")
_ALARM = regex(r"[\"'\[,\s]ALARM[\"'\],\s]")
_NOT_ALARM = "anything-but"
_OFF = regex(r"\b[Ss]tate[\"']?\s*[:=]\s*[\"']?DISABLED|\bis_enabled\s*=\s*false")
"""How a rule says that it takes nothing."""


def elsewhere(alarm: Resource) -> str:
    """Where a rule in another file of the repository surely takes the changes of an alarm's state, whether it names no
    alarms or has the beginning of its name; empty where none does."""
    beside, path = alarm.deployment.beside, alarm.place.span.path
    if not isinstance(beside, FilesBeside):
        return ""
    top = beside.files.root_above(path)
    for source in beside.files.once(Holding(top, _DETAIL)):
        shown = relative(source.path, top)
        if os.path.abspath(source.path) != os.path.abspath(path) and not _is_aside(alarm, shown):
            for line, names in _patterns(source):
                if names is None or any(_fits(alarm.get("AlarmName"), name) for name in names):
                    return f"{shown}:{line}"
    return ""


def _is_aside(alarm: Resource, path: str) -> bool:
    """Whether a file is in a folder from which nothing of production is deployed."""
    return not set(path.lower().split("/")[:-1]).isdisjoint(alarm.deployment.declared.folders)


def _patterns(source: Source) -> Iterator[tuple[int, list[str] | None]]:
    """The lines of a file with such a pattern, each with the names of alarms in it; None where it has none."""
    lines = source.text.splitlines()
    for match in _LISTED.finditer(source.text):
        at = source.text.count("\n", 0, match.end())
        near = "\n".join(lines[max(0, at - _AROUND) : at + _AROUND])
        if not lines[at].lstrip().startswith("#") and not _OFF.search(near) and not _is_of_other_states(near):
            yield at + 1, _named(near)


def _is_of_other_states(pattern: str) -> bool:
    """Whether a pattern may ask for the changes to other states than ALARM alone."""
    if _OTHER_STATES.search(pattern) is None and _NOT_ALARM not in pattern:
        return False
    return _NOT_ALARM in pattern or _ALARM.search(pattern) is None


def _named(pattern: str) -> list[str] | None:
    """The names of alarms, or their beginnings, in the lines of a pattern; None where it asks for none."""
    begin = _NAMES.search(pattern)
    if begin is None:
        return None
    asked = _STATE.split(pattern[begin.end() :])[0]
    return ["".join(match.groups("")) for match in _WRITTEN.finditer(asked)]


def _fits(name: Value, written: str) -> bool:
    return name.starts_with(written.rstrip("*")) is True
