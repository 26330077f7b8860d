"""The item at a key or an index of a value, in one step of a traversal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.origin import HERE
from awslint_memo.model.partial import OpenFields, chosen_by_secret, given_by, kept_by_name
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.readers.terraform.choices import element_of
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.exact_numbers import number_in
from awslint_memo.readers.terraform.scopes import Way
from awslint_memo.readers.terraform.untyped import SetOf
from awslint_memo.readers.terraform.values import EvalError, origin_of, unknown_of


def step(value: Value, key: Value, place: Place, following: Way = ()) -> Value:
    """The item at a key or index of a value; not for a ResourceRef. following: the steps that then follow."""
    if isinstance(value, EvalError):
        return value
    if isinstance(value, Absent):
        return EvalError("an element of null", place)
    if not isinstance(key, Known) or not isinstance(value, Known):
        made = unknown_of(value.why or "an element that is not known", place, value, key)
        if isinstance(value, Unknown) and key.text is not None:
            made.key = f"{value.key}.{key.text!s}" if value.key else ""
            whole = value.attribute
            made.attribute = None if whole is None else Link(whole.resource, f"{whole.attribute}.{key.text!s}", place)
        return made if isinstance(key, EvalError) else element_of(made, value)
    found = _element(value, key, place)
    return found if isinstance(found, Unknown) else _chosen(key, found, place, following)


def _element(value: Known, key: Known, place: Place) -> Value:
    content = value.content
    element: Value | None = None
    if isinstance(value, Encoded):
        return EvalError("an element of a text", place)
    if isinstance(content, Mapping):
        is_there = isinstance(content, OpenFields) or (key.text or "") in content
        element = value.child(key.text or "") if is_there else None
        if element is None and key.content == 0:
            # In JSON, a single block may be an object instead of a list with one item.
            return unknown_of("an element of what may be a list", place, value)
    elif isinstance(value, SetOf):
        return EvalError("an element of a set by its index", place)
    elif isinstance(content, list):
        index = _index(key)
        if index is None:
            return unknown_of("an element that is not known", place, value)
        if isinstance(index, int) and 0 <= index < len(content):
            element = value.item(index)
    return EvalError(f"no element {key.text}", place) if element is None else element


def _index(key: Value) -> int | float | None:
    try:
        return number_in(key)
    except ValueError:
        return -1


def _chosen(key: Known, found: Value, place: Place, following: Way) -> Value:
    if key.is_secret:
        return chosen_by_secret(found, place)
    text = key.text
    found = kept_by_name(text or "", found)
    if key.origin is HERE and text is not None:
        return found
    return given_by(found, origin_of([key]), list(_plain(following)))


def _plain(way: Way) -> Iterator[str | int]:
    """The first keys and indexes of a way, as far as each surely is a step to one item."""
    for kind, key in way:
        content = key.content if isinstance(key, Known) else None
        if kind in ("all", "end") or isinstance(content, bool) or not isinstance(content, (str, int)):
            return
        yield content
