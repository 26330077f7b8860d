"""Loops of a state machine's states that surely never end, since what decides about them never changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.record import record
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.definitions import definition, levels, null_of

_PATH = regex(r"\$((?:\.[A-Za-z0-9_-]+)*)([.\[].*)?")
_PATHS = ("InputPath", "OutputPath")
_PASSING = ("Pass", "Task", "Wait")


@record(frozen=True, eq=False)
class Loop:
    """A Choice that goes back for ever. choice, back: the names of the Choice and of the state to which it goes back.
    reads: a path of what it reads. place: the ResultPath of the last task on the way, or the Choice itself. task: the
    name of that task, empty where there is none."""

    choice: str
    back: str
    reads: str
    place: Value
    task: str


def endless(machine: Resource) -> Iterator[Loop]:
    """The loops of a machine that surely never end once they are entered: the Choice that goes back reads nothing that
    a state on the way writes, and no state on the way leads elsewhere. Of JSONata nothing is told."""
    if definition(machine).get("QueryLanguage").is_absent:
        for level in levels(machine):
            yield from _of_level(level.get("States"))


def _of_level(states: Value) -> Iterator[Loop]:
    content = states.content if isinstance(states, Known) else None
    if not isinstance(content, Mapping) or isinstance(content, OpenFields):
        return
    named = states.fields
    for name, choice in named.items():
        reads = _reads(choice) if choice.get("Type").text == "Choice" else []
        backs = [choice.get("Default"), *(rule.get("Next") for rule in choice.get("Choices").items)]
        for back in {value.text: value for value in backs if reads}:
            loop = _loop(named, name, back or "", reads)
            if loop is not None:
                yield loop


def _loop(states: Mapping[str, Value], choice: str, back: str, reads: list[str]) -> Loop | None:
    """The loop from a Choice by one of its branches back to it, if nothing on the way writes what it reads."""
    place, task, name, passed = states[choice], "", back, set[str]()
    while name != choice:
        state = states.get(name)
        if state is None or name in passed or not _passes(state) or _writes(state, reads):
            return None
        if state.get("Type").text == "Task":
            null = null_of(state, "ResultPath")
            place, task = state.get("ResultPath") if null is None else null, name
        passed.add(name)
        name = state.get("Next").text or ""
    return Loop(choice, back, reads[0], place, task) if passed else None


def _passes(state: Value) -> bool:
    """Whether a state surely goes on with what it got, but for its result."""
    catches, paths = state.get("Catch"), (state.get(name) for name in (*_PATHS, "QueryLanguage"))
    return state.get("Type").is_one_of(*_PASSING) and catches.is_absent and all(path.is_absent for path in paths)


def _writes(state: Value, reads: list[str]) -> bool:
    """Whether a state writes one of the paths, or may."""
    kind, path = state.get("Type").text, state.get("ResultPath")
    if kind == "Wait" or null_of(state, "ResultPath") is not None:
        return False
    if kind == "Pass" and state.get("Result").is_absent and state.get("Parameters").is_absent:
        return not path.is_absent
    match = _PATH.fullmatch(path.text or "")
    if match is None or match[2]:
        return True
    written = f"{match[1]}."
    return any(f"{read[1:]}.".startswith(written) or written.startswith(f"{read[1:]}.") for read in reads)


def _reads(choice: Value) -> list[str]:
    """The paths of its input that a Choice reads, without their indexes; none where it reads what is not known, or more
    than its input."""
    if not all(choice.get(name).is_absent for name in (*_PATHS, "QueryLanguage")):
        return []
    found: list[str] = []
    rules = list(choice.get("Choices").items)
    while rules:
        rule = rules.pop()
        if not rule.is_known:
            return []
        for key, value in rule.fields.items():
            if key in ("And", "Or", "Not"):
                rules += value.items
            elif key == "Variable" or key.endswith("Path"):
                match = _PATH.fullmatch(value.text or "")
                if match is None:
                    return []
                found.append(f"${match[1]}")
    return found
