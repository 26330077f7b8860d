"""Text in quotes and in heredocs: what its characters mean, and which blanks are taken off."""

from __future__ import annotations

import re

from awslint_memo.model.record import record
from awslint_memo.syntax.hcl.expressions import Expression, If, Part, Repeat

_ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[nrt"\\])')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_BRACE = re.compile(r"(\$\$|%%)\{")


@record(slots=True)
class Piece:
    """A stretch of text, or one `${…}` or `%{…}`, in the order of the text.

    word: "text", "value", or the first word of a directive. left, right: whether it takes off the blanks beside it.
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
    """Quoted text as it is meant."""
    return braced(_ESCAPE.sub(_meant, written) if "\\" in written else written)


def braced(written: str) -> str:
    """Text with its escaped braces as they are meant; the only escapes of a heredoc."""
    return _BRACE.sub(lambda match: f"{match[1][0]}{{", written) if "{" in written else written


def _meant(match: re.Match[str]) -> str:
    word = match[1]
    if word in _ESCAPES:
        return _ESCAPES[word]
    code = int(word[1:], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def stripped(pieces: list[Piece]) -> None:
    """Take off what `~` takes off: the blanks of one piece of text on either side, in a heredoc those of one line."""
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        if piece.left and before is not None:
            before.text = before.text.rstrip()
        if piece.right and after is not None:
            after.text = after.text.lstrip()


def dedented(pieces: list[Piece]) -> None:
    """Take off the indentation that all lines have (`<<-`), as HCL counts lines: a text that `~` emptied is none."""
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
class _Open:
    """A directive whose end is still to come, with the parts before it."""

    piece: Piece
    outside: list[Part]
    then: list[Part] | None = None


def nested(pieces: list[Piece]) -> tuple[Part, ...]:
    """The parts of a text, with every directive around its own."""
    here: list[Part] = []
    open_ones: list[_Open] = []
    for piece in pieces:
        if piece.word == "text":
            if here and isinstance(here[-1], str):
                here[-1] += piece.text
            elif piece.text:
                here.append(piece.text)
        elif piece.word == "value" and piece.made is not None:
            here.append(piece.made)
        elif piece.word in ("if", "for"):
            open_ones.append(_Open(piece, here))
            here = []
        elif piece.word == "else":
            open_ones[-1].then, here = here, []
        else:
            made = open_ones.pop()
            inside = _directive(made, here, piece.end)
            here = [*made.outside, inside]
    return tuple(here)


def _directive(made: _Open, last: list[Part], end: int) -> Part:
    piece = made.piece
    over = piece.made
    if over is None:
        return ""
    if piece.word == "for":
        return Repeat(piece.start, end, piece.names, over, tuple(last))
    then, otherwise = (last, []) if made.then is None else (made.then, last)
    return If(piece.start, end, over, tuple(then), tuple(otherwise))
