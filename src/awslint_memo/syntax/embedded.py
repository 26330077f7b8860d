"""Parses JSON or YAML in a string of a template: a policy, a buildspec, a state machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Resource
from awslint_memo.model.partly_known import join
from awslint_memo.model.span import Problem
from awslint_memo.model.value import Absent, Known, Unknown, Value

_MARK = "\ue000"
"""Placeholder for a part that is not known text while the text is parsed; a character of Unicode's private area."""


def parse_embedded(value: Value) -> Value:
    """The values in a JSON text, with its references and unknown parts in place; any other value as it is."""
    parts = value.pieces
    if isinstance(value, Known) and not isinstance(value.content, str):
        return value
    if all(part.text is None for part in parts):
        return value
    written = "".join(
        f"{_MARK}{number}{_MARK}" if part.text is None else part.text for number, part in enumerate(parts)
    )
    if written.strip()[:1] not in ("{", "["):
        return value
    try:
        # A placeholder outside of quotes (a parameter for a number) must be quoted before it is valid JSON.
        data = _parsed(written)
    except (ValueError, RecursionError):
        return Unknown("text that is not JSON", value.place, anything=len(parts) > 1)
    return _values(data, parts, value)


def _parsed(written: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        pieces = written.split(_MARK)
        return json.loads("".join(f'"{_MARK}{p}{_MARK}"' if number % 2 else p for number, p in enumerate(pieces)))


def _values(data: Any, parts: tuple[Value, ...], whole: Value) -> Value:
    if isinstance(data, dict):
        fields = {key: _values(value, parts, whole) for key, value in data.items()}
        return Known({key: value for key, value in fields.items() if not isinstance(value, Absent)}, whole.place)
    if isinstance(data, list):
        return Known([_values(value, parts, whole) for value in data], whole.place)
    if data is None:
        return Absent(whole.place)
    if isinstance(data, str) and _MARK in data:
        pieces = data.split(_MARK)
        return join([parts[int(p)] if n % 2 else Known(p, whole.place) for n, p in enumerate(pieces)], whole.place)
    return Known(data, whole.place, whole.origin)


def each(resource: Resource, path: str) -> Iterator[Value]:
    """The values at a dotted path of a resource's properties: one for each item of the lists on the path.

    JSON texts on the path are parsed. Absent values are left out; an unknown value is given as it is.
    """
    top, _, rest = path.partition(".")
    yield from _below(resource.get(top), rest)


def _below(value: Value, path: str) -> Iterator[Value]:
    if isinstance(value, Absent):
        return
    for item in parse_embedded(value).items if path else value.items:
        if path:
            key, _, rest = path.partition(".")
            yield from _below(item.get(key), rest)
        else:
            yield item


def embedded_data(text: str) -> Any:
    """YAML or JSON text as plain data; None if it can't be parsed."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    from awslint_memo.syntax import yaml_nodes
    from awslint_memo.syntax.node import plain

    try:
        return plain(yaml_nodes.parse(Source("", text.encode(errors="replace"))))
    except Problem:
        return None
