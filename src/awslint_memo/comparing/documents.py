"""Documents of APIs and state machines that could be read at one of the two times only: what they say is neither mended
nor new."""

from __future__ import annotations

from collections.abc import Iterable

from awslint_memo.comparing.likeness import local, names_in, naming
from awslint_memo.comparing.pairing import Key
from awslint_memo.comparing.successors import Successors
from awslint_memo.model.finding import Finding

_CLOSED_NOW = "the document of {} can't be read now"
_CLOSED_THEN = "the document of {} could not be read at {}"
_DOCUMENTS = ("", "Definition", "Body")
"""How the ways to what is in a document begin, and to a finding about the whole of it."""


def why_ended(finding: Finding, key: Key, told: Iterable[Key], successors: Successors) -> str:
    """Why nobody can tell whether a finding of before is mended; empty if it is. key: its resource. told: the other
    resources that it names."""
    for each in _about(finding, key, told):
        now = successors.now_of(each)
        is_closed = (
            now is not None and successors.traits_now[now].is_closed and not successors.traits_then[each].is_closed
        )
        if is_closed and (each == key or successors.is_as_written(key)):
            return _CLOSED_NOW.format(local(each[1]))
    return ""


def why_new(finding: Finding, successors: Successors, words: str) -> str:
    """Why nobody can tell whether a finding of now is new; empty if it is. words: the revision."""
    own = successors.then_of_finding(finding)
    now = None if own is None else successors.now_of(own)
    if own is None or now is None:
        return ""
    for each in _about(finding, now, named_in(finding, now, successors.traits_now)):
        then = successors.then_of(each)
        was_closed = (
            then is not None and successors.traits_then[then].is_closed and not successors.traits_now[each].is_closed
        )
        if was_closed and (each == now or successors.is_as_written(own)):
            return _CLOSED_THEN.format(local(each[1]), words)
    return ""


def named_in(finding: Finding, own: Key, keys: Iterable[Key]) -> list[Key]:
    """The resources of a root, of some, that the message of a finding names beside its own one."""
    names = names_in(finding.message)
    return [other for other in keys if other[0] == own[0] and other != own and naming(other[1]) in names]


def _about(finding: Finding, own: Key, told: Iterable[Key]) -> Iterable[Key]:
    """The resources in whose documents the cause of a finding may be."""
    head = finding.route.partition(".")[0]
    return [*([own] if not head or head.startswith(_DOCUMENTS[1:]) else []), *told]
