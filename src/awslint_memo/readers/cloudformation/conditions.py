"""Evaluates the conditions and the rules of a CloudFormation template for given parameter values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from awslint_memo.model.choices import Assignment, Other
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Span
from awslint_memo.model.value import Known, Link, Unknown, Value
from awslint_memo.readers.cloudformation.candidates import references
from awslint_memo.readers.cloudformation.met_lookups import MetLookups
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.syntax.node import Node, descend, fields, plain, text

_NO_PLACE = Span("", 1, 1, 1, 1)
"""A dummy position for values that are used only in conditions, which no finding points to."""


@record
class Conditions:
    """The conditions of a template, and the parameters that they depend on.

    rules: the Rules section, whose assertions refuse values of parameters. lookups: the Fn::FindInMap calls that were
    met. fixed: the values of parameters from the user.
    """

    written: Mapping[str, Node]
    parameters: Mapping[str, Parameter]
    mappings: Node | None = None
    rules: Mapping[str, Node] = field(default_factory=dict)
    lookups: MetLookups = field(default_factory=MetLookups)
    fixed: Mapping[str, str] = field(default_factory=dict)
    _answers: dict[tuple[object, ...], bool | None] = field(default_factory=dict)
    _decided_by: dict[str, list[str]] = field(default_factory=dict)
    _looked_up_by: dict[str, list[str]] = field(default_factory=dict)
    _found: dict[tuple[object, ...], str] = field(default_factory=dict)
    _lookups: MetLookups = field(default_factory=MetLookups)
    """Those that are met while conditions are worked out."""

    def closure(self, names: Iterable[str]) -> list[str]:
        """These conditions and those that they depend on, in the template's order."""
        found: set[str] = set()
        pending = list(names)
        while pending:
            name = pending.pop()
            if name not in found and name in self.written:
                found.add(name)
                pending += named(self.written[name])
        return [name for name in self.written if name in found]

    def decided(self, names: list[str], assignment: Assignment) -> Iterator[Assignment]:
        """The assignment extended by every combination of results of the conditions that it does not decide."""
        open_name = next((name for name in names if self.answer(name, assignment) is None), None)
        if open_name is None:
            yield assignment
            return
        root = self._root(open_name, assignment)
        for answer in (True, False):
            extended = {**assignment, f"condition {root}": answer}
            if self._may_be(root, answer, assignment):
                yield from self.decided(names, {**extended, **self._twins(root, answer)})

    def _root(self, name: str, assignment: Assignment) -> str:
        """The condition that causes `name` to be undecided: one that depends on no other undecided condition."""
        for inner in named(self.written[name]):
            if inner in self.written and inner != name and self.answer(inner, assignment) is None:
                return self._root(inner, assignment)
        return name

    def _may_be(self, name: str, answer: bool, assignment: Assignment) -> bool:
        """Whether a comparison may have a result beside those of the others: nothing equals two different texts."""
        mine = _comparison(self.written[name])
        if mine is None or mine.holds is not answer:
            return True
        known = ((key.removeprefix("condition "), result) for key, result in assignment.items())
        others = ((_comparison(self.written[one]), result) for one, result in known if one in self.written)
        equal = (one for one, result in others if one is not None and one.holds is result)
        return not any(one.operand == mine.operand and one.text != mine.text for one in equal)

    def _twins(self, name: str, answer: bool) -> dict[str, bool]:
        """The conditions that compare the same as this one, so that they have the same result, or the opposite."""
        mine = _comparison(self.written[name])
        found: dict[str, bool] = {}
        for one, node in self.written.items() if mine is not None else ():
            other = _comparison(node) if one != name else None
            if mine and other and (other.operand, other.text) == (mine.operand, mine.text):
                found[f"condition {one}"] = answer is (other.holds is mine.holds)
        return found

    def parameters_of(self, name: str) -> list[str]:
        """The parameters that a condition depends on, directly or through other conditions."""
        nodes = [self.written[inner] for inner in (name, *self.closure([name]))]
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

    def allows(self, assignment: Assignment) -> bool:
        """Whether no assertion of the Rules section surely refuses the parameter values."""
        for rule in self.rules.values():
            said = fields(rule)
            scope = self.scope(assignment, list(dict.fromkeys(references(rule))))
            applies = said.get("RuleCondition")
            if applies is not None and self._truth(applies, scope, assignment, ()) is not True:
                continue
            assertions = said["Assertions"].content if "Assertions" in said else None
            asserted = [fields(one).get("Assert") for one in assertions] if isinstance(assertions, list) else []
            if any(one is not None and self._truth(one, scope, assignment, ()) is False for one in asserted):
                return False
        return True

    def found(self, key: str, assignment: Assignment) -> str:
        """The result of a Fn::FindInMap, as text for comparisons; key: its key among those met."""
        names = self._looked_up_by.get(key)
        if names is None:
            names = self._looked_up_by[key] = list(references(self.lookups[key]))
        # Most choices of a product differ only in parameters that this lookup does not name.
        chosen = (key, *(assignment.get(name) for name in names))
        if chosen not in self._found:
            value = self.scope(assignment, names).evaluate(self.lookups[key])
            self._found[chosen] = value.why if value.is_unknown else repr(value.plain)
        return self._found[chosen]

    def _deciding(self, name: str) -> list[str]:
        if name not in self._decided_by:
            inner = [name, *self.closure([name])]
            self._decided_by[name] = [*self.parameters_of(name), *(f"condition {one}" for one in inner)]
        return self._decided_by[name]

    def scope(self, assignment: Assignment, names: Iterable[str]) -> StackContext:
        """The context in which the parameters among `names` have their assigned values, else their default values."""
        values: dict[str, Value] = {}
        for name in names:
            parameter, choice = self.parameters.get(name), assignment.get(name, self.fixed.get(name))
            if isinstance(choice, Other):
                place = parameter.node if parameter else _NO_PLACE
                values[name] = Unknown(f"parameter {name}", place, key=f"other than compared: {choice.parameter}")
            elif isinstance(choice, str) and (parameter is None or parameter.is_looked_up):
                values[name] = Known(choice, _NO_PLACE)
            elif parameter is not None:
                values[name] = parameter.value(choice if isinstance(choice, str) else None)
        return StackContext(values, mappings=self.mappings, lookups=self._lookups)

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
        if function in _COMPARISONS and len(operands) == 2:
            return _COMPARISONS[function](scope.evaluate(operands[0]), scope.evaluate(operands[1]))
        answers = [self._truth(operand, scope, assignment, inside) for operand in operands]
        if function == "Fn::Not" and len(answers) == 1:
            return None if answers[0] is None else not answers[0]
        return _joined(answers, {"Fn::Or": True, "Fn::And": False}.get(function))


def _joined(answers: Iterable[bool | None], decisive: bool | None) -> bool | None:
    """What several answers come to, of which a decisive one suffices; None: not known."""
    known = list(answers)
    if decisive is None or decisive in known:
        return decisive
    return None if None in known else not decisive


def named(node: Node) -> Iterator[str]:
    """The conditions that a node refers to with Condition or Fn::If."""
    for inner in descend(node):
        content = fields(inner)
        for function in ("Condition", "Fn::If"):
            argument = content.get(function)
            if argument is not None:
                first = argument.content[:1] if isinstance(argument.content, list) else [argument]
                yield from (name for name in map(text, first) if name)


class _Comparison(NamedTuple):
    """A comparison of something with a text; holds: the result of the condition if they are equal."""

    operand: str
    text: str
    holds: bool


def _comparison(node: Node) -> _Comparison | None:
    """What a condition compares with a text, if it does nothing else."""
    holds = True
    while "Fn::Not" in fields(node):
        negated = fields(node)["Fn::Not"].content
        if not isinstance(negated, list) or len(negated) != 1:
            return None
        node, holds = negated[0], not holds
    operands = fields(node).get("Fn::Equals")
    both = operands.content if operands is not None else None
    if not isinstance(both, list) or len(both) != 2:
        return None
    for one, other in ((both[0], both[1]), (both[1], both[0])):
        if isinstance(other.content, (str, int, float)):
            return _Comparison(repr(plain(one)), str(other.content), holds)
    return None


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


def _contains(members: Value, wanted: Value) -> bool | None:
    return _joined((_equal(member, wanted) for member in members.items), decisive=True)


def _each_equals(members: Value, wanted: Value) -> bool | None:
    if isinstance(members, Unknown):
        return None
    return _joined((_equal(member, wanted) for member in members.items), decisive=False)


def _each_in(members: Value, allowed: Value) -> bool | None:
    if isinstance(members, Unknown):
        return None
    return _joined((_contains(allowed, member) for member in members.items), decisive=False)


_COMPARISONS = {
    "Fn::Equals": _equal,
    "Fn::Contains": _contains,
    "Fn::EachMemberEquals": _each_equals,
    "Fn::EachMemberIn": _each_in,
}
"""The functions that compare, those of the Rules section among them
(AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html, read 2026-11-26)."""
