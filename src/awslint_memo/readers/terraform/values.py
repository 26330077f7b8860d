"""What Terraform's expressions need beside the four kinds of value: failures, whole resources, and mixtures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Content, Known, Link, OpenFields, Unknown, Value, join

MAX_VALUES = 100_000
"""Locals that repeat each other grow without end; past this many values one is not followed."""

MAX_TEXT = 1_000_000
"""The same for text, in characters."""


@record(frozen=True, slots=True, eq=False)
class EvalError(Unknown):
    """What Terraform would refuse to work out (a missing key): unknown, and what `try` passes over."""


@record(frozen=True, slots=True, eq=False)
class ResourceRef(Unknown):
    """A whole resource, of which the next step takes an attribute; `several` where its instances are not known."""

    address: str = ""
    several: bool = False


def opened(fields: Mapping[str, Value], rest: Unknown | None, place: Place) -> Value:
    """The fields, to which `rest` may add if it is there; nothing but `rest` where it is all there is."""
    if rest is None:
        return Known(fields, place)
    return Known(OpenFields(fields, rest), place) if fields else rest


def resource_ref(address: str, place: Place, *, several: bool = False, is_module: bool = False) -> ResourceRef:
    """The resource or module at an address; what a module puts out may come from anywhere."""
    parts = () if is_module else (Link(address, "Ref", place),)
    return ResourceRef(f"the whole of {address}", place, parts, "", is_module, address, several)


def join_texts(values: list[Value], place: Place) -> Value:
    """One text out of several, within bounds."""
    length = sum(len(value.content) for value in values if isinstance(value, Known) and isinstance(value.content, str))
    return too_large(place) if length > MAX_TEXT else join(values, place)


def too_large(place: Place) -> Unknown:
    """What stands in place of a value that is out of all bounds; who knows what it names."""
    return Unknown("a value too large to follow", place, anything=True)


def unknown_of(why: str, place: Place, *values: Value, key: str = "") -> Unknown:
    """An unknown value that may come from what `values` name: it mentions them and is none of them surely."""
    below = [one for value in values for one in every(value)]
    links = {(link.resource, link.attribute): link for link in below if isinstance(link, Link)}
    anything = any(isinstance(value, Unknown) and value.anything for value in below)
    if not links:
        return Unknown(why, place, key=key, anything=anything)
    # The first part has no text, so that nobody takes the links for pieces of a text that begins with them.
    return Unknown(why, place, (Unknown(why, place, key=key), *links.values()), key, anything)


def referring(why: str, place: Place, *values: Value) -> Unknown:
    """An unknown value that is made of what `values` name and begins with it, as JSON does that a plan leaves out."""
    made = unknown_of(why, place, *values)
    return Unknown(why, place, (*made.parts[1:], *made.parts[:1]), "", made.anything)


def moved(value: Value, place: Place) -> Value:
    """The value as if it were written at `place`: a finding shows where it is used."""
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
    """The values right inside a known list or mapping, and the parts of what is not known."""
    if isinstance(value, Unknown):
        return value.parts
    content = value.content if isinstance(value, Known) else None
    if isinstance(content, list):
        return content
    return content.values() if isinstance(content, Mapping) else ()


def every(value: Value) -> Iterator[Value]:
    """The value and all values inside it; one that stands in it several times comes once."""
    stack, seen = [value], set()
    while stack:
        current = stack.pop()
        if id(current) not in seen:
            seen.add(id(current))
            yield current
            stack.extend(inner(current))


def is_small(value: Value) -> bool:
    """Whether the value is within bounds, written out in full."""
    stack, count = [value], 0
    while stack and count <= MAX_VALUES:
        current = stack.pop()
        if isinstance(current, Known) and isinstance(current.content, str) and len(current.content) > MAX_TEXT:
            return False
        stack.extend(inner(current))
        count += 1
    return count <= MAX_VALUES


def via(values: Iterable[Value]) -> tuple[str, ...]:
    """The variables whose defaults these values, or values inside them, come from."""
    names = (name for value in values for one in every(value) if isinstance(one, Known) for name in one.via)
    return tuple(dict.fromkeys(names))


def given_by(value: Value, names: tuple[str, ...]) -> Value:
    """The value, all inside it included, with the variables to whose defaults it is due."""
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
    """The value as a provider gets it: a null in a list or mapping is nothing."""
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
    """The value, or Unknown where it is out of all bounds."""
    return value if is_small(value) else too_large(value.place)


def step(value: Value, key: Value, place: Place) -> Value:
    """What stands under a key or index of a value that is no resource."""
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
            # A block that stands once is written as an object, and counts as a list of one.
            return value
    elif isinstance(content, list):
        index = key.number
        if isinstance(index, int) and 0 <= index < len(content):
            found = content[index]
    return EvalError(f"no element {key.text}", place) if found is None else given_by(found, via([key]))
