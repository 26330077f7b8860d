"""The value of an expression in one deployment: Known, Link (a reference), Unknown or Absent."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn, TypeAlias

from awslint_memo.model.numbers import number_of
from awslint_memo.model.origin import HERE, Origin, Route, Step
from awslint_memo.model.span import Place

Scalar: TypeAlias = "str | int | float | bool | None"
Content: TypeAlias = "Scalar | Mapping[str, Value] | list[Value]"


class Value:
    """Base class of the four kinds of value, with what all of them have in common."""

    __slots__ = ("named", "origin", "place", "route")
    place: Place
    """Where it is used, in a property of a resource. `origin`: what it passed on its way there."""
    origin: Origin
    named: Place | None
    """The key under which it stands. `route`: the way to it inside of its resource, if it was reached from one."""
    route: Route | None

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
        """The number that surely stands here, "600" included; else None."""
        return number_of(self.content) if isinstance(self, Known) else None

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
        """The named values of a mapping that is surely one; else none."""
        if not isinstance(self, Known) or not isinstance(self.content, Mapping):
            return {}
        return {key: self._below(key, child) for key, child in self.content.items()}

    @property
    def items(self) -> list[Value]:
        """The items of a list. Any other value, an unknown one included, is the only item; Absent has no items."""
        if isinstance(self, Absent):
            return []
        if isinstance(self, Known) and isinstance(self.content, list):
            return [self._below(index, item) for index, item in enumerate(self.content)]
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
            value = value.child(key)
        return value

    def child(self, key: str) -> Value:
        """The value of one key, which may contain dots."""
        if isinstance(self, Known) and isinstance(self.content, Mapping):
            child = self.content.get(key)
            return self._below(key, Absent(self.named or self.place) if child is None else child)
        if isinstance(self, (Absent, Unknown)):
            return self._below(key, self)
        return self._below(key, Unknown(f"{key} of what is not a mapping", self.place))

    def _below(self, key: str | int, child: Value) -> Value:
        """What stands under a key, as reached from here: what this value passed, it passed too."""
        if self.route is None and not self.origin.steps:
            return child
        if child is self or not self.origin.steps:
            made = child._copy(child.place, child.origin)
        else:
            made = child._copy(self.place, self.origin.of_part(child.origin, child.place))
        made.named = child.named
        made.route = None if self.route is None else self.route.below(key)
        return made

    @abstractmethod
    def _copy(self, place: Place, origin: Origin) -> Value:
        """The same value at another place."""

    def replaced_by(self, default: Scalar) -> Known:
        """The default that stands for this absent value."""
        made = Known(default, self.place, self.origin, defaulted=True)
        made.route = self.route
        return made

    def moved(self, place: Place, step: Step | None = None) -> Value:
        """The value as it is used at another place, which leads to where it stood by one more step."""
        return self._with(place, self.origin if step is None else self.origin.behind(step), self.route)

    def passed_on(self, words: str, place: Place) -> Value:
        """The value as another resource, module or stack gives it to a place; who uses a link there decides it."""
        return self.moved(place, Step(words, self.place, decides=not isinstance(self, Link)))

    def reached(self, route: Route) -> Value:
        """The value at a route of a resource."""
        return self._with(self.place, self.origin, route)

    def behind(self, words: str) -> Value:
        """The value as one that is handed on from where it stands, which leads back there by one more step."""
        return self.with_origin(self.origin.behind(Step(words, self.place)))

    def with_origin(self, origin: Origin) -> Value:
        """The value with another origin."""
        return self._with(self.place, origin, self.route)

    def _with(self, place: Place, origin: Origin, route: Route | None) -> Value:
        made = self._copy(place, origin)
        made.named, made.route = self.named, route
        return made

    @property
    def decided(self) -> Place:
        """Where a person would change the value: a literal, a default, a module's argument."""
        return self.origin.decided(self.place)

    @property
    def note(self) -> str:
        """What a message says behind the value: " (default)" if nobody wrote it, " (default of Timeout)", or ""."""
        if isinstance(self, Known) and self.defaulted:
            return " (default)"
        names = self.origin.defaults
        return f" (default of {' and '.join(names)})" if names else ""

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


class Known(Value):
    """A value that is surely so. `defaulted` says that nobody wrote it: it is AWS's or Terraform's default."""

    __slots__ = ("content", "defaulted")

    def __init__(self, content: Content, place: Place, origin: Origin = HERE, *, defaulted: bool = False) -> None:
        self.content = content
        self.place = place
        self.origin = origin
        self.named = self.route = None
        self.defaulted = defaulted

    def __repr__(self) -> str:
        return f"Known({self.content!r})"

    def _copy(self, place: Place, origin: Origin) -> Known:
        return Known(self.content, place, origin, defaulted=self.defaulted)


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

    def _copy(self, place: Place, origin: Origin) -> Link:
        return Link(self.resource, self.attribute, place, origin)


class Unknown(Value):
    """A value that the template does not determine.

    why: the reason. parts: for text, its known and unknown parts in order. key: two values with the same key are
    certainly equal (a parameter, `AWS::Region`); empty if there is none. anything: it may refer to any resource of the
    deployment (for example a Terraform local in a plan).
    """

    __slots__ = ("anything", "key", "parts", "why")

    def __init__(
        self,
        why: str,
        place: Place,
        parts: tuple[Value, ...] = (),
        key: str = "",
        anything: bool = False,
        origin: Origin = HERE,
    ) -> None:
        self.why = why
        self.place = place
        self.parts = parts
        self.key = key
        self.anything = anything
        self.origin = origin
        self.named = self.route = None

    def __repr__(self) -> str:
        return f"Unknown({self.why})"

    def _copy(self, place: Place, origin: Origin) -> Unknown:
        return Unknown(self.why, place, self.parts, self.key, self.anything, origin)


class Absent(Value):
    """There is certainly no value. `place` is that of the resource or mapping without it."""

    __slots__ = ()

    def __init__(self, place: Place, origin: Origin = HERE) -> None:
        self.place = place
        self.origin = origin
        self.named = self.route = None

    def _copy(self, place: Place, origin: Origin) -> Absent:
        return Absent(place, origin)
