"""JSON with indentation, as `json.dumps` writes it, whose own writer of it is not in C and takes twice as long."""

from __future__ import annotations

import json
from json.encoder import encode_basestring_ascii as quoted
from typing import Any

_STEP = "  "


def indented(value: Any) -> str:
    """The text that `json.dumps(value, indent=2)` gives."""
    return _written(value, "\n")


def _written(value: Any, line: str) -> str:
    """A value. line: a line break with the spaces before what the value stands in."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict) and value:
        inner = line + _STEP
        members = [f"{_key(key)}: {_written(one, inner)}" for key, one in value.items()]
        return f"{{{inner}{f',{inner}'.join(members)}{line}}}"
    if isinstance(value, (list, tuple)) and value:
        inner = line + _STEP
        return f"[{inner}{f',{inner}'.join([_written(one, inner) for one in value])}{line}]"
    return repr(value) if type(value) is int else json.dumps(value)


def _key(key: Any) -> str:
    return quoted(key) if isinstance(key, str) else json.dumps({key: 0})[1:-4]
