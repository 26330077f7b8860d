"""The classes of HCL expressions. `start` and `end` are offsets into the text, in characters."""

from __future__ import annotations

from typing import Literal as Word
from typing import TypeAlias

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
    """A number; None if it has too many digits."""

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
