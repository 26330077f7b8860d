"""Parameter values and conditions that distinguish deployments, and the words for each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from awslint_memo.model.phrases import listed, quoted
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

MOST_VALUES = 6
"""Values of one choice that a description names; of more it says how many."""

Choice: TypeAlias = "str | bool | Other"
"""The value of a parameter, or the result of a condition that does not depend on parameters alone."""

Assignment: TypeAlias = "Mapping[str, Choice]"
"""The choice for each parameter (key: its name) and undecided condition (key: "condition NAME")."""


def joined(clauses: Sequence[str]) -> str:
    """Clauses in one phrase: "in eu-west-1 when Stage is live"."""
    places = [one for one in clauses if one.startswith("in ")]
    others = [one for one in clauses if not one.startswith("in ")]
    return " ".join([*places, *(["when " + " and ".join(others)] if others else [])])


def _values(name: str, assignments: Sequence[Assignment]) -> list[Choice]:
    return list(dict.fromkeys(assignment[name] for assignment in assignments if name in assignment))


def clause(name: str, meant: Sequence[Assignment], every: Sequence[Assignment]) -> str:
    """The values of a name in some of all assignments: "Stage is not prod"."""
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
    return "empty" if value == "" else quoted(str(value))


def pairwise_rows(counts: Sequence[int], most: int) -> Iterator[list[int]]:
    """Rows that choose one of its choices for each factor, by number; the first row has the first of each.

    Each choice of a factor is met, and each pair of the first two choices of any two factors. There are as many rows as
    a factor has choices (at most `most`), and in addition twice the logarithm of the number of factors.
    """
    for number in range(min(max(counts, default=1), most)):
        yield [number % count for count in counts]
    # Two factors differ in some bit of their positions, so that in one row they have different choices.
    for bit in range((len(counts) - 1).bit_length()):
        for flipped in (0, 1):
            yield [((at >> bit) & 1 ^ flipped) % count for at, count in enumerate(counts)]
