"""What a state machine reads of the result of another execution that it waited for, and that surely is not there."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.definitions import State, definition, levels

RESULT = fact(
    frozenset(
        (
            *("Cause", "Error", "ExecutionArn", "Input", "InputDetails", "MapRunArn", "Name", "Output"),
            *("OutputDetails", "RedriveCount", "RedriveDate", "RedriveStatus", "RedriveStatusReason", "StartDate"),
            *("StateMachineAliasArn", "StateMachineArn", "StateMachineVersionArn", "Status", "StopDate"),
            *("TraceHeader",),
        )
    ),
    page="step-functions/latest/apireference/API_DescribeExecution.html",
    read="2026-11-30",
)
"""What the result of an execution has that a state waits for, with the first letter as Step Functions writes it."""

_SYNC = regex(r":states:::states:startExecution\.sync(:2)?$")
_PLACE = regex(r"\$(?:\.[A-Za-z_][A-Za-z0-9_]*)+")


@record(frozen=True, eq=False)
class Unread:
    """A path that surely leads to nothing. state: the state that reads it. value: the path. starts: the state that
    waited for the execution. is_text: whether it leads into Output, which is a text there."""

    state: str
    value: Value
    starts: str
    is_text: bool


def unread(machine: Resource) -> Iterator[Unread]:
    """The paths in the states that follow at once on an execution that was waited for, and that lead to nothing."""
    if not definition(machine).get("QueryLanguage").is_absent:
        return
    for level in levels(machine):
        states = level.get("States").fields
        for name, content in states.items():
            state = State(machine, name, content)
            sync = _SYNC.search(state.resource.text or "")
            place = content.get("ResultPath").text
            follower = states.get(content.get("Next").text or "")
            is_plain = all(content.get(part).is_absent for part in ("ResultSelector", "OutputPath", "QueryLanguage"))
            if sync and place and _PLACE.fullmatch(place) and is_plain and follower is not None:
                for value in _paths(follower):
                    rest = (value.text or "").removeprefix(f"{place}.")
                    steps = [] if rest == value.text else rest.split(".")
                    is_text = len(steps) > 1 and steps[0] == "Output" and sync[1] is None
                    if is_text or (steps and steps[0].isidentifier() and steps[0] not in RESULT):
                        yield Unread(content.get("Next").text or "", value, name, is_text)


def _paths(state: Value) -> Iterator[Value]:
    """The paths that a state surely reads of its input: its settings, the condition of a Choice that is asked first,
    and keys that end in .$."""
    inner = state.get("InputPath")
    if not inner.is_absent:
        yield inner  # All others lead into what is there.
        return
    yield state.get("ItemsPath")
    first = next(iter(state.get("Choices").items), None)
    # To ask whether something is there does not fail, and later conditions are asked only where the first is not met.
    if first is not None and first.get("IsPresent").is_absent:
        yield first.get("Variable")
    yield from _selected(state.get("Parameters"), 9)  # chosen: nobody nests deeper


def _selected(parameters: Value, depth: int) -> Iterator[Value]:
    for key, value in (parameters.fields if depth and parameters.is_known else {}).items():
        if key.endswith(".$"):
            yield value
        else:
            yield from _selected(value, depth - 1)
