"""AWS Step Functions: how long executions wait in states, and how long they may last."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.definitions import State, definition, states_inside
from awslint_memo.relations.substitutions import noting_text

EXPRESS = fact(300, page="step-functions/latest/dg/choosing-workflow-type.html", read="2026-12-01")
"""Seconds that an execution of an express machine lasts at most."""


@record(frozen=True, eq=False)
class Overrun:
    """A wait that an execution surely does not outlive. name: that of the state. seconds: what it waits, with the waits
    on the shortest way to it. bound: what ends the execution before. most: after how many seconds."""

    name: str
    seconds: float
    bound: Value
    most: float


def overrun(machine: Resource) -> Overrun | None:
    """The first wait of a machine that surely ends no execution but by its timeout; None where there is none."""
    whole, kind = definition(machine), machine.get("StateMachineType")
    bound = whole.get("TimeoutSeconds")
    most = bound.number
    if kind.is_one_of("EXPRESS") and (most is None or most > EXPRESS):
        bound, most = kind, EXPRESS
    if most is None:
        return None
    waits = _waits(machine, whole, 0)
    return next((Overrun(name, total, bound, most) for name, total in waits if total > most), None)


def _waits(machine: Resource, level: Value, before: float) -> Iterator[tuple[str, float]]:
    """The states of a level, and of what stands in them, that wait: each with the seconds until its end at least."""
    named = {name: State(machine, name, content) for name, content in level.get("States").fields.items()}
    for name, reached in _reached(named, level.get("StartAt").text, before).items():
        waited = _seconds(named[name])
        if waited:
            yield name, reached + waited
        for part in states_inside(named[name].content):
            yield from _waits(machine, part, reached)


def _reached(named: Mapping[str, State], start: str | None, before: float) -> Mapping[str, float]:
    """The states that are reached, each with how many seconds an execution surely has waited before it."""
    following = {name: list(_next(state)) for name, state in named.items()}
    is_open = any(step.is_unknown for steps in following.values() for step in steps)
    found: dict[str, float] = {}
    pending = [(before, start or "")]
    while pending:
        reached, name = heapq.heappop(pending)
        if name in named and name not in found:
            found[name] = reached
            waited = 0 if is_open else _seconds(named[name])
            for step in following[name]:
                heapq.heappush(pending, (reached + waited, step.text or ""))
    return found


def _next(state: State) -> Iterator[Value]:
    """Where an execution may go on behind a state."""
    content = state.content
    branches = [*content.get("Choices").items, *content.get("Catch").items]
    yield from (content.get("Next"), content.get("Default"), *(branch.get("Next") for branch in branches))
    # What is not known may lead anywhere.
    yield from (value for value in (content.get("Choices"), content.get("Catch")) if value.is_unknown)


def _seconds(state: State) -> float:
    """How long a state surely waits at least."""
    if state.type != "Wait":
        return 0
    seconds = state.get("Seconds")
    noting_text(seconds)
    return seconds.number or 0
