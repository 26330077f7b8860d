"""Finds the configuration file and parses it (YAML or TOML) into plain data, with the position of every key."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span

NAMES = (".awslint-memo.yaml", ".awslint-memo.yml", "pyproject.toml")
"""A folder may have one of these; pyproject.toml counts only if it has the table [tool.awslint-memo]."""

TABLE = ("tool", "awslint-memo")

_KEY = regex(
    rf"""\.[ \t]*["']?{TABLE[1]}|{TABLE[1]}["']?[ \t]*(?:[].]|=(?![ \t]*["']))"""
    rf"""|^[ \t]*\[?[ \t]*["']?{TABLE[0]}["']?[ \t]*[]=]""",
    re.MULTILINE,
)
"""The last part of this name as it stands in a key or table, or the first part alone; a project that requires the
package has the last one as a text, or with a text as its value."""

_MISTAKEN = TABLE[-1].replace("-", "_")
_MISTAKE = regex(rf"""{TABLE[0]}[\"']?[ \t]*\.[ \t]*[\"']?{_MISTAKEN}["']?[ \t]*[]=.]""")

At: TypeAlias = "Sequence[str | int]"
"""A path of keys and list indexes, from the root of the configuration."""


@record(frozen=True)
class Document:
    """A configuration as plain data. root: what path patterns are relative to. place: gives the span of a key."""

    path: str
    root: str
    data: Any
    place: Callable[[At], Span]

    @property
    def folder(self) -> str:
        """The folder that the paths of files in it are relative to."""
        return os.path.dirname(self.path)

    def has(self, at: At) -> bool:
        """Whether there is something at a key."""
        here = self.data
        for key in at:
            if (isinstance(here, Mapping) and key in here) or (
                isinstance(here, list) and isinstance(key, int) and key < len(here)
            ):
                here = here[key]  # type: ignore[index]
            else:
                return False
        return True

    def problem(self, message: str, at: At = ()) -> Problem:
        """An error at the key `at`."""
        span = self.place(at)
        return Problem(message, self.path, span.line, span.column)


def find(folder: str, files: Files) -> Document | None:
    """The configuration in a folder. Raises Problem if it has several, or one that can't be read."""
    files_here = files.configuration(folder, NAMES)
    if not files_here:
        return None
    read_here = (read(file, os.path.dirname(file), files) for file in files_here)
    documents = [document for document in read_here if document is not None]
    if len(documents) > 1:
        table = f" (its table [{'.'.join(TABLE)}])" if documents[1].path.endswith(".toml") else ""
        raise documents[1].problem(f"{documents[0].path} beside it configures {TABLE[-1]} too; keep one of them{table}")
    return documents[0] if documents else None


def read(file: str, root: str, files: Files, *, is_named: bool = False) -> Document | None:
    """The configuration in a file; None for a pyproject.toml without our table. Raises Problem if it can't be read.

    is_named: the user named the file. A TOML file other than pyproject.toml may then have the settings at top level.
    """
    source = files.read(file if is_named else path_from(file))
    if file.lower().endswith(".toml"):
        return _toml(source, root, is_named=is_named)
    return _yaml(source, root)


def _toml(source: Source, root: str, *, is_named: bool) -> Document | None:
    is_mistaken = _MISTAKEN in source.text and _MISTAKE.search(source.text) is not None
    if not is_named and not is_mistaken and (TABLE[-1] not in source.text or _KEY.search(source.text) is None):
        return None
    from awslint_memo.syntax import toml_tables

    data: Any = toml_tables.parse(source)
    if is_mistaken and _MISTAKEN in (data.get(TABLE[0]) if isinstance(data.get(TABLE[0]), dict) else ()):
        line = toml_tables.Lines(source, (TABLE[0], _MISTAKEN)).of(())
        raise Problem(f"[{TABLE[0]}.{_MISTAKEN}] is not read; did you mean [{'.'.join(TABLE)}]?", source.path, line)
    within = data.get(TABLE[0], {}).get(TABLE[1]) if isinstance(data.get(TABLE[0], {}), dict) else None
    if within is None and (not is_named or os.path.basename(source.path) == NAMES[-1]):
        if is_named:
            raise Problem(f"the file has no table [{'.'.join(TABLE)}]; add it", source.path)
        return None

    lines = toml_tables.Lines(source, TABLE if within is not None else ())

    def place(at: At) -> Span:
        line = lines.of(at)
        return Span(source.path, line, 1, line, len(source.lines[line - 1]) + 1)

    return Document(source.path, root, _plain(within if within is not None else data), place)


def _plain(data: Any) -> Any:
    """Convert TOML's dates to text, because our YAML parser reads dates as text too."""
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data


def _yaml(source: Source, root: str) -> Document:
    from awslint_memo.syntax import yaml_nodes
    from awslint_memo.syntax.node import fields, plain

    top = Span(source.path, 1, 1, 1, 1)
    if all(not line.strip() or line.lstrip().startswith("#") for line in source.lines):
        return Document(source.path, root, {}, lambda _: top)
    tree = yaml_nodes.parse(source)

    def place(at: At) -> Span:
        node, span = tree, tree.span
        for key in at:
            if isinstance(key, int) and isinstance(node.content, list):
                node = node.content[key]
                span = node.span
            elif isinstance(key, str) and key in fields(node):
                span = node.key(key).span
                node = fields(node)[key]
        return span

    return Document(source.path, root, plain(tree), place)
