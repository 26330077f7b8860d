"""What a `for` expression or a `%{ for }` repeats, the map that it makes, and how much there is to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from awslint_memo.model.origin import HERE, SECRET, Origin
from awslint_memo.model.partial import OpenFields, kept_by_name
from awslint_memo.model.record import values as fields_in
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.terraform.encoded import content_of
from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.readers.terraform.untyped import SetOf
from awslint_memo.readers.terraform.values import EvalError, inner, origin_of, unknown_of
from awslint_memo.syntax.hcl.expressions import Call, Expression, For, Repeat, Step

_ITEMS_OF_A_ROUND = 3
"""How many items of what it is given an operator looks at in about the time of an iteration of a loop."""

_STEPS_OF_A_ROUND = 3
"""How many parts of an expression, such as names, operators and steps, are worked out in that time."""

_STEPS_OF_A_CALL = 3
"""How many of them a call of a function is like, beside its arguments."""


def elements(value: Value, place: Place) -> list[tuple[Value, Value]] | None:
    """The keys and values of a list, set or map; None if they are not all known."""
    content = content_of(value)
    if isinstance(value, SetOf) and isinstance(content, list):
        return [(item, item) for item in content]
    if isinstance(content, list):
        return [(Known(number, place), item) for number, item in enumerate(content)]
    if isinstance(content, Mapping) and not isinstance(content, OpenFields):
        # A secret under a key says nothing about the key.
        origin = Origin(origin_of([value]).steps, is_sensitive=value.is_secret)
        return [(Known(key, place, origin), content[key]) for key in sorted(content)]
    return None


def named(names: Sequence[str], pair: tuple[Value, Value]) -> dict[str, Value]:
    """The values of a loop's variables in one iteration: the element, or its key and the element."""
    return dict(zip(names, pair[-len(names) :], strict=False))


def origin_by_keys(keys: Iterable[Value]) -> Origin:
    """The origin of a map by its keys, or by the maps that have these: nobody may see it if a key is secret."""
    return SECRET if any(key.is_secret for key in keys) else HERE


def fields_of(pairs: list[list[Value]], place: Place, *, is_grouped: bool) -> Value:
    """The map of these keys and values; an error if a key comes twice, unless its values are grouped to a list."""
    if any(key.text is None for key, _ in pairs):
        return unknown_of("a map with keys that are not known", place, *(value for pair in pairs for value in pair))
    names = [key.text for key, _ in pairs]
    if not is_grouped and len(set(names)) < len(names):
        return EvalError("two elements with the same key", place)
    origin = origin_by_keys(key for key, _ in pairs)
    if not is_grouped:
        return Known({key.text or "": kept_by_name(key.text or "", value) for key, value in pairs}, place, origin)
    grouped: dict[str, list[Value]] = {}
    for key, value in pairs:
        grouped.setdefault(key.text or "", []).append(value)
    return Known({key: Known(values, place) for key, values in grouped.items()}, place, origin)


def rounds_of(values: Sequence[Value], *, quickly: int = 1) -> int:
    """In iterations of a loop, about how long it takes to look at values and all that is nested in them. What is shared
    counts each time. quickly: how many times as fast as an operator that is done."""
    items, stack = 0, [*values]
    while stack:
        stack.extend(inner(stack.pop()))
        items += 1
    return items // (quickly * _ITEMS_OF_A_ROUND)


def rounds_of_body(*written: Any) -> int:
    """In iterations of a loop that does next to nothing, about how long one takes that works out these expressions, or
    these nodes, which may be large. Loops inside are counted where they are worked out."""
    steps, stack = 0, [*written]
    while stack:
        part = stack.pop()
        if isinstance(part, Expression):
            steps += _STEPS_OF_A_CALL if isinstance(part, Call) else 1
            stack.extend([part.over] if isinstance(part, (For, Repeat)) else fields_in(part).values())
        elif isinstance(part, (tuple, list)):
            stack.extend(part)
        elif isinstance(part, Mapping):
            stack.extend(part.values())
        elif isinstance(part, Step):
            steps += 1
            stack.append(part.of)
        elif isinstance(part, Written):
            stack.append(part.expression)
        elif hasattr(part, "content"):  # A node; a text in JSON holds expressions behind braces.
            content = part.content
            steps += content.count("{") if isinstance(content, str) else 1
            stack.append(content)
    return -(-steps // _STEPS_OF_A_ROUND)


def in_order(values: list[tuple[Place, Value]]) -> list[tuple[Place, Value]]:
    """Blocks as they follow each other in their file, where it is one file."""
    if len({place.span.path for place, _ in values}) > 1:
        return values
    return sorted(values, key=lambda placed: (placed[0].span.line, placed[0].span.column))
