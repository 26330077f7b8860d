"""What decides what is asked of stacks: conditions, lookups and parameters, those of the parents included."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.model.dependencies import Question
from awslint_memo.readers.cloudformation.candidates import Candidates
from awslint_memo.readers.cloudformation.references import conditions_in, lookups, outputs, references
from awslint_memo.readers.cloudformation.stacks import Stack
from awslint_memo.readers.sam.translated import EXISTS
from awslint_memo.syntax.node import Node, fields, text

if TYPE_CHECKING:
    from awslint_memo.readers.cloudformation.stack import StackDeployment

NOTHING: frozenset[Question] = frozenset()


class Deciding:
    """The questions whose answers decide others. met: the stacks that were met in any deployment, by prefix.

    What is asked in a nested stack is asked in its parent too, as far as the parent decides it: by what it gives to the
    stack, and by whether the stack is there at all. linked: stacks beside, in which conditions may compare what both
    declare alike.
    """

    def __init__(self, met: Mapping[str, Sequence[Stack]], linked: Sequence[StackDeployment] = ()) -> None:
        self._all = met
        self._linked = linked
        self._met: dict[str, dict[tuple[object, ...], Stack]] = {}
        """Those that differ in what decides, by that: not the values that a parent gives, but which it gives."""
        self._counts: dict[str, int] = {}
        """How many of all were looked at, by prefix."""
        self._closures: dict[Question, frozenset[Question]] = {}
        self._led_to: dict[Question, tuple[bool, list[Question]]] = {}
        """Whether deployments can differ in a question's answer, and the questions that decide it."""
        self._depended_on: dict[tuple[int, str, int], tuple[Node, Sequence[Question]]] = {}
        """What was written, and what that depends on, whichever stacks are met. An id counts while its object lives."""

    def update(self) -> bool:
        """Take in the stacks that were met since; whether what was worked out before was forgotten for one of them."""
        is_new = False
        for prefix, stacks in self._all.items():
            known = self._met.setdefault(prefix, {})
            before = len(known)
            for stack in stacks[self._counts.get(prefix, 0) :]:
                known.setdefault(_kind(stack), stack)
            self._counts[prefix] = len(stacks)
            is_new = is_new or len(known) > before
        if is_new:
            self._closures.clear()
            self._led_to.clear()
        return is_new

    @property
    def may_be_linked(self) -> bool:
        """Whether what is in linked stacks may depend on what both declare alike."""
        return any(other.document.section("Conditions") for other in self._linked)

    def _stacks(self, prefix: str) -> Collection[Stack]:
        return self._met.get(prefix, {}).values()

    def closure(self, question: Question) -> frozenset[Question]:
        """The questions that deployments can differ in, of all those that decide one, itself included."""
        if question not in self._closures:
            found: set[Question] = set()
            seen: set[Question] = set()
            pending = [question]
            while pending:
                one = pending.pop()
                if one not in seen:
                    seen.add(one)
                    if one not in self._led_to:
                        leads = self._given_by(one) if one[0] == "compared" else self._leads_to(one)
                        self._led_to[one] = self._varies(one), list(leads)
                    varies, deciding = self._led_to[one]
                    found |= {one} if varies else NOTHING
                    pending += deciding
            self._closures[question] = frozenset(found)
        return self._closures[question]

    def _varies(self, question: Question) -> bool:
        """Whether deployments can differ in the answer to a question directly."""
        kind, *rest = question
        if kind == "compared":
            declared = [stack.conditions.parameters.get(rest[1]) for stack in self._stacks(rest[0])]
            plain = (
                parameter
                for parameter in declared
                if parameter is not None and parameter.given is None and not parameter.allowed
            )
            return any(parameter.default is not None and parameter.default not in rest[2] for parameter in plain)
        stacks = self._stacks(rest[0]) if len(rest) == 2 else ()
        if kind == "condition":
            return any(rest[1] in stack.conditions.written for stack in stacks)
        if kind == "parameter":
            declared = [stack.conditions.parameters.get(rest[1]) for stack in stacks]
            return any(
                parameter is not None and parameter.given is None and bool(parameter.allowed) for parameter in declared
            )
        return bool(kind == "lookup")

    def _given_by(self, question: Question) -> Iterator[Question]:
        """The question about the parameter of the parent that is given for the one which a question is about."""
        _, prefix, name, values = question
        for stack in self._stacks(prefix):
            yield from _compared(stack, name, values)

    def _leads_to(self, question: Question) -> Iterator[Question]:
        """The questions whose answers decide another one's."""
        kind = question[0]
        if kind == "name":
            prefix, _, name = question[1].rpartition("/")
            yield "resource", f"{prefix}/" if prefix else "", name
        elif kind in ("type", "resources"):
            wanted = question[1] if kind == "type" else None
            for prefix, stacks in self._met.items():
                for stack in stacks.values():
                    for name, (_, node) in stack.document.resources.items():
                        if wanted is None or text(fields(node).get("Type")) in wanted:
                            yield "resource", prefix, name
            yield from self._of_linked(wanted) if wanted is not None else ()
        elif kind in ("resource", "condition", "lookup", "parameter", "output"):
            for stack in self._stacks(question[1]):
                yield from self._of_stack(kind, question[1], question[2], stack)

    def _of_linked(self, wanted: Collection[str]) -> Iterator[Question]:
        """The questions about what decides whether linked stacks have resources of some types."""
        for other in self._linked:
            from awslint_memo.readers.cloudformation.alike_stacks import is_alike  # Few templates have such.

            nodes = (fields(node) for _, node in other.document.resources.values())
            conditions = {text(node.get("Condition")) for node in nodes if text(node.get("Type")) in wanted}
            for name in sorted(filter(None, conditions)):
                stack = other.use.stacks.stack(other.document, other.use)
                for parameter, values in _values_of(stack, name).items():
                    declared = stack.conditions.parameters.get(parameter)
                    if any(is_alike(own.conditions.parameters.get(parameter), declared) for own in self._stacks("")):
                        yield "parameter", "", parameter
                        yield "compared", "", parameter, values

    def _of_stack(self, kind: str, prefix: str, name: str, stack: Stack) -> Iterator[Question]:
        if kind == "resource":
            yield from self._existence(prefix, name, stack)
        elif kind == "output":
            nested, _, output = name.removeprefix("Outputs.").partition(".")
            yield "resource", prefix, nested
            for inner in self._stacks(f"{prefix}{nested}/"):
                node = inner.document.section("Outputs").get(output.removeprefix("Outputs."))
                yield from self._written(node, f"{prefix}{nested}/", inner)
        else:
            named_here = [name]
            if kind == "condition":
                named_here = stack.conditions.parameters_of(name) if name in stack.conditions.written else []
            elif kind == "lookup":
                named_here = (
                    list(references(stack.conditions.lookups[name])) if name in stack.conditions.lookups else []
                )
            for given in (stack.given[one] for one in named_here if one in stack.given and stack.parent is not None):
                for parent in self._stacks(stack.parent or ""):
                    yield from self._written(given, stack.parent or "", parent)
            for one, values in _values_of(stack, name).items() if kind == "condition" else ():
                yield from _compared(stack, one, values)

    def _existence(self, prefix: str, name: str, stack: Stack) -> Iterator[Question]:
        if name in stack.document.resources:
            node = stack.document.resources[name][1]
            condition = text(fields(node).get("Condition"))
            if condition is not None:
                yield "condition", prefix, condition
            yield from self._written(fields(node).get(EXISTS), prefix, stack)
        if stack.parent is not None:
            yield "resource", stack.parent, prefix.removeprefix(stack.parent).rstrip("/")

    def _written(self, node: Node | None, prefix: str, stack: Stack) -> Sequence[Question]:
        """What a node depends on, whatever of it is evaluated in the end."""
        if node is None:
            return ()
        known = (id(node), prefix, id(stack.conditions.lookups))
        if known not in self._depended_on:
            self._depended_on[known] = node, list(dict.fromkeys(_written(node, prefix, stack)))
        return self._depended_on[known][1]


def _kind(stack: Stack) -> tuple[object, ...]:
    """What tells stacks of one place apart in what decides about them."""
    given = frozenset((name, id(node)) for name, node in stack.given.items())
    return id(stack.document), stack.parent, given, frozenset(stack.values)


def _written(node: Node, prefix: str, stack: Stack) -> Iterator[Question]:
    yield from (("condition", prefix, name) for name in conditions_in(node))
    for lookup in lookups(node):
        yield "lookup", prefix, stack.conditions.lookups.meet(lookup)[0]
    yield from (("parameter", prefix, name) for name in references(node))
    yield from (("output", prefix, name) for name in (*outputs(node), *references(node)) if ".Outputs." in name)


def _values_of(stack: Stack, condition: str) -> dict[str, tuple[str, ...]]:
    """By parameter, the values that a condition compares it with."""
    candidates, written = Candidates(), stack.conditions.written
    for name in (condition, *stack.conditions.closure([condition])):
        if name in written:
            candidates.compare_condition(name, stack.conditions)
    return {
        name: tuple(value for value in values if isinstance(value, str)) for name, values in candidates.compared.items()
    }


def _compared(stack: Stack, name: str, values: tuple[str, ...]) -> Iterator[Question]:
    """The question about the parent's parameter that is given for one of a nested stack, unchanged."""
    given = text(fields(stack.given.get(name)).get("Ref")) if stack.parent is not None else None
    if given is not None and values:
        yield "compared", stack.parent, given, values
