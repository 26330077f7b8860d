"""Parameter values and conditions that distinguish deployments, and how to describe a set of deployments in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TypeAlias


class Other:
    """Any value of a parameter that differs from every value that a condition compares it with."""

    __slots__ = ("_hash", "parameter")

    def __init__(self, parameter: str) -> None:
        self.parameter = parameter
        # Assignments are compared very often.
        self._hash = hash((Other, parameter))

    def __repr__(self) -> str:
        return f"Other({self.parameter!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Other) and self.parameter == other.parameter

    def __hash__(self) -> int:
        return self._hash


REGION = "AWS::Region"

MOST = 3
"""Choices that a description names; of more it says how many."""

MOST_VALUES = 6
"""Values of one choice that a description names; of more it says how many."""

Choice: TypeAlias = "str | bool | Other"
"""The value of a parameter, or the result of a condition that does not depend on parameters alone."""

Assignment: TypeAlias = "Mapping[str, Choice]"
"""The choice for each parameter (key: its name) and undecided condition (key: "condition NAME")."""


def describe(meant: Sequence[Assignment], every: Sequence[Assignment]) -> str:
    """The shortest description of some deployments: "when Environment is not prod".

    meant: the assignments to describe. every: those of all deployments.
    """
    # Those of a nested stack are choices only where there is the stack.
    names = list(dict.fromkeys(name for assignment in every for name in assignment))
    # A name that has no other value elsewhere only tells that there is its stack; it is named if nothing else is.
    here = [name for name in names if any(name in assignment for assignment in meant)]
    names = [name for name in here if {*_values(name, every)} - {*_values(name, meant)}] or names
    for size in (1, 2):
        for chosen in combinations(names, size):
            if _is_product(chosen, meant, every):
                return _joined([_clause(name, meant, every) for name in chosen])
    deciding = _deciding(meant[0], meant, every)
    example = _joined([_clause(name, meant[:1], every) for name in deciding[:MOST]])
    rest = len(deciding) - MOST
    return f"for example {example}" + (f" and {rest} more choices" if rest > 0 else "")


def _joined(clauses: Sequence[str]) -> str:
    """Clauses in one phrase: "in eu-west-1 when Stage is live"."""
    places = [one for one in clauses if one.startswith("in ")]
    others = [one for one in clauses if not one.startswith("in ")]
    return " ".join([*places, *(["when " + " and ".join(others)] if others else [])])


def _deciding(one: Assignment, meant: Sequence[Assignment], every: Sequence[Assignment]) -> list[str]:
    """Choices of one assignment that suffice: whatever else is chosen, the assignment is one of those meant."""
    inside = {tuple(assignment.items()) for assignment in meant}
    others = [assignment for assignment in every if tuple(assignment.items()) not in inside]

    def suffice(names: Sequence[str]) -> bool:
        return not any(all(key in other and other[key] == one[key] for key in names) for other in others)

    # What only tells that there is a nested stack is named where nothing else decides.
    deciding = [name for name in one if any(name in other and other[name] != one[name] for other in others)]
    if not suffice(deciding):
        deciding = [name for name in one if any(name not in other or other[name] != one[name] for other in every)]
    for name in list(deciding):
        rest = [other for other in deciding if other != name]
        if suffice(rest):
            deciding = rest
    return deciding


def _values(name: str, assignments: Sequence[Assignment]) -> list[Choice]:
    return list(dict.fromkeys(assignment[name] for assignment in assignments if name in assignment))


def _is_product(names: tuple[str, ...], meant: Sequence[Assignment], every: Sequence[Assignment]) -> bool:
    """Whether the values of `names` alone select exactly the assignments in `meant`, each name independently."""
    if not all(name in assignment for assignment in meant for name in names):
        return False
    values = {name: set(_values(name, meant)) for name in names}
    return len(meant) == sum(
        all(name in assignment and assignment[name] in values[name] for name in names) for assignment in every
    )


def _clause(name: str, meant: Sequence[Assignment], every: Sequence[Assignment]) -> str:
    inside = _values(name, meant)
    outside = [value for value in _values(name, every) if value not in inside]
    if name == REGION and not any(isinstance(value, Other) for value in inside):
        return f"in {_listed(inside, 'or')}"
    if isinstance(inside[0], bool):
        return f"{name} {'holds' if inside[0] else 'does not hold'}"
    has_other = any(isinstance(value, Other) for value in inside)
    if any(isinstance(value, Other) for value in outside):
        return f"{name} is {_listed(inside, 'or')}"
    if (has_other and outside) or (len(outside) == 1 and len(inside) > 1):
        return f"{name} is not {_listed(outside, 'or')}"
    return f"{name} is {_listed(inside, 'or')}"


def _listed(values: Sequence[Choice], last: str) -> str:
    words = [
        "empty" if value == "" else "something else" if isinstance(value, Other) else str(value) for value in values
    ]
    if len(words) > MOST_VALUES:
        words = [*words[: MOST_VALUES - 1], f"{len(words) - MOST_VALUES + 1} others"]
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "anything else"
