"""Terraform's functions that encode texts, decode them, and make hashes of them."""

from __future__ import annotations

from typing import Any

from awslint_memo.readers.terraform.collections import Function
from awslint_memo.readers.terraform.functions.arguments import NotKnownError, plains

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
        "csvdecode": ("text", _csv),
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
