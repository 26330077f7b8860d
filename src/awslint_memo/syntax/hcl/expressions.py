"""The classes of HCL expressions, and how the pieces of strings and heredocs become one.

`start` and `end` are offsets into the text, in characters.
"""

from __future__ import annotations

import re
from typing import Literal as Word
from typing import TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

MAX_STEPS = 1_000
"""The most steps of one traversal that are followed; of a longer one, one more is kept, which tells that it is."""


@record(frozen=True, slots=True, eq=False)
class Expression:
    """Base class of expressions."""

    start: int
    end: int


@record(frozen=True, slots=True, eq=False)
class Literal(Expression):
    """`true`, `false` or `null`."""

    value: bool | None

    @property
    def word(self) -> str:
        """The literal as text, which is its meaning as the key of an object."""
        return "null" if self.value is None else str(self.value).lower()


@record(frozen=True, slots=True, eq=False)
class Number(Expression):
    """A number; None if neither an int nor a float stands for exactly what is written."""

    value: int | float | None


@record(frozen=True, slots=True, eq=False)
class Name(Expression):
    """An identifier: a variable, or the key of an object."""

    name: str


@record(frozen=True, slots=True)
class Step:
    """One step of a traversal: an attribute (by name), an element (by index or key), or all elements (a splat).

    The steps between "all" and "end" (or the last step) apply to each element.
    """

    kind: Word["attribute", "index", "all", "end"]
    of: str | int | Expression = ""


@record(frozen=True, slots=True, eq=False)
class Traversal(Expression):
    """An expression followed by steps: `aws_sqs_queue.orders[0].arn`."""

    base: Expression
    steps: tuple[Step, ...]


@record(frozen=True, slots=True, eq=False)
class Parentheses(Expression):
    """An expression in parentheses. As an object's key, an identifier in it is a variable."""

    inner: Expression


@record(frozen=True, slots=True, eq=False)
class Tuple(Expression):
    """`[a, b]`."""

    items: tuple[Expression, ...]


@record(frozen=True, slots=True, eq=False)
class Object(Expression):
    """`{a = b}`: keys and values in order."""

    items: tuple[tuple[Expression, Expression], ...]


@record(frozen=True, slots=True, eq=False)
class Call(Expression):
    """A function call. `is_expanded`: its last argument is a list of arguments (`...`)."""

    name: str
    arguments: tuple[Expression, ...]
    is_expanded: bool = False


@record(frozen=True, slots=True, eq=False)
class Unary(Expression):
    """`!a` or `-a`."""

    sign: str
    operand: Expression


@record(frozen=True, slots=True, eq=False)
class Binary(Expression):
    """`a + b` and the like."""

    sign: str
    left: Expression
    right: Expression


@record(frozen=True, slots=True, eq=False)
class Conditional(Expression):
    """`a ? b : c`."""

    condition: Expression
    then: Expression
    otherwise: Expression


@record(frozen=True, slots=True, eq=False)
class For(Expression):
    """`[for name in over : value if condition]`; with a key it makes an object, whose values `...` groups."""

    names: tuple[str, ...]
    over: Expression
    key: Expression | None
    value: Expression
    condition: Expression | None
    is_grouped: bool


@record(frozen=True, slots=True, eq=False)
class Dependent(Expression):
    """What is made of these in a way that is not known. No text is parsed to it."""

    parts: tuple[Expression, ...]


@record(frozen=True, slots=True, eq=False)
class If(Expression):
    """`%{ if condition }` in a text, with the parts up to its `%{ endif }`."""

    condition: Expression
    then: tuple[Part, ...]
    otherwise: tuple[Part, ...]


@record(frozen=True, slots=True, eq=False)
class Repeat(Expression):
    """`%{ for name in over }` in a text, with the parts up to its `%{ endfor }`."""

    names: tuple[str, ...]
    over: Expression
    body: tuple[Part, ...]


Part: TypeAlias = "str | Expression"
"""A piece of a text with its escapes resolved, or the expression in `${…}` or `%{…}`."""


@record(frozen=True, slots=True, eq=False)
class Template(Expression):
    """A string in quotes or a heredoc. Text without expressions is a single part; empty text has no parts."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str | None:
        """The text if it contains no expressions; else None."""
        if not self.parts:
            return ""
        return self.parts[0] if len(self.parts) == 1 and isinstance(self.parts[0], str) else None


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
