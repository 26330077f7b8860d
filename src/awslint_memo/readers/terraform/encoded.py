"""The result of `jsonencode` and `yamlencode`: the structure, since rules look at that, with its text for functions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias

from awslint_memo.model.origin import HERE, Origin
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Content, Known, Link, Text, Unknown, Value
from awslint_memo.readers.terraform.untyped import Untyped

Format: TypeAlias = Literal["json", "yaml"]

_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""Characters that Terraform escapes although JSON does not ask for it."""


class Encoded(Known):
    """A list or map that stands for its text in a format."""

    __slots__ = ("format",)

    def __init__(self, content: Content, place: Place, origin: Origin = HERE, *, format_: Format = "json") -> None:
        super().__init__(content, place, origin)
        self.format = format_

    @property
    def is_encoded(self) -> bool:
        """Always."""
        return True

    @property
    def written(self) -> str | None:
        """The text; None for YAML, and where something of it is not known."""
        texts = [piece.text for piece in written_pieces(self)]
        return None if self.format == "yaml" or None in texts else "".join(text or "" for text in texts)

    @property
    def structure(self) -> Known:
        """The list or map itself, as it is after decoding."""
        structure = Known(self.content, self.place, self.origin)
        structure.named, structure.route = self.named, self.route
        return structure

    def _copy(self, place: Place, origin: Origin) -> Encoded:
        return Encoded(self.content, place, origin, format_=self.format)


def content_of(value: Value) -> Content:
    """The content of a known value that is no text in a format; None of any other."""
    return value.content if isinstance(value, Known) and not isinstance(value, Encoded) else None


def written_pieces(value: Value) -> list[Value]:
    """A structure that stands for JSON as pieces of its text; any other value as it is."""
    if not isinstance(value, Encoded) or value.format == "yaml":
        return [value]
    return [Known(piece, value.place) if isinstance(piece, str) else piece for piece in _json(value.structure)]


def json_text(data: Any) -> str:
    """Plain data as the JSON text that Terraform makes of it."""
    whole = int(data) if isinstance(data, float) and data.is_integer() else data
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), sort_keys=True).translate(_ESCAPES)


def _json(value: Value) -> Iterator[str | Value]:
    if isinstance(value, Absent):
        yield "null"
    elif isinstance(value, Text):
        yield '"'
        for part in value.parts:
            yield json_text(part.text)[1:-1] if part.text is not None else part
        yield '"'
    elif isinstance(value, Link):
        yield from ('"', value, '"')
    elif not isinstance(value, Known) or isinstance(value.content, OpenFields):
        yield value
    else:
        yield from _known_json(value)


def _known_json(value: Known) -> Iterator[str | Value]:
    if isinstance(value, Untyped):
        yield Unknown("a value of an unknown type", value.place)
    elif isinstance(value, Encoded):
        text = value.written
        yield Unknown("a text in a text", value.place) if text is None else json_text(text)
    elif isinstance(value.content, Mapping):
        for number, (key, child) in enumerate(sorted(value.content.items())):
            yield f"{',' if number else '{'}{json_text(key)}:"
            yield from _json(child)
        yield "}" if value.content else "{}"
    elif isinstance(value.content, list):
        for number, child in enumerate(value.content):
            yield "," if number else "["
            yield from _json(child)
        yield "]" if value.content else "[]"
    else:
        yield json_text(value.content)
