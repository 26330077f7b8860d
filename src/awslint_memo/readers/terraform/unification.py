"""Brings the items of a list, set or map to one type, as Terraform does, and those of a set into order."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.partial import OpenFields
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.terraform.encoded import Encoded


def unified(values: Sequence[Value]) -> list[Value]:
    """The values with numbers and booleans as texts, also inside of lists and maps, where texts stand beside them."""
    contents = [_content(value) for value in values]
    if any(isinstance(content, str) for content in contents):
        return [_as_text(value) for value in values]
    if any(isinstance(one, list) for one in contents):
        inner = iter(unified([item for one in contents if isinstance(one, list) for item in one]))
        return [
            _with(value, [next(inner) for _ in one]) if isinstance(one, list) else value
            for value, one in zip(values, contents, strict=True)
        ]
    if any(isinstance(one, Mapping) for one in contents):
        return _by_field(values, contents)
    return list(values)


def _content(value: Value) -> object:
    is_open = isinstance(value, Encoded) or not isinstance(value, Known) or isinstance(value.content, OpenFields)
    return None if is_open or not isinstance(value, Known) else value.content


def _by_field(values: Sequence[Value], contents: Sequence[object]) -> list[Value]:
    names = dict.fromkeys(name for content in contents if isinstance(content, Mapping) for name in content)
    columns: dict[str, Iterator[Value]] = {
        name: iter(unified([one[name] for one in contents if isinstance(one, Mapping) and name in one]))
        for name in names
    }
    return [
        _with(value, {name: next(columns[name]) for name in one}) if isinstance(one, Mapping) else value
        for value, one in zip(values, contents, strict=True)
    ]


def _as_text(value: Value) -> Value:
    is_other = isinstance(value, Known) and isinstance(value.content, (bool, int, float))
    return _with(value, value.text) if is_other else value


def _with(value: Value, content: str | list[Value] | Mapping[str, Value] | None) -> Value:
    made = Known(content, value.place, value.origin)
    made.named, made.route = value.named, value.route
    return made


def in_order(items: Sequence[Value]) -> list[Value]:
    """The items of a set that are wholly known: each once, and in Terraform's order."""
    different = {json.dumps(item.plain, sort_keys=True): item for item in unified(items)}
    return sorted(different.values(), key=_order)


def _order(item: Value) -> tuple[int, float, str]:
    plain = item.plain
    if isinstance(plain, (bool, int, float)):
        return 0, plain, ""
    return (1, 0, plain) if isinstance(plain, str) else (2, 0, json.dumps(plain, sort_keys=True))
