"""TOML as plain data, and roughly where in the text a key stands: Python's parser keeps no places."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

from awslint_memo.readers.source import Source
from awslint_memo.span import Problem

_AT = re.compile(r" *\(at (?:line (\d+), column (\d+)|end of document)\)")


def parse(source: Source) -> dict[str, Any]:
    """The document as plain data. Raises Problem for what is no TOML."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(source.text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line, column = (int(at[1]), int(at[2])) if at and at[1] else (max(len(source.lines) - 1, 1), 1)
        message = _AT.sub("", str(error))
        raise Problem(f"not TOML: {message[:1].lower()}{message[1:]}", source.path, line, column) from error
    except RecursionError as error:
        raise Problem("not TOML: nested too deep", source.path) from error


def line_of(source: Source, path: Sequence[str | int]) -> int:
    """The line in which the last key of `path` is first written after the keys before it; numbers count tables."""
    text, at = source.text, 0
    for key, following in zip(path, [*path[1:], ""], strict=True):
        if isinstance(key, int):
            continue
        name = rf"[\"']?{re.escape(key)}[\"']?"
        pattern = rf"(?m)^\s*\[\[[^\]\n]*?(?<![\w-]){name}\s*\]\]" if isinstance(following, int) else ""
        headers = list(re.finditer(pattern, text[at:])) if pattern else []
        if isinstance(following, int) and following < len(headers):
            at += headers[following].end() - 1
            continue
        written = re.compile(rf"(?<![\w-]){name}\s*[=.\]]").search(text, at)
        at = written.start() if written else at
    return text.count("\n", 0, at) + 1
