"""The files that a template includes, and those with the definitions of its state machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.files.files import Files
from awslint_memo.model.span import Place, Problem
from awslint_memo.readers.cloudformation.expansion import MOST_INCLUDED, local_path, parse, path_outside
from awslint_memo.syntax.node import Flaws, Node, fields

_TOO_OFTEN = (
    f"this file is included so often that it brings more than {MOST_INCLUDED:,} values, so not all of its uses were "
    "checked; include it less often, or split the template"
)


def _size(document: Node) -> int:
    """How many values a document has."""
    count = 0
    waiting: list[Node] = [document]
    while waiting:
        content = waiting.pop().content
        children = content if isinstance(content, list) else content.values() if isinstance(content, Mapping) else ()
        count += len(children)
        waiting += children
    return count


class Includes:
    """The files that a template includes. problems: the errors in each, by path. data: what is in them, likewise."""

    def __init__(self, path: str, files: Files) -> None:
        self._path = path
        self._files = files
        self._found: dict[str, Node | None] = {}
        self._sizes: dict[str, int] = {}
        self.problems: dict[str, Sequence[Problem]] = {}
        self.data: dict[str, bytes] = {}

    def read(self, location: str, place: Place, most: int) -> tuple[Node, int] | None:
        """The document of an included file and the number of its values; None if it is not a local file, can't be read,
        or has more values."""
        path = local_path(location, self._path, self._files)
        if path is None:
            outside = path_outside(location, self._path, self._files)
            if outside is not None:
                self._files.leave("the included file", location, place, outside)
            return None
        if path not in self._found:
            self._found[path], self.problems[path] = self._read(path)
        document = self._found[path]
        if document is None:
            return None
        if path not in self._sizes:
            self._sizes[path] = _size(document)
        if self._sizes[path] > most:
            self.problems[path] = [Problem(_TOO_OFTEN, path)]
            return None
        return document, self._sizes[path]

    def definition(self, location: str) -> Node | None:
        """The definition of a state machine in a local file; None if it can't be read, or placeholders keep it from
        being JSON or YAML, which is no error in it."""
        path = local_path(location, self._path, self._files)
        if path is None:
            return None
        if path not in self._found:
            node, _ = self._read(path)
            self._found[path], self.problems[path] = node, []
        found = self._found[path]
        return found if found is not None and "States" in fields(found) else None

    def _read(self, path: str) -> tuple[Node | None, Sequence[Problem]]:
        """The document of a file, and the errors in it. Without a document its contents are unknown."""
        flaws = Flaws()
        try:
            source = self._files.read(path)
            self.data[path] = source.data
            node = parse(source, flaws)
        except Problem as problem:
            return None, [problem]
        if isinstance(node.content, Mapping):
            return node, flaws.problems
        return None, [Problem("an included file must be a mapping; write names with values", path)]
