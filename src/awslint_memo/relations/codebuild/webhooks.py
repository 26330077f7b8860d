"""Which events start a build: the filters of a project's webhook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value

REFERENCES: Sequence[str] = fact(
    ("BASE_REF", "HEAD_REF"), page="codebuild/latest/APIReference/API_WebhookFilter.html", read="2026-11-29"
)
"""The filters that compare a pattern with a reference such as refs/heads/main."""

_PULL_REQUESTS = "PULL_REQUEST_"
_RELEASES = ("PRERELEASED", "RELEASED")

EVENTS: Mapping[str, Sequence[str]] = fact(
    {
        "BASE_REF": (_PULL_REQUESTS,),
        "COMMIT_MESSAGE": ("PUSH", _PULL_REQUESTS),
        "FILE_PATH": ("PUSH", _PULL_REQUESTS),
        "RELEASE_NAME": _RELEASES,
        "TAG_NAME": _RELEASES,
        "WORKFLOW_NAME": ("WORKFLOW_JOB_QUEUED",),
    },
    page="codebuild/latest/APIReference/API_WebhookFilter.html",
    read="2026-11-30",
)
"""The filters that work with some events only, each with how the names of these begin."""

_EVENT = "EVENT"
_BEGINNING = "refs/"
_ANCHORED = regex(r"\^(?:\((?:\?:)?([^()]*)\)|([^()|]*))\$?")
_LITERAL = regex(r"(?:[\w/ -]|\\[./-])*")
_PLAIN = regex(r"\^([\w/-]+)\$")


@record(frozen=True, eq=False)
class DeadFilter:
    """A filter that no event can pass: its type and pattern, and the pattern that was probably meant, which is empty
    where that is not plain. is_whole: whether no group of filters of the webhook lets an event pass. events: those of
    its group where it works with none of them; else empty."""

    kind: str
    pattern: Value
    meant: str
    is_whole: bool
    events: str = ""


def dead_filters(project: Resource) -> list[DeadFilter]:
    """Of each group of filters of a project's webhook that surely no event passes, the first filter that is why."""
    groups = project.get("Triggers.FilterGroups").items
    if project.get("Triggers.Webhook").flag is not True:
        return []
    dead = [item for item in map(_dead, groups) if item is not None]
    is_whole = len(dead) == len(groups)
    patterns = [(item.get("Type").text or "", item.get("Pattern"), events) for item, events in dead]
    return [
        DeadFilter(kind, pattern, "" if events else _meant(pattern.text or ""), is_whole, events)
        for kind, pattern, events in patterns
    ]


def without_event(project: Resource) -> Value | None:
    """The type of the first filter of a project's webhook, where surely no filter says which events it is for."""
    kinds = [item.get("Type") for group in project.get("Triggers.FilterGroups").items for item in group.items]
    is_hook = project.get("Triggers.Webhook").flag is True
    return kinds[0] if is_hook and kinds and all(kind.text not in (None, _EVENT) for kind in kinds) else None


def _dead(group: Value) -> tuple[Value, str] | None:
    """A group's first filter that surely no event passes, and the group's events if it works with none of them."""
    events = _events(group)
    for item in group.items:
        excludes, pattern, kind = item.get("ExcludeMatchedPattern"), item.get("Pattern"), item.get("Type")
        if not (excludes.is_absent or excludes.flag is False):
            continue
        if kind.is_one_of(*REFERENCES) and pattern.surely(lambda content: _never_matches(str(content))):
            return item, ""
        possible = tuple(EVENTS.get(kind.text or "", ()))
        if possible and events and not any(event.startswith(possible) for event in events):
            return item, " and ".join(events)
    return None


def _events(group: Value) -> list[str]:
    """The events that a group of filters is for; none where they are not known."""
    patterns = [item.get("Pattern").text for item in group.items if item.get("Type").text in (None, _EVENT)]
    written = ",".join(pattern for pattern in patterns if pattern)
    return [event.strip() for event in written.split(",")] if written and None not in patterns else []


def _never_matches(pattern: str) -> bool:
    """Whether a pattern is anchored to the beginning, and every reference begins otherwise. A pattern that is not
    anchored matches somewhere in the reference."""
    match = _ANCHORED.fullmatch(pattern)
    written = "" if match is None else match[1] if match[1] is not None else match[2]
    return bool(written) and all(map(_differs, written.split("|")))


def _differs(pattern: str) -> bool:
    literal = _LITERAL.match(pattern)
    text = "" if literal is None else literal[0]
    # What is repeated may also be left out.
    if pattern[len(text) : len(text) + 1] in tuple("*?{"):
        text = text[:-1]
    text = re.sub(r"\\(.)", r"\1", text)
    return not _BEGINNING.startswith(text) and not text.startswith(_BEGINNING)


def _meant(pattern: str) -> str:
    match = _PLAIN.fullmatch(pattern)
    return "" if match is None else f"^refs/heads/{match[1]}$"
