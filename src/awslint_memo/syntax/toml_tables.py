"""Parses TOML into plain data, and finds the line of a key. The line is a guess: Python's parser keeps no positions."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem

_AT = regex(r" *\(at (?:line (\d+), column (\d+)|end of document)\)")

_TOO_DEEP = regex(r"(?m)^[ \t\[]*[\w-]+(?:\.[\w-]+){100}")
"""A dotted key with so many parts that nothing reads it; the parser and what looks at its tables recurse into each."""

_DOT = r"\s*\.\s*"


def parse(source: Source) -> Mapping[str, Any]:
    """The document as plain data, which the caller does not change. Raises Problem for invalid TOML."""
    deep = _TOO_DEEP.search(source.text)
    if deep is not None:
        line = source.text.count("\n", 0, deep.end()) + 1
        raise Problem("a key has more than 100 parts; write fewer", source.path, line)
    try:
        return _loaded(source.text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except RecursionError as error:
        raise Problem("the nesting is too deep; look for a bracket that is not closed", source.path) from error
    except ValueError as error:
        if type(error) is ValueError:  # Python does not convert numbers of more than 4,300 digits.
            raise Problem("a number has too many digits; write fewer", source.path) from error
        at = _AT.search(str(error))
        line, column = (int(at[1]), int(at[2])) if at and at[1] else (source.text.rstrip().count("\n") + 1, 1)
        message = _AT.sub("", str(error))
        raise Problem(f"invalid TOML: {message[:1].lower()}{message[1:]}", source.path, line, column) from error


@lru_cache(maxsize=4)
def _loaded(text: str) -> Mapping[str, Any]:
    """An editor asks for the same document after each change of another."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)


class Lines:
    """The lines of keys in a source, relative to a table of it."""

    def __init__(self, source: Source, table: Sequence[str] = ()) -> None:
        self._text = source.text
        header = re.search(rf"(?m)^[ \t]*\[+\s*{_DOT.join(map(_key, table))}\s*[\].]", self._text) if table else None
        self._first = header.start() + len(header[0]) - len(header[0].lstrip()) if header else 0
        self._tables: dict[tuple[str, int], list[int]] = {}
        self._starts = [match.end() for match in re.finditer("\n", self._text)]

    def of(self, path: Sequence[str | int]) -> int:
        """The line, from 1, of the last key of a path.

        Searches for each key after the position of the one before it; a number is an index in an array of tables.
        """
        at = self._first
        for key, following in zip(path, [*path, ""][1:], strict=True):
            if isinstance(key, int):
                continue
            tables = self._tables_of(key, at) if isinstance(following, int) else []
            if isinstance(following, int) and following < len(tables):
                at = tables[following]
                continue
            written = re.compile(rf"(?<![\w-]){_key(key)}\s*[=.\]]").search(self._text, at)
            at = written.start() if written else at
        return bisect_right(self._starts, at) + 1

    def _tables_of(self, key: str, at: int) -> list[int]:
        """The positions of the headers of an array of tables; there may be thousands, and each is asked for."""
        if (key, at) not in self._tables:
            header = re.compile(rf"(?m)^[ \t]*\[\[[^\]\n]*?(?<![\w-]){_key(key)}\s*\]\]")
            self._tables[key, at] = [match.start() for match in header.finditer(self._text, at)]
        return self._tables[key, at]


def _key(name: str) -> str:
    return rf"[\"']?{re.escape(name)}[\"']?"
