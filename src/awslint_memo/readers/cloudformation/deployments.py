"""Enumerates the deployments of a CloudFormation template: the parameter values that make a difference.

The candidate values of a parameter are those that conditions compare it with, the mapping keys that it is used as, its
AllowedValues, its default value, and one value that is none of these. A condition that parameters don't decide (for
example by an import) can be true or false. Assignments with the same results of all conditions and lookups are one
deployment.
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
"""The maximum number of deployments. 226 of 231 public templates with conditions have at most half as many."""

MAX_CHOICES = 4096
"""The maximum number of combinations of parameter values; beyond it, only both results of each condition are tried."""

Answers: TypeAlias = "tuple[tuple[str, bool], ...]"


@record
class ParameterCase:
    """One deployment: the results of the conditions, and all assignments of parameters that lead to them."""

    answers: Mapping[str, bool] = field(default_factory=dict)
    assignments: list[Assignment] = field(default_factory=lambda: [{}])

    def values(
        self, parameters: Mapping[str, Parameter], fixed: Mapping[str, str], place: Node
    ) -> tuple[dict[str, Value], dict[str, list[str]]]:
        """The values of the parameters in this deployment; and the possible values of those with more than one.

        fixed: the values from the user. place: the position for pseudo parameters, which have none in the file.
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
    """The deployments, and whether they are complete (False: too many, so only each condition's results are covered).

    looked_at: the resources whose conditions matter. fixed: the parameter values from the user; the other parameters
    then have their default values.
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
    # An empty mapping (the CDK writes one for machine images without a name) gives no candidate values.
    choices = {name: values for name, values in choices.items() if values}
    if not choices and not names:
        return [ParameterCase()], True
    if _count(choices) <= MAX_CHOICES:
        found = _group(conditions, names, lookups, _product(choices))
        if len(found) <= MAX_DEPLOYMENTS:
            return found, True
    # Parameters that are used only as mapping keys get no value here, so results that depend on them are unknown.
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
    """The assignment with False for missing conditions, so that all assignments have the same keys."""
    return {name: assignment.get(name, False) for name in (*assignment, *(n for n in names if n not in assignment))}


def _cover(conditions: Conditions, names: list[str], choices: Mapping[str, list[Choice]]) -> Iterator[ParameterCase]:
    """The deployment with default values, then for each condition one in which it is true and one in which it isn't."""
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
