"""What a plan says of one place in an argument, out of the four trees in which it says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from awslint_memo.model.span import Place
from awslint_memo.readers.plan.expressions import Configured, each, within
from awslint_memo.syntax.json_nodes import JsonNode
from awslint_memo.syntax.node import Content, Node, fields


class PlanNode:
    """The same place in `after`, in `after_unknown`, in what is sensitive, and in the configuration.

    content: what the plan knows; None where it knows nothing, or nothing is set. is_unknown: whether nothing of it is
    known before it is applied; where a part of it is not, the nodes below say which. said: what the configuration says.
    place: where this stands, else where that stands which would hold it.
    """

    __slots__ = ("_pending", "_secret", "content", "is_unknown", "place", "said")

    def __init__(self, known: Node | None, pending: Node | None, secret: Any, said: Configured, above: Place) -> None:
        """`known`, `pending` and `secret` are this place in `after`, `after_unknown` and the plain data of what is
        sensitive; `above` is where the whole stands."""
        self._pending = pending
        self._secret = secret
        self.said = said
        self.is_unknown = _data(pending) is True
        content = known.content if known is not None else None
        # A provider writes empty text for what is not set.
        self.content: Content = None if content == "" else content
        found = pending if self.is_unknown else known if self.content is not None else None
        self.place: Place = above if found is None else found

    @property
    def is_sensitive(self) -> bool:
        """Whether nobody may see any of it; where a part of it is sensitive, the nodes below say which."""
        return self._secret is True

    @property
    def is_unknown_list(self) -> bool:
        """Whether this is not known but for being a list or set: the tree of what is sensitive has the shape of all."""
        return self.is_unknown and isinstance(self._secret, list)

    def items(self) -> list[PlanNode]:
        """The items of a list that the plan knows; none of anything else."""
        if not isinstance(self.content, list):
            return []
        pending = self._pending.content if self._pending is not None else None
        unknown: list[Node | None] = [*pending] if isinstance(pending, list) else []
        unknown += [None] * (len(self.content) - len(unknown))
        sayings = each(self.said, [_data(item) for item in self.content])
        return [
            PlanNode(item, unknown[i], _below(self._secret, i), sayings[i], self.place)
            for i, item in enumerate(self.content)
        ]

    def fields(self) -> dict[str, PlanNode]:
        """What stands in a map or block, by name, and what will stand in it that is not known yet."""
        known = self.content if isinstance(self.content, Mapping) else {}
        pending = fields(self._pending)
        return {
            key: PlanNode(
                known.get(key), pending.get(key), _below(self._secret, key), within(self.said, key), self.place
            )
            for key in dict.fromkeys((*known, *pending))
        }


class PlanTrees:
    """The trees of one planned resource's change; the top of each holds its arguments by name."""

    __slots__ = ("_after", "_before_secret", "_secret", "_unknown")

    def __init__(self, change: Mapping[str, Node]) -> None:
        self._after, self._unknown = (fields(change.get(part)) for part in ("after", "after_unknown"))
        self._secret, self._before_secret = (_data(change.get(f"{when}_sensitive")) for when in ("after", "before"))

    def argument(self, name: str, said: Configured, above: Place) -> PlanNode:
        """A top-level argument or block. What was sensitive before the change still is."""
        secret = _either(_below(self._secret, name), _below(self._before_secret, name))
        return PlanNode(self._after.get(name), self._unknown.get(name), secret, said, above)


def _data(node: Node | None) -> Any:
    return node.data if isinstance(node, JsonNode) else None


def _either(one: Any, other: Any) -> Any:
    """What one tree or the other says to be sensitive; in lists of other lengths any item may be one that moved."""
    if one is True or other is True:
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        return {key: _either(one.get(key), other.get(key)) for key in (*one, *other)}
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [_either(mine, its) for mine, its in zip(one, other, strict=True)]
    if one is None or one is False:
        return other
    return True if isinstance(one, list) and _has_any(other) else one


def _has_any(data: Any) -> bool:
    """Whether anything in a tree is sensitive."""
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return data is True or any(map(_has_any, inner))


def _below(data: Any, step: str | int) -> Any:
    """What plain data says of a key or an item; what is said of the whole is said of each."""
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list):
        return data[step] if isinstance(step, int) and step < len(data) else None
    return data
