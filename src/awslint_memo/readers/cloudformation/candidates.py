"""The candidate values of parameters, and the assignments of them that are tried where all are too many.

Candidates are the values in comparisons, the keys of mappings, and the allowed values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from awslint_memo.model.budget import leaves, refuse, spend, take, take_turns
from awslint_memo.model.deployment_words import Assignment, Choice, Other
from awslint_memo.model.deployment_words import pairwise_rows as rows
from awslint_memo.model.record import field, record
from awslint_memo.model.secret import secret
from awslint_memo.model.spelled import Spelled
from awslint_memo.readers.cloudformation.conditions import Conditions
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.references import (
    default_value,
    lookup_arguments,
    lookups,
    made_keys,
    parameter_keys,
    references,
)
from awslint_memo.readers.cloudformation.stack_context import PSEUDO_PARAMETERS, StackContext
from awslint_memo.syntax.node import Node, descend, fields, text

_ASSERTIONS = ("Fn::Contains", "Fn::EachMemberEquals", "Fn::EachMemberIn")
"""The functions that only the Rules section has. Each compares the members of two lists, or a list and a value
(AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html, read 2026-11-26)."""


@record
class Candidates:
    """What conditions say about parameters, by the parameters' names.

    compared: the values that each is compared with. only_values: those that are only compared as a whole, so that
    values which no condition names make no difference. keys: the keys of the mappings in which each is looked up.
    must_be_key: those that a condition looks up; no deployment has a value for which the mapping has no key.
    may_be_no_key: those that are looked up with a DefaultValue, which is found by a value that is no key.
    """

    compared: dict[str, list[Choice]] = field(default_factory=dict)
    in_part: set[str] = field(default_factory=set)
    keys: dict[str, list[str]] = field(default_factory=dict)
    must_be_key: set[str] = field(default_factory=set)
    may_be_no_key: set[str] = field(default_factory=set)

    @property
    def names(self) -> list[str]:
        """The parameters that make a difference."""
        return list(dict.fromkeys((*self.compared, *self.keys)))

    def compare(self, condition: Node, mappings: Node | None) -> None:
        """Add what a condition, or an assertion of the Rules section, says about parameters."""
        for node in descend(condition):
            content = fields(node)
            operands = content.get("Fn::Equals")
            both = operands.content if operands is not None else None
            if isinstance(both, list) and len(both) == 2:
                self._compare(both[0], both[1], mappings)
                self._compare(both[1], both[0], mappings)
            for function in _ASSERTIONS:
                if function in content:
                    self._assert(content[function])
        for lookup in lookups(condition):
            self.look_up(lookup, mappings)
            if len(lookup_arguments(lookup)) == 3:
                self.must_be_key.update(name for name, _, _ in parameter_keys(lookup))

    def compare_condition(self, name: str, conditions: Conditions) -> None:
        """The same for a condition of the template, each of which is read once."""
        if name not in conditions.candidates:
            conditions.candidates[name] = Candidates()
            conditions.candidates[name].compare(conditions.written[name], conditions.mappings)
        known: Candidates = conditions.candidates[name]
        self._add(known)

    def _add(self, other: Candidates) -> None:
        for name, values in other.compared.items():
            known = self.compared.setdefault(name, [])
            known += [value for value in values if value not in known]
        for name, keys in other.keys.items():
            there = self.keys.setdefault(name, [])
            there += [key for key in keys if key not in there]
        self.in_part |= other.in_part
        self.must_be_key |= other.must_be_key
        self.may_be_no_key |= other.may_be_no_key

    def _compare(self, operand: Node, other: Node, mappings: Node | None) -> None:
        direct = text(fields(operand).get("Ref"))
        facing = text(fields(other).get("Ref"))
        for name in [direct] if direct else references(operand, is_outside_lookups=True):
            values = self.compared.setdefault(name, [])
            if direct is None:
                self.in_part.add(name)
            new: list[Choice] = [*_literals(other, mappings)]
            if not new and facing and name < facing:
                new.append(Other(facing))
            values += [value for value in new if value not in values]

    def _assert(self, arguments: Node) -> None:
        content = arguments.content
        parts = content if isinstance(content, list) else []
        literals = [value for part in parts for node in descend(part) for value in _literals(node, None)]
        for name in dict.fromkeys(name for part in parts for name in references(part)):
            self.in_part.add(name)
            values = self.compared.setdefault(name, [])
            values += [value for value in dict.fromkeys(literals) if value not in values]

    def look_up_all(self, lookup: Node, mappings: Node | None) -> None:
        """Add the keys that a Fn::FindInMap can find, and those of what its own keys are made of."""
        for inner in lookups(lookup):
            self.look_up(inner, mappings)
            for name in made_keys(inner):
                self.in_part.add(name)
                self.keys.setdefault(name, [])

    def look_up(self, lookup: Node, mappings: Node | None) -> None:
        """Add the keys that a Fn::FindInMap can find."""
        for name, map_name, is_second in parameter_keys(lookup):
            rows = fields(fields(mappings).get(map_name))
            there = [key for row in rows.values() for key in fields(row)] if is_second else list(rows)
            known = self.keys.setdefault(name, [])
            known += [key for key in dict.fromkeys(there) if key not in known]
            if default_value(lookup) is not None:
                self.may_be_no_key.add(name)

    def of(
        self, parameter: Parameter | None, name: str, fixed: Mapping[str, str] | None, *, every: bool
    ) -> list[Choice]:
        """The candidate values of a parameter, as `_of`; those of one that nobody may see don't print themselves."""
        found = self._of(parameter, name, fixed, every=every)
        if parameter is None:
            return found
        return [secret(one) if isinstance(one, str) and parameter.is_hidden(one) else one for one in found]

    def _of(
        self, parameter: Parameter | None, name: str, fixed: Mapping[str, str] | None, *, every: bool
    ) -> list[Choice]:
        """The candidate values of a parameter (None: a pseudo parameter), its default first; only the user's if given.

        All values that no condition compares it with are a single candidate, unless `every` allowed value counts.
        """
        if fixed is not None and name in fixed:
            return [fixed[name]]
        if parameter is not None and parameter.given is not None:
            return [parameter.given.text or ""]
        default = (
            [] if parameter is None or parameter.default is None or parameter.is_looked_up else [parameter.default]
        )
        if fixed is not None and default:
            return [*default]
        keys = self.keys.get(name, [])
        members: Sequence[Choice] = ()
        if parameter is not None and parameter.allowed:
            members = self._allowed(parameter, default, every or name in self.in_part or bool(keys))
            if not parameter.is_list:
                return [*members]
        compared = self.compared.get(name, [])
        texts = [value for value in compared if not isinstance(value, Other)]
        # By default a parameter without a value is not that of another one.
        is_open = name in self.compared or name in self.may_be_no_key
        rest = [*texts, Other(name), *(v for v in compared if v not in texts)] if is_open else []
        found: list[Choice] = list(dict.fromkeys((*default, *members, *keys, *rest)))
        if name in self.must_be_key and keys:
            found = [value for value in found if value in keys]
        return [one for one in found if parameter is None or not isinstance(one, str) or parameter.refusal(one) is None]

    def _allowed(self, parameter: Parameter, default: list[str], every: bool) -> list[Choice]:
        allowed = list(dict.fromkeys((*(one for one in default if one in parameter.allowed), *parameter.allowed)))
        if not every:
            named = {*default, *self.compared.get(parameter.name, [])}
            others = [value for value in allowed if value not in named]
            if len(others) > 1:
                return [*(value for value in allowed if value in named), Other(parameter.name)]
        return [*allowed]


def _literals(node: Node, mappings: Node | None) -> list[str]:
    """The texts that an operand may be: itself, or those that a Fn::FindInMap may find."""
    arguments = lookup_arguments(node)
    if arguments:
        rows = fields(fields(mappings).get(text(arguments[0]) or ""))
        second = text(arguments[2])
        nodes = [cell for row in rows.values() for key, cell in fields(row).items() if second in (None, key)]
        default = default_value(node)
        nodes += [] if default is None else [default]
        return list(dict.fromkeys(value for cell in nodes for value in _literals(cell, None)))
    content = node.content
    if isinstance(content, Spelled):
        return sorted(content.texts)
    literal = None if isinstance(content, (list, Mapping)) else StackContext().evaluate(node).text
    return [] if literal is None else [literal]


def is_choice(name: str, parameters: Mapping[str, Parameter]) -> bool:
    """Whether a parameter is chosen at deployment; what a parent stack gives without saying its value is not."""
    if name not in parameters:
        return name in PSEUDO_PARAMETERS
    given = parameters[name].given
    return given is None or given.text is not None


MAX_CHOICES = 4096
"""The maximum number of combinations of parameter values; beyond it, each value is tried, but not with every other."""

_RESERVED = 0.2
"""The share of the combinations that is left to what is asked later."""

_SEARCHED = 0.5
"""The share of the combinations that is left when no further result of a condition is searched for."""


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
        """The assignments: the default values, those in which pairs of choices meet, and those that differ in one."""
        results = list(rows([2] * len(self._conditional), 2))
        yield from (self._made(self._base, row) for row in results)
        counts = [len(values) for values in self._choices.values()]
        yield from map(self._row, rows([*counts, *[2] * len(self._conditional)], self._most // 2))
        is_much = len(results) + sum(count - 1 for count in counts) > self._most
        for number, one in enumerate(islice(self._one_by_one(), self._most if is_much else None), 1):
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
            missing = {(one, result) for one in closure for result in (True, False)} - covered
            ordered = conditions.ordered(closure)  # What each needs is worked out before it.
            mine = {key: self._choices[key] for key in conditions.parameters_of(name) if key in self._choices}
            for values in islice(product(*mine.values()), MAX_CHOICES):
                if not missing:
                    break
                if not leaves("combinations", _SEARCHED):
                    take_turns()
                    break
                take("combinations", len(closure))
                whole = {**base, **dict(zip(mine, values, strict=True))}
                new = {(one, conditions.answer(one, whole)) for one in ordered} - covered
                if new:
                    covered |= new
                    missing -= new
                    yield whole
