"""The deployments of a CloudFormation template: every choice of parameters that its conditions tell apart.

Candidate values of a parameter are what conditions compare it with, its AllowedValues, its default, and one value that
is none of these. A condition that parameters don't decide (an import, a mapping by region) is a choice of its own.
Choices with the same answers of all conditions are one deployment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, product

from awslint_memo.choices import Assignment, Choice, Other
from awslint_memo.readers.node import Node, fields, text, walk
from awslint_memo.readers.parameters import Parameter
from awslint_memo.readers.scope import PSEUDO_PARAMETERS, Scope
from awslint_memo.span import Span
from awslint_memo.value import Known, Unknown, Value

MAX_DEPLOYMENTS = 128
"""Of 231 public templates with conditions, 226 have at most half as many."""

MAX_CHOICES = 4096
"""How many combinations of parameter values are tried before only each condition's two answers are covered."""

Answers = tuple[tuple[str, bool], ...]

_NO_PLACE = Span("", 1, 1, 1, 1)
"""Values that only decide conditions are never pointed at."""


@dataclass
class Chosen:
    """One distinguishable deployment: the conditions' answers, and all choices of parameters that lead there."""

    answers: Mapping[str, bool]
    assignments: list[Assignment] = field(default_factory=list)


@dataclass
class Conditions:
    """The conditions of a template that matter, and the parameters that decide them."""

    written: Mapping[str, Node]
    parameters: Mapping[str, Parameter]
    mappings: Node | None = None
    _answers: dict[tuple[object, ...], bool | None] = field(default_factory=dict, repr=False)
    _decided_by: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def used_in(self, nodes: Iterable[Node]) -> list[str]:
        """The conditions that these nodes depend on, those included that they are made of, in the template's order."""
        found: set[str] = set()
        pending = [name for node in nodes for name in _named(node)]
        while pending:
            name = pending.pop()
            if name not in found and name in self.written:
                found.add(name)
                pending += _named(self.written[name])
        return [name for name in self.written if name in found]

    def deployments(self, names: list[str], fixed: Mapping[str, str] | None) -> tuple[list[Chosen], bool]:
        """The distinguishable deployments, and whether they are all of them (False: past the bound, only a cover).

        fixed: the parameter values that the user gave; the other parameters then have their defaults.
        """
        candidates = self._candidates(names, fixed)
        count = 1
        for values in candidates.values():
            count *= len(values)
        if count <= MAX_CHOICES:
            found = self._group(names, _every(candidates))
            if len(found) <= MAX_DEPLOYMENTS:
                return found, True
        return list(islice(self._cover(names, candidates), MAX_DEPLOYMENTS)), False

    def _group(self, names: list[str], assignments: Iterable[Assignment]) -> list[Chosen]:
        found: dict[Answers, Chosen] = {}
        for assignment in assignments:
            for whole in self._decided(names, assignment):
                answers = {name: self._answer(name, whole) or False for name in names}
                chosen = found.setdefault(tuple(answers.items()), Chosen(answers))
                chosen.assignments.append(whole)
        everywhere = sorted({key for chosen in found.values() for a in chosen.assignments for key in a})
        if any(len(a) < len(everywhere) for chosen in found.values() for a in chosen.assignments):
            for chosen in found.values():
                chosen.assignments = [_filled(a, everywhere) for a in chosen.assignments]
        return list(found.values())

    def _decided(self, names: list[str], assignment: Assignment) -> Iterator[Assignment]:
        """The assignment with both answers of the first condition that it leaves open, and so on."""
        open_name = next((name for name in names if self._answer(name, assignment) is None), None)
        if open_name is None:
            yield assignment
            return
        root = self._root(open_name, assignment)
        for answer in (True, False):
            yield from self._decided(names, {**assignment, f"condition {root}": answer})

    def _root(self, name: str, assignment: Assignment) -> str:
        """The condition below an undecided one that is itself what can't be decided."""
        for inner in _named(self.written[name]):
            if inner in self.written and inner != name and self._answer(inner, assignment) is None:
                return self._root(inner, assignment)
        return name

    def _cover(self, names: list[str], candidates: Mapping[str, list[Choice]]) -> Iterator[Chosen]:
        """One deployment by default values, then for each condition one in which it holds and one in which not."""
        base = {name: values[0] for name, values in candidates.items()}
        seen: set[Answers] = set()
        covered: set[tuple[str, bool]] = set()
        for name in (names[0], *names):
            mine = {key: candidates[key] for key in self._parameters_of(name) if key in candidates}
            for choice in islice(_every(mine), MAX_CHOICES):
                for chosen in self._group(names, [{**base, **choice}]):
                    answers = tuple(chosen.answers.items())
                    if answers not in seen and not covered.issuperset(answers):
                        seen.add(answers)
                        covered.update(answers)
                        yield chosen

    def _parameters_of(self, name: str) -> list[str]:
        nodes = [self.written[name], *(self.written[inner] for inner in self.used_in([self.written[name]]))]
        return list(dict.fromkeys(ref for node in nodes for ref in _references(node)))

    def _candidates(self, names: list[str], fixed: Mapping[str, str] | None) -> dict[str, list[Choice]]:
        compared: dict[str, list[Choice]] = {}
        for name in names:
            for node in walk(self.written[name]):
                operands = fields(node).get("Fn::Equals")
                content = operands.content if operands is not None else None
                if isinstance(content, list) and len(content) == 2:
                    _compare(content[0], content[1], compared)
                    _compare(content[1], content[0], compared)
        known = {name: list(dict.fromkeys(values)) for name, values in compared.items()}
        return {name: self._values(name, values, fixed) for name, values in known.items() if self._is_choice(name)}

    def _is_choice(self, name: str) -> bool:
        return name in PSEUDO_PARAMETERS or (name in self.parameters and not self.parameters[name].is_looked_up)

    def _values(self, name: str, compared: list[Choice], fixed: Mapping[str, str] | None) -> list[Choice]:
        if fixed is not None and name in fixed:
            return [fixed[name]]
        parameter = self.parameters.get(name)
        if parameter is None:
            return [*compared, Other(name)]
        default = [] if parameter.default is None else [parameter.default]
        if fixed is not None and default:
            return [*default]
        if parameter.allowed:
            return list(dict.fromkeys((*default, *parameter.allowed)))
        return list(dict.fromkeys((*default, *compared, Other(name))))

    def _answer(self, name: str, assignment: Assignment) -> bool | None:
        # Most choices of a product differ only in parameters that this condition does not know.
        deciding = self._deciding(name)
        key = (name, *(assignment.get(choice) for choice in deciding))
        if key not in self._answers:
            scope = Scope(self._values_of(assignment, deciding), mappings=self.mappings)
            forced = assignment.get(f"condition {name}")
            truth = self._truth(self.written[name], scope, assignment, (name,))
            self._answers[key] = forced if isinstance(forced, bool) else truth
        return self._answers[key]

    def _deciding(self, name: str) -> list[str]:
        if name not in self._decided_by:
            inner = [name, *self.used_in([self.written[name]])]
            self._decided_by[name] = [*self._parameters_of(name), *(f"condition {one}" for one in inner)]
        return self._decided_by[name]

    def _values_of(self, assignment: Assignment, names: list[str]) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name in names:
            parameter, choice = self.parameters.get(name), assignment.get(name)
            if isinstance(choice, Other):
                place = parameter.node if parameter else _NO_PLACE
                values[name] = Unknown(f"parameter {name}", place, key=f"other than compared: {choice.parameter}")
            elif parameter is not None:
                values[name] = parameter.value(choice if isinstance(choice, str) else None)
            elif isinstance(choice, str):
                values[name] = Known(choice, _NO_PLACE)
        return values

    def _truth(self, node: Node, scope: Scope, assignment: Assignment, inside: tuple[str, ...]) -> bool | None:
        content = fields(node)
        if len(content) != 1:
            return None
        function, argument = next(iter(content.items()))
        if function == "Condition":
            name = text(argument) or ""
            forced = assignment.get(f"condition {name}")
            if isinstance(forced, bool) or name not in self.written or name in inside:
                return forced if isinstance(forced, bool) else None
            return self._truth(self.written[name], scope, assignment, (*inside, name))
        operands = argument.content if isinstance(argument.content, list) else []
        if function == "Fn::Equals" and len(operands) == 2:
            return _equal(scope.evaluate(operands[0]), scope.evaluate(operands[1]))
        answers = [self._truth(operand, scope, assignment, inside) for operand in operands]
        if function == "Fn::Not" and len(answers) == 1:
            return None if answers[0] is None else not answers[0]
        decisive = {"Fn::Or": True, "Fn::And": False}.get(function)
        if decisive is None or decisive in answers:
            return decisive
        return None if None in answers else not decisive


def circle(written: Mapping[str, Node]) -> list[str]:
    """The names of conditions that depend on each other in a circle, from the first of them; none if none do."""
    sound: set[str] = set()

    def around(name: str, path: list[str]) -> list[str]:
        if name in path:
            return path[path.index(name) :]
        if name in sound or name not in written or len(path) > len(written):
            return []
        found = next((found for inner in _named(written[name]) if (found := around(inner, [*path, name]))), [])
        sound.update([] if found else [name])
        return found

    return next((found for name in written if (found := around(name, []))), [])


def _every(candidates: Mapping[str, list[Choice]]) -> Iterator[Assignment]:
    return (dict(zip(candidates, values, strict=True)) for values in product(*candidates.values()))


def _filled(assignment: Assignment, names: list[str]) -> Assignment:
    """With False for the conditions that these parameters leave no room for, so that all assignments compare."""
    return {name: assignment.get(name, False) for name in (*assignment, *(n for n in names if n not in assignment))}


def _named(node: Node) -> Iterator[str]:
    """The conditions that a node names: Condition, Fn::If."""
    for inner in walk(node):
        content = fields(inner)
        for function in ("Condition", "Fn::If"):
            argument = content.get(function)
            if argument is not None:
                first = argument.content[:1] if isinstance(argument.content, list) else [argument]
                yield from (name for name in map(text, first) if name)


def _references(node: Node) -> Iterator[str]:
    """The parameters that a node refers to."""
    for inner in walk(node):
        name = text(fields(inner).get("Ref"))
        if name:
            yield name
        substituted = fields(inner).get("Fn::Sub")
        for part in walk(substituted) if substituted is not None else ():
            yield from (piece.partition("}")[0] for piece in (text(part) or "").split("${")[1:])


def _compare(operand: Node, other: Node, compared: dict[str, list[Choice]]) -> None:
    """Note what the parameters of one operand are compared with: a literal, or the same unknown as another's."""
    direct = text(fields(operand).get("Ref"))
    facing = text(fields(other).get("Ref"))
    for name in [direct] if direct else _references(operand):
        values = compared.setdefault(name, [])
        literal = Scope().evaluate(other).text
        if literal is not None:
            values.append(literal)
        elif facing and name < facing:
            values.append(Other(facing))


def _equal(one: Value, two: Value) -> bool | None:
    if one.text is not None and two.text is not None:
        return one.text == two.text
    keys = [value.key for value in (one, two) if isinstance(value, Unknown) and value.key.startswith("other than")]
    if len(keys) == 2:
        return keys[0] == keys[1]
    return False if keys and (one.is_known or two.is_known) else None
