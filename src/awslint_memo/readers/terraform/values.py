"""Additional kinds of values for Terraform's expressions (errors, whole resources), and functions on values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Content, Known, Link, OpenFields, Unknown, Value, join

MAX_VALUES = 100_000
"""The maximum size of a value in nested values, since locals that repeat others can grow exponentially."""

MAX_TEXT = 1_000_000
"""The maximum length of a text in characters."""


@dataclass(frozen=True, slots=True, eq=False)
class EvalError(Unknown):
    """The result of an expression that is an error in Terraform (a missing key); `try` skips it."""


@dataclass(frozen=True, slots=True, eq=False)
class ResourceRef(Unknown):
    """A reference to a whole resource or module; the next step selects an attribute. several: unknown instances."""

    address: str = ""
    several: bool = False


def opened(fields: Mapping[str, Value], rest: Unknown | None, place: Place) -> Value:
    """A mapping with these fields, and possibly those in `rest`; `rest` itself if there are no fields."""
    if rest is None:
        return Known(fields, place)
    return Known(OpenFields(fields, rest), place) if fields else rest


def resource_ref(address: str, place: Place, *, several: bool = False, is_module: bool = False) -> ResourceRef:
    """A reference to a whole resource or module. A module's outputs may come from any resource."""
    parts = () if is_module else (Link(address, "Ref", place),)
    return ResourceRef(f"the whole of {address}", place, parts, "", is_module, address, several)


def join_texts(values: list[Value], place: Place) -> Value:
    """Concatenate values to a text, within the size limit."""
    length = sum(len(value.content) for value in values if isinstance(value, Known) and isinstance(value.content, str))
    return too_large(place) if length > MAX_TEXT else join(values, place)


def too_large(place: Place) -> Unknown:
    """Replaces a value beyond the size limits; it may contain any references."""
    return Unknown("a value too large to follow", place, anything=True)


def unknown_of(why: str, place: Place, *values: Value, key: str = "") -> Unknown:
    """An unknown value that may depend on the references in `values`."""
    below = [one for value in values for one in every(value)]
    links = {(link.resource, link.attribute): link for link in below if isinstance(link, Link)}
    anything = any(isinstance(value, Unknown) and value.anything for value in below)
    if not links:
        return Unknown(why, place, key=key, anything=anything)
    # The first part is unknown, so that the value is not taken for a text that begins with a reference.
    return Unknown(why, place, (Unknown(why, place, key=key), *links.values()), key, anything)


def referring(why: str, place: Place, *values: Value) -> Unknown:
    """Like unknown_of, but the references are the first parts, as for JSON whose text a plan does not show."""
    made = unknown_of(why, place, *values)
    return Unknown(why, place, (*made.parts[1:], *made.parts[:1]), "", made.anything)


def moved(value: Value, place: Place) -> Value:
    """The value with the position `place`, so that a finding shows where it is used."""
    if isinstance(value, Known):
        return Known(value.content, place, value.via)
    if isinstance(value, Link):
        return Link(value.resource, value.attribute, place)
    if isinstance(value, EvalError):
        return EvalError(value.why, place, value.parts, value.key, value.anything)
    if isinstance(value, ResourceRef):
        return resource_ref(value.address, place, several=value.several, is_module=value.anything)
    if isinstance(value, Unknown):
        return Unknown(value.why, place, value.parts, value.key, value.anything)
    return Absent(place)


def inner(value: Value) -> Iterable[Value]:
    """The direct items of a list or mapping, or the parts of an unknown value."""
    if isinstance(value, Unknown):
        return value.parts
    content = value.content if isinstance(value, Known) else None
    if isinstance(content, list):
        return content
    return content.values() if isinstance(content, Mapping) else ()


def every(value: Value) -> Iterator[Value]:
    """The value and all nested values, each only once."""
    stack, seen = [value], set()
    while stack:
        current = stack.pop()
        if id(current) not in seen:
            seen.add(id(current))
            yield current
            stack.extend(inner(current))


def is_small(value: Value) -> bool:
    """Whether the value is within the size limits; a shared nested value counts each time."""
    stack, count = [value], 0
    while stack and count <= MAX_VALUES:
        current = stack.pop()
        if isinstance(current, Known) and isinstance(current.content, str) and len(current.content) > MAX_TEXT:
            return False
        stack.extend(inner(current))
        count += 1
    return count <= MAX_VALUES


def via(values: Iterable[Value]) -> tuple[str, ...]:
    """The variables whose default values these values or their nested values come from."""
    names = (name for value in values for one in every(value) if isinstance(one, Known) for name in one.via)
    return tuple(dict.fromkeys(names))


def given_by(value: Value, names: tuple[str, ...]) -> Value:
    """The value with `names` added as variables whose default values it depends on, nested values included."""
    if not names or not isinstance(value, Known):
        return value
    return Known(_rebuilt(value.content, names), value.place, tuple(dict.fromkeys((*value.via, *names))))


def _rebuilt(content: Content, names: tuple[str, ...]) -> Content:
    if isinstance(content, list):
        return [given_by(item, names) for item in content]
    if isinstance(content, OpenFields):
        return OpenFields({key: given_by(item, names) for key, item in content.items()}, content.rest)
    if isinstance(content, Mapping):
        return {key: given_by(item, names) for key, item in content.items()}
    return content


def without_nulls(value: Value) -> Value:
    """The value without null items in lists and mappings, as a provider gets it."""
    if not isinstance(value, Known) or not isinstance(value.content, (list, Mapping)):
        return value
    content = value.content
    if isinstance(content, list):
        items = [without_nulls(item) for item in content if not isinstance(item, Absent)]
        return Known(items, value.place, value.via)
    fields = {key: without_nulls(item) for key, item in content.items() if not isinstance(item, Absent)}
    if isinstance(content, OpenFields):
        fields = OpenFields(fields, content.rest)
    return Known(fields, value.place, value.via)


def bounded(value: Value) -> Value:
    """The value; Unknown if it exceeds the size limits."""
    return value if is_small(value) else too_large(value.place)


def step(value: Value, key: Value, place: Place) -> Value:
    """The item at a key or index of a value; not for a ResourceRef."""
    if isinstance(value, Absent):
        return EvalError("an element of null", place)
    if not isinstance(key, Known) or not isinstance(value, Known):
        named = value.key if isinstance(value, Unknown) and key.text is not None else ""
        why = value.why if isinstance(value, Unknown) else "an element that is not known"
        return unknown_of(why, place, value, key, key=f"{named}.{key.text}" if named else "")
    content = value.content
    found: Value | None = None
    if isinstance(content, Mapping):
        found = content.get(key.text or "")
        if found is None and key.content == 0:
            # In JSON, a single block may be an object instead of a list with one item.
            return value
    elif isinstance(content, list):
        index = key.number
        if isinstance(index, int) and 0 <= index < len(content):
            found = content[index]
    return EvalError(f"no element {key.text}", place) if found is None else given_by(found, via([key]))
