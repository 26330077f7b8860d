"""What a template says at one place, in one deployment: Known, Link, Unknown or Absent.

A value has no truth value: asking `if value:` is how a linter takes "not known" for "no". The verbs below answer
only on what is surely so, and `None` or an empty list otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import Any, NoReturn, TypeAlias

from awslint_memo.model.record import record
from awslint_memo.model.span import Place

Scalar: TypeAlias = "str | int | float | bool | None"
Content: TypeAlias = "Scalar | Mapping[str, Value] | list[Value]"


class Value:
    """The verbs that every value answers. Use one of the four kinds, never this class itself."""

    __slots__ = ()
    place: Place

    def __bool__(self) -> NoReturn:
        raise TypeError("a Value has no truth value: ask it .flag, .number, .text, .is_absent or .surely(...)")

    @property
    def is_known(self) -> bool:
        """The template says what stands here (also when it is AWS's or Terraform's default)."""
        return isinstance(self, Known)

    @property
    def is_absent(self) -> bool:
        """Surely nothing stands here."""
        return isinstance(self, Absent)

    @property
    def is_unknown(self) -> bool:
        """Something may stand here, and the template does not say what. A link is not unknown."""
        return isinstance(self, Unknown)

    @property
    def number(self) -> int | float | None:
        """The number that surely stands here, "600" included; else None."""
        return _number(self.content) if isinstance(self, Known) else None

    @property
    def text(self) -> str | None:
        """The text that surely stands here, numbers and booleans included as AWS spells them; else None."""
        if not isinstance(self, Known):
            return None
        if isinstance(self.content, bool):
            return "true" if self.content else "false"
        return str(self.content) if isinstance(self.content, (str, int, float)) else None

    @property
    def flag(self) -> bool | None:
        """The truth that surely stands here, "true" and "False" included; else None."""
        if not isinstance(self, Known):
            return None
        if isinstance(self.content, bool):
            return self.content
        return {"true": True, "false": False}.get(str(self.content).lower())

    @property
    def fields(self) -> Mapping[str, Value]:
        """The named values of a mapping that is surely one; else none."""
        return self.content if isinstance(self, Known) and isinstance(self.content, Mapping) else {}

    @property
    def items(self) -> list[Value]:
        """The values of a list; one scalar or mapping counts as a list of one; an unknown list is one unknown item."""
        if isinstance(self, Absent):
            return []
        if isinstance(self, Known) and isinstance(self.content, list):
            return self.content
        return [self]

    @property
    def plain(self) -> Any:
        """The value as plain data of Python; what is not known becomes None."""
        if not isinstance(self, Known):
            return None
        if isinstance(self.content, Mapping):
            return {key: child.plain for key, child in self.content.items()}
        return [child.plain for child in self.content] if isinstance(self.content, list) else self.content

    def get(self, path: str) -> Value:
        """What stands at a dotted path below: Absent below what is absent, Unknown below what is not known."""
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
        """Whether what stands here is known and `holds` says yes to it."""
        return isinstance(self, Known) and holds(self.content)

    def may_be(self, holds: Callable[[Content], bool]) -> bool:
        """Whether `holds` could say yes: it does so to what is known, or what stands here is not known."""
        return not isinstance(self, Absent) and (not isinstance(self, Known) or holds(self.content))

    def starts_with(self, prefix: str) -> bool | None:
        """Whether the text begins so: True or False where that is sure (also for partly known text), else None."""
        return self._edge(prefix, first=True)

    def ends_with(self, suffix: str) -> bool | None:
        """Whether the text ends so: True or False where that is sure (also for partly known text), else None."""
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
        """Every resource that this value names, however deep inside it and however partly known."""
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


@record(frozen=True, slots=True, eq=False)
class Known(Value):
    """A value that is surely so. `via` names the parameters whose default it is; `defaulted` says nobody wrote it."""

    content: Content
    place: Place
    via: tuple[str, ...] = ()
    defaulted: bool = False


@record(frozen=True, slots=True, eq=False)
class Link(Value):
    """An attribute of a resource of the same deployment: its name there, and CloudFormation's word ("Ref", "Arn")."""

    resource: str
    attribute: str
    place: Place


@record(frozen=True, slots=True, eq=False)
class Unknown(Value):
    """A value that the template does not tell, and why. `parts` are what is known of it, in order, where it is text.

    `key` names it where two that have the same key surely are the same (a parameter, `AWS::Region`). `anything` says
    that it may come from any resource of the deployment (a Terraform local in a plan, say).
    """

    why: str
    place: Place
    parts: tuple[Value, ...] = ()
    key: str = ""
    anything: bool = False


@record(frozen=True, slots=True, eq=False)
class Absent(Value):
    """Nothing stands here, surely. `place` is that of the resource or mapping in which it is missing."""

    place: Place


class OpenFields(dict[str, Value]):
    """Fields that may not be all (a macro may add some): what is not there is not known to be missing."""

    def __init__(self, fields: Mapping[str, Value], rest: Unknown) -> None:
        super().__init__(fields)
        self.rest = rest

    def get(self, key: str, default: object = None) -> Value:
        """The field, or Unknown."""
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
    """One text out of several: known where all are, the link itself where it stands alone, else Unknown with parts."""
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
