"""Parses JSON or YAML in a string of a template: a policy, a buildspec, a state machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.source import Source, WholeFile
from awslint_memo.model.dependencies import NOTING, noted
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.origin import Origin, Step
from awslint_memo.model.partial import OpenFields, join
from awslint_memo.model.span import Problem
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.syntax.node import Content, Made, Node

_PRIVATE_USE = range(0xE000, 0xF900)
"""Characters of Unicode's private area, one of which marks a piece that is not known while the text is parsed."""

_ESCAPE = regex(r"\\u([0-9a-fA-F]{4})")
_ESCAPED = regex(r"\\[\s\S]")


def parse_embedded(value: Value, *, is_yaml: bool = False) -> Value:
    """The values in a JSON text, with its references and unknown pieces in place; any other value as it is.

    is_yaml: whether the text may be YAML too, as OpenAPI documents are.
    """
    pieces = value.pieces
    if isinstance(value, Known) and not isinstance(value.content, str):
        return value
    if all(piece.text is None for piece in pieces):
        return value
    mark = _unused("".join(piece.text or "" for piece in pieces))
    if mark is None:
        return Unknown("text that is not JSON", value.place, anything=len(pieces) > 1)
    written = "".join(
        f"{mark}{number}{mark}" if piece.text is None else piece.text for number, piece in enumerate(pieces)
    )
    if written.strip()[:1] not in ("{", "["):
        return _in_yaml(value, written, mark) if is_yaml else value
    try:
        data = _parsed(written, mark)
    except (ValueError, RecursionError):
        return Unknown("text that is not JSON", value.place, anything=len(pieces) > 1)
    located = values_in_file(value)
    return _Embedded(value, mark).value(data) if located is None else located


def _in_yaml(value: Value, written: str, mark: str) -> Value:
    """The values in a YAML text that is a mapping; any other as it is."""
    from awslint_memo.syntax import yaml_nodes

    data = embedded_data(written) if "\n" in written else None
    located = values_in_file(value, yaml_nodes.parse) if isinstance(data, dict) else None
    return value if not isinstance(data, dict) else _Embedded(value, mark).value(data) if located is None else located


def _unused(text: str) -> str | None:
    """A character that neither stands in the text nor is written in it as an escape; None if there is none left."""
    used = {*text, *(chr(int(code, 16)) for code in _ESCAPE.findall(text))}
    return next((mark for mark in map(chr, _PRIVATE_USE) if mark not in used), None)


def _parsed(written: str, mark: str) -> Any:
    from json import loads

    try:
        return loads(written)
    except ValueError:
        return loads(_with_quotes(written, mark))


def _with_quotes(written: str, mark: str) -> str:
    """The text with quotes around each mark outside of quotes (a parameter for a number), as valid JSON has them."""
    parts, is_inside = [], False
    for number, part in enumerate(written.split(mark)):
        if number % 2:
            parts.append(f"{mark}{part}{mark}" if is_inside else f'"{mark}{part}{mark}"')
        else:
            parts.append(part)
            is_inside ^= _ESCAPED.sub("", part).count('"') % 2 == 1
    return "".join(parts)


class _Embedded:
    """The values in the data of a parsed text, whose pieces stand where their marks do."""

    def __init__(self, whole: Value, mark: str) -> None:
        self._whole = whole
        self._mark = mark

    def value(self, data: Any) -> Value:
        whole = self._whole
        if isinstance(data, dict):
            values = {key: self.value(child) for key, child in data.items()}
            is_open = any(self._mark in key for key in data)
            fields = {k: v for k, v in values.items() if not (isinstance(v, Absent) or self._mark in k)}
            rest = Unknown("a field whose name is not known", whole.place)
            # What is null is no field; some formats tell it from what is not there, which the place then tells.
            nulls: Content = {key: Made(None, whole.place) for key, child in data.items() if child is None}
            return Known(
                OpenFields(fields, rest) if is_open else fields, Made(nulls, whole.place) if nulls else whole.place
            )
        if isinstance(data, list):
            return Known([self.value(child) for child in data], whole.place)
        if data is None:
            return Absent(whole.place)
        if isinstance(data, str) and self._mark in data:
            return join([self._piece(n, p) for n, p in enumerate(data.split(self._mark))], whole.place)
        return Known(data, whole.place, whole.origin)

    def _piece(self, number: int, text: str) -> Value:
        # Between each pair of marks stands the number of a piece.
        return self._whole.pieces[int(text)] if number % 2 else Known(text, self._whole.place)


def values_in_file(
    text: Value,
    parse: Callable[[Source], Node] | None = None,
    read: Callable[[Node], Content] | None = None,
    *,
    keeps_null: bool = False,
) -> Value | None:
    """The values in a text that is a whole file, each of which was decided where it stands in that file.

    parse: parses the file; JSON without it. read: gives the content of a node. keeps_null: whether a map has its fields
    that are null. None for any other text, and for one that can't be parsed.
    """
    found = _file_of(text)
    if found is None:
        return None
    step, source = found
    if parse is None:
        from awslint_memo.syntax import json_nodes

        parse = json_nodes.parse
    try:
        return _InFile(text, step, read or _content, keeps_null).whole(parse(source))
    except (Problem, RecursionError):
        return None


def file_of(text: Value) -> Source | None:
    """The file whose whole text a value is; None for any other value."""
    found = _file_of(text)
    return None if found is None else found[1]


def own_file(resource: Resource, path: str = "") -> Source | None:
    """The file in which a resource stands, or another template of the run by its path; None where nobody may look."""
    beside, path = resource.deployment.beside, path or resource.place.span.path
    return beside.at(os.path.basename(path), path) if isinstance(beside, FilesBeside) else None


def _file_of(text: Value) -> tuple[Step, Source] | None:
    step = next((step for step in reversed(text.origin.steps) if step.decides), None)
    if step is None or not isinstance(step.place, WholeFile) or not isinstance(text, Known):
        return None
    source = step.place.source
    return (step, source) if source.text == text.content else None


def _content(node: Node) -> Content:
    return node.content


class _InFile:
    """The values of the nodes of a file. whole: its text as it is used. step: that in its origin which is the file."""

    def __init__(self, whole: Value, step: Step, read: Callable[[Node], Content], keeps_null: bool) -> None:
        self._whole = whole
        self._step = step
        self._read = read
        self._keeps_null = keeps_null

    def whole(self, root: Node) -> Value:
        """The value of the root node, with what the text passed on its way."""
        origin = self._whole.origin
        before = origin.steps[: origin.steps.index(self._step)]
        return self._value(root, Origin((*before, self._here(root)), is_sensitive=origin.is_sensitive))

    def _value(self, node: Node, origin: Origin) -> Value:
        content, place = self._read(node), self._whole.place
        if content is None:
            return Absent(place, origin)
        if isinstance(content, Mapping):
            fields = {key: self._part(child) for key, child in content.items()}
            kept = {key: field for key, field in fields.items() if self._keeps_null or not isinstance(field, Absent)}
            return Known(kept, place, origin)
        if isinstance(content, list):
            return Known([self._part(child) for child in content], place, origin)
        return Known(content, place, origin.with_inputs(self._inputs))

    def _part(self, node: Node) -> Value:
        # Its origin goes on from that of the map or list in which it stands.
        return self._value(node, Origin((self._here(node),), is_sensitive=self._whole.origin.is_sensitive))

    def _here(self, node: Node) -> Step:
        return Step(self._step.words, node)

    @property
    def _inputs(self) -> Origin:
        steps = self._whole.origin.steps
        return Origin(steps[steps.index(self._step) + 1 :])


def each(resource: Resource, path: str) -> Iterator[Value]:
    """The values at a dotted path of a resource's properties: one for each item of the lists on the path.

    JSON texts on the path are parsed. Absent values are left out; an unknown value is given as it is.
    """
    keys = path.split(".")
    if len(keys) == 1:
        yield from each_in(resource.get(path), "")
        return
    if not NOTING and isinstance(resource.get(keys[0]), Absent):  # as nearly always
        return
    if NOTING:
        with noted():  # Only what is needed of a map is noted.
            number = _through_maps(resource, keys)
    else:
        number = _through_maps(resource, keys)
    yield from each_in(resource.get(".".join(keys[:number])), ".".join(keys[number:]))


def _through_maps(resource: Resource, keys: Sequence[str]) -> int:
    """How many of the keys lead through maps alone, the first one and the last of these included."""
    value, number = resource.get(keys[0]), 1
    while number < len(keys) and isinstance(value, Known) and isinstance(value.content, (dict, Mapping)):
        value, number = value.child(keys[number]), number + 1
    return number


def each_in(value: Value, path: str) -> Iterator[Value]:
    """The values at a dotted path in a value, as `each` gives them; the items of a list where the path is empty."""
    if isinstance(value, Absent):
        return
    for item in parse_embedded(value).items if path else value.items:
        if path:
            key, _, rest = path.partition(".")
            yield from each_in(item.get(key), rest)
        else:
            yield item


def parse_file(source: Source) -> Node:
    """The root node of a file in YAML or JSON. Raises Problem for one that can't be parsed."""
    if source.text.lstrip()[:1] in ("{", "["):
        from awslint_memo.syntax import json_nodes

        return json_nodes.parse(source)
    from awslint_memo.syntax import yaml_nodes

    return yaml_nodes.parse(source)


def embedded_data(text: str) -> Any:
    """YAML or JSON text as plain data; None if it can't be parsed."""
    if text.lstrip()[:1] in ("{", "["):
        from json import loads

        try:
            return loads(text)
        except (ValueError, RecursionError):
            pass
    from awslint_memo.syntax import yaml_nodes
    from awslint_memo.syntax.node import plain

    try:
        return plain(yaml_nodes.parse(Source("", text.encode(errors="replace"))))
    except Problem:
        return None
