"""Some of the deployments of a template, where all are too many: each value and each result is there at least once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from awslint_memo.model.budget import leaves, refuse, spend, take
from awslint_memo.model.choices import Assignment, Choice
from awslint_memo.model.covering import covering as rows
from awslint_memo.readers.cloudformation.conditions import Conditions

MAX_CHOICES = 4096
"""The maximum number of combinations of parameter values; beyond it, each value is tried, but not with every other."""

_RESERVED = 0.2
"""The share of the combinations that is left to what is asked later."""


def covering(
    conditions: Conditions, names: Sequence[str], choices: Mapping[str, Sequence[Choice]], most: int
) -> Iterator[Assignment | None]:
    """Assignments in which each value, and each result of a condition that can be found, is there at least once.

    The first has the default values. None stands at the end if that is more than the budget allows. most: how many
    deployments are looked at.
    """
    cover = _Cover(conditions, names, choices, most)
    for number, made in enumerate(cover.assignments()):
        # The first is there in any case.
        if number and not leaves("combinations", _RESERVED):
            refuse("combinations")
            yield None
            return
        take("combinations", len(names) + len(made))
        yield made


class _Cover:
    """What `covering` needs: the values and the conditions as factors with a number of choices each."""

    def __init__(
        self, conditions: Conditions, names: Sequence[str], choices: Mapping[str, Sequence[Choice]], most: int
    ) -> None:
        self._conditions = conditions
        self._names = names
        self._ordered = conditions.ordered(names)
        self._choices = choices
        self._base: dict[str, Choice] = {name: values[0] for name, values in choices.items()}
        self._most = most
        is_decided = all(conditions.answer(name, self._base) is not None for name in names)
        self._conditional = [] if is_decided else self._ordered
        """The conditions that are factors too: all of them, as other values may leave others undecided."""
        self._at = {name: at for at, name in enumerate(self._ordered)}

    def assignments(self) -> Iterator[Assignment]:
        """The assignments. Where those that differ in one value are too many, others come first."""
        results = list(rows([2] * len(self._conditional), 2))
        yield from (self._made(self._base, row) for row in results)
        if len(results) + sum(len(values) - 1 for values in self._choices.values()) > self._most:
            counts = [len(values) for values in self._choices.values()]
            yield from map(self._row, rows([*counts, *[2] * len(self._conditional)], self._most // 2))
            one_by_one: Iterator[Assignment] = islice(self._one_by_one(), self._most)
        else:
            one_by_one = self._one_by_one()
        for number, one in enumerate(one_by_one, 1):
            yield self._made(one, results[number % len(results)])

    def _row(self, row: list[int]) -> Assignment:
        chosen = {name: values[at] for (name, values), at in zip(self._choices.items(), row, strict=False)}
        return self._made(chosen, row[len(chosen) :])

    def _made(self, assignment: Assignment, row: Sequence[int]) -> Assignment:
        """The assignment with results of the conditions that it does not decide; row: 0 for those that are to hold."""
        if not self._conditional:
            return assignment
        return self._conditions.undecided.one(self._ordered, assignment, lambda name: row[self._at[name]] == 0)

    def _one_by_one(self) -> Iterator[Assignment]:
        """Those that differ from the default values in one parameter; then for each condition those that differ in its
        parameters, as far as they give a new result."""
        base, conditions = self._base, self._conditions
        for name, values in self._choices.items():
            yield from ({**base, name: value} for value in values[1:])
        covered: set[tuple[str, bool | None]] = {(name, None) for name in self._conditional}
        for name in self._names:
            closure = conditions.closure([name])
            if not spend("combinations", len(closure)):
                return
            mine = {key: self._choices[key] for key in conditions.parameters_of(name) if key in self._choices}
            for values in islice(product(*mine.values()), MAX_CHOICES):
                whole = {**base, **dict(zip(mine, values, strict=True))}
                new = {(one, conditions.answer(one, whole)) for one in (name, *closure)} - covered
                if new:
                    covered |= new
                    yield whole
