"""Escapes what text may not do where it is shown, in a terminal or the log of a build, and computes its width."""

from __future__ import annotations

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


def harmless_at(place: str, sentence: str) -> str:
    """The same behind a path, which stays as it is: a word of it that is a secret elsewhere tells nobody that it is."""
    return f"{visible(place)}: {harmless(sentence)}"


def visible_at(line: str, index: int) -> str:
    """One character of a line as it is shown there."""
    if line[index] == "#" and _COMMAND.match(line, index):
        return _escape("#")
    shown = visible(line[max(index - 1, 0) : index + 1])
    return line[index] if shown.endswith(line[index]) and not line[index].isascii() else visible(line[index])


def visible_lines(text: str) -> str:
    """A text of several lines, each of them visible."""
    return "\n".join(visible(line.expandtabs()) for line in text.split("\n"))


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
