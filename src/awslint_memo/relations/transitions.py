"""From which state of a state machine to which it goes on, and where that leads to none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.definitions import levels
from awslint_memo.relations.substitutions import noting_text

_GOING_ON = fact(
    ("Map", "Parallel", "Pass", "Task", "Wait"),
    page="step-functions/latest/dg/statemachine-structure.html",
    read="2026-11-29",
)
"""The types of states that have one of Next and End."""


@record(frozen=True, eq=False)
class Fault:
    """A place of a definition that leads nowhere. says: why, behind the machine's name. do: the remedy."""

    value: Value
    says: str
    do: str


def faults(machine: Resource) -> Iterator[Fault]:
    """The places of a machine's definition that surely lead to no state."""
    for level in levels(machine):
        yield from _of_level(level)


def _of_level(level: Value) -> Iterator[Fault]:
    """What is wrong in one level; nothing where its states are not all known."""
    states = level.get("States")
    if (
        not isinstance(states, Known)
        or not isinstance(states.content, Mapping)
        or isinstance(states.content, OpenFields)
    ):
        return
    names = [*states.fields]
    yield from _missing(level.get("StartAt"), "StartAt", names)
    for name, state in states.fields.items():
        kind = state.get("Type").text
        places = [(state.get("Next"), f"Next of {name}"), (state.get("Default"), f"Default of {name}")]
        places += [(item.get("Next"), f"Next in Catch of {name}") for item in _items(state, "Catch")]
        places += [(item.get("Next"), f"Next in Choices of {name}") for item in _items(state, "Choices")]
        for value, what in places:
            yield from _missing(value, what, names)
        if kind in _GOING_ON and state.get("Next").is_absent and state.get("End").is_absent:
            yield Fault(state, f"has the state {name} with neither Next nor End", "set End of it to true, or Next")


def _items(state: Value, name: str) -> list[Value]:
    value = state.get(name)
    return value.items if isinstance(value, Known) else []


def _missing(value: Value, what: str, names: list[str]) -> Iterator[Fault]:
    text = noting_text(value)
    if text is not None and "${" not in text and text not in names:
        yield Fault(
            value, f"has {text} as {what}, which is no state there", f"write {listed(names, most=4, last='or')}"
        )
