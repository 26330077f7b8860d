"""Reads the text of templates, and of the files that they include."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.span import Place, Problem
from awslint_memo.readers.cloudformation.expansion import leads_outside, local_path
from awslint_memo.syntax.node import Flaws, Node


def parse(source: Source, flaws: Flaws) -> Node:
    """Parse a file in YAML or JSON. flaws: receives errors that can be read past. Raises Problem for other ones."""
    if source.text.lstrip()[:1] == "{":
        from awslint_memo.syntax import json_nodes

        return json_nodes.parse(source, flaws)
    from awslint_memo.syntax import yaml_nodes

    return yaml_nodes.parse(source, flaws)


class Includes:
    """The files that a template includes. problems: the errors in each, by path."""

    def __init__(self, path: str, files: Files) -> None:
        self._path = path
        self._files = files
        self._found: dict[str, Node | None] = {}
        self.problems: dict[str, Sequence[Problem]] = {}

    def read(self, location: str, place: Place) -> Node | None:
        """The document of an included file; None if it is not a local file or can't be read."""
        path = local_path(location, self._path, self._files)
        if path is None:
            if leads_outside(location, self._path, self._files):
                self._files.leave("the included file", location, place)
            return None
        if path not in self._found:
            self._found[path], self.problems[path] = self._read(path)
        return self._found[path]

    def _read(self, path: str) -> tuple[Node | None, Sequence[Problem]]:
        """The document of a file, and the errors in it. Without a document its contents are unknown."""
        flaws = Flaws()
        try:
            node = parse(self._files.read(path), flaws)
        except Problem as problem:
            return None, [problem]
        if isinstance(node.content, Mapping):
            return node, flaws.problems
        return None, [Problem("an included file must be a mapping; write names with values", path)]
