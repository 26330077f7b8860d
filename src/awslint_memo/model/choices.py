"""Parameter values and conditions that distinguish deployments, and how to describe a set of deployments in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

from awslint_memo.model.listing import listed
from awslint_memo.model.secret import Secret


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
    names = list(dict.fromkeys(name for assignment in every for name in assignment))
    here = [name for name in names if any(name in assignment for assignment in meant)]
    # A name that has no other value elsewhere only tells that there is its stack; it is named if nothing else is.
    names = [name for name in here if {*_values(name, every)} - {*_values(name, meant)}] or here
    # Those of a nested stack are choices only where there is the stack: what decides that is named too, if anything is.
    for is_anywhere in (True, False):
        for size in (1, 2):
            for chosen in combinations(names, size):
                if _is_product(chosen, meant, every, is_anywhere):
                    return _joined([_clause(name, meant, every) for name in chosen])
        deciding = _deciding(meant[0], meant, every, is_anywhere)
        if deciding:
            break
    example = _joined([_clause(name, meant[:1], every) for name in deciding[:MOST]])
    rest = len(deciding) - MOST
    return f"for example {example}" + (f" and {rest} more choices" if rest > 0 else "")


def _joined(clauses: Sequence[str]) -> str:
    """Clauses in one phrase: "in eu-west-1 when Stage is live"."""
    places = [one for one in clauses if one.startswith("in ")]
    others = [one for one in clauses if not one.startswith("in ")]
    return " ".join([*places, *(["when " + " and ".join(others)] if others else [])])


def _deciding(
    one: Assignment, meant: Sequence[Assignment], every: Sequence[Assignment], is_anywhere: bool
) -> list[str]:
    """Choices of one assignment that suffice: whatever else is chosen, the assignment is one of those meant.

    is_anywhere: what an assignment does not have may be anything in it. None: then there are none.
    """
    inside = {tuple(assignment.items()) for assignment in meant}
    others = [assignment for assignment in every if tuple(assignment.items()) not in inside]

    def suffice(names: Sequence[str]) -> bool:
        return not any(
            all(other[key] == one[key] if key in other else is_anywhere for key in names) for other in others
        )

    deciding = [name for name in one if any(name in other and other[name] != one[name] for other in others)]
    if not suffice(deciding):
        if is_anywhere:
            return []
        deciding = [name for name in one if any(name not in other or other[name] != one[name] for other in every)]
    for name in list(deciding):
        rest = [other for other in deciding if other != name]
        if suffice(rest):
            deciding = rest
    return deciding


def _values(name: str, assignments: Sequence[Assignment]) -> list[Choice]:
    return list(dict.fromkeys(assignment[name] for assignment in assignments if name in assignment))


def _is_product(
    names: tuple[str, ...], meant: Sequence[Assignment], every: Sequence[Assignment], is_anywhere: bool
) -> bool:
    """Whether the values of `names` alone select exactly the assignments in `meant`, each name independently.

    is_anywhere: what an assignment does not have may be anything in it.
    """
    if not all(name in assignment for assignment in meant for name in names):
        return False
    values = {name: set(_values(name, meant)) for name in names}
    return len(meant) == sum(
        all(assignment[name] in values[name] if name in assignment else is_anywhere for name in names)
        for assignment in every
    )


def _clause(name: str, meant: Sequence[Assignment], every: Sequence[Assignment]) -> str:
    inside = _values(name, meant)
    outside = [value for value in _values(name, every) if value not in inside]
    has_other = any(_is_rest(value, name) for value in inside)
    if name == REGION and not has_other:
        return f"in {_listed(inside, name, 'or')}"
    if any(isinstance(value, Secret) for value in (*inside, *outside)):
        return f"{name} {'is something else' if has_other else 'has a certain value'}"
    if isinstance(inside[0], bool):
        return f"{name} {'holds' if inside[0] else 'does not hold'}"
    is_rest_outside = any(_is_rest(value, name) for value in outside)
    if not is_rest_outside and ((has_other and outside) or (len(outside) == 1 and len(inside) > 1)):
        return f"{name} is not {_listed(outside, name, 'or')}"
    return f"{name} is {_listed(inside, name, 'or')}"


def _is_rest(value: Choice, name: str) -> bool:
    """Whether a value is all that a parameter is not compared with, not the unknown value of another parameter."""
    return isinstance(value, Other) and (name == value.parameter or name.endswith(f".{value.parameter}"))


def _listed(values: Sequence[Choice], name: str, last: str) -> str:
    words = [_word(value, name) for value in values]
    return listed(words, MOST_VALUES - 1, last) if words else "anything else"


def _word(value: Choice, name: str) -> str:
    if isinstance(value, Other):
        return "something else" if _is_rest(value, name) else f"that of {value.parameter}"
    return "empty" if value == "" else str(value)
