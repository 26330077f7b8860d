"""Parses TOML into plain data, and finds the line of a key. The line is a guess: Python's parser keeps no positions."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.model.regex import regex
from awslint_memo.model.span import Problem

_AT = regex(r" *\(at (?:line (\d+), column (\d+)|end of document)\)")

_TOO_DEEP = regex(r"(?m)^[ \t\[]*[\w-]+(?:\.[\w-]+){100}")
"""A dotted key with so many parts that nothing reads it; the parser and what looks at its tables recurse into each."""

_DOT = r"\s*\.\s*"


def parse(source: Source) -> dict[str, Any]:
    """The document as plain data. Raises Problem for invalid TOML."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    deep = _TOO_DEEP.search(source.text)
    if deep is not None:
        line = source.text.count("\n", 0, deep.end()) + 1
        raise Problem("a key has more than 100 parts; write fewer", source.path, line)
    try:
        return tomllib.loads(source.text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line, column = (int(at[1]), int(at[2])) if at and at[1] else (source.text.rstrip().count("\n") + 1, 1)
        message = _AT.sub("", str(error))
        raise Problem(f"invalid TOML: {message[:1].lower()}{message[1:]}", source.path, line, column) from error
    except RecursionError as error:
        raise Problem("the nesting is too deep; look for a bracket that is not closed", source.path) from error
    except ValueError as error:
        # Python does not convert numbers of more than 4,300 digits.
        raise Problem("a number has too many digits; write fewer", source.path) from error


def line_of(source: Source, path: Sequence[str | int], table: Sequence[str] = ()) -> int:
    """The line, from 1, of the last key of `path`, which is relative to the table `table`.

    Searches for each key after the position of the one before it; a number is an index in an array of tables.
    """
    text = source.text
    header = re.search(rf"(?m)^\s*\[+\s*{_DOT.join(map(_key, table))}\s*[\].]", text) if table else None
    at = header.start() + len(header[0]) - len(header[0].lstrip()) if header else 0
    for key, following in zip(path, [*path, ""][1:], strict=True):
        if isinstance(key, int):
            continue
        tables: list[re.Match[str]] = []
        if isinstance(following, int):
            header_of = re.compile(rf"(?m)^[ \t]*\[\[[^\]\n]*?(?<![\w-]){_key(key)}\s*\]\]")
            tables = list(header_of.finditer(text, at))
        if isinstance(following, int) and following < len(tables):
            at = tables[following].start()
            continue
        written = re.compile(rf"(?<![\w-]){_key(key)}\s*[=.\]]").search(text, at)
        at = written.start() if written else at
    return text.count("\n", 0, at) + 1


def _key(name: str) -> str:
    return rf"[\"']?{re.escape(name)}[\"']?"
