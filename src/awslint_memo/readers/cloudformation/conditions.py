"""Evaluates the conditions and the rules of a CloudFormation template for given parameter values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from weakref import proxy

from awslint_memo.model.budget import spend, take
from awslint_memo.model.deployment_words import Assignment, Other
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.partial import is_encrypted
from awslint_memo.model.record import field, record
from awslint_memo.model.secret import is_secret_name
from awslint_memo.model.span import Span
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.references import MetLookups, conditions_in, lookup_arguments, references
from awslint_memo.readers.cloudformation.stack_context import OTHER_THAN, StackContext
from awslint_memo.syntax.node import Node, fields, text

if TYPE_CHECKING:
    from awslint_memo.readers.cloudformation.comparisons import Comparison, Undecided

_NO_PLACE = Span("", 1, 1, 1, 1)
"""A dummy position for values that are used only in conditions, which no finding points to."""


_EVALUATING = 4
_LOOKING_UP = 8
"""What working out a condition or a lookup takes of the budget of looks."""


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
    _asserted_by: dict[str, tuple[Sequence[str], Sequence[str]]] = field(default_factory=dict)
    """What each rule names: parameters, and conditions."""
    _refused: dict[tuple[object, ...], bool] = field(default_factory=dict)
    _named_by: dict[str, Sequence[str]] = field(default_factory=dict)
    candidates: dict[str, Any] = field(default_factory=dict)
    """What the conditions say about parameters, of those that were read so far."""
    _referred_by: dict[str, Sequence[str]] = field(default_factory=dict)
    _assignment: Assignment | None = None
    """The assignment that the results are of."""
    _results: dict[str, bool | None] = field(default_factory=dict)
    _looked_up_by: dict[str, list[str]] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)
    """The parameters in the values of `_looked_up_by`, as far as somebody asked."""
    _found: dict[tuple[object, ...], str] = field(default_factory=dict)
    _named_in: dict[int, tuple[Node, list[str]]] = field(default_factory=dict)
    """The parameters that a key of a lookup names, by the id of its node."""
    _texts: dict[tuple[object, ...], str | None] = field(default_factory=dict)
    """The texts of such keys, by the values of the parameters."""
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
                pending += self.needs(name)
        return sorted(found, key=self._positions.__getitem__)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {name: at for at, name in enumerate(self.written)}

    def ordered(self, names: Iterable[str]) -> list[str]:
        """These conditions and those that they depend on, each behind those."""
        found: dict[str, None] = {}
        pending = [(name, False) for name in reversed(list(names))]
        met: set[str] = set()
        while pending:
            name, is_done = pending.pop()
            if is_done:
                found[name] = None
            elif name not in met and name in self.written:
                met.add(name)
                pending.append((name, True))
                pending += [(one, False) for one in reversed(self.needs(name))]
        return list(found)

    @cached_property
    def undecided(self) -> Undecided:
        """What gives results to the conditions that parameters do not decide."""
        from awslint_memo.readers.cloudformation.comparisons import Undecided

        return Undecided(proxy(self))

    def parameters_of(self, name: str) -> list[str]:
        """The parameters that a condition depends on, directly or through other conditions."""
        return list(dict.fromkeys(ref for inner in (name, *self.closure([name])) for ref in self._references(inner)))

    def needs(self, name: str) -> Sequence[str]:
        """The conditions that a condition names."""
        if name not in self._named_by:
            self._named_by[name] = [
                one for one in dict.fromkeys(conditions_in(self.written[name])) if one in self.written
            ]
        return self._named_by[name]

    def _references(self, name: str) -> Sequence[str]:
        """The parameters that a condition names itself."""
        if name not in self._referred_by:
            self._referred_by[name] = list(dict.fromkeys(references(self.written[name])))
        return self._referred_by[name]

    def answer(self, name: str, assignment: Assignment) -> bool | None:
        """The result of a condition; None if the assignment does not decide it."""
        if assignment is not self._assignment:
            self._assignment, self._results = assignment, {}
        return self.answer_among(self._results, name, assignment)

    def answer_among(self, results: dict[str, bool | None], name: str, assignment: Assignment) -> bool | None:
        """The same, with the results for this assignment so far, which receive it."""
        if name not in results:
            if not results.keys() >= set(self.needs(name)):
                self._work_out(name, assignment, results)
            else:
                forced = assignment.get(f"condition {name}")
                results[name] = forced if isinstance(forced, bool) else self._evaluated(name, assignment, results)
        return results[name]

    def _work_out(self, name: str, assignment: Assignment, results: dict[str, bool | None]) -> None:
        """Put the result of a condition and of those that it depends on among the results, each once.

        Those that it depends on come first, without a recursion, since chains of them may be long. In a circle the one
        that is met again has no result yet, so that it is not known.
        """
        pending, met = [name], {name}
        while pending:
            one = pending[-1]
            forced = assignment.get(f"condition {one}")
            needs = [] if isinstance(forced, bool) else self.needs(one)
            unmet = [inner for inner in needs if inner not in results and inner not in met]
            if unmet:
                met.add(unmet[-1])
                pending.append(unmet[-1])
                continue
            pending.pop()
            results[one] = forced if isinstance(forced, bool) else self._evaluated(one, assignment, results)

    def _evaluated(self, name: str, assignment: Assignment, results: Mapping[str, bool | None]) -> bool | None:
        """The result of a condition whose inner conditions are among the results."""
        plain = self._plain.get(name)
        if plain is not None:
            chosen = assignment.get(plain[0])
            is_text = isinstance(chosen, str) and (chosen[:4] != "ENC[" or not is_encrypted(chosen))
            if is_text or (isinstance(chosen, Other) and chosen.parameter == plain[0]):
                return (chosen == plain[1].text) is plain[1].holds
        # The key has only what the condition names, since most assignments differ in other parameters.
        named_here = self._references(name)
        key = (name, *map(assignment.get, named_here), *map(results.get, self.needs(name)))
        if key not in self._answers:
            # It takes longer than to take over an answer.
            spend("combinations", 5 * len(key))
            take("looks", _EVALUATING)
            self._answers[key] = self._truth(self.written[name], self.scope(assignment, named_here), results)
        return self._answers[key]

    def allows(self, assignment: Assignment) -> bool:
        """Whether no assertion of the Rules section surely refuses the parameter values."""
        return not any(self._refuses(name, rule, assignment) for name, rule in self.rules.items())

    def _refuses(self, name: str, rule: Node, assignment: Assignment) -> bool:
        """Whether an assertion of a rule surely refuses the parameter values; worked out once for those that it names,
        as most assignments differ in other parameters."""
        if name not in self._asserted_by:
            inner = [one for one in dict.fromkeys(conditions_in(rule)) if one in self.written]
            self._asserted_by[name] = list(dict.fromkeys(references(rule))), inner
        named_here, conditions = self._asserted_by[name]
        results = {one: self.answer(one, assignment) for one in conditions}
        key = (name, *map(assignment.get, named_here), *results.values())
        if key not in self._refused:
            self._refused[key] = self._fails(fields(rule), self.scope(assignment, named_here), results)
        return self._refused[key]

    def _fails(self, rule: Mapping[str, Node], scope: StackContext, results: Mapping[str, bool | None]) -> bool:
        applies = rule.get("RuleCondition")
        if applies is not None and self._truth(applies, scope, results) is not True:
            return False
        assertions = rule["Assertions"].content if "Assertions" in rule else None
        asserted = [fields(assertion).get("Assert") for assertion in assertions] if isinstance(assertions, list) else []
        return any(node is not None and self._truth(node, scope, results) is False for node in asserted)

    def found(self, key: str, assignment: Assignment) -> str:
        """The result of a Fn::FindInMap, as text for comparisons; key: its key among those met."""
        names = self._keys_of(key)
        # Most choices of a product differ only in parameters that this lookup does not name.
        chosen = (key, *(assignment.get(name) for name in names))
        if chosen not in self._found:
            take("looks", _LOOKING_UP)
            lookup = self.lookups[key]
            if (cell := self._cell_of(lookup, assignment)) is not None:
                self._found[chosen] = cell
                return cell
            value = self.scope(assignment, names).evaluate(lookup)
            # Which branch of a Fn::If its keys take is not known here, so all that they name may be what is found.
            is_open = value.is_unknown and any(True for _ in conditions_in(lookup))
            self._found[chosen] = repr(chosen) if is_open else value.why if value.is_unknown else repr(value.plain)
        return self._found[chosen]

    def _cell_of(self, lookup: Node, assignment: Assignment) -> str | None:
        """What `found` gives where the keys of a lookup are plain texts that lead to a plain text; else None.

        A product of choices looks up thousands of times, and each of the keys depends on few of the parameters.
        """
        arguments = lookup_arguments(lookup)
        keys = [self._text_of(argument, assignment) for argument in arguments[:3]]
        if not keys or None in keys or is_secret_name(keys[2] or ""):
            return None
        name, first, second = (key or "" for key in keys)
        cell = text(fields(fields(fields(self.mappings).get(name)).get(first)).get(second))
        return None if cell is None or type(cell) is not str or "{" in cell or is_encrypted(cell) else repr(cell)

    def _text_of(self, node: Node, assignment: Assignment) -> str | None:
        """The text of a key of a lookup, which is no secret; None where it is not known."""
        if id(node) not in self._named_in:  # An id is of use only while its object lives.
            self._named_in[id(node)] = node, list(dict.fromkeys(references(node)))
        known = self._named_in[id(node)]
        chosen = (id(node), *map(assignment.get, known[1]))
        if chosen not in self._texts:
            value = self.scope(assignment, known[1]).evaluate(node)
            self._texts[chosen] = value.text if isinstance(value, Known) and not value.is_secret else None
        return self._texts[chosen]

    def _keys_of(self, lookup: str) -> list[str]:
        """The parameters that decide what a Fn::FindInMap finds."""
        if lookup not in self._looked_up_by:
            self._looked_up_by[lookup] = list(references(self.lookups[lookup]))
        return self._looked_up_by[lookup]

    def keys_in(self, assignment: Assignment) -> list[str]:
        """The parameters of an assignment that decide what some Fn::FindInMap finds."""
        if len(self._looked_up_by) < len(self.lookups):
            self._keys.update(name for lookup in self.lookups for name in self._keys_of(lookup))
        elif not self._keys:
            self._keys.update(name for names in self._looked_up_by.values() for name in names)
        return [name for name in assignment if name in self._keys]

    def scope(self, assignment: Assignment, names: Iterable[str]) -> StackContext:
        """The context in which the parameters among `names` have their assigned values, else their default values."""
        values: dict[str, Value] = {}
        for name in names:
            parameter, choice = self.parameters.get(name), assignment.get(name, self.fixed.get(name))
            if isinstance(choice, Other):
                place = parameter.node if parameter else _NO_PLACE
                values[name] = Unknown(f"parameter {name}", place, key=f"{OTHER_THAN}{choice.parameter}")
            elif isinstance(choice, str) and (parameter is None or parameter.is_looked_up):
                values[name] = Known(choice, _NO_PLACE)
            elif parameter is not None:
                values[name] = parameter.value(choice if isinstance(choice, str) else None)
        return StackContext(values, mappings=self.mappings, lookups=self._lookups)

    @cached_property
    def _plain(self) -> dict[str, tuple[str, Comparison]]:
        """The conditions that compare one text parameter with a text, each with the parameter; most do."""
        found: dict[str, tuple[str, Comparison]] = {}
        for name, comparison in self.undecided.comparisons.items():
            parameter = self.parameters.get(comparison.parameter)
            is_text = parameter is not None and parameter.type == "String" and parameter.given is None
            # A dynamic reference is not known.
            if is_text and not is_encrypted(comparison.text) and "{{" not in comparison.text:
                found[name] = comparison.parameter, comparison
        return found

    def _truth(self, node: Node, scope: StackContext, results: Mapping[str, bool | None]) -> bool | None:
        """What an expression of a condition comes to; results: those of the conditions that it names."""
        from awslint_memo.readers.cloudformation.comparisons import COMPARISONS, joined

        content = fields(node)
        if len(content) != 1:
            return None
        function, argument = next(iter(content.items()))
        if function == "Condition":
            return results.get(text(argument) or "")
        operands = argument.content if isinstance(argument.content, list) else []
        if function in COMPARISONS and len(operands) == 2:
            return COMPARISONS[function](scope.evaluate(operands[0]), scope.evaluate(operands[1]))
        answers = [self._truth(operand, scope, results) for operand in operands]
        if function == "Fn::Not" and len(answers) == 1:
            return None if answers[0] is None else not answers[0]
        return joined(answers, {"Fn::Or": True, "Fn::And": False}.get(function))
