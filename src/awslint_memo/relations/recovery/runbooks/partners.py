"""What does in another Region what something does at home, as far as names and places tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.lazy import regex
from awslint_memo.relations.recovery.capacity import Computing
from awslint_memo.relations.recovery.gaps import Sides

_PARTS = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_ORDINALS = frozenset(("st", "nd", "1", "2"))

_SIDES = frozenset(
    (
        *("a", "active", "b", "backup", "disaster", "dr", "failover", "first", "main", "other", "passive", "primary"),
        *("recovery", "region", "replica", "second", "secondary", "standby"),
    )
)
"""What names say of the Region that something is for."""


def partners(sides: Sides, computers: Sequence[Computing]) -> dict[int, Computing]:
    """By the id of each that has one, what does the same in the other Region."""
    there = sides.computes(there=True)
    known = ((computing, _partner(sides, computing, computers, there)) for computing in computers)
    return {id(computing): other for computing, other in known if other is not None}


def _partner(
    sides: Sides, computing: Computing, home: Sequence[Computing], there: Sequence[Computing]
) -> Computing | None:
    """The same resource of a template that is deployed twice, else the only one of a like name, else of a kind."""
    own = computing.member.resource
    alike = [other for other in there if other.kind == computing.kind and other.member.resource is not own]
    same = [other for other in alike if other.member.resource.name == own.name]
    if same:
        return same[0]
    words = _words(sides, own.name)
    like = [other for other in alike if _words(sides, other.member.resource.name) == words]
    if len(like) == 1:
        return like[0]
    siblings = [other for other in home if other.kind == computing.kind]
    return alike[0] if len(alike) == len(siblings) == 1 else None


def _words(sides: Sides, name: str) -> tuple[str, ...]:
    """The words of a name but for those of Regions and sides: aws_ecs_service.api_eu_west_1 is that of api_dr."""
    regions = [_split(region or "") for region in (sides.primary, sides.region)]
    words = list(_split(name))
    for region in filter(None, regions):
        words = list(_without(words, region))
    return tuple(word for word in words if word not in _SIDES and word not in _ORDINALS)


def _split(name: str) -> list[str]:
    return [match[0].lower() for match in _PARTS.finditer(name)]


def _without(words: Sequence[str], region: Sequence[str]) -> Iterator[str]:
    """The words without those of a Region where they follow each other."""
    at = 0
    while at < len(words):
        if list(words[at : at + len(region)]) == list(region):
            at += len(region)
        else:
            yield words[at]
            at += 1
