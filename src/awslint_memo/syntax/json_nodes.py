"""Parses JSON into nodes with Python's own parser; positions are computed only when they are needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from awslint_memo.files.source import Source, duplicate
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import replace
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.model.spelled import Spelled
from awslint_memo.syntax.node import MAX_DEPTH, Content, Flaws, Node

Path: TypeAlias = "tuple[str | int, ...]"
Stretch: TypeAlias = "tuple[int, int]"
"""The offset of the first character, and that of the one past the last."""

Children: TypeAlias = "dict[str | int, tuple[Stretch, Stretch]]"
"""By key or index, where the key and the value stand."""


_DEPTH = f"the nesting is deeper than {MAX_DEPTH} levels; look for a bracket that is not closed"

_NO_NUMBER = regex(r'"(?:[^"\\]|\\.)*"|(-?Infinity|NaN|-?[0-9]{4000,})', re.S)


_SPACE = regex(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder(strict=False)


def parse(source: Source, flaws: Flaws | None = None) -> Node:
    """The root node. Raises Problem for invalid JSON, and for nesting that is too deep.

    flaws: receives duplicate keys, of which the last counts; None: they raise Problem.
    """
    decoder, objects = new_decoder()
    try:
        data = decoder.decode(source.text)
    except json.JSONDecodeError as error:
        from awslint_memo.syntax.json_errors import explain

        message, offset = explain(error)
        raise Problem(message, source.path, *source.position(offset)) from error
    except RecursionError as error:
        raise _too_deep(source) or Problem(_DEPTH, source.path) from error
    except ValueError as error:
        raise _no_json_number(source) from error
    if is_deep(data):
        raise _too_deep(source) or Problem(_DEPTH, source.path)
    if objects.has_duplicates:
        found = flaws or Flaws("keep one of them")
        _note_duplicates(source, found)
        if flaws is None:
            raise replace(found.problems[0], is_partial=False)
    return JsonNode(data, (), Document(source))


def new_decoder() -> tuple[json.JSONDecoder, Objects]:
    """What decodes JSON as `parse` does, and what notes duplicate keys."""
    objects = Objects()
    return json.JSONDecoder(object_pairs_hook=objects, parse_float=_number, parse_constant=_no_number), objects


class Objects:
    """Makes the objects of a file, and notes whether one has a key twice."""

    def __init__(self) -> None:
        self.has_duplicates = False

    def __call__(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """The object with these keys and values."""
        made = dict(pairs)
        self.has_duplicates = self.has_duplicates or len(made) != len(pairs)
        return made


def _number(written: str) -> float | Spelled:
    """The number, or its text if Python would write it differently (8.10, 1e999); Value.number converts both."""
    number = float(written)
    return number if str(number) == written else Spelled(written)


def _no_number(written: str) -> Any:
    raise ValueError(f"{written} is no JSON")


def _no_json_number(source: Source) -> Problem:
    """The error for NaN and Infinity, which only Python's parser accepts, and for numbers too long for Python."""
    found = next((match for match in _NO_NUMBER.finditer(source.text) if match[1]), None)
    written, offset = (found[1], found.start(1)) if found is not None else ("one of the numbers", 0)
    short = written if len(written) <= 20 else f"{written[:20]}…"
    message = f"{short} is not a number that can be read; write a number, or text in double quotes"
    return Problem(message, source.path, *source.position(offset))


def is_deep(data: Any) -> bool:
    """Whether data is nested too deep."""
    level = [data]
    for _ in range(MAX_DEPTH):
        children = (one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list)))
        level = [child for some in children for child in some if isinstance(child, (dict, list))]
        if not level:
            return False
    return True


def _too_deep(source: Source) -> Problem | None:
    from awslint_memo.syntax.json_errors import too_deep

    offset = too_deep(source.text, MAX_DEPTH)
    return None if offset is None else Problem(_DEPTH, source.path, *source.position(offset))


class Document:
    """A JSON file that computes positions on request and caches them for each object and list.

    known: the positions of the keys and values in some of these.
    """

    def __init__(self, source: Source, known: Mapping[Path, Children] | None = None) -> None:
        self.source = source
        self._children: dict[Path, Children] = {**(known or {})}
        self._lines: dict[Path, dict[str, tuple[int, int]]] = {}
        self._spans: dict[tuple[Path, bool], Span] = {}

    def span(self, path: Path, is_key: bool = False) -> Span:
        """The span of the value at `path`, or of its key."""
        known = self._spans.get((path, is_key))
        if known is None:
            start, end = self._stretch(path, is_key)
            known = Span(self.source.path, *self.source.position(start), *self.source.position(end))
            self._spans[path, is_key] = known
        return known

    def lines(self, path: Path) -> dict[str, tuple[int, int]]:
        """The first line of each key of the object at `path`, and the last one of its value."""
        if path not in self._lines:
            position, found = self.source.position, self.below(path).items()
            self._lines[path] = {str(name): (position(key[0])[0], position(at[1])[0]) for name, (key, at) in found}
        return self._lines[path]

    def _stretch(self, path: Path, is_key: bool = False) -> Stretch:
        if not path:
            return _value(self.source.text, skip_space(self.source.text, 0))
        return self.below(path[:-1])[path[-1]][0 if is_key else 1]

    def below(self, path: Path) -> Children:
        """The positions of the keys and values of the object or list at `path`."""
        if path not in self._children:
            self._children[path] = _children(self.source.text, self._stretch(path)[0])
        return self._children[path]


class JsonNode:
    """A node of a JSON file."""

    __slots__ = ("_content", "_data", "_document", "_path")

    def __init__(self, data: Any, path: Path, document: Document) -> None:
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

    def is_like(self, other: JsonNode) -> bool:
        """Whether another node has the same data."""
        return self._data is other._data or repr(self._data) == repr(other._data)

    @property
    def document(self) -> Document:
        """The file that it is in."""
        return self._document

    @property
    def data(self) -> Any:
        """The plain data of this node, as parsed by Python."""
        return self._data

    @property
    def span(self) -> Span:
        """The span of the value."""
        return self._document.span(self._path)

    @property
    def entry_lines(self) -> dict[str, tuple[int, int]]:
        """The first and the last line of each entry of this object."""
        return self._document.lines(self._path) if isinstance(self._data, dict) else {}

    def key(self, name: str) -> Place:
        """The position of the key `name` of this object."""
        return JsonKey((*self._path, name), self._document)


class JsonKey:
    """The position of a key in a JSON object."""

    __slots__ = ("_document", "_path")

    def __init__(self, path: Path, document: Document) -> None:
        self._path = path
        self._document = document

    @property
    def span(self) -> Span:
        """The span of the key, including its quotes."""
        return self._document.span(self._path, is_key=True)


def _note_duplicates(source: Source, flaws: Flaws) -> None:
    text = source.text
    found: list[tuple[int, int, str]] = []
    pending = [skip_space(text, 0)]
    while pending:
        first: dict[str | int, int] = {}
        for step, (key, _), (value, _) in members(text, pending.pop()):
            if text[value] in "{[":
                pending.append(value)
            if first.setdefault(step, key) != key:
                found.append((key, first[step], str(step)))
    for key, before, name in sorted(found):
        place = source.position(key)
        flaws.add(duplicate(name, source.position(before), place, flaws.on_duplicate), source.path, place)


def _children(text: str, at: int) -> Children:
    """The offsets of each key and value that is a direct child of the object or list at offset `at`."""
    return {step: (key, value) for step, key, value in members(text, at)}


def members(text: str, at: int) -> Iterator[tuple[str | int, Stretch, Stretch]]:
    """The keys or indexes of an object or list with the offsets of keys and values, duplicate keys included."""
    closing = "}" if text[at] == "{" else "]"
    index = 0
    at = skip_space(text, at + 1)
    while text[at] != closing:
        step: str | int = index
        key = (at, at)
        if closing == "}":
            step, end = _DECODER.raw_decode(text, at)
            key = (at, end)
            at = skip_space(text, skip_space(text, end) + 1)
        value = _value(text, at)
        yield step, key, value
        index += 1
        at = skip_space(text, value[1])
        if text[at] == ",":
            at = skip_space(text, at + 1)


def _value(text: str, at: int) -> Stretch:
    # Python's decoder, written in C, skips large values much faster than a scanner written in Python.
    return at, _DECODER.raw_decode(text, at)[1]


def skip_space(text: str, at: int) -> int:
    """The offset of the first character that is no white space, from `at` on."""
    match = _SPACE.match(text, at)
    return match.end() if match else at
