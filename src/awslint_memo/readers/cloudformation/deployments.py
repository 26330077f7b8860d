"""Enumerates the deployments of a template that differ in what somebody asked.

Asked are conditions, lookups in mappings, and parameters with AllowedValues. The candidate values of a parameter are
those that conditions compare it with, the mapping keys that it is used as, its AllowedValues, its default value, and
one value that is none of these. A condition that parameters don't decide (for example by an import) can be true or
false. Assignments with the same answers are one deployment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, TypeAlias

from awslint_memo.model.budget import left, take, take_turns
from awslint_memo.model.dependencies import Question
from awslint_memo.model.deployment_words import Assignment, Choice, Other
from awslint_memo.model.facts import Declared
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.cloudformation.candidates import MAX_CHOICES, Candidates, covering, is_choice
from awslint_memo.readers.cloudformation.conditions import Conditions
from awslint_memo.readers.cloudformation.intrinsics import NO_KEY
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.references import conditions_in, references
from awslint_memo.syntax.node import Node

GIVEN = tuple(f"AWS::{name}" for name in ("AccountId", "Partition", "Region", "StackId", "StackName", "URLSuffix"))
"""The pseudo parameters that a user may give a deployment a value for, as for a parameter."""

MAX_DEPLOYMENTS = 128
"""The maximum number of deployments that differ in what one check asks."""

MAX_COMBINATIONS = 500_000
"""The most results of conditions that are worked out to find all deployments that differ in what one check asks."""

_SHARE = 0.5
"""The share of the combinations that are left which may be tried to find all deployments that differ."""

Answers: TypeAlias = "tuple[object, ...]"


@record(frozen=True)
class Asked:
    """What deployments are to differ in: conditions and parameters by name, lookups by key."""

    conditions: frozenset[str] = frozenset()
    lookups: frozenset[str] = frozenset()
    parameters: frozenset[str] = frozenset()
    compared: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
    """Parameters that are given to nested stacks, with the values that conditions there compare them with."""


def by_prefix(asked: Iterable[Question]) -> dict[str, Asked]:
    """What is asked of each stack, by what the names of its resources begin with."""
    found: dict[str, dict[str, set[Any]]] = {}
    for kind, prefix, name, *values in asked:
        found.setdefault(prefix, {}).setdefault(kind, set()).add((name, *values) if values else name)
    return {
        prefix: Asked(
            frozenset(kinds.get("condition", ())),
            frozenset(kinds.get("lookup", ())),
            frozenset(kinds.get("parameter", ())),
            frozenset(kinds.get("compared", ())),
        )
        for prefix, kinds in found.items()
    }


_PRODUCTION = Declared().production
"""Whatever words a configuration has: they decide levels, and here only where a finding stands."""


@record
class ParameterCase:
    """One deployment: all assignments of parameters that lead to it, and the one that stands for them, which is asked
    for once there are all."""

    assignments: list[Assignment] = field(default_factory=lambda: [{}])

    @cached_property
    def example(self) -> Assignment:
        """The assignment that is evaluated: one of production if a value says so, since equal cells of a mapping stand
        in several rows, and who mends one begins with production's."""
        first, *others = self.assignments
        return next(filter(_is_of_production, self.assignments), first) if others else first

    def chosen(self, parameters: Mapping[str, Parameter], fixed: Mapping[str, str], place: Node) -> dict[str, Value]:
        """The values of the parameters that this deployment gives another than their own, and of pseudo parameters.

        fixed: the values from the user. place: the position for pseudo parameters, which have none in the file.
        """
        values: dict[str, Value] = {name: Known(text, place) for name, text in pseudo_parameters(fixed).items()}
        for name in self.example:
            taken = list(dict.fromkeys(assignment[name] for assignment in self.assignments))
            parameter = parameters.get(name)
            only = taken[0] if len(taken) == 1 else None
            if parameter is None:
                if isinstance(only, str):
                    values[name] = Known(only, place)
            elif parameter.given is None and (only is not None or parameter.default not in taken):
                values[name] = parameter.chosen(only, is_given=name in fixed)
        return values


def pseudo_parameters(fixed: Mapping[str, str]) -> dict[str, str]:
    """The pseudo parameters that the user gives, and the partition that a Region is in."""
    region = fixed.get("AWS::Region")
    found = {} if region is None else {"AWS::Partition": _partition(region)}
    return found | {name: text for name, text in fixed.items() if name in GIVEN}


def every(
    conditions: Conditions, asked: Asked, fixed: Mapping[str, str] | None, needed: Collection[str] = ()
) -> tuple[list[ParameterCase], bool]:
    """The deployments, and whether they are complete (False: too many, so each value and result is covered once).

    fixed: the parameter values from the user; the other parameters then have their default values. needed: the lookups
    that must find something in every deployment.
    """
    names = conditions.closure(asked.conditions)
    candidates = Candidates()
    for name in names:
        candidates.compare_condition(name, conditions)
    for node in conditions.rules.values():
        candidates.compare(node, conditions.mappings)
    asked = replace(asked, lookups=asked.lookups & conditions.lookups.keys())
    for key in sorted(asked.lookups):
        candidates.look_up_all(conditions.lookups[key], conditions.mappings)
    choices = _choices(conditions, asked, fixed, candidates)
    if not choices and not names:
        return [ParameterCase()], True
    must_find = sorted(asked.lookups.intersection(needed))

    def is_possible(assignment: Assignment) -> bool:
        fails = any(conditions.found(key, assignment) == NO_KEY for key in must_find)
        return not fails and _fits(assignment, choices) and conditions.allows(assignment)

    base = {name: values[0] for name, values in choices.items()}
    is_few = bool(conditions.rules) or conditions.undecided.outcomes(names, base, choices) <= MAX_DEPLOYMENTS
    if is_few and _count(choices) <= MAX_CHOICES:
        every_choice = _extended(conditions, names, filter(is_possible, _product(choices)))
        parameter_cases = _group(conditions, names, asked, every_choice, MAX_DEPLOYMENTS + 1)
        if parameter_cases is not None and len(parameter_cases) <= MAX_DEPLOYMENTS:
            return parameter_cases or [ParameterCase()], True
    possible = (one for one in covering(conditions, names, choices, MAX_DEPLOYMENTS) if one is None or is_possible(one))
    return _group(conditions, names, asked, possible, None) or [ParameterCase()], False


def is_ever_allowed(conditions: Conditions) -> bool:
    """Whether the Rules section may take some values of the parameters; not asked of lists, whose items may be any."""
    named = {name for rule in conditions.rules.values() for name in references(rule)}
    if any(one.is_list for name, one in conditions.parameters.items() if name in named):
        return True
    candidates = Candidates()
    for rule in conditions.rules.values():
        candidates.compare(rule, conditions.mappings)
        for name in conditions.closure(conditions_in(rule)):
            candidates.compare_condition(name, conditions)
    every_choice = _choices(conditions, Asked(), None, candidates)
    return _count(every_choice) > MAX_CHOICES or any(map(conditions.allows, _product(every_choice)))


def _choices(
    conditions: Conditions, asked: Asked, fixed: Mapping[str, str] | None, candidates: Candidates
) -> dict[str, list[Choice]]:
    """The values of each parameter that make a difference."""
    choices: dict[str, list[Choice]] = {}
    for name in dict.fromkeys((*candidates.names, *sorted(asked.parameters))):
        if is_choice(name, conditions.parameters):
            decided = conditions.fixed if name in conditions.fixed else fixed
            values = candidates.of(conditions.parameters.get(name), name, decided, every=name in asked.parameters)
            # An empty mapping (the CDK writes one for machine images without a name) gives no candidate values.
            choices.update({name: values} if values else {})
    for name, others in sorted(asked.compared) if fixed is None else ():
        parameter = conditions.parameters.get(name)
        if parameter is not None and parameter.given is None and parameter.default is not None:
            known = choices.setdefault(name, [parameter.default])
            known += [other for other in others if other not in known and parameter.refusal(other) is None]
    for name, compared in candidates.compared.items():
        for other in (value.parameter for value in compared if isinstance(value, Other) and value.parameter != name):
            _meet(name, other, choices, conditions)
            _meet(other, name, choices, conditions)
    return choices


def _meet(name: str, other: str, choices: dict[str, list[Choice]], conditions: Conditions) -> None:
    """Let a parameter be that of another one which has one text, as the user or a parent stack gives it that."""
    only, known = choices.get(other, []), choices.get(name, [])
    parameter = conditions.parameters.get(name)
    if len(only) != 1 or not isinstance(only[0], str) or not any(isinstance(value, Other) for value in known):
        return
    is_refused = parameter is not None and parameter.refusal(only[0]) is not None
    added = [] if is_refused or only[0] in known else only
    choices[name] = [*(value for value in known if value != Other(other)), *added]


def _count(choices: Mapping[str, list[Choice]]) -> int:
    count = 1
    for values in choices.values():
        count *= len(values)
    return count


def _product(choices: Mapping[str, list[Choice]]) -> Iterator[Assignment]:
    return (dict(zip(choices, values, strict=True)) for values in product(*choices.values()))


def _extended(
    conditions: Conditions, names: list[str], assignments: Iterable[Assignment]
) -> Iterator[Assignment | None]:
    """The assignments, extended by every combination of results of the conditions that they do not decide.

    None stands at the end if there are too many, or more than the budget allows.
    """
    count, share = 0, int(left("combinations") * _SHARE)
    most = min(MAX_COMBINATIONS, share)
    for assignment in assignments:
        for one in conditions.undecided.every(names, assignment):
            count += len(names) + len(one)
            if count > most:
                if share < MAX_COMBINATIONS:
                    take_turns()
                yield None
                return
            take("combinations", len(names) + len(one))
            yield one


def _group(
    conditions: Conditions, names: list[str], asked: Asked, assignments: Iterable[Assignment | None], most: int | None
) -> list[ParameterCase] | None:
    """The assignments by their answers: as soon as there are `most` of them, or without it at most as many as are kept.

    The result is None if `most` is given and not all assignments were made.
    """
    lookups, parameters = sorted(asked.lookups), sorted({*asked.parameters, *(name for name, _ in asked.compared)})
    found: dict[Answers, ParameterCase] = {}
    for whole in assignments:
        if whole is None:
            if most is not None:
                return None
            break
        answers = (
            *(conditions.answer(name, whole) for name in names),
            *(conditions.found(key, whole) for key in lookups),
            *(whole.get(name) for name in parameters),
        )
        if answers in found or len(found) < (most or MAX_DEPLOYMENTS):
            found.setdefault(answers, ParameterCase([])).assignments.append(whole)
        if most is not None and len(found) == most:
            return list(found.values())
    everywhere = sorted({key for chosen in found.values() for a in chosen.assignments for key in a})
    if any(len(a) < len(everywhere) for chosen in found.values() for a in chosen.assignments):
        for chosen in found.values():
            chosen.assignments = [_filled(a, everywhere, conditions) for a in chosen.assignments]
    return list(found.values())


def _filled(assignment: Assignment, keys: Sequence[str], conditions: Conditions) -> Assignment:
    """The assignment with the results of conditions that only others leave open, so that all have the same keys."""
    missing = [key for key in keys if key not in assignment]
    return {
        **assignment,
        **{key: bool(conditions.answer(key.removeprefix("condition "), assignment)) for key in missing},
    }


def _is_of_production(assignment: Assignment) -> bool:
    return any(isinstance(choice, str) and is_named_like(choice, _PRODUCTION) for choice in assignment.values())


def _partition(region: str) -> str:
    from awslint_memo.model.partitions import partition_of  # Few templates tell of their Region.

    return partition_of(region)


def _fits(assignment: Assignment, choices: Mapping[str, list[Choice]]) -> bool:
    """Whether the partition is that of the Region (AWS General Reference, "Amazon Resource Names")."""
    region, partition = assignment.get("AWS::Region"), assignment.get("AWS::Partition")
    if not isinstance(region, str) or partition is None:
        return True
    expected = _partition(region)
    return partition == expected if isinstance(partition, str) else expected not in choices["AWS::Partition"]
