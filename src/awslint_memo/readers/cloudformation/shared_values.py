"""Keeps the values of nodes, so that they are worked out once for all deployments that agree in what decides them.

What a node comes to is decided by the answers to questions about conditions, parameters and names, and each answer
decides what is asked next: whoever evaluates `!If [IsProduction, !Ref Large, small]` asks for `Large` only where
`IsProduction` holds. So the values of a node are the leaves of a tree of questions, and a deployment finds its own by
answering one question after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

from awslint_memo.model.dependencies import Answers, Question, Together, are_settled
from awslint_memo.model.properties import Reached
from awslint_memo.model.span import Place
from awslint_memo.model.value import VALUE_KEYS, Absent, Value
from awslint_memo.readers.cloudformation.intrinsics import FUNCTIONS
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.syntax.node import Node

_NOTHING: Answers = MappingProxyType({})

_Leaf: TypeAlias = "tuple[Answers, Value]"


class _Fork:
    """A question, and by its answer the next one, or a value with the answers that lead to it."""

    __slots__ = ("by_answer", "question")

    def __init__(self, question: Question) -> None:
        self.question = question
        self.by_answer: dict[object, _Fork | _Leaf] = {}


class _Tree:
    """The values of one node."""

    __slots__ = ("_first", "node")

    def __init__(self, node: Node) -> None:
        self.node = node  # An id is of use only while its object lives.
        self._first: _Fork | None = None

    def found(self, context: StackContext) -> _Leaf | None:
        """What was worked out with the answers of a deployment; None if nothing was."""
        step: _Fork | _Leaf | None = self._first
        kept, answered = context.kept, context.answered
        while isinstance(step, _Fork):
            answer = kept.get(step.question)
            step = step.by_answer.get(answered(step.question) if answer is None else answer)
        return step

    def add(self, asked: dict[Question, object], value: Value) -> _Leaf:
        """Keep a value for these answers: equal texts are the same answer, and of values the same object."""
        pairs = list(asked.items())
        fork = self._first
        if fork is None or fork.question != pairs[0][0]:
            fork = self._first = _Fork(pairs[0][0])
        for (_, answer), (question, _) in pairwise(pairs):
            further = fork.by_answer.get(answer)
            if not isinstance(further, _Fork) or further.question != question:
                further = fork.by_answer[answer] = _Fork(question)
            fork = further
        leaf = fork.by_answer[pairs[-1][1]] = Together(asked) if are_settled(asked) else asked, value
        return leaf


class SharedValues:
    """The values of the nodes of a document, each with the answers that it depends on."""

    def __init__(self) -> None:
        self._known: dict[int, _Tree] = {}
        self._plain: dict[int, tuple[Node, Value]] = {}
        """The values that depend on nothing; most do."""
        self._last: tuple[Node, StackContext, tuple[Answers, Value]] | None = None
        """What was asked for last: who asks for a value then asks what it depends on."""
        self._reached: dict[str, Reached] = {}

    def value(self, node: Node, place: Place, context: StackContext) -> tuple[Answers, Value]:
        """What a node comes to in a deployment, and what that depends on; nothing is Absent at `place`."""
        plain = self._plain.get(id(node))
        if plain is not None:
            return _NOTHING, plain[1]
        if self._last is None or self._last[0] is not node or self._last[1] is not context:
            # What is worked out meanwhile may ask for others.
            found = self._found(node, place, context)
            self._last = node, context, found
        return self._last[2]

    def reached(self, resource: str) -> Reached:
        """The values that were read as properties of a resource."""
        return self._reached.setdefault(resource, {})

    def forget(self) -> None:
        """Let go of the deployment that was asked for last, which knows this."""
        self._last = None
        self._reached.clear()

    def _found(self, node: Node, place: Place, context: StackContext) -> tuple[Answers, Value]:
        tree = self._known.get(id(node))
        found = None if tree is None else tree.found(context)
        if found is not None:
            return found
        asked: dict[Question, object] = {}
        # A value that is imported from an output of the same deployment is asked for while another is worked out.
        before, context.asked = context.asked, asked
        try:
            value = context.evaluate(node)
        finally:
            context.asked = before
        if before is not None:
            before.update(asked)
        if isinstance(value, Absent):
            value = Absent(place)
        if not asked:
            self._plain[id(node)] = node, value
            return _NOTHING, value
        if tree is None:
            tree = self._known[id(node)] = _Tree(node)
        return tree.add(asked, value)


def part_at(node: Node, keys: Iterable[str]) -> Node | None:
    """The node below another one that alone decides the value at some keys; None where nothing has the keys.

    It is the one with the last of the keys, or one above it that is computed, or where others beside it count.
    """
    for key in keys:
        content = node.content
        if not isinstance(content, Mapping) or key in VALUE_KEYS or _is_computed(content):
            return node
        if key not in content:
            return None
        node = content[key]
    return node


def _is_computed(content: Mapping[str, Node]) -> bool:
    """Whether what is written as a map is a call of a function, or a function gives it more keys."""
    is_call = len(content) == 1 and not FUNCTIONS.keys().isdisjoint(content)
    return is_call or any(key.startswith("Fn::") for key in content)
