"""Writes JSON that no reader of its text takes for anything else, piece by piece."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

_STEP = "  "


def indented(value: Any) -> str:
    """The text that `json.dumps(value, indent=2)` gives; an iterator is written as a list, of which no item is kept."""
    pieces: list[str] = []
    _write(value, "\n", pieces.append, {})
    return "".join(pieces)


def json_text(shape: Any) -> str:
    """A JSON document in ASCII with a line feed at its end, in which no text is a command to what runs a build."""
    return visible_json(indented(shape)) + "\n"


def visible_json(text: str) -> str:
    """A JSON document, in which only texts can hold a command: it is broken by an escape and means the same."""
    return text.replace("##", "\\u0023#")


def _write(value: Any, line: str, put: Callable[[str], object], known: dict[str, str]) -> None:
    """Write a value. line: a line break with the spaces before what it stands in. known: the keys that were written.

    What has no parts is written where it stands: most values are texts and numbers.
    """
    if isinstance(value, dict) and value:
        inner = line + _STEP
        before = "{" + inner
        for key, item in value.items():
            # True is the same key as 1 and written in another way.
            written = known.get(key) or known.setdefault(key, _key(key)) if type(key) is str else _key(key)
            if type(item) is str:
                put(f"{before}{written}{quoted(item)}")
            elif type(item) is int:
                put(f"{before}{written}{item}")
            else:
                put(before + written)
                _write(item, inner, put, known)
            before = "," + inner
        put(line + "}")
    elif isinstance(value, (list, tuple)) and value:
        inner = line + _STEP
        before = "[" + inner
        for item in value:
            put(before)
            _write(item, inner, put, known)
            before = "," + inner
        put(line + "]")
    elif isinstance(value, str):
        put(quoted(value))
    elif isinstance(value, Iterator):
        _write_each(value, line, put, known)
    else:
        put("null" if value is None else "[]" if value in ([], ()) else json.dumps(value))


def _write_each(items: Iterator[Any], line: str, put: Callable[[str], object], known: dict[str, str]) -> None:
    inner = line + _STEP
    before = "[" + inner
    for item in items:
        pieces: list[str] = []
        _write(item, inner, pieces.append, known)
        put(before + "".join(pieces))
        before = "," + inner
    put("[]" if before[0] == "[" else line + "]")


def _key(key: Any) -> str:
    return f"{quoted(key)}: " if isinstance(key, str) else f"{json.dumps({key: 0})[1:-4]}: "
