"""Terraform's functions that try an expression, convert a value, hide it, or encode and decode a structure."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from awslint_memo.model.lazy import regex
from awslint_memo.model.partial import kept_secret, readable
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Text, Value
from awslint_memo.readers.terraform.collections import Function, sole, unknown
from awslint_memo.readers.terraform.encoded import Encoded, Format, json_text
from awslint_memo.readers.terraform.functions.arguments import made, plain
from awslint_memo.readers.terraform.values import EvalError, every, unknown_of

_NUMBER = regex(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)


def _failed(value: Value) -> bool:
    return any(isinstance(part, EvalError) for part in every(value))


def _try(values: Sequence[Value], place: Place) -> Value:
    for number, value in enumerate(values):
        if _failed(value):
            continue
        if value.is_unknown:
            return unknown_of(value.why, place, *values[number:])
        return value
    return EvalError("try() without anything that works", place)


def _can(values: Sequence[Value], place: Place) -> Value:
    if any(_failed(value) for value in values):
        return Known(False, place)
    return unknown("can", values, place) if any(value.is_unknown for value in values) else Known(True, place)


def _tostring(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    if isinstance(value, Known) and not isinstance(value, Encoded):
        text = value.text
        return EvalError("tostring() of a list or map", place) if text is None else Known(text, place)
    return value


def _tonumber(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    if not isinstance(value, Known):
        return value
    content = value.content
    is_number = value.number is not None and not isinstance(content, bool)
    if not is_number or (isinstance(content, str) and _NUMBER.fullmatch(content) is None):
        return EvalError("tonumber() of no number", place)
    return made(value.number, place)


def _tobool(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    if not isinstance(value, Known) or isinstance(value.content, bool):
        return value
    found = {"true": True, "1": True, "false": False, "0": False}.get(str(value.content))
    if found is None or not isinstance(value.content, str):
        return EvalError("tobool() of neither true nor false", place)
    return Known(found, place)


def _sensitive(values: Sequence[Value], place: Place) -> Value:
    return kept_secret(sole(values, place))


def _issensitive(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    if value.origin.is_sensitive:
        return Known(True, place)
    return unknown("issensitive", values, place) if value.is_unknown else Known(False, place)


def _jsonencode(values: Sequence[Value], place: Place) -> Value:
    """The result is the structure and not its JSON text, since rules look at policies as structures."""
    value = sole(values, place)
    if isinstance(value, Known) and not isinstance(value.content, (list, Mapping)):
        return Known(json_text(value.content), place)
    return Known("null", place) if isinstance(value, Absent) else _encoded(value, place, "json")


def _yamlencode(values: Sequence[Value], place: Place) -> Value:
    """The result is the structure and not its YAML text, since rules look at buildspecs as structures."""
    value = sole(values, place)
    is_structure = isinstance(value, Known) and isinstance(value.content, (list, Mapping))
    return _encoded(value, place, "yaml") if is_structure or value.is_unknown else unknown("yamlencode", values, place)


def _encoded(value: Value, place: Place, format_: Format) -> Value:
    if not isinstance(value, Known) or isinstance(value, Encoded):
        return value if not isinstance(value, Encoded) else unknown_of("a text in a text", place, value)
    made = Encoded(value.content, value.place, value.origin, format_=format_)
    made.named, made.route = value.named, value.route
    return made


def _number(written: str) -> int | float:
    number = float(written)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _refused(written: str) -> Any:
    raise ValueError(f"{written} is no JSON")


def _from_json(text: str) -> Any:
    return json.loads(text, parse_constant=_refused)


_plain_json = plain("jsondecode", "text", _from_json)


def _jsondecode(values: Sequence[Value], place: Place) -> Value:
    from awslint_memo.syntax.embedded import parse_embedded, values_in_file

    value = sole(values, place)
    if isinstance(value, Encoded):
        return value.structure
    if isinstance(value, Text):
        found = parse_embedded(value)
        return found if isinstance(found, Known) else unknown("jsondecode", values, place)
    located = values_in_file(value, keeps_null=True)
    return readable(_plain_json(values, place) if located is None else located)


def _from_yaml(text: str) -> Any:
    from awslint_memo.readers.terraform.functions.yaml_values import yaml_data

    return yaml_data(text)


_plain_yaml = plain("yamldecode", "text", _from_yaml)


def _yamldecode(values: Sequence[Value], place: Place) -> Value:
    from awslint_memo.readers.terraform.functions import yaml_values
    from awslint_memo.syntax.embedded import values_in_file

    value = sole(values, place)
    if isinstance(value, Encoded):
        return value.structure
    try:
        located = values_in_file(value, yaml_values.parsed, yaml_values.content, keeps_null=True)
    except ValueError:
        return EvalError("yamldecode() of what it does not take", place)
    return readable(_plain_yaml(values, place) if located is None else located)


CONVERSIONS: dict[str, Function] = {
    "can": _can,
    "ephemeralasnull": sole,
    "issensitive": _issensitive,
    "jsondecode": _jsondecode,
    "jsonencode": _jsonencode,
    "nonsensitive": sole,
    "sensitive": _sensitive,
    "tobool": _tobool,
    "tonumber": _tonumber,
    "tostring": _tostring,
    "try": _try,
    "yamldecode": _yamldecode,
    "yamlencode": _yamlencode,
}
"""The implementation of each function by name."""
