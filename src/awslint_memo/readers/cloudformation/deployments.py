"""The deployments of a CloudFormation template: every choice of parameters that it tells apart.

Candidate values of a parameter are what conditions compare it with, the keys of mappings that it is looked up by,
its AllowedValues, its default, and one value that is none of these. A condition that parameters don't decide (an
import) is a choice of its own. Choices with the same answers of all conditions and lookups are one deployment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from typing import TypeAlias

from awslint_memo.model.choices import Assignment, Choice
from awslint_memo.model.record import field, record
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.cloudformation import candidates
from awslint_memo.readers.cloudformation.conditions import Conditions
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.syntax.node import Node

MAX_DEPLOYMENTS = 128
"""Of 231 public templates with conditions, 226 have at most half as many."""

MAX_CHOICES = 4096
"""How many combinations of parameter values are tried before only each condition's two answers are covered."""

Answers: TypeAlias = "tuple[tuple[str, bool], ...]"


@record
class ParameterCase:
    """One distinguishable deployment: the conditions' answers, and all choices of parameters that lead there."""

    answers: Mapping[str, bool] = field(default_factory=dict)
    assignments: list[Assignment] = field(default_factory=lambda: [{}])

    def values(
        self, parameters: Mapping[str, Parameter], fixed: Mapping[str, str], place: Node
    ) -> tuple[dict[str, Value], dict[str, list[str]]]:
        """What the parameters come to in this deployment; of those that have one of several values: which.

        fixed: the values that the user gave. place: where a pseudo parameter stands, which stands nowhere.
        """
        values = {name: parameter.value(fixed.get(name)) for name, parameter in parameters.items()}
        possible: dict[str, list[str]] = {}
        for name in self.assignments[0]:
            taken = list(dict.fromkeys(one[name] for one in self.assignments))
            texts = [value for value in taken if isinstance(value, str)]
            parameter = parameters.get(name)
            if len(texts) == len(taken):
                possible[name] = texts
            if parameter is None:
                if len(taken) == len(texts) == 1:
                    values[name] = Known(texts[0], place)
            elif parameter.given is None and (len(taken) == 1 or parameter.default not in taken):
                values[name] = parameter.chosen(taken[0] if len(taken) == 1 else None)
        return values, possible


def every(
    conditions: Conditions, looked_at: Iterable[Node], fixed: Mapping[str, str] | None
) -> tuple[list[ParameterCase], bool]:
    """The distinguishable deployments, and whether they are all of them (False: past the bound, only a cover).

    looked_at: the resources that matter. fixed: the parameter values that the user gave; the other parameters then have
    their defaults.
    """
    nodes = list(looked_at)
    names = conditions.used_in(nodes)
    written = [conditions.written[name] for name in names]
    lookups = candidates.looked_up(nodes)
    compared = candidates.compared(written)
    keys = candidates.keys([*lookups, *candidates.looked_up(written)], conditions.mappings)
    choices = {
        name: candidates.values(name, conditions.parameters.get(name), compared.get(name), keys.get(name, []), fixed)
        for name in (*compared, *(name for name in keys if name not in compared))
        if candidates.is_choice(name, conditions.parameters)
    }
    # A mapping without keys, which the CDK writes for images that nobody named, leaves nothing to choose.
    choices = {name: values for name, values in choices.items() if values}
    if not choices and not names:
        return [ParameterCase()], True
    if _count(choices) <= MAX_CHOICES:
        found = _group(conditions, names, lookups, _product(choices))
        if len(found) <= MAX_DEPLOYMENTS:
            return found, True
    # What only mappings are looked up by is left open, and so not known where the answers differ.
    by_conditions = {name: values for name, values in choices.items() if name in compared}
    return list(islice(_cover(conditions, names, by_conditions), MAX_DEPLOYMENTS)) or [ParameterCase()], False


def _count(choices: Mapping[str, list[Choice]]) -> int:
    count = 1
    for values in choices.values():
        count *= len(values)
    return count


def _product(choices: Mapping[str, list[Choice]]) -> Iterator[Assignment]:
    return (dict(zip(choices, values, strict=True)) for values in product(*choices.values()))


def _group(
    conditions: Conditions, names: list[str], lookups: list[Node], assignments: Iterable[Assignment]
) -> list[ParameterCase]:
    found: dict[tuple[Answers, tuple[str, ...]], ParameterCase] = {}
    for assignment in assignments:
        for whole in conditions.decided(names, assignment):
            answers = {name: conditions.answer(name, whole) or False for name in names}
            looked_up = tuple(conditions.found(lookup, whole) for lookup in lookups)
            chosen = found.setdefault((tuple(answers.items()), looked_up), ParameterCase(answers, []))
            chosen.assignments.append(whole)
    everywhere = sorted({key for chosen in found.values() for a in chosen.assignments for key in a})
    if any(len(a) < len(everywhere) for chosen in found.values() for a in chosen.assignments):
        for chosen in found.values():
            chosen.assignments = [_filled(a, everywhere) for a in chosen.assignments]
    return list(found.values())


def _filled(assignment: Assignment, names: list[str]) -> Assignment:
    """With False for the conditions that these parameters leave no room for, so that all assignments compare."""
    return {name: assignment.get(name, False) for name in (*assignment, *(n for n in names if n not in assignment))}


def _cover(conditions: Conditions, names: list[str], choices: Mapping[str, list[Choice]]) -> Iterator[ParameterCase]:
    """One deployment by default values, then for each condition one in which it holds and one in which not."""
    base = {name: values[0] for name, values in choices.items()}
    seen: set[Answers] = set()
    covered: set[tuple[str, bool]] = set()
    for name in (*names[:1], *names):
        mine = {key: choices[key] for key in conditions.parameters_of(name) if key in choices}
        for choice in islice(_product(mine), MAX_CHOICES):
            for chosen in _group(conditions, names, [], [{**base, **choice}]):
                answers = tuple(chosen.answers.items())
                if answers not in seen and not covered.issuperset(answers):
                    seen.add(answers)
                    covered.update(answers)
                    yield chosen
