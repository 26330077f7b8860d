"""Processes strings and heredocs: escapes, indentation, and the white space that `~` removes."""

from __future__ import annotations

import re

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.syntax.hcl.expressions import Expression, If, Part, Repeat

_ESCAPE = regex(r'\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[nrt"\\])')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_BRACE = regex(r"(\$\$|%%)\{")


@record(slots=True)
class Piece:
    """A piece of text, or one `${…}` or `%{…}`.

    word: "text", "value", or the keyword of a directive. made: its expression. names: the variables of a `for`.
    left, right: whether `~` removes the white space on that side.
    """

    word: str
    text: str = ""
    made: Expression | None = None
    names: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    left: bool = False
    right: bool = False


def unescaped(written: str) -> str:
    """A quoted text with its escapes resolved."""
    return braced(_ESCAPE.sub(_meant, written) if "\\" in written else written)


def braced(written: str) -> str:
    """A text with escaped braces (`$${`, `%%{`) resolved; heredocs have no other escapes."""
    return _BRACE.sub(lambda match: f"{match[1][0]}{{", written) if "{" in written else written


def _meant(match: re.Match[str]) -> str:
    word = match[1]
    if word in _ESCAPES:
        return _ESCAPES[word]
    code = int(word[1:], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def stripped(pieces: list[Piece]) -> None:
    """Remove the white space that `~` removes: that of the adjacent piece of text (in a heredoc, of one line)."""
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        if piece.left and before is not None:
            before.text = before.text.rstrip()
        if piece.right and after is not None:
            after.text = after.text.lstrip()


def dedented(pieces: list[Piece]) -> None:
    """Remove the indentation that all lines share (`<<-`). Like HCL, ignore lines that `~` made empty."""
    first: list[Piece] = []
    least: int | None = None
    begins = True
    for piece in pieces:
        if begins and not (piece.text.endswith("\n") and not piece.text.strip()):
            indent = len(piece.text) - len(piece.text.lstrip())
            least = indent if least is None else min(least, indent)
            first.append(piece)
        begins = piece.text.endswith("\n")
    for piece in first:
        piece.text = piece.text[least:]


@record(slots=True)
class _OpenDirective:
    """A directive whose end is still to come, with the parts before it."""

    piece: Piece
    outside: list[Part]
    then: list[Part] | None = None


def nested(pieces: list[Piece]) -> tuple[Part, ...]:
    """The parts of a text, with the parts inside of each directive nested in it."""
    current: list[Part] = []
    unclosed: list[_OpenDirective] = []
    for piece in pieces:
        if piece.word == "text":
            if current and isinstance(current[-1], str):
                current[-1] += piece.text
            elif piece.text:
                current.append(piece.text)
        elif piece.word == "value" and piece.made is not None:
            current.append(piece.made)
        elif piece.word in ("if", "for"):
            unclosed.append(_OpenDirective(piece, current))
            current = []
        elif piece.word == "else":
            unclosed[-1].then, current = current, []
        else:
            directive = unclosed.pop()
            current = [*directive.outside, _directive(directive, current, piece.end)]
    return tuple(current)


def _directive(made: _OpenDirective, last: list[Part], end: int) -> Part:
    piece = made.piece
    over = piece.made
    if over is None:
        return ""
    if piece.word == "for":
        return Repeat(piece.start, end, piece.names, over, tuple(last))
    then, otherwise = (last, []) if made.then is None else (made.then, last)
    return If(piece.start, end, over, tuple(then), tuple(otherwise))
