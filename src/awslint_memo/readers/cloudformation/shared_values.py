"""Values that several deployments of a template have in common: evaluated once, and the same object in each."""

from __future__ import annotations

from awslint_memo.model.reads import Answers, Question
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.syntax.node import Node


class SharedValues:
    """The values of nodes, each with the answers that it depends on."""

    def __init__(self) -> None:
        self._known: dict[int, list[tuple[Answers, Value]]] = {}
        self._nodes: list[Node] = []

    def value(self, node: Node, place: Place, context: StackContext) -> tuple[Answers, Value]:
        """What a node comes to in a deployment, and what that depends on; nothing is Absent at `place`."""
        known = self._known.get(id(node))
        if known is None:
            known = self._known[id(node)] = []
            self._nodes.append(node)  # An id is of use only while its object lives.
        for answers, value in known:
            if all(_is_same(context.answer(kind, name), one) for (kind, _, name), one in answers.items()):
                return answers, value
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
        known.append((asked, value))
        return asked, value


def _is_same(one: object, other: object) -> bool:
    return one is other or (isinstance(one, (str, tuple)) and one == other)
