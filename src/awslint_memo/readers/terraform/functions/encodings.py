"""Terraform's functions that encode, decode and convert values, hide them, or try an expression."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from awslint_memo.files.source import WholeFile
from awslint_memo.model.budget import kept, leaves, spend
from awslint_memo.model.lazy import regex
from awslint_memo.model.partial import kept_secret, readable
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Text, Value
from awslint_memo.readers.terraform.collections import Function, sole, unknown
from awslint_memo.readers.terraform.encoded import Encoded, Format, json_text
from awslint_memo.readers.terraform.functions.arguments import NotKnownError, made, plain, plains
from awslint_memo.readers.terraform.values import EvalError, every, unknown_of

_CHARSETS = {
    "UTF-8": "utf-8",
    "UTF-16": "utf-16-be",
    "UTF-16BE": "utf-16-be",
    "UTF-16LE": "utf-16-le",
    "ISO-8859-1": "iso8859-1",
    "ISO-8859-15": "iso8859-15",
    "US-ASCII": "ascii",
    "ASCII": "ascii",
    "WINDOWS-1252": "cp1252",
    "SHIFT_JIS": "shift_jis",
    "EUC-JP": "euc_jp",
}
"""Names of encodings at IANA that are in use, with Python's."""

_OF_A_VALUE = 2
"""The characters of a text that is decoded for which one value is charged. JSON has about one in 15 characters, and to
make a value of a file takes as long as several function calls."""

_KEPT = 0.5
"""The share of the values that is left when what is decoded is not kept any more."""

_SHORT = 1_000
"""Shorter texts are decoded anew for each deployment."""

_NAMESPACES = {"dns": 0x10, "url": 0x11, "oid": 0x12, "x500": 0x14}


def hexadecimal(algorithm: str, data: bytes) -> str:
    """The hash of bytes in hexadecimal digits."""
    return _digest(algorithm, data).hex()


def in_base64(algorithm: str, data: bytes) -> str:
    """The hash of bytes in base64."""
    return encoded(_digest(algorithm, data))


def _digest(algorithm: str, data: bytes) -> bytes:
    import hashlib

    return hashlib.new(algorithm, data, usedforsecurity=False).digest()


def encoded(data: bytes) -> str:
    """The bytes in base64."""
    from base64 import b64encode

    return b64encode(data).decode()


def _decoded(text: str) -> bytes:
    from base64 import b64decode

    return b64decode(text.replace("\r", "").replace("\n", ""), validate=True)


def _charset(name: str) -> str:
    import codecs

    known = _CHARSETS.get(name.upper())
    if known is not None:
        return known
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise ValueError("no encoding") from error
    raise NotKnownError("an encoding that is not supported")


def _uuidv5(namespace: str, name: str) -> str:
    from uuid import UUID, uuid5

    last = _NAMESPACES.get(namespace)
    space = UUID(namespace) if last is None else UUID(f"6ba7b8{last:02x}-9dad-11d1-80b4-00c04fd430c8")
    return str(uuid5(space, name))


def _csv(text: str) -> list[dict[str, str]]:
    import csv

    try:
        rows = [row for row in csv.reader(text.lstrip("\ufeff").splitlines(keepends=True), strict=True) if row]
    except csv.Error as error:
        raise ValueError("no CSV") from error
    head, *rest = rows
    if len(set(head)) != len(head) or any(len(row) != len(head) for row in rest):
        raise ValueError("rows that do not fit the head")
    return [dict(zip(head, row, strict=True)) for row in rest]


def _hash(algorithm: str, make: Any) -> tuple[str, Any]:
    return "text", lambda text: make(algorithm, text.encode())


ENCODINGS: dict[str, Function] = plains(
    {
        "base64decode": ("text", lambda text: _decoded(text).decode()),
        "base64encode": ("text", lambda text: encoded(text.encode())),
        "base64sha256": _hash("sha256", in_base64),
        "base64sha512": _hash("sha512", in_base64),
        "md5": _hash("md5", hexadecimal),
        "sha1": _hash("sha1", hexadecimal),
        "sha256": _hash("sha256", hexadecimal),
        "sha512": _hash("sha512", hexadecimal),
        "textdecodebase64": ("text text", lambda text, charset: _decoded(text).decode(_charset(charset))),
        "textencodebase64": ("text text", lambda text, charset: encoded(text.encode(_charset(charset)))),
        "uuidv5": ("text text", _uuidv5),
    }
)
"""The implementation of each function by name."""


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
    value = sole(values, place)
    if isinstance(value, Encoded):
        return value.structure
    if isinstance(value, Text):
        from awslint_memo.syntax.embedded import parse_embedded

        found = parse_embedded(value)
        return found if isinstance(found, Known) else unknown("jsondecode", values, place)
    return _once("jsondecode", value, place, lambda: _from_json_file(value, place))


def _from_json_file(value: Value, place: Place) -> Value:
    from awslint_memo.syntax.embedded import values_in_file

    located = values_in_file(value, keeps_null=True)
    return readable(_plain_json([value], place) if located is None else located)


def _once(name: str, value: Value, place: Place, make: Callable[[], Value]) -> Value:
    """What a text is decoded to: once for all deployments, if it is a file, as they all have the same values then.

    A file that many blocks decode is charged by each of them.
    """
    length = len(value.text or "")

    def charged() -> Value:
        if not spend("values", length // _OF_A_VALUE):
            return unknown_of("a text that is decoded more often than is followed", place, value)
        return make()

    step = value.origin.steps[0] if len(value.origin.steps) == 1 else None
    if step is None or not isinstance(step.place, WholeFile) or length < _SHORT or not leaves("values", _KEPT):
        return charged()
    known = (name, step.words, length, id(value.place), value.origin.is_sensitive)
    # With the value its place stays, so that no other one has its id.
    return kept(known, lambda: (value, charged()))[1]


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

    def decoded() -> Value:
        try:
            located = values_in_file(value, yaml_values.parsed, yaml_values.content, keeps_null=True)
        except ValueError:
            return EvalError("yamldecode() of what it does not take", place)
        return readable(_plain_yaml([value], place) if located is None else located)

    return _once("yamldecode", value, place, decoded)


_plain_csv = plain("csvdecode", "text", _csv)


def _csvdecode(values: Sequence[Value], place: Place) -> Value:
    value = sole(values, place)
    return _once("csvdecode", value, place, lambda: _plain_csv(values, place))


CONVERSIONS: dict[str, Function] = {
    "can": _can,
    "csvdecode": _csvdecode,
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
