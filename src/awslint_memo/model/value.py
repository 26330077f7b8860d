"""The value of an expression in one deployment: Known, Link (a reference), Unknown or Absent.

A Value can't be used as a condition (`if value:`), since an unknown value would then count as false. The properties
below give a result only if it is certain, else None or something empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, NoReturn, TypeAlias

from awslint_memo.model.span import Place

Scalar: TypeAlias = "str | int | float | bool | None"
Content: TypeAlias = "Scalar | Mapping[str, Value] | list[Value]"


class Value:
    """Base class of the four kinds of value, with what all of them have in common."""

    __slots__ = ()
    place: Place

    def __bool__(self) -> NoReturn:
        raise TypeError("a Value has no truth value: ask it .flag, .number, .text, .is_absent or .surely(...)")

    @property
    def is_known(self) -> bool:
        """Whether the value is known (a default value of AWS or Terraform included)."""
        return isinstance(self, Known)

    @property
    def is_absent(self) -> bool:
        """Whether there is certainly no value."""
        return isinstance(self, Absent)

    @property
    def is_unknown(self) -> bool:
        """Whether there may be a value that the template does not determine. A reference is not unknown."""
        return isinstance(self, Unknown)

    @property
    def number(self) -> int | float | None:
        """The value as a number, if it is one or a text such as "600"; else None."""
        return _number(self.content) if isinstance(self, Known) else None

    @property
    def text(self) -> str | None:
        """The value as text, numbers and booleans as AWS writes them; None if unknown or not a scalar."""
        if not isinstance(self, Known):
            return None
        if isinstance(self.content, bool):
            return "true" if self.content else "false"
        return str(self.content) if isinstance(self.content, (str, int, float)) else None

    @property
    def flag(self) -> bool | None:
        """The value as a boolean, if it is one or a text such as "true" or "False"; else None."""
        if not isinstance(self, Known):
            return None
        if isinstance(self.content, bool):
            return self.content
        return {"true": True, "false": False}.get(str(self.content).lower())

    @property
    def fields(self) -> Mapping[str, Value]:
        """The values of a mapping by key; empty if it is not known to be a mapping."""
        return self.content if isinstance(self, Known) and isinstance(self.content, Mapping) else {}

    @property
    def items(self) -> list[Value]:
        """The items of a list. Any other value, an unknown one included, is the only item; Absent has no items."""
        if isinstance(self, Absent):
            return []
        if isinstance(self, Known) and isinstance(self.content, list):
            return self.content
        return [self]

    @property
    def plain(self) -> Any:
        """The value as plain Python data; what is not known becomes None."""
        if not isinstance(self, Known):
            return None
        if isinstance(self.content, Mapping):
            return {key: child.plain for key, child in self.content.items()}
        return [child.plain for child in self.content] if isinstance(self.content, list) else self.content

    def get(self, path: str) -> Value:
        """The value at a dotted path in this one: Absent in an absent value, Unknown in an unknown one."""
        value: Value = self
        for key in path.split("."):
            value = value._child(key)
        return value

    def _child(self, key: str) -> Value:
        if isinstance(self, Known) and isinstance(self.content, Mapping):
            child = self.content.get(key)
            return Absent(self.place) if child is None else child
        if isinstance(self, (Absent, Unknown)):
            return self
        return Unknown(f"{key} of what is not a mapping", self.place)

    def surely(self, holds: Callable[[Content], bool]) -> bool:
        """Whether the value is known and `holds` is true for it."""
        return isinstance(self, Known) and holds(self.content)

    def may_be(self, holds: Callable[[Content], bool]) -> bool:
        """Whether `holds` may be true: it is true for the known value, or the value is not known (but not absent)."""
        return not isinstance(self, Absent) and (not isinstance(self, Known) or holds(self.content))

    def starts_with(self, prefix: str) -> bool | None:
        """Whether the text begins with `prefix`; None if that is not certain. Works on partly known text too."""
        return self._edge(prefix, first=True)

    def ends_with(self, suffix: str) -> bool | None:
        """Whether the text ends with `suffix`; None if that is not certain. Works on partly known text too."""
        return self._edge(suffix, first=False)

    def _edge(self, affix: str, *, first: bool) -> bool | None:
        parts = self.parts if isinstance(self, Unknown) and self.parts else (self,)
        edge = parts[0 if first else -1].text
        if edge is None:
            return None
        if len(parts) > 1 and len(edge) < len(affix):
            certainly_not = not (affix.startswith(edge) if first else affix.endswith(edge))
            return False if certainly_not else None
        return edge.startswith(affix) if first else edge.endswith(affix)

    def mentions(self) -> Iterator[Link]:
        """All references in this value, including those in its items and in unknown values."""
        if isinstance(self, Link):
            yield self
        inner: list[Value] = []
        if isinstance(self, Unknown):
            inner = list(self.parts)
        elif isinstance(self, Known) and isinstance(self.content, list):
            inner = self.content
        elif isinstance(self, Known) and isinstance(self.content, Mapping):
            inner = list(self.content.values())
        for value in inner:
            yield from value.mentions()


@dataclass(frozen=True, slots=True, eq=False)
class Known(Value):
    """A known value. via: the parameters whose default values it comes from. defaulted: not written in the template."""

    content: Content
    place: Place
    via: tuple[str, ...] = ()
    defaulted: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Link(Value):
    """A reference to an attribute of a resource in the same deployment.

    resource: its name in the deployment. attribute: CloudFormation's name of the attribute ("Ref", "Arn").
    """

    resource: str
    attribute: str
    place: Place


@dataclass(frozen=True, slots=True, eq=False)
class Unknown(Value):
    """A value that the template does not determine.

    why: the reason. parts: for text, its known and unknown parts in order. key: two values with the same key are
    certainly equal (a parameter, `AWS::Region`); empty if there is none. anything: it may refer to any resource of the
    deployment (for example a Terraform local in a plan).
    """

    why: str
    place: Place
    parts: tuple[Value, ...] = ()
    key: str = ""
    anything: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Absent(Value):
    """There is certainly no value. `place` is that of the resource or mapping without it."""

    place: Place


class OpenFields(dict[str, Value]):
    """The fields of a mapping that may have more (a macro may add some), so that a missing key gives Unknown."""

    def __init__(self, fields: Mapping[str, Value], rest: Unknown) -> None:
        super().__init__(fields)
        self.rest = rest

    def get(self, key: str, default: object = None) -> Value:
        """The field; Unknown if it is missing."""
        return super().get(key, self.rest)


def _number(content: Content) -> int | float | None:
    if isinstance(content, bool):
        return None
    if isinstance(content, (int, float)):
        return content if isinstance(content, int) or isfinite(content) else None
    if isinstance(content, str) and content.strip()[:1] in tuple("+-.0123456789"):
        try:
            return int(content)
        except ValueError:
            pass
        try:
            number = float(content)
        except ValueError:
            return None
        return number if isfinite(number) else None
    return None


def join(values: list[Value], place: Place) -> Value:
    """Concatenate values to a text: Known if all are, the reference itself if it is the only one, else Unknown."""
    parts: list[Value] = []
    for value in values:
        pieces = value.parts if isinstance(value, Unknown) and value.parts else (value,)
        for piece in pieces:
            text, last = piece.text, parts[-1] if parts else None
            if text == "":
                continue
            if text is not None and isinstance(last, Known):
                via = last.via + (piece.via if isinstance(piece, Known) else ())
                parts[-1] = Known((last.text or "") + text, place, via)
            else:
                parts.append(piece)
    if not parts:
        return Known("", place)
    if len(parts) == 1 and not isinstance(parts[0], Absent):
        return parts[0]
    unknown = next((part for part in parts if not isinstance(part, Known)), parts[0])
    why = unknown.why if isinstance(unknown, Unknown) else "text with an attribute of a resource"
    return Unknown(why, place, tuple(parts))
