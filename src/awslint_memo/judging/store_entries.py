"""Stores in some deployments: what is told of one, and in which deployments the same is told."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.objectives import Objectives
from awslint_memo.model.record import record, replace
from awslint_memo.relations.recovery import verdicts


@record(frozen=True)
class Entry:
    """A store in some deployments. rows: one for each disruption; none for a copy of another store, or what is made
    again. deployment: in which it is so; None in all. region: the name of its Region, if it is known."""

    resource: Resource
    kind: str
    note: str
    objectives: Objectives
    rows: Sequence[verdicts.Judged]
    deployment: str | None = None
    region: str | None = None


def key(entry: Entry) -> tuple[object, ...]:
    """What tells a store in one deployment from itself in another: not how far back one can go, if all are asked for as
    much and meet it alike."""
    rows = (
        (row.bound.floor, row.loss, row.bound.ceiling, row.bound.reach is None, row.bound.back, *row.verdicts)
        for row in entry.rows
    )
    return (entry.kind.partition(" ")[0], entry.note, entry.region, *rows)


def _nearer(entry: Entry, other: Entry) -> Entry:
    """Of a store in two deployments, the one in which one can go back less far."""
    pairs = [(row.bound.reach or 0, its.bound.reach or 0) for row, its in zip(entry.rows, other.rows, strict=True)]
    if all(mine == its for mine, its in pairs):
        return entry
    nearest = entry if pairs < [(its, mine) for mine, its in pairs] else other
    return replace(nearest, rows=[replace(row, reaches_differ=True) for row in nearest.rows])


def joined(nearest: Entry, other: Entry) -> Entry:
    """A store that is the same in two deployments but for its engine, as "ElastiCache redis or valkey", and for how far
    back one can go, of which the less is told."""
    service = other.kind.partition(" ")[0]
    every = {each for entry in (nearest, other) for each in entry.kind.removeprefix(service).strip().split(" or ")}
    engines = " or ".join(sorted(every - {""}))
    return replace(_nearer(nearest, other), kind=f"{service} {engines}".rstrip())
