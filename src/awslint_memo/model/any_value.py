"""What every kind of value has, and the kinds that any other may lead to: Link (a reference) and Unknown.

A value has no truth value: `if value:` would take "not known" for "no". The verbs answer only on what is surely so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn, TypeAlias

from awslint_memo.model.compared import Compared
from awslint_memo.model.origin import HERE, Choice, Origin
from awslint_memo.model.patterns import Gap, Piece, TextPattern
from awslint_memo.model.span import Place

Scalar: TypeAlias = "str | int | float | bool | None"
Content: TypeAlias = "Scalar | Mapping[str, Value] | list[Value]"


class Value(Compared):
    """Base class of the five kinds of value, with what all of them have in common."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a Value has no truth value: ask it .flag, .number, .text, .is_absent or .surely(...)")

    @property
    def is_known(self) -> bool:
        """Whether the value is known (a default value of AWS or Terraform included)."""
        return False

    @property
    def is_absent(self) -> bool:
        """Whether there is certainly no value."""
        return False

    @property
    def is_unknown(self) -> bool:
        """Whether there may be a value that the template does not determine, or only in part (a Text).

        A reference is not unknown.
        """
        return False

    @property
    def is_secret(self) -> bool:
        """Whether nobody may see the value, or what is known of it."""
        return self.origin.is_sensitive

    @property
    def why(self) -> str:
        """Why the value, or a piece of it, is not known; empty for any other value."""
        return ""

    @property
    def flag(self) -> bool | None:
        """The value as a boolean, if it is one or a text such as "true" or "False"; else None."""
        return None

    @property
    def fields(self) -> Mapping[str, Value]:
        """The named values of a mapping that is surely one; else none."""
        return {}

    @property
    def items(self) -> list[Value]:
        """The items of a list. Any other value, an unknown one included, is the only item; Absent has no items."""
        return [self]

    def read_below(self) -> Iterator[tuple[str, Value]]:
        """What was read of a mapping that is a property, and of mappings in it, by key; nothing in items of a list."""
        parts: Mapping[str | int, Value] = getattr(self, "_parts", None) or {}
        for key, part in parts.items():
            if isinstance(key, str):
                yield key, part
                yield from part.read_below()

    @property
    def pieces(self) -> tuple[Value, ...]:
        """The pieces of a partly known text in order; any other value is the only piece."""
        return (self,)

    @property
    def pattern(self) -> TextPattern | None:
        """The value as a text to compare: equal patterns are certainly equal texts. None if there is no such text."""
        pieces = [piece._pattern_piece for piece in self.pieces]
        return None if None in pieces else TextPattern(*(piece for piece in pieces if piece is not None))

    @property
    def _pattern_piece(self) -> Piece | None:
        return self.text

    @property
    def plain(self) -> Any:
        """The value as plain Python data; what is not known becomes None."""
        return None

    def get(self, path: str) -> Value:
        """The value at a dotted path in this one: Absent in an absent value, Unknown in an unknown one."""
        if "." not in path:  # as in most
            return self.child(path)
        value: Value = self
        for key in path.split("."):
            value = value.child(key)
        return value

    def child(self, key: str) -> Value:
        """The value of one key, which may contain dots."""
        return self._below(key, self)

    def _below(self, key: str | int, child: Value) -> Value:
        """What stands under a key, as reached from here: what this value passed, it passed too."""
        if self.route is None and not self.origin.steps:
            return child
        if child is self or not self.origin.steps:
            value = child._copy(child.place, child.origin)
        else:
            value = child._copy(self.place, self.origin.of_part(child.origin, child.place, decides=child._decides))
        value.named = child.named
        value.route = None if self.route is None else self.route.below(key)
        return value

    @property
    def choice(self) -> Choice[Value] | None:
        """What it is surely one of, if a Region or another key that the template leaves open chooses it; else None."""
        return None if self.is_secret else self.origin.choice

    @property
    def note(self) -> str:
        """What a message says behind the value: " (default)" if nobody wrote it, " (default of Timeout)", or ""."""
        names = self.origin.defaults
        return f" (default of {' and '.join(names)})" if names else ""

    @property
    def is_literal(self) -> bool:
        """Whether it is decided where it stands: no parameter, condition or variable makes it another one elsewhere."""
        return self.origin.is_here

    @property
    def is_encoded(self) -> bool:
        """Whether it is a list or mapping that stands for its text, as `jsonencode` makes it."""
        return False

    @property
    def is_written(self) -> bool:
        """Whether somebody wrote it: it is neither absent nor a default of AWS or Terraform."""
        return True

    def surely(self, holds: Callable[[Content], bool]) -> bool:
        """Whether the value is known and `holds` is true for it."""
        return False

    def may_be(self, holds: Callable[[Content], bool]) -> bool:
        """Whether `holds` may be true: it is true for the known value, or the value is not known (but not absent)."""
        return True

    def mentions(self) -> Iterator[Link]:
        """All references in this value, including those in its items and in unknown values."""
        for value in self._inner:
            yield from value.mentions()

    @property
    def _inner(self) -> Iterable[Value]:
        return ()


class Link(Value):
    """A reference to an attribute of a resource in the same deployment.

    resource: its name in the deployment. attribute: CloudFormation's name of the attribute ("Ref", "Arn").
    """

    __slots__ = ("attribute", "resource")

    def __init__(self, resource: str, attribute: str, place: Place, origin: Origin = HERE) -> None:
        self.resource = resource
        self.attribute = attribute
        self.place = place
        self.origin = origin
        self.named = self.route = None

    def __repr__(self) -> str:
        return f"Link({self.resource}.{self.attribute})"

    @property
    def _pattern_piece(self) -> Piece | None:
        return Gap(self.resource, self.attribute)

    @property
    def _decides(self) -> bool:
        return False

    def child(self, key: str) -> Value:
        """What a reference to a value has under a key is not known."""
        return self._below(key, Unknown(f"{key} of what is not a mapping", self.place))

    def mentions(self) -> Iterator[Link]:
        """The reference itself."""
        yield self

    def _copy(self, place: Place, origin: Origin) -> Link:
        return Link(self.resource, self.attribute, place, origin)


class Unknown(Value):
    """A value that the template does not determine.

    why: the reason. key: two values with the same key are certainly equal (a parameter, `AWS::Region`); empty if there
    is none. may_come_from: the references from which it may be computed, if it is from any. made_of: the references of
    which it surely is made, in their order, and it begins with the first; what stands between and after them is not
    known (a plan shows only these of a text). attribute: the attribute of a resource that it is, where CloudFormation
    has no name for it, with Terraform's name. anything: it may refer to any resource of the deployment (for example a
    Terraform local in a plan). is_unread: a module that was not read gives it, or what it is made of. is_one: it surely
    is a single id, as that of a subnet, and no list.
    """

    __slots__ = ("_why", "anything", "attribute", "is_one", "is_unread", "key", "made_of", "may_come_from")

    def __init__(
        self,
        why: str,
        place: Place,
        *,
        key: str = "",
        may_come_from: tuple[Link, ...] = (),
        made_of: tuple[Link, ...] = (),
        attribute: Link | None = None,
        anything: bool = False,
        is_unread: bool = False,
        is_one: bool = False,
        origin: Origin = HERE,
    ) -> None:
        self._why = why
        self.place = place
        self.key = key
        self.may_come_from = may_come_from
        self.made_of = made_of
        self.attribute = attribute
        self.anything = anything
        self.is_unread = is_unread
        self.is_one = is_one
        self.origin = origin
        self.named = self.route = None

    def __repr__(self) -> str:
        return f"Unknown({self.why})"

    @property
    def is_unknown(self) -> bool:
        """Always."""
        return True

    @property
    def why(self) -> str:
        """The reason why it is not known."""
        return self._why

    @property
    def references(self) -> tuple[Link, ...]:
        """All references that it has, or may have, to do with."""
        return (*self.made_of, *self.may_come_from)

    def may_look_up(self, type_: str, get: Callable[[str], Value]) -> bool:
        """Whether it looks something up outside that may be a resource of here. get: gives the properties of that."""
        return False

    @property
    def _pattern_piece(self) -> Piece | None:
        return Gap(self.key) if self.key else None

    @property
    def _inner(self) -> Iterable[Value]:
        return self.references

    def _copy(self, place: Place, origin: Origin) -> Unknown:
        return Unknown(
            self.why,
            place,
            key=self.key,
            may_come_from=self.may_come_from,
            made_of=self.made_of,
            attribute=self.attribute,
            anything=self.anything,
            is_unread=self.is_unread,
            is_one=self.is_one,
            origin=origin,
        )
