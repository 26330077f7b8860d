"""AWS Step Functions: settings of single states with which it refuses the definition of a machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.phrases import listed
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.definitions import State, definition, states
from awslint_memo.relations.substitutions import noting_text
from awslint_memo.relations.transitions import Fault

_ANY = fact("States.ALL", page="step-functions/latest/dg/concepts-error-handling.html", read="2026-11-30")
"""The name of an error that stands for all: alone in its ErrorEquals, which is the last of a Retry or a Catch.

The service says so itself where it refuses another place (https://github.com/aws/aws-cdk/issues/10530, read on
2026-11-30).
"""

_UNSUPPORTED: Mapping[str, Sequence[str]] = fact(
    {
        "Catch": ("Choice", "Fail", "Pass", "Succeed", "Wait"),
        "Retry": ("Choice", "Fail", "Pass", "Succeed", "Wait"),
        "TimeoutSeconds": ("Choice", "Fail", "Map", "Parallel", "Pass", "Succeed", "Wait"),
    },
    page="https://github.com/floci-io/floci/issues/2735",
    read="2026-11-30",
)
"""By field, the types of states that do not have it: "Field 'TimeoutSeconds' is not supported"."""

_PATHS, _EXPRESSIONS = "JSONPath", "JSONata"

_OF_LANGUAGE: Mapping[str, Sequence[str]] = fact(
    {
        _PATHS: (
            *("CausePath", "ErrorPath", "HeartbeatSecondsPath", "InputPath", "ItemsPath", "MaxConcurrencyPath"),
            *("OutputPath", "Parameters", "ResultPath", "ResultSelector", "SecondsPath", "TimeoutSecondsPath"),
            *("TimestampPath", "ToleratedFailureCountPath", "ToleratedFailurePercentagePath"),
        ),
        _EXPRESSIONS: ("Arguments", "Items", "Output"),
    },
    page="step-functions/latest/dg/transforming-data.html",
    read="2026-12-03",
)
"""By query language, the fields that only states of that language have. The service says so where it refuses them:
"field 'Output' is only supported for the 'JSONata' QueryLanguage" (https://github.com/floci-io/floci/issues/2968, read
on 2026-12-03)."""

_INSTEAD: Mapping[str, str] = {
    _PATHS: "set QueryLanguage to JSONata, or use Parameters, ResultSelector and ResultPath",
    _EXPRESSIONS: "use Arguments, Output and Assign, and values such as {% $states.input.id %}",
}
"""What to do in a state of each language that has fields of the other one."""


def faults(machine: Resource) -> Iterator[Fault]:
    """The settings of a machine's states with which Step Functions surely refuses its definition."""
    whole = _language(definition(machine), _PATHS)
    for state in states(machine):
        yield from _of_other_language(state, whole)
        for name, types in _UNSUPPORTED.items():
            value = state.content.get(name)
            if state.type in types and value.is_known:
                kind = f"{state.type} {state.name}"
                yield Fault(value, f"has {name} in the state {kind}, and states of this type have none", "remove it")
        if state.type in ("Map", "Parallel", "Task"):
            for name in ("Retry", "Catch"):
                yield from _wildcards(state, name)
        if state.type == "Task":
            yield from _heartbeat(state)


def _of_other_language(state: State, whole: str | None) -> Iterator[Fault]:
    """The fields of a state that its query language does not have, or that language itself. whole: the machine's, which
    states inside of another one have too, whatever that one's is."""
    own, language = state.content.get("QueryLanguage"), _language(state.content, whole)
    if whole == _EXPRESSIONS and own.text == _PATHS:
        says = f"has QueryLanguage {_PATHS} in {state.name}, while that of the machine is {_EXPRESSIONS}"
        yield Fault(own, says, "write the state in JSONata, or set QueryLanguage in single states alone")
    elif language is not None and language in _OF_LANGUAGE:
        other = _PATHS if language == _EXPRESSIONS else _EXPRESSIONS
        found = [name for name in _OF_LANGUAGE[other] if state.content.get(name).is_known]
        if found:
            says = f"has {listed(found)} in {state.name}, which only {other} has, and its QueryLanguage is {language}"
            yield Fault(state.content.get(found[0]), says, _INSTEAD[language])


def _language(part: Value, default: str | None) -> str | None:
    """The query language of a machine or a state; None where it is not known."""
    own = part.get("QueryLanguage")
    return default if own.is_absent else own.text


def _wildcards(state: State, name: str) -> Iterator[Fault]:
    """What is wrong with States.ALL in the Retry or the Catch of a state."""
    written = state.content.get(name)
    handlers = written.items if isinstance(written, Known) and isinstance(written.content, list) else []
    for place, handler in enumerate(handlers):
        errors = handler.get("ErrorEquals")
        named = [noting_text(error) for error in errors.items]
        if _ANY in named and len(named) > 1:
            says = f"has {_ANY} beside other errors in {name} of {state.name}, where it must stand alone"
            yield Fault(errors, says, "give it an entry of its own, the last one")
        elif _ANY in named and any(later.fields for later in handlers[place + 1 :]):
            says = f"has {_ANY} before other entries in {name} of {state.name}, where it must be the last"
            yield Fault(errors, says, "move the entry to the end")


def _heartbeat(state: State) -> Iterator[Fault]:
    """A heartbeat that a task waits for as long as for its end, or longer.

    It must be smaller (https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html, read on 2026-11-30).
    """
    heartbeat, whole = state.get("HeartbeatSeconds"), state.get("TimeoutSeconds")
    if _is_at_least(heartbeat, whole):
        says = f"waits {heartbeat.text} s for a heartbeat in {state.name}, whose TimeoutSeconds is {whole.text}"
        yield Fault(heartbeat, says, "set HeartbeatSeconds below TimeoutSeconds")


def _is_at_least(heartbeat: Value, whole: Value) -> bool:
    for value in (heartbeat, whole):
        noting_text(value)
    return heartbeat.number is not None and whole.number is not None and heartbeat.number >= whole.number


def undecided(machine: Resource) -> list[State]:
    """The choices of a machine that compare with single values only, all of one kind, and surely go on nowhere with
    another value; not those that ask for both true and false."""
    choices = [state for state in states(machine) if state.type == "Choice"]
    return [state for state in choices if state.content.get("Default").is_absent and _has_singles_only(state)]


def _has_singles_only(choice: State) -> bool:
    written = choice.content.get("Choices")
    rules = written.items if isinstance(written, Known) and isinstance(written.content, list) else []
    equals = ("BooleanEquals", "NumericEquals", "StringEquals")
    asked = [(rule.get("Variable").text, name, rule.get(name)) for rule in rules for name in equals]
    written_values = [(variable, name, value.text) for variable, name, value in asked if value.text is not None]
    flags = [(variable, text) for variable, name, text in written_values if name == "BooleanEquals"]
    has_both = len(flags) != len({variable for variable, _ in flags})
    return bool(rules) and len(written_values) == len(rules) and not has_both
