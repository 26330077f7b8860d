"""JSON read by Python's own parser; where things stand is worked out only when something is reported."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from functools import cached_property
from typing import Any, TypeAlias

from awslint_memo.readers.node import Content, Node
from awslint_memo.readers.source import Source
from awslint_memo.readers.yaml_nodes import MAX_DEPTH
from awslint_memo.span import Place, Problem, Span

Path: TypeAlias = "tuple[str | int, ...]"
Stretch: TypeAlias = "tuple[int, int]"
"""Offsets of the first character and of the one past the last."""


class _DuplicateError(Exception):
    """A key stands twice in one object."""


def parse(source: Source) -> Node:
    """The document as a node. Raises Problem for what is no JSON, has duplicate keys, or is nested too deep."""
    text = source.text
    try:
        data = json.loads(text, object_pairs_hook=_object)
    except _DuplicateError as duplicate:
        raise _twice(duplicate.args[0], source) from duplicate
    except json.JSONDecodeError as error:
        what = "the file is empty" if not text.strip() else f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
        raise Problem(what, source.path, error.lineno, error.colno) from error
    except RecursionError as error:
        raise Problem(f"nested deeper than {MAX_DEPTH} levels; look for brackets left open", source.path) from error
    _check_depth(data, source)
    return JsonNode(data, (), _Document(source))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DuplicateError(next(key for key in keys if keys.count(key) > 1))
    return made


def _check_depth(data: Any, source: Source) -> None:
    level = [data]
    for _ in range(MAX_DEPTH + 1):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below.extend(value.values())
            elif isinstance(value, list):
                below.extend(value)
        if not below:
            return
        level = below
    raise Problem(f"nested deeper than {MAX_DEPTH} levels; look for brackets left open", source.path)


class _Document:
    """A JSON file and, once somebody asks, where everything in it stands."""

    def __init__(self, source: Source) -> None:
        self.source = source

    @cached_property
    def places(self) -> dict[tuple[Path, bool], Stretch]:
        """The stretch of every value (False) and key (True), by path."""
        return {(path, is_key): stretch for path, is_key, stretch in scan(self.source.text)}

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self.source.text.split("\n")[:-1]:
            starts.append(starts[-1] + len(line) + 1)
        return starts

    def span(self, path: Path, is_key: bool = False) -> Span:
        """Where the value or key at `path` stands."""
        start, end = self.places[(path, is_key)]
        return Span(self.source.path, *self.position(start), *self.position(end))

    def position(self, offset: int) -> tuple[int, int]:
        """An offset as line and column."""
        from bisect import bisect_right

        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


class JsonNode:
    """A node of a JSON file."""

    __slots__ = ("_content", "_data", "_document", "_path")

    def __init__(self, data: Any, path: Path, document: _Document) -> None:
        self._data = data
        self._path = path
        self._document = document
        self._content: Content = None

    @property
    def content(self) -> Content:
        """A mapping, a list or a scalar."""
        if self._content is None:
            self._content = self._made()
        return self._content

    def _made(self) -> Content:
        if isinstance(self._data, dict):
            return {key: JsonNode(value, (*self._path, key), self._document) for key, value in self._data.items()}
        if isinstance(self._data, list):
            return [JsonNode(value, (*self._path, i), self._document) for i, value in enumerate(self._data)]
        scalar: str | int | float | bool | None = self._data
        return scalar

    @property
    def data(self) -> Any:
        """The plain data below here, as Python's own parser gives it."""
        return self._data

    @property
    def span(self) -> Span:
        """Where the value stands."""
        return self._document.span(self._path)

    def key(self, name: str) -> Place:
        """Where the key `name` of this object stands."""
        return JsonKey((*self._path, name), self._document)


class JsonKey:
    """Where a key of a JSON object stands."""

    __slots__ = ("_document", "_path")

    def __init__(self, path: Path, document: _Document) -> None:
        self._path = path
        self._document = document

    @property
    def span(self) -> Span:
        """Where the key stands, its quotes included."""
        return self._document.span(self._path, is_key=True)


def _twice(key: str, source: Source) -> Problem:
    document = _Document(source)
    first: dict[Path, Stretch] = {}
    for path, is_key, stretch in scan(source.text):
        if is_key and path[-1] == key and path in first:
            line = document.position(first[path][0])[0]
            place = document.position(stretch[0])
            return Problem(f"the key {key} stands here and in line {line}; keep one of them", source.path, *place)
        if is_key:
            first[path] = stretch
    return Problem(f"the key {key} stands twice in one object; keep one of them", source.path)


def scan(text: str) -> Iterator[tuple[Path, bool, Stretch]]:
    """Every value and key of a valid JSON text with its path, whether it is a key, and its stretch."""
    from json.decoder import WHITESPACE, scanstring  # type: ignore[attr-defined]

    def skip(at: int) -> int:
        return int(WHITESPACE.match(text, at).end())

    def value(at: int, path: Path) -> Generator[tuple[Path, bool, Stretch], None, int]:
        start = at = skip(at)
        if text[at] in "{[":
            closing = "}" if text[at] == "{" else "]"
            at, index = skip(at + 1), 0
            while text[at] != closing:
                step: str | int = index
                if closing == "}":
                    step, end = scanstring(text, at + 1, False)
                    yield (*path, step), True, (at, end)
                    at = skip(end) + 1
                at = yield from value(at, (*path, step))
                at = skip(at)
                if text[at] == ",":
                    at = skip(at + 1)
                index += 1
            end = at + 1
        elif text[at] == '"':
            end = scanstring(text, at + 1, False)[1]
        else:
            end = at
            while end < len(text) and text[end] not in ",]} \t\r\n":
                end += 1
        yield path, False, (start, end)
        return int(end)

    yield from value(0, ())
