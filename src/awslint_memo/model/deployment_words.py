"""Parameter values and conditions that distinguish deployments, and words for some of the deployments of a template.

Sets of deployments are numbers with a bit for each, as there may be thousands of choices and of findings to describe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import and_, or_
from typing import TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed, quoted
from awslint_memo.model.secret import Secret, spans_of_keys


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

IF_MADE = "if count or for_each makes it"
"""Where a finding holds of whose resource nobody knows whether there are any."""

BY_DEFAULT = "the deployment by default"
"""The name of the deployment with the default values beside those that files of the repository describe."""

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
    if any(map(_is_hidden, (*inside, *outside))):
        return f"{name} {'is something else' if has_other else 'has a certain value'}"
    if name == REGION and not has_other:
        return f"in {_listed(inside, name, 'or')}"
    if isinstance(inside[0], bool):
        return f"{name} {'holds' if inside[0] else 'does not hold'}"
    is_rest_outside = any(_is_rest(value, name) for value in outside)
    if not is_rest_outside and ((has_other and outside) or (len(outside) == 1 and len(inside) > 1)):
        return f"{name} is not {_listed(outside, name, 'or')}"
    return f"{name} is {_listed(inside, name, 'or')}"


_TELLS_NOTHING = ("", "null")
"""What a secret may be called: that there is none."""


def _is_hidden(value: Choice) -> bool:
    """Whether nobody may see a value: it is secret, or looks like one."""
    if isinstance(value, Secret):
        return value not in _TELLS_NOTHING
    return isinstance(value, str) and bool(spans_of_keys(value))


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


_PLAIN = regex(r"[\w.:/-]{1,40}")
"""A value that stands in a command without quotes."""

_NAME = regex(r"[\w-]+|AWS::Region|terraform\.workspace")
"""A name that `--parameters` takes, not one of a nested stack."""


def example(every: Iterable[Sequence[Assignment]]) -> tuple[str, str] | None:
    """A parameter or variable that assignments differ in, with a value of one that a person may give; None if none is.

    every: the assignments of each deployment. That of the first one counts least, as it has the default values.
    """
    first: dict[str, Choice] = {}
    given: tuple[str, str] | None = None
    for assignment in (one for assignments in every for one in assignments):
        for name, value in assignment.items():
            is_other = value != first.setdefault(name, value)
            if (is_other or given is None) and _is_plain(name, value):
                given = name, str(value)
                if is_other:
                    return given
    return given


def _is_plain(name: str, value: Choice) -> bool:
    """Whether a person may give a choice in a command as it is."""
    is_shown = isinstance(value, str) and not isinstance(value, Secret) and not spans_of_keys(value)
    return is_shown and bool(_PLAIN.fullmatch(str(value))) and bool(_NAME.fullmatch(name))


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


MOST = 3
"""Choices that a description names; of more it says how many."""

_TRIED = 500
_PAIRED = 60
"""Choices that are tried alone and in pairs to find a short description."""


class DeploymentWords:
    """The assignments of the deployments that differ in something, of which some are described."""

    def __init__(self, every: Sequence[Assignment]) -> None:
        self._every = every
        self._all = (1 << len(every)) - 1
        self._columns: dict[str, dict[Choice, int]] = {}
        """By name and by value, the assignments that have it."""
        for at, assignment in enumerate(every):
            for name, value in assignment.items():
                column = self._columns.setdefault(name, {})
                column[value] = column.get(value, 0) | 1 << at
        self._there: dict[str, int] = {}
        """By name, the assignments that have a value of it."""
        self._known: dict[tuple[int, int], str] = {}
        self._alone: dict[int, tuple[int, str]] = {}
        """The first name, with its place, of which one of two values selects so."""
        self._others: list[tuple[int, str]] = []
        """The other names."""
        for place, (name, column) in enumerate(self._columns.items()):
            if len(column) == 2 and self._present(name) == self._all:
                for mask in column.values():
                    self._alone.setdefault(mask, (place, name))
            else:
                self._others.append((place, name))

    def words(self, meant: Iterable[int], among: Iterable[int] | None = None) -> str:
        """The shortest description of some assignments, by their places: "when Environment is not prod".

        among: those that they are told from; None: all.
        """
        here = _mask(meant)
        within = self._all if among is None else _mask(among)
        if (here, within) not in self._known:
            self._known[here, within] = self._words(here, within)
        return self._known[here, within]

    def _words(self, meant: int, within: int) -> str:
        if within == self._all:
            place, name = self._alone.get(meant, (len(self._columns), ""))
            before = [other for at, other in self._others[:_TRIED] if at < place]
            if name and not any(within & self._alike(other, meant, is_anywhere=True) == meant for other in before):
                return self._said([name], meant, within)
        names = [name for name in self._columns if self._is_told(name, meant, within)][:_TRIED]
        names = names or [name for name in self._columns if self._present(name) & meant][:_TRIED]
        # Those of a nested stack are choices only where there is the stack: what decides that is named too, if
        # anything is.
        for is_anywhere in (True, False):
            masks = [within & self._alike(name, meant, is_anywhere=is_anywhere) for name in names]
            for place, mask in enumerate(masks):
                if mask == meant:
                    return self._said([names[place]], meant, within)
            for one, other in combinations(range(min(len(names), _PAIRED)), 2):
                if masks[one] & masks[other] == meant:
                    return self._said([names[one], names[other]], meant, within)
            deciding = self._deciding(meant, within, is_anywhere=is_anywhere)
            if deciding:
                break
        first = meant & -meant
        example = self._said(deciding[:MOST], first, within)
        rest = len(deciding) - MOST
        return f"for example {example}" + (f" and {rest} more choices" if rest > 0 else "")

    def _present(self, name: str) -> int:
        if name not in self._there:
            self._there[name] = reduce(or_, self._columns[name].values(), 0)
        return self._there[name]

    def _is_told(self, name: str, meant: int, within: int) -> bool:
        """Whether a name has a value here, and another elsewhere. Else it only tells that there is its stack."""
        masks = [mask & within for mask in self._columns[name].values() if mask & within]
        return any(mask & meant for mask in masks) and any(not mask & meant for mask in masks)

    def _alike(self, name: str, meant: int, *, is_anywhere: bool) -> int:
        """The assignments in which a name has a value that it has in what is meant; none if it has none in some of it.

        is_anywhere: what an assignment does not have may be anything in it.
        """
        present = self._present(name)
        if meant & ~present:
            return 0
        inside = reduce(or_, (mask for mask in self._columns[name].values() if mask & meant), 0)
        return inside | ~present if is_anywhere else inside

    def _deciding(self, meant: int, within: int, *, is_anywhere: bool) -> list[str]:
        """Choices of the first assignment that suffice: whatever else is chosen, the assignment is one of those meant.

        is_anywhere: what an assignment does not have may be anything in it. None: then there are none.
        """
        one = self._every[(meant & -meant).bit_length() - 1]
        same = {tuple(one.items()) for one in self._of(meant)}
        others = _mask(at for at in _places(within & ~meant) if tuple(self._every[at].items()) not in same)

        def allowed(name: str) -> int:
            mask = self._columns[name][one[name]]
            return mask | ~self._present(name) if is_anywhere else mask

        deciding = [name for name in one if self._present(name) & ~self._columns[name][one[name]] & others]
        if others & reduce(and_, map(allowed, deciding), self._all):
            if is_anywhere:
                return []
            deciding = [name for name in one if within & ~self._columns[name][one[name]]]
        behind = [self._all]
        for name in reversed(deciding):
            behind.append(behind[-1] & allowed(name))
        behind.pop()
        kept, found = self._all, []
        for name in deciding:
            if others & kept & behind.pop():
                kept &= allowed(name)
                found.append(name)
        return found

    def _said(self, names: Sequence[str], meant: int, within: int) -> str:
        here, every = self._of(meant), self._of(within)
        return joined([clause(name, here, every) for name in names])

    def _of(self, mask: int) -> list[Assignment]:
        return [self._every[at] for at in _places(mask)]


def _mask(places: Iterable[int]) -> int:
    found = 0
    for at in places:
        found |= 1 << at
    return found


def _places(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
