"""What a state machine reads of the result of a call, or of an execution that it waited for, and that is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.definitions import State, definition, levels, node_of, null_of

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

_STARTS = "states:startExecution"

_METADATA = ("SdkHttpMetadata", "SdkResponseMetadata")

ANSWERS: Mapping[str, Sequence[str]] = fact(
    {
        **dict.fromkeys(
            ("dynamodb:deleteItem", "dynamodb:putItem", "dynamodb:updateItem"),
            ("Attributes", "ConsumedCapacity", "ItemCollectionMetrics", *_METADATA),
        ),
        "dynamodb:getItem": ("ConsumedCapacity", "Item", *_METADATA),
        "events:putEvents": ("Entries", "FailedEntryCount", *_METADATA),
        "lambda:invoke": (
            *("DurableExecutionArn", "ExecutedVersion", "FunctionError", "LogResult", "Payload", "StatusCode"),
            *_METADATA,
        ),
        "sns:publish": ("MessageId", "SequenceNumber", *_METADATA),
        "states:startExecution": ("ExecutionArn", "StartDate", *_METADATA),
    },
    page="step-functions/latest/dg/connect-lambda.html",
    read="2026-12-01",
)
"""By integration, what the answer has that a state gets which does not wait: what a function returns is in Payload."""

_CALLED = regex(r":states:::(\w+:\w+?)(\.sync(?::2)?)?$")
_PLACE = regex(r"\$(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
_FIRST = regex(r"[A-Za-z_][A-Za-z0-9_]*")


@record(frozen=True, eq=False)
class Unread:
    """A path that surely leads to nothing. state: the state that reads it. value: the path. called: what was called for
    the result ("lambda:invoke"), by the state `of`. inner: where that has what the other one returned, if it does.
    is_whole: whether the state gets that result alone. is_text: whether the path leads into Output, which is a text."""

    state: str
    value: Value
    called: str
    of: str
    inner: str
    is_whole: bool
    is_text: bool


def unread(machine: Resource) -> Iterator[Unread]:
    """The paths in the states that follow on a call, or on an execution that was waited for, and that lead to nothing
    in its result."""
    if not definition(machine).get("QueryLanguage").is_absent:
        return
    for level in levels(machine):
        states = level.get("States").fields
        for name, content in states.items():
            match, place = _CALLED.search(State(machine, name, content).resource.text or ""), _place(machine, content)
            called, waits = ("", None) if match is None else match.groups()
            keys = ANSWERS.get(called, ()) if waits is None else RESULT if called == _STARTS else ()
            for follower, value in _readings(states, content) if keys and place else ():
                rest = (value.text or "").removeprefix(f"{place}.")
                steps = [] if rest == value.text else rest.split(".")
                first = _FIRST.match(steps[0]) if steps else None
                is_text = len(steps) > 1 and steps[0] == "Output" and waits == ".sync"
                if is_text or (first is not None and first[0] not in keys):
                    inner = "Output" if waits else "Payload" if "Payload" in keys else ""
                    yield Unread(follower, value, called, name, inner, place == "$", is_text)


def _place(machine: Resource, state: Value) -> str | None:
    """Where in its input a state puts the whole result of its call; None where that is not known, or nowhere."""
    if any(_is_written(state, part) for part in ("ResultSelector", "OutputPath", "QueryLanguage")):
        return None
    place = state.get("ResultPath")
    if not _is_written(state, "ResultPath"):
        # What an expression of Terraform makes does not show what is null in it.
        is_shown = machine.language != "terraform" or _is_text(machine) or node_of(state, "Resource") is not None
        return "$" if is_shown else None
    return place.text if place.text and _PLACE.fullmatch(place.text) else None


def _is_text(machine: Resource) -> bool:
    return any(piece.text for piece in machine.get("DefinitionString").pieces)


def _is_written(state: Value, key: str) -> bool:
    """Whether a state has a key, or null for it, which drops the result."""
    return not state.get(key).is_absent or null_of(state, key) is not None


def _readings(states: Mapping[str, Value], content: Value) -> Iterator[tuple[str, Value]]:
    """The paths that are read of what a state passes on, each with the state that reads it: the next one, and those
    behind that, as long as they pass on what they get."""
    waiting, seen = [content.get("Next")], set[str]()
    while waiting:
        name = waiting.pop(0).text
        state = None if name is None or name in seen else states.get(name)
        if name is not None and state is not None and state.is_known:
            seen.add(name)
            yield from ((name, value) for value in _paths(state))
            waiting += _onward(state)


def _onward(state: Value) -> list[Value]:
    """The states that surely get what a state gets: behind a Wait, and a Choice that does not ask what is there."""
    kind = state.get("Type").text
    is_plain = not any(part in state.fields for part in ("InputPath", "OutputPath", "QueryLanguage"))
    if not is_plain or kind not in ("Choice", "Wait"):
        return []
    choices = state.get("Choices").items
    asks = any(_operators(choice, _DEEPEST) & {"IsNull", "IsPresent"} for choice in choices)
    return [] if asks else [state.get("Next"), state.get("Default"), *(one.get("Next") for one in choices)]


def _operators(condition: Value, depth: int) -> set[str]:
    found = set(condition.fields if condition.is_known else ())
    return found.union(*(_operators(one, depth - 1) for one in _inner(condition))) if depth else found


def _asked_first(conditions: Sequence[Value], depth: int) -> Value | None:
    """The condition that is asked before all others, which is none of several."""
    first = next(iter(conditions), None)
    inner = [] if first is None else _inner(first)
    return first if not inner else _asked_first(inner, depth - 1) if depth else None


def _inner(condition: Value) -> list[Value]:
    return [one for operator in ("And", "Or", "Not") for one in condition.get(operator).items]


_DEEPEST = 9  # chosen: nobody nests deeper


def _paths(state: Value) -> Iterator[Value]:
    """The paths that a state surely reads of its input: its settings, the condition of a Choice that is asked first,
    and keys that end in .$."""
    if not state.get("QueryLanguage").is_absent:
        return
    if "InputPath" in state.fields:
        yield state.get("InputPath")
        return  # All others lead into what is there.
    yield state.get("ItemsPath")
    # To ask whether something is there does not fail, and later conditions are asked only where the first is not met.
    first = _asked_first(state.get("Choices").items, _DEEPEST)
    if first is not None and first.get("IsPresent").is_absent:
        yield first.get("Variable")
    yield from _selected(state.get("Parameters"), _DEEPEST)


def _selected(parameters: Value, depth: int) -> Iterator[Value]:
    for key, value in (parameters.fields if depth and parameters.is_known else {}).items():
        if key.endswith(".$"):
            yield value
        else:
            yield from _selected(value, depth - 1)
