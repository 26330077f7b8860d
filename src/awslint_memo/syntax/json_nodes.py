"""Parses JSON into nodes with Python's own parser; positions are computed only when they are needed."""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator
from typing import Any, TypeAlias

from awslint_memo.files.source import Source, duplicate
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.syntax.json_errors import explain, too_deep
from awslint_memo.syntax.node import Content, Node
from awslint_memo.syntax.yaml_nodes import MAX_DEPTH

Path: TypeAlias = "tuple[str | int, ...]"
Stretch: TypeAlias = "tuple[int, int]"
"""The offset of the first character, and that of the one past the last."""


_DEPTH = f"the nesting is deeper than {MAX_DEPTH} levels; look for a bracket that is not closed"

_NO_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN|-?[0-9]{4000,})', re.S)


_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


class _DuplicateError(Exception):
    """An object has a duplicate key."""


def parse(source: Source) -> Node:
    """The root node. Raises Problem for invalid JSON, duplicate keys, and nesting that is too deep."""
    text = source.text
    try:
        data = json.loads(text, object_pairs_hook=_object, parse_float=_number, parse_constant=_no_number)
    except _DuplicateError as error:
        raise _too_deep(source) or _twice(error.args[0], source) from error
    except json.JSONDecodeError as error:
        message, offset = explain(error)
        raise Problem(message, source.path, *source.position(offset)) from error
    except RecursionError as error:
        raise _too_deep(source) or Problem(_DEPTH, source.path) from error
    except ValueError as error:
        raise _no_json_number(source) from error
    if _is_deep(data):
        raise _too_deep(source) or Problem(_DEPTH, source.path)
    return JsonNode(data, (), _Document(source))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DuplicateError(next(key for key in keys if keys.count(key) > 1))
    return made


def _number(written: str) -> float | str:
    """The number, or its text if Python would write it differently (8.10, 1e999); Value.number converts both."""
    number = float(written)
    return number if str(number) == written else written


def _no_number(written: str) -> Any:
    raise ValueError(f"{written} is no JSON")


def _no_json_number(source: Source) -> Problem:
    """The error for NaN and Infinity, which only Python's parser accepts, and for numbers too long for Python."""
    found = next((match for match in _NO_NUMBER.finditer(source.text) if match[1]), None)
    written, offset = (found[1], found.start(1)) if found is not None else ("one of the numbers", 0)
    short = written if len(written) <= 20 else f"{written[:20]}…"
    message = f"{short} is not a number that can be read; write a number, or text in double quotes"
    return Problem(message, source.path, *source.position(offset))


def _is_deep(data: Any) -> bool:
    level = [data]
    for _ in range(MAX_DEPTH):
        children = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list)))
        level = [child for some in children for child in some if isinstance(child, (dict, list))]
        if not level:
            return False
    return True


def _too_deep(source: Source) -> Problem | None:
    offset = too_deep(source.text, MAX_DEPTH)
    return None if offset is None else Problem(_DEPTH, source.path, *source.position(offset))


class _Document:
    """A JSON file that computes positions on request and caches them for each object and list."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._children: dict[Path, dict[str | int, tuple[Stretch, Stretch]]] = {}

    def span(self, path: Path, is_key: bool = False) -> Span:
        """The span of the value at `path`, or of its key."""
        start, end = self._stretch(path, is_key)
        return Span(self.source.path, *self.source.position(start), *self.source.position(end))

    def _stretch(self, path: Path, is_key: bool = False) -> Stretch:
        if not path:
            return _value(self.source.text, _skip(self.source.text, 0))
        above = path[:-1]
        if above not in self._children:
            self._children[above] = _children(self.source.text, self._stretch(above)[0])
        return self._children[above][path[-1]][0 if is_key else 1]


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
        """The content as a mapping, list or scalar, with nodes as children."""
        if self._content is None:
            self._content = self._build()
        return self._content

    def _build(self) -> Content:
        if isinstance(self._data, dict):
            return {key: JsonNode(value, (*self._path, key), self._document) for key, value in self._data.items()}
        if isinstance(self._data, list):
            return [JsonNode(value, (*self._path, i), self._document) for i, value in enumerate(self._data)]
        scalar: str | int | float | bool | None = self._data
        return scalar

    @property
    def data(self) -> Any:
        """The plain data of this node, as parsed by Python."""
        return self._data

    @property
    def span(self) -> Span:
        """The span of the value."""
        return self._document.span(self._path)

    def key(self, name: str) -> Place:
        """The position of the key `name` of this object."""
        return JsonKey((*self._path, name), self._document)


class JsonKey:
    """The position of a key in a JSON object."""

    __slots__ = ("_document", "_path")

    def __init__(self, path: Path, document: _Document) -> None:
        self._path = path
        self._document = document

    @property
    def span(self) -> Span:
        """The span of the key, including its quotes."""
        return self._document.span(self._path, is_key=True)


def _twice(key: str, source: Source) -> Problem:
    first: dict[Path, Stretch] = {}
    for path, is_key, stretch in scan(source.text):
        if is_key and path[-1] == key and path in first:
            place = source.position(stretch[0])
            message = duplicate(key, source.position(first[path][0]), place)
            return Problem(message, source.path, *place)
        if is_key:
            first[path] = stretch
    return Problem(f"duplicate key {key} in one object; keep one of them", source.path)


def scan(text: str) -> Iterator[tuple[Path, bool, Stretch]]:
    """Every value and key of a valid JSON text: its path, whether it is a key, and its offsets."""
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


def _children(text: str, at: int) -> dict[str | int, tuple[Stretch, Stretch]]:
    """The offsets of each key and value that is a direct child of the object or list at offset `at`."""
    closing = "}" if text[at] == "{" else "]"
    found: dict[str | int, tuple[Stretch, Stretch]] = {}
    at = _skip(text, at + 1)
    while text[at] != closing:
        step: str | int = len(found)
        key = (at, at)
        if closing == "}":
            step, end = _DECODER.raw_decode(text, at)
            key = (at, end)
            at = _skip(text, _skip(text, end) + 1)
        value = _value(text, at)
        found[step] = (key, value)
        at = _skip(text, value[1])
        if text[at] == ",":
            at = _skip(text, at + 1)
    return found


def _value(text: str, at: int) -> Stretch:
    # Python's decoder, written in C, skips large values much faster than a scanner written in Python.
    return at, _DECODER.raw_decode(text, at)[1]


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
