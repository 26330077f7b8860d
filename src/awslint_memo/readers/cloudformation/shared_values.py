"""Keeps the values of nodes, so that they are worked out once for all deployments that agree in what decides them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from awslint_memo.model.dependencies import Answers, Question
from awslint_memo.model.properties import Reached
from awslint_memo.model.span import Place
from awslint_memo.model.value import VALUE_KEYS, Absent, Value
from awslint_memo.readers.cloudformation.intrinsics import FUNCTIONS
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.syntax.node import Node

_NOTHING: Answers = MappingProxyType({})


class SharedValues:
    """The values of nodes, each with the answers that it depends on."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Node, list[_Alike]]] = {}
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
        known = self._known.get(id(node), (node, []))
        for alike in known[1]:
            found = alike.found(context)
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
        self._known[id(node)] = known  # An id is of use only while its object lives.
        questions = tuple(asked)
        same = next((one for one in known[1] if one.questions == questions), None)
        if same is None:
            same = _Alike(questions)
            known[1].append(same)
        same.add(asked, value)
        return asked, value


class _Alike:
    """The values that depend on the same questions, by their answers."""

    __slots__ = ("_by_answers", "questions")

    def __init__(self, questions: tuple[Question, ...]) -> None:
        self.questions = questions
        self._by_answers: dict[tuple[object, ...], tuple[Answers, Value]] = {}

    def found(self, context: StackContext) -> tuple[Answers, Value] | None:
        """What has the answers of a deployment; None if nothing has."""
        return self._by_answers.get(context.answers(self.questions))

    def add(self, answers: Answers, value: Value) -> None:
        """Keep a value for these answers: equal texts are the same answer, and of values the same object."""
        self._by_answers[tuple(answers.values())] = (answers, value)


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
