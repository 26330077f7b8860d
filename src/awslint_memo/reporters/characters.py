"""Escapes what text may not do where it is shown, in a terminal, the log of a build or JSON, and computes its width."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from json.encoder import encode_basestring_ascii as quoted
from typing import Any
from unicodedata import category, combining, east_asian_width

from awslint_memo.model.lazy import regex
from awslint_memo.model.secret import without_secrets

_ESCAPED = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Unicode categories to escape: control, format (bidirectional marks, zero width), surrogate, line and paragraph."""

_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters that look like nothing."""

_NO_WIDTH = regex(
    r"(?<![^\x00-\x7f])[\u034f\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]|[\u034f\u17b4\u17b5]"
)
"""Marks without a width that a comparison of texts may pass over, so that "#" and "#[" with one between are a command.

Those that choose the form of a character such as an emoji are shown behind one that is not ASCII.
"""

_COMMAND = regex(r"^(\s*):(?=:)|#(?=#(?:\[|vso\[|teamcity\[))")
"""Where a command to the program that runs a build may begin: GitHub's at the start of a line, or anywhere in its old
form; Azure's and TeamCity's anywhere.

https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs,
https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands,
https://www.jetbrains.com/help/teamcity/service-messages.html
"""


def visible(text: str) -> str:
    r"""The text with each character that could control a terminal or a build replaced by an escape such as \x1b."""
    if not (text.isascii() and text.isprintable()):
        odd = {
            ord(character): _escape(character)
            for character in set(text)
            if category(character) in _ESCAPED or character in _INVISIBLE
        }
        text = text.translate(odd) if odd else text
        text = _NO_WIDTH.sub(lambda match: _escape(match[0]), text)
    if "::" in text or "##" in text:
        text = _COMMAND.sub(lambda match: "\\x23" if match[0] == "#" else f"{match[1]}\\x3a", text)
    return text


def harmless(sentence: str) -> str:
    """A sentence that quotes the user or a file, without secrets that were met, and visible."""
    return visible(without_secrets(sentence))


def visible_at(line: str, index: int) -> str:
    """One character of a line as it is shown there."""
    if line[index] == "#" and _COMMAND.match(line, index):
        return _escape("#")
    shown = visible(line[max(index - 1, 0) : index + 1])
    return line[index] if shown.endswith(line[index]) and not line[index].isascii() else visible(line[index])


def visible_lines(text: str) -> str:
    """A text of several lines, each of them visible."""
    return "\n".join(visible(line.expandtabs()) for line in text.split("\n"))


def visible_json(text: str) -> str:
    """A JSON document, in which only texts can hold a command: it is broken by an escape and means the same."""
    return text.replace("##", "\\u0023#")


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def width(text: str) -> int:
    """The number of terminal columns of a visible text: two for wide East Asian characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if combining(character) or category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


_STEP = "  "


def indented(value: Any) -> str:
    """The text that `json.dumps(value, indent=2)` gives; an iterator is written as a list, of which no item is kept."""
    pieces: list[str] = []
    _write(value, "\n", pieces.append, {})
    return "".join(pieces)


def json_text(shape: Any) -> str:
    """A JSON document in ASCII with a line feed at its end, in which no text is a command to what runs a build."""
    return visible_json(indented(shape)) + "\n"


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
