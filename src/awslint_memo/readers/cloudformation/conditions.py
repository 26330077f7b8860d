"""Evaluates the conditions of a CloudFormation template for given parameter values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from awslint_memo.model.choices import Assignment, Other
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Span
from awslint_memo.model.value import Known, Link, Unknown, Value
from awslint_memo.readers.cloudformation.candidates import references
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.syntax.node import Node, descend, fields, text

_NO_PLACE = Span("", 1, 1, 1, 1)
"""A dummy position for values that are used only in conditions, which no finding points to."""


@record
class Conditions:
    """The conditions of a template, and the parameters that they depend on."""

    written: Mapping[str, Node]
    parameters: Mapping[str, Parameter]
    mappings: Node | None = None
    _answers: dict[tuple[object, ...], bool | None] = field(default_factory=dict)
    _decided_by: dict[str, list[str]] = field(default_factory=dict)
    _looked_up_by: dict[int, list[str]] = field(default_factory=dict)
    _found: dict[tuple[object, ...], str] = field(default_factory=dict)

    def used_in(self, nodes: Iterable[Node]) -> list[str]:
        """The conditions that these nodes depend on, directly or through other conditions, in the template's order."""
        found: set[str] = set()
        pending = [name for node in nodes for name in _named(node)]
        while pending:
            name = pending.pop()
            if name not in found and name in self.written:
                found.add(name)
                pending += _named(self.written[name])
        return [name for name in self.written if name in found]

    def decided(self, names: list[str], assignment: Assignment) -> Iterator[Assignment]:
        """The assignment extended by every combination of results of the conditions that it does not decide."""
        open_name = next((name for name in names if self.answer(name, assignment) is None), None)
        if open_name is None:
            yield assignment
            return
        root = self._root(open_name, assignment)
        for answer in (True, False):
            yield from self.decided(names, {**assignment, f"condition {root}": answer})

    def _root(self, name: str, assignment: Assignment) -> str:
        """The condition that causes `name` to be undecided: one that depends on no other undecided condition."""
        for inner in _named(self.written[name]):
            if inner in self.written and inner != name and self.answer(inner, assignment) is None:
                return self._root(inner, assignment)
        return name

    def parameters_of(self, name: str) -> list[str]:
        """The parameters that a condition depends on, directly or through other conditions."""
        nodes = [self.written[name], *(self.written[inner] for inner in self.used_in([self.written[name]]))]
        return list(dict.fromkeys(ref for node in nodes for ref in references(node)))

    def answer(self, name: str, assignment: Assignment) -> bool | None:
        """The result of a condition; None if the assignment does not decide it."""
        # The cache key has only what the condition depends on, since most assignments differ in other parameters.
        deciding = self._deciding(name)
        key = (name, *(assignment.get(choice) for choice in deciding))
        if key not in self._answers:
            scope = self.scope(assignment, deciding)
            forced = assignment.get(f"condition {name}")
            truth = self._truth(self.written[name], scope, assignment, (name,))
            self._answers[key] = forced if isinstance(forced, bool) else truth
        return self._answers[key]

    def found(self, lookup: Node, assignment: Assignment) -> str:
        """The result of a Fn::FindInMap, as text for comparisons."""
        names = self._looked_up_by.get(id(lookup))
        if names is None:
            names = self._looked_up_by[id(lookup)] = list(references(lookup))
        # Most choices of a product differ only in parameters that this lookup does not name.
        key = (id(lookup), *(assignment.get(name) for name in names))
        if key not in self._found:
            self._found[key] = repr(self.scope(assignment, names).evaluate(lookup).plain)
        return self._found[key]

    def _deciding(self, name: str) -> list[str]:
        if name not in self._decided_by:
            inner = [name, *self.used_in([self.written[name]])]
            self._decided_by[name] = [*self.parameters_of(name), *(f"condition {one}" for one in inner)]
        return self._decided_by[name]

    def scope(self, assignment: Assignment, names: list[str]) -> StackContext:
        """The context in which the parameters among `names` have their assigned values, else their default values."""
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
        return StackContext(values, mappings=self.mappings)

    def _truth(self, node: Node, scope: StackContext, assignment: Assignment, inside: tuple[str, ...]) -> bool | None:
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


def _named(node: Node) -> Iterator[str]:
    """The conditions that a node refers to with Condition or Fn::If."""
    for inner in descend(node):
        content = fields(inner)
        for function in ("Condition", "Fn::If"):
            argument = content.get(function)
            if argument is not None:
                first = argument.content[:1] if isinstance(argument.content, list) else [argument]
                yield from (name for name in map(text, first) if name)


def _equal(one: Value, two: Value) -> bool | None:
    same = one.is_same_as(two)
    if same is not None:
        return same
    keys = [value.key for value in (one, two) if isinstance(value, Unknown) and value.key.startswith("other than")]
    if len(keys) == 2:
        return keys[0] == keys[1]
    if any(isinstance(value, Link) for value in (one, two)) and (one.is_known or two.is_known):
        return False  # We assume that an attribute of a resource is never equal to a constant.
    return False if keys and (one.is_known or two.is_known) else None
