"""The rules of EventBridge in other files of a repository that take alarms' changes of state.

A rule takes the changes of an account and Region whoever made the alarm, so one template often has it for all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import takewhile

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

_OTHER_STATES = regex(r"\b(?:OK|INSUFFICIENT_DATA)\b")
_ALARM = regex(r"\bALARM\b")
_NOT = "anything-but"

_OFF = regex(r"\b[Ss]tate[\"']?\s*[:=]\s*[\"']?DISABLED|\bis_enabled\s*=\s*false")
"""How a rule says that it takes nothing."""

_RESOURCE = regex(r"""^\s*["']?Type["']?\s*:|^\s*resource\s""")
"""How a line begins with which another resource begins, but for its name."""


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
        near = "\n".join(_own(lines, at))
        if not lines[at].lstrip().startswith("#") and not _OFF.search(near) and not _is_of_other_states(near):
            yield at + 1, _named(near)


def _own(lines: Sequence[str], at: int) -> Iterator[str]:
    """The lines around one that are of the same resource."""
    before = [*takewhile(lambda line: not _RESOURCE.match(line), reversed(lines[max(0, at - _AROUND) : at]))]
    yield from reversed(before)
    yield from takewhile(lambda line: not _RESOURCE.match(line), lines[at : at + _AROUND])


def _is_of_other_states(pattern: str) -> bool:
    """Whether a pattern asks for the changes to other states than ALARM alone."""
    asked = "".join(_STATE.split(pattern, 1)[1:])
    return _NOT in asked or (_OTHER_STATES.search(asked) is not None and _ALARM.search(asked) is None)


def _named(pattern: str) -> list[str] | None:
    """The names of alarms, or their beginnings, in the lines of a pattern; None where it asks for none."""
    begin = _NAMES.search(pattern)
    if begin is None:
        return None
    asked = _STATE.split(pattern[begin.end() :])[0]
    return ["".join(match.groups("")) for match in _WRITTEN.finditer(asked)]


def _fits(name: Value, written: str) -> bool:
    return name.starts_with(written.rstrip("*")) is True
