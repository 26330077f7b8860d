"""The value of an expression in one deployment: Known, Link (a reference), Text (partly known), Unknown or Absent.

`any_value` has the verbs that all of them have in common, and Link and Unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from typing import Any

from awslint_memo.model.any_value import Content, Link, Scalar, Unknown, Value
from awslint_memo.model.dependencies import NOTING, note_unknown
from awslint_memo.model.origin import HERE, SECRET, Origin
from awslint_memo.model.phrases import LONGEST, FileText
from awslint_memo.model.secret import is_reference, is_secret_name, secret
from awslint_memo.model.span import Place
from awslint_memo.model.spelled import Spelled

_MOST_BITS = 1_023
"""Of a whole number that can be compared with others and printed like them; nothing that AWS counts is larger."""


def number_of(content: object) -> int | float | None:
    """The number that a scalar is, "600" included; None for text that is none, for booleans, lists and mappings."""
    if isinstance(content, bool):
        return None
    if isinstance(content, int):
        return content if content.bit_length() <= _MOST_BITS else None
    if isinstance(content, float):
        return content if isfinite(content) else None
    if type(content) is Spelled:
        return number_of(content.number)
    if isinstance(content, str) and content.strip()[:1] in tuple("+-.0123456789"):
        try:
            return number_of(int(content))
        except ValueError:
            pass
        try:
            number = float(content)
        except ValueError:
            return None
        return number if isfinite(number) else None
    return None


__all__ = ["Absent", "Content", "Known", "Link", "Scalar", "Text", "Unknown", "Value"]


_FLAGS = {"true": True, "false": False, "1": True, "0": False}
"""The texts that are taken for booleans, in small letters."""


class Known(Value):
    """A value that is surely so. `defaulted` says that nobody wrote it: it is AWS's or Terraform's default."""

    __slots__ = ("_parts", "content", "defaulted")

    def __init__(self, content: Content, place: Place, origin: Origin = HERE, *, defaulted: bool = False) -> None:
        self.content = content
        self.place = place
        self.origin = origin
        self.named = self.route = None
        self.defaulted = defaulted
        self._parts: dict[str | int, Value] | None = None

    def __repr__(self) -> str:
        return f"Known({self.content!r})"

    @property
    def is_known(self) -> bool:
        """Always."""
        return True

    @property
    def is_secret(self) -> bool:
        """Whether nobody may see the content: its origin is sensitive, or it stands under a secret's name."""
        content = self.content
        if self.origin.is_sensitive:
            return True
        if self.route is None or not self.route.is_secret or self.defaulted or isinstance(content, bool):
            return False
        return not is_reference(content) if isinstance(content, str) else isinstance(content, (int, float))

    @property
    def number(self) -> int | float | None:
        """The number that stands here, "600" included; else None."""
        number = number_of(self.content)
        return secret(number) if number is not None and self.is_secret else number

    @property
    def text(self) -> str | None:
        """The scalar as text, numbers and booleans as AWS writes them; None for any other content."""
        content = self.content
        if isinstance(content, str):
            text = content
        elif isinstance(content, bool):
            return "true" if content else "false"
        elif isinstance(content, (int, float)):
            text = str(content)
        else:
            return None
        # Asked very often.
        may_be_secret = self.origin.is_sensitive or (self.route is not None and self.route.is_secret)
        if may_be_secret and self.is_secret:
            return secret(text)
        return text if " " not in text and len(text) <= LONGEST and text.isprintable() else FileText(text)

    @property
    def flag(self) -> bool | None:
        """The boolean that stands here, or that a text such as "true" or "False" writes; else None.

        Terraform takes the texts "1" and "0" too, and no numbers (cty/convert/conversion_primitive.go).
        """
        if isinstance(self.content, bool):
            return self.content
        return _FLAGS.get(self.content.lower()) if isinstance(self.content, str) else None

    @property
    def fields(self) -> Mapping[str, Value]:
        """The named values of a mapping; none of any other content."""
        if not isinstance(self.content, (dict, Mapping)):  # The test of an abstract class takes ten times as long.
            return {}
        return {key: self._part(key, child) for key, child in self.content.items()}

    @property
    def items(self) -> list[Value]:
        """The items of a list; any other content is the only item."""
        if isinstance(self.content, list):
            return [self._part(index, item) for index, item in enumerate(self.content)]
        return [self]

    def item(self, index: int) -> Value:
        """One item of a list that has so many; as one of `items`."""
        return self._part(index, self.content[index]) if isinstance(self.content, list) else self

    def _part(self, key: str | int, child: Value | None) -> Value:
        """What stands under a key, or is Absent there; the same object each time, as many checks ask for it."""
        if self._parts is None:
            self._parts = {}
        part = self._parts.get(key)
        if part is None:
            child = Absent(self.named or self.place) if child is None else child
            part = self._below(key, child)
            if self.route is not None:
                self._parts[key] = part
        return part

    @property
    def plain(self) -> Any:
        """The value as plain Python data; what is not known inside it becomes None."""
        if isinstance(self.content, str):
            return self.content
        if isinstance(self.content, Mapping):
            return {key: child.plain for key, child in self.content.items()}
        return [child.plain for child in self.content] if isinstance(self.content, list) else self.content

    def child(self, key: str) -> Value:
        """The value of one key, which may contain dots."""
        if not NOTING and self._parts is not None and key not in VALUE_KEYS:
            part = self._parts.get(key)
            if part is not None:  # Many checks ask for the same few.
                return part
        if not isinstance(self.content, (dict, Mapping)):  # The test of an abstract class takes ten times as long.
            return self._below(key, Unknown(f"{key} of what is not a mapping", self.place))
        child = self.content.get(key)
        value = self._part(key, child)
        if key in VALUE_KEYS and value.is_known and is_secret_pair(self):
            value = value.with_origin(value.origin.with_inputs(SECRET))
        if NOTING and isinstance(child, Unknown):
            note_unknown(child if value.route is None else value)
        return value

    @property
    def note(self) -> str:
        """What a message says behind the value: " (default)" if nobody wrote it, " (default of Timeout)", or ""."""
        return " (default)" if self.defaulted else super().note

    @property
    def is_written(self) -> bool:
        """Whether nobody's default is it."""
        return not self.defaulted

    def surely(self, holds: Callable[[Content], bool]) -> bool:
        """Whether `holds` is true for the content."""
        return holds(self.content)

    def may_be(self, holds: Callable[[Content], bool]) -> bool:
        """Whether `holds` is true for the content."""
        return holds(self.content)

    @property
    def _inner(self) -> Iterable[Value]:
        if isinstance(self.content, list):
            return self.content
        return list(self.content.values()) if isinstance(self.content, (dict, Mapping)) else ()

    def having(self, content: Content, origin: Origin | None = None) -> Known:
        """The same kind of value with another content, which comes from where this one does, or from `origin`."""
        copy = self._copy(self.place, self.origin if origin is None else origin)
        copy.content, copy.named, copy.route = content, self.named, self.route
        return copy

    def _copy(self, place: Place, origin: Origin) -> Known:
        return Known(self.content, place, origin, defaulted=self.defaulted)


NAME_KEYS = ("Name", "Key", "ParameterKey", "OptionName", "name", "key")
"""The keys of a pair under which its name stands, as in the environment of a container or a tag."""

VALUE_KEYS = frozenset(("Value", "ParameterValue", "value"))
"""The keys of a pair under which its value stands."""


def is_secret_pair(pair: Known) -> bool:
    """Whether a mapping is a pair with a secret's name, such as `{Name: DB_PASSWORD, Value: …}`."""
    content = pair.content if isinstance(pair.content, Mapping) else {}
    names = (content[key].text for key in NAME_KEYS if key in content)
    value = next((content[key].text for key in VALUE_KEYS if key in content), None)
    return value is not None and not is_reference(value) and any(is_secret_name(name) for name in names if name)


class Text(Value):
    """A text of which some pieces are not known. parts: its pieces in order, two at least (see `join`)."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Value, ...], place: Place, origin: Origin = HERE) -> None:
        self.parts = parts
        self.place = place
        self.origin = origin
        self.named = self.route = None

    def __repr__(self) -> str:
        return f"Text({', '.join(map(repr, self.parts))})"

    @property
    def is_unknown(self) -> bool:
        """Always: what it is as a whole is not known."""
        return True

    @property
    def why(self) -> str:
        """Why the first piece that is not known is not."""
        unknown = next((part for part in self.parts if not isinstance(part, Known)), self.parts[0])
        return unknown.why or "text with an attribute of a resource"

    @property
    def pieces(self) -> tuple[Value, ...]:
        """The pieces of the text in order."""
        return self.parts

    @property
    def _inner(self) -> Iterable[Value]:
        return self.parts

    def _copy(self, place: Place, origin: Origin) -> Text:
        return Text(self.parts, place, origin)


class Absent(Value):
    """There is certainly no value. `place` is that of the resource or mapping without it."""

    __slots__ = ()

    def __init__(self, place: Place, origin: Origin = HERE) -> None:
        self.place = place
        self.origin = origin
        self.named = self.route = None

    def __repr__(self) -> str:
        return "Absent()"

    @property
    def is_absent(self) -> bool:
        """Always."""
        return True

    @property
    def is_written(self) -> bool:
        """Never."""
        return False

    @property
    def items(self) -> list[Value]:
        """None."""
        return []

    def may_be(self, holds: Callable[[Content], bool]) -> bool:
        """Never: nothing is there for which `holds` could be true."""
        return False

    def replaced_by(self, default: Scalar) -> Known:
        """The default that stands for this absent value."""
        made = Known(default, self.place, self.origin, defaulted=True)
        made.route = self.route
        return made

    def _copy(self, place: Place, origin: Origin) -> Absent:
        return Absent(place, origin)
