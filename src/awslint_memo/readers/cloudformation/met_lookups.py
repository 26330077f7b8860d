"""The lookups in mappings that were met while a template was evaluated, each worked out once."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.syntax.node import Node, descend, fields, plain, text


class MetLookups(dict[str, Node]):
    """The Fn::FindInMap calls of a document by their keys. Calls with the same arguments have the same key."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[int, tuple[Node, str, tuple[str, ...]]] = {}
        self._cells: dict[tuple[int, str | None, str | None], tuple[Node | None, Sequence[Node]]] = {}

    def meet(self, node: Node) -> tuple[str, tuple[str, ...]]:
        """The key of a call, and the conditions that its arguments name; the call is among those met from now on."""
        argument = fields(node)["Fn::FindInMap"]
        if id(argument) not in self._known:
            key = repr(plain(argument))
            # An id is of use only while its object lives.
            self._known[id(argument)] = (argument, key, tuple(_conditions(argument)))
            self.setdefault(key, node)
        _, key, conditions = self._known[id(argument)]
        return key, conditions

    def cells(self, mapping: Node | None, first: str | None, second: str | None) -> Sequence[Node]:
        """The values of a mapping in the row and column with these keys; in all of them, where a key is None."""
        known = (id(mapping), first, second)
        if known not in self._cells:
            found = [
                cell
                for row_key, row in fields(mapping).items()
                if first in (None, row_key)
                for key, cell in fields(row).items()
                if second in (None, key)
            ]
            self._cells[known] = (mapping, found)
        return self._cells[known][1]


def _conditions(argument: Node) -> list[str]:
    choices = [fields(inner).get("Fn::If") for inner in descend(argument)]
    firsts = [one.content[0] for one in choices if one is not None and isinstance(one.content, list) and one.content]
    return [name for name in map(text, firsts) if name is not None]
