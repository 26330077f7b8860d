"""AWS Step Functions: the states in the definition of a machine, with what its placeholders stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.relations.substitutions import PLACEHOLDER, PROPERTY, Substitutions, noting_pieces
from awslint_memo.syntax.embedded import parse_embedded
from awslint_memo.syntax.node import Node, fields

_MOST_DEPTH = 20
"""How deep states are followed into each other; a definition that nests more is not written by anybody."""


@record(frozen=True, eq=False)
class State:
    """One state, those inside of others included. name: its key. content: what it has, with what placeholders stand
    for. written: what is written of it; None if that is the same."""

    machine: Resource
    name: str
    content: Value
    written: Value | None = None

    @property
    def type(self) -> str | None:
        """Task, Map …; None where that is not known."""
        return self.content.get("Type").text

    @property
    def resource(self) -> Value:
        """What a task calls: the ARN of an integration, a function or an activity."""
        return self.get("Resource")

    def get(self, path: str) -> Value:
        """What stands at a path: for a placeholder what decides it, Unknown where it stands for nothing."""
        value = noting_pieces(self.content.get(path))
        written = value if self.written is None else self.written.get(path)
        return value if written.text is None else Substitutions(self.machine).in_text(written)

    def argument(self, name: str) -> Value:
        """What the state gives to what it calls, in either query language."""
        value = self.get(f"Parameters.{name}")
        return self.get(f"Arguments.{name}") if value.is_absent else value


def definition(machine: Resource, *, as_written: bool = False) -> Value:
    """The definition of a machine, opened where it is text; Absent where it is elsewhere.

    as_written: whether placeholders stay there, and not what they stand for.
    """
    written = machine.get("Definition")
    text = machine.get("DefinitionString") if written.is_absent else None
    if as_written or machine.language == "terraform":
        return written if text is None else parse_embedded(text)
    given = Substitutions(machine)
    return given.in_whole(written if text is None else parse_embedded(given.outside_of_texts(text)))


def levels(machine: Resource, *, as_written: bool = False) -> Iterator[Value]:
    """What has states in a machine, as far as it is known: the definition, each branch and each processor."""
    yield from _levels(definition(machine, as_written=as_written), _MOST_DEPTH)


def _levels(level: Value, depth: int) -> Iterator[Value]:
    if not (depth and level.is_known and level.fields):
        return
    yield level
    for state in level.get("States").fields.values():
        if state.is_known and state.fields:
            for part in states_inside(state):
                yield from _levels(part, depth - 1)


def states_inside(state: Value) -> Iterator[Value]:
    """What may have states inside of a state."""
    yield from (state.get("Iterator"), state.get("ItemProcessor"), *state.get("Branches").items)


def states(machine: Resource) -> list[State]:
    """The states of a machine, as far as they are known."""
    found, written = _named(levels(machine)), _named(levels(machine, as_written=True))
    pairs = zip(found, written, strict=True) if len(found) == len(written) else ((each, each) for each in found)
    return [State(machine, name, content, as_written) for (name, content), (_, as_written) in pairs]


def _named(levels: Iterable[Value]) -> list[tuple[str, Value]]:
    """The states of some levels, by name, as far as they are known."""
    every = (item for level in levels for item in level.get("States").fields.items())
    return [(name, content) for name, content in every if content.is_known and content.fields]


def null_of(state: Value, key: str) -> Value | None:
    """What is written for a key of a state as null, as which no value of a definition stands, or as what comes to that;
    else None."""
    found = node_of(state, key) if state.get(key).is_absent else None
    return None if found is None else Absent(found)


def node_of(state: Value, key: str) -> Node | None:
    """What is written for a key of a state, where it is written as a mapping; else None."""
    nodes = (state.place, *(step.place for step in state.origin.steps))
    written = (fields(node).get(key) for node in nodes if hasattr(node, "content"))  # type: ignore[arg-type]
    return next((one for one in written if one is not None), None)


NEVER_RETRIED = fact("States.Runtime", page="step-functions/latest/dg/concepts-error-handling.html", read="2026-12-02")
"""The error that always fails an execution, whatever a Retry says."""


def idle_retriers(machine: Resource) -> Iterator[tuple[State, Value]]:
    """The states with a retrier that is for nothing but an error that is never tried again, with what it is for."""
    for state in states(machine):
        for retrier in state.content.get("Retry").items:
            errors = retrier.get("ErrorEquals")
            if [item.text for item in errors.items] == [NEVER_RETRIED]:
                yield state, errors


_RETRIED = fact(
    (
        *("Lambda.ClientExecutionTimeoutException", "Lambda.ServiceException", "Lambda.AWSLambdaException"),
        *("Lambda.SdkClientException", "Lambda.TooManyRequestsException", "States.ALL", "States.TaskFailed"),
    ),
    page="step-functions/latest/dg/sfn-best-practices.html",
    read="2026-11-30",
)
"""What a Retry or a Catch names that is also for an error of Lambda itself."""


def tried_once(machine: Resource) -> list[State]:
    """The tasks of a machine that surely have no Retry for errors of Lambda, and stand in no Map or Parallel that may
    have one; nor a Catch for these that does more than to fail the execution."""
    return [*_tried_once(machine, definition(machine), _MOST_DEPTH)]


def _tried_once(machine: Resource, level: Value, depth: int) -> Iterator[State]:
    states = level.get("States").fields if depth and level.is_known else {}
    for name, content in states.items():
        is_task = content.get("Type").text == "Task"
        retried, caught = (_handlers(content.get(kind), is_task) for kind in ("Retry", "Catch"))
        if content.is_known and not retried and all(_fails(states, one.get("Next").text) for one in caught):
            if is_task:
                yield State(machine, name, content)
            for part in states_inside(content):
                yield from _tried_once(machine, part, depth - 1)


def _handlers(handlers: Value, is_task: bool) -> list[Value]:
    """The items of a Retry or a Catch that may be for an error of Lambda: of a Map or a Parallel, all."""
    every = ((one, [error.text for error in one.get("ErrorEquals").items]) for one in handlers.items)
    return [one for one, errors in every if not is_task or None in errors or not set(errors).isdisjoint(_RETRIED)]


def _fails(states: Mapping[str, Value], name: str | None) -> bool:
    """Whether an execution surely fails that goes on with a state, and does nothing before that: it undoes nothing, and
    tells nobody."""
    for _ in states:
        state = None if name is None else states.get(name)
        kind = None if state is None else state.get("Type").text
        if state is None or kind not in ("Pass", "Wait"):
            return kind == "Fail"
        name = state.get("Next").text
    return False


_BOUNDS = ("TimeoutSeconds", "TimeoutSecondsPath", "HeartbeatSeconds", "HeartbeatSecondsPath")
_ACTIVITY = "AWS::StepFunctions::Activity"
_CALLBACK = ".waitForTaskToken"


def waiting_for_ever(machine: Resource) -> list[State]:
    """The tasks of a standard machine that surely wait for a program to answer, with a token or as an activity, and
    surely have no time for it; none where the whole machine has one."""
    whole = definition(machine).get("TimeoutSeconds")
    if not whole.is_absent or not machine.get("StateMachineType", default="STANDARD").is_one_of("STANDARD"):
        return []
    tasks = [state for state in states(machine) if state.type == "Task" and _waits_for_answer(state)]
    return [state for state in tasks if all(state.content.get(name).is_absent for name in _BOUNDS)]


_TOKEN = regex(r"Task\.Token|\$\$(?:\.Task)?$|\$states\.context(?:\.Task)?(?![\w.])")
"""How a state names the token of its task, or an object that holds it."""


def waiting_for_token(machine: Resource) -> list[State]:
    """The tasks of a machine that surely wait for their token to come back."""
    return [state for state in states(machine) if (state.resource.pieces[-1].text or "").endswith(_CALLBACK)]


def tokenless(machine: Resource) -> list[State]:
    """The tasks of a machine that wait for their token to come back, and surely give it to nobody."""
    return [state for state in waiting_for_token(machine) if _names_no_token(state.content)]


def _names_no_token(value: Value) -> bool:
    if isinstance(value, Known) and isinstance(value.content, (list, Mapping)):
        parts = value.fields.values() if isinstance(value.content, Mapping) else value.items
        return not any(map(_TOKEN.search, value.fields)) and all(_names_no_token(part) for part in parts)
    pieces = noting_pieces(value).pieces
    # An attribute of a resource is no token.
    is_known = all(
        isinstance(one, (Known, Link)) or (isinstance(one, Unknown) and one.attribute is not None) for one in pieces
    )
    return is_known and not any(_TOKEN.search(one.text or "") for one in pieces)


def _waits_for_answer(task: State) -> bool:
    called, deployment = task.resource, task.machine.deployment
    end = called.pieces[-1].text or ""
    return end.endswith(_CALLBACK) or deployment.find(called, _ACTIVITY) is not None or ":activity:" in end


_NAMES = regex(
    r"\w+(?:A[Rr][Nn]|U[Rr][Ll])|Bucket|Cluster|CrawlerName|DeliveryStreamName|FunctionName|Job(?:Definition|Name|Queue)"
    r"|ProjectName|StreamName|TableName|TaskDefinition|WorkGroup"
)
"""Arguments that name what a task uses. None of these names may have a $."""


def missing(state: State) -> Iterator[tuple[str, Value, str]]:
    """The placeholders of what a task calls, and of what it names for that, which surely stand for nothing: of each
    value the first, with that value and its key."""
    given, machine = state.machine.get(PROPERTY), state.machine
    if machine.language == "terraform" or not (given.is_known or given.is_absent):
        return
    written = state.content if state.written is None else state.written
    arguments = (item for name in ("Parameters", "Arguments") for item in written.get(name).fields.items())
    named = [(key, value) for key, value in arguments if _NAMES.fullmatch(key) and state.type == "Task"]
    for key, value in (("Resource", written.get("Resource")), *named):
        names: list[str] = PLACEHOLDER.findall(value.text or "")
        first = next((name for name in names if name not in given.fields), None)
        if first is not None:
            yield first, value, key
