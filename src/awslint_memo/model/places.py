"""Which places a finding about a value speaks of: where it is used, what it passed, where it was decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from awslint_memo.model.finding import Related
from awslint_memo.model.span import Place, Span
from awslint_memo.model.value import Value


def passed(
    value: Value, title: str, home: Span, body: Place | None, in_file_words: Callable[[str], str]
) -> Iterator[Related]:
    """Where a value is used in a resource, and what it passed between there and where it was decided.

    title: what messages call the resource, "" where the value is of another one. home: where its name stands. body: all
    of it, where the file holds it.
    in_file_words: gives a property's name as in the file.
    """
    route = value.route
    if value.origin.steps:
        owner = title or (route.resource if route is not None else "the template")
        used = f"{in_file_words(str(route))} of {owner}" if route is not None and str(route) else f"in {owner}"
        yield Related(value.place.span, used)
        yield from (Related(step.place.span, step.words) for step in value.origin.steps)
    elif route is not None and title and not _is_inside(value.place.span, home, body):
        yield Related(home, f"{in_file_words(str(route))} of {title}")


def defaults_of(values: Iterable[Value], properties: Mapping[str, Value], message: str) -> tuple[str, ...]:
    """The variables whose defaults decide these values, or that a property which the message names is absent.

    properties: those of the resource that were read, by name.
    """
    absent = (
        one
        for name, one in properties.items()
        if name in message and one.is_absent and re.search(rf"\b{name}\b", message)
    )
    return tuple(dict.fromkeys(name for value in (*values, *absent) for name in value.origin.defaults))


def note_of(values: Iterable[Value], message: str) -> str:
    """What is said at the end of a message of the defaults that these values come from, unless it says so already.

    A value that nobody wrote is said to be a default there; that it is so by a variable's null adds nothing.
    """
    written = (value for value in values if not value.note.endswith("(default)"))
    names = " and ".join(dict.fromkeys(name for value in written for name in value.origin.defaults))
    return f" (default of {names})" if names and "(default of " not in message else ""


def secrets_of(values: Iterable[Value]) -> tuple[Span, ...]:
    """The places of those values that nobody may see, and of what they passed."""
    secrets = [one for one in values if one.is_secret]
    return tuple(
        dict.fromkeys(place.span for one in secrets for place in (one.place, *(s.place for s in one.origin.steps)))
    )


def _is_inside(span: Span, home: Span, body: Place | None) -> bool:
    """Whether a place is inside of the resource; it is not for what Globals, an anchor or a merge gives."""
    if body is None or span == home:
        return True
    return span.path == home.path and home.line <= span.line <= body.span.end_line
