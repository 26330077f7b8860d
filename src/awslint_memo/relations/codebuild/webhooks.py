"""Which events start a build: the filters of a project's webhook."""

from __future__ import annotations

import re
from collections.abc import Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value

REFERENCES: Sequence[str] = fact(
    ("BASE_REF", "HEAD_REF"), page="codebuild/latest/APIReference/API_WebhookFilter.html", read="2026-11-29"
)
"""The filters that compare a pattern with a reference such as refs/heads/main."""

_BEGINNING = "refs/"
_ANCHORED = regex(r"\^(?:\((?:\?:)?([^()]*)\)|([^()|]*))\$?")
_LITERAL = regex(r"(?:[\w/ -]|\\[./-])*")
_PLAIN = regex(r"\^([\w/-]+)\$")


@record(frozen=True, eq=False)
class DeadFilter:
    """A filter that no event can pass: its type and pattern, and the pattern that was probably meant, which is empty
    where that is not plain. is_whole: whether no group of filters of the webhook lets an event pass."""

    kind: str
    pattern: Value
    meant: str
    is_whole: bool


def dead_filters(project: Resource) -> list[DeadFilter]:
    """Of each group of filters of a project's webhook that surely no event passes, the first filter that is why."""
    groups = project.get("Triggers.FilterGroups").items
    if project.get("Triggers.Webhook").flag is not True:
        return []
    dead = [item for item in map(_dead, groups) if item is not None]
    is_whole = len(dead) == len(groups)
    patterns = [(item.get("Type").text or "", item.get("Pattern")) for item in dead]
    return [DeadFilter(kind, pattern, _meant(pattern.text or ""), is_whole) for kind, pattern in patterns]


def _dead(group: Value) -> Value | None:
    for item in group.items:
        excludes, pattern = item.get("ExcludeMatchedPattern"), item.get("Pattern")
        is_required = item.get("Type").is_one_of(*REFERENCES) and (excludes.is_absent or excludes.flag is False)
        if is_required and pattern.surely(lambda content: _never_matches(str(content))):
            return item
    return None


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
