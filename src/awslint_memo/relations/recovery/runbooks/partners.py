"""What does in another Region what something does at home, as far as names and places tell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

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
    """By the id of each that has one, what does the same in the other Region.

    That is the same resource of a template that is deployed twice, else the only one of a like name, else of a kind.
    """
    own = {id(computing.member.resource) for computing in computers}
    there = [other for other in sides.computes(there=True) if id(other.member.resource) not in own]
    by_name = {(other.kind, other.member.resource.name): other for other in reversed(there)}
    by_words = _grouped(there, lambda other: (other.kind, *_words(sides, other.member.resource.name)))
    by_kind, siblings = _grouped(there, lambda other: (other.kind,)), _grouped(computers, lambda each: (each.kind,))
    pairs: dict[int, Computing] = {}
    for computing in computers:
        kind, name = computing.kind, computing.member.resource.name
        like = by_words.get((kind, *_words(sides, name)), [])
        alone = by_kind.get((kind,), []) if len(siblings[(kind,)]) == 1 else []
        other = by_name.get((kind, name)) or _only(like) or _only(alone)
        if other is not None:
            pairs[id(computing)] = other
    return pairs


def _only(computers: Sequence[Computing]) -> Computing | None:
    return computers[0] if len(computers) == 1 else None


def _grouped(
    computers: Sequence[Computing], key: Callable[[Computing], tuple[str, ...]]
) -> dict[tuple[str, ...], list[Computing]]:
    groups: dict[tuple[str, ...], list[Computing]] = {}
    for computing in computers:
        groups.setdefault(key(computing), []).append(computing)
    return groups


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
