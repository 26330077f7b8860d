"""Brings the items of a list, set or map to one type, as Terraform does, and those of a set into order.

What is known of a value does not tell a tuple from a list, nor an object from a map. Where that decides whether
Terraform converts a number to its text, the result is Untyped.
https://github.com/zclconf/go-cty/blob/main/cty/convert/unify.go (read on 2026-11-30)
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from awslint_memo.model.partial import OpenFields
from awslint_memo.model.value import Absent, Known, Text, Value
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.untyped import SetOf, Untyped, as_untyped
from awslint_memo.readers.terraform.values import NoCommonTypeError, NotKnownError

Type: TypeAlias = "str | tuple[str, frozenset[tuple[object, Type]]]"
"""text, number, bool, null, unknown, or list and map with the types of what is inside."""

_SCALARS = frozenset(("text", "number", "bool"))

_LONG = 10**9
"""Larger numbers are brought into another order."""

_DEPTH = 6
"""How deep values are nested that are brought to one type; what is of one type may be nested deeper."""


def unified(values: Sequence[Value], depth: int = 0) -> list[Value]:
    """The values as Terraform converts them to one type.

    Raises NoCommonTypeError for values that have none, NotKnownError for those that are nested too deep.
    """
    types = [type_of(value) for value in values]
    kinds = {type_ if isinstance(type_, str) else type_[0] for type_ in types} - {"null"}
    if "unknown" in kinds:
        return [_as_text(value) if "text" in kinds else untyped(value) for value in values]
    if kinds <= _SCALARS:
        if "text" not in kinds and len(kinds) > 1:
            raise NoCommonTypeError("a number and a boolean")
        return [_as_text(value) for value in values] if "text" in kinds else list(values)
    if len(set(types)) <= 1:
        return list(values)
    if "set" in kinds and kinds <= {"set", "list"}:
        return _beside_sets(values, types)
    if len(kinds) > 1:
        raise NoCommonTypeError(f"a {' and a '.join(sorted(kinds))}")
    if "null" in types:
        return [untyped(value) for value in values]
    if depth > _DEPTH:
        raise NotKnownError("values that are nested too deep")
    return _unified_inside(values, types, depth)


def _beside_sets(values: Sequence[Value], types: Sequence[Type]) -> list[Value]:
    """Sets and lists, of which the latter may become sets. Raises NotKnownError if that changes what is in them."""
    inside = {inner for type_ in types if isinstance(type_, tuple) for _, inner in type_[1]}
    if len(inside) > 1 or not all(is_in_order(value.items) for value in values if "unknown" not in inside):
        raise NotKnownError("lists beside sets")
    return list(values)


def _unified_inside(values: Sequence[Value], types: Sequence[Type], depth: int) -> list[Value]:
    """Lists or maps with what is inside of one type: that at the same place in all of them, or all of it together."""
    rows = [_fields(value) for value in values]
    is_uniform = any(len({inner for _, inner in type_[1]}) <= 1 for type_ in types if isinstance(type_, tuple))
    has_same_keys = all(row.keys() == rows[0].keys() for row in rows)
    found: list[list[Value]] = []
    failed: NoCommonTypeError | None = None
    for is_apart in (True, False):
        if has_same_keys if is_apart else is_uniform or not has_same_keys:
            try:
                found.append(_of_rows(values, rows, depth, is_apart=is_apart))
            except NoCommonTypeError as error:
                failed = error
    if not found:
        raise failed or NoCommonTypeError("lists and maps")
    results = [list(map(type_of, one)) for one in found]
    is_certain = all(one == results[0] for one in results)
    return found[0] if is_certain else [untyped(value) for value in values]


def _of_rows(
    values: Sequence[Value], rows: Sequence[Mapping[Any, Value]], depth: int, *, is_apart: bool
) -> list[Value]:
    groups = [[(at, key) for at, row in enumerate(rows) for key in row]]
    if is_apart:
        groups = [[(at, key) for at in range(len(rows))] for key in rows[0]]
    made = dict[tuple[int, object], Value]()
    for group in groups:
        made.update(zip(group, unified([rows[at][key] for at, key in group], depth + 1), strict=True))
    return [_rebuilt(value, {key: made[at, key] for key in rows[at]}) for at, value in enumerate(values)]


def _rebuilt(value: Value, inside: Mapping[Any, Value]) -> Value:
    is_list = isinstance(value, Known) and isinstance(value.content, list)
    return value.having([*inside.values()] if is_list else dict(inside)) if isinstance(value, Known) else value


def untyped(value: Value, *, with_texts: bool = False) -> Value:
    """The value, all inside it included, where Terraform may have converted what is no text.

    with_texts: whether it may have converted texts to numbers and booleans too.
    """
    if not isinstance(value, Known) or isinstance(value, Encoded):
        return value
    content = value.content
    if isinstance(content, str):
        is_other = with_texts and (content in ("true", "false") or value.number is not None)
        return as_untyped(value) if is_other else value
    if isinstance(content, list):
        return value.having([untyped(item, with_texts=with_texts) for item in content])
    if isinstance(content, Mapping):
        fields = {key: untyped(item, with_texts=with_texts) for key, item in content.items()}
        return value.having(OpenFields(fields, content.rest) if isinstance(content, OpenFields) else fields)
    return as_untyped(value)


def type_of(value: Value) -> Type:
    """What is known of a value's type."""
    if isinstance(value, Text):
        return "text"
    if isinstance(value, Absent):
        return "null"
    content = value.content if isinstance(value, Known) else None
    if content is None or isinstance(value, Untyped) or isinstance(content, OpenFields):
        return "unknown"
    if isinstance(content, str) or isinstance(value, Encoded):
        return "text"
    if isinstance(content, (list, Mapping)):
        inner = frozenset((key, type_of(item)) for key, item in _fields(value).items())
        kind = "set" if isinstance(value, SetOf) else "list" if isinstance(content, list) else "map"
        return kind, inner
    return "bool" if isinstance(content, bool) else "number"


def _fields(value: Value) -> Mapping[Any, Value]:
    """The items of a list by their indexes, or those of a map by their keys."""
    content = value.content if isinstance(value, Known) else None
    if isinstance(content, list):
        return dict(enumerate(content))
    return content if isinstance(content, Mapping) else {}


def _as_text(value: Value) -> Value:
    is_other = isinstance(value, Known) and isinstance(value.content, (bool, int, float))
    if not isinstance(value, Known) or not is_other:
        return value
    made = Known(value.text, value.place, value.origin)
    made.named, made.route = value.named, value.route
    return made


def in_order(items: Sequence[Value]) -> list[Value]:
    """The items of a set that are wholly known: each once, and in Terraform's order.

    Raises NoCommonTypeError for items without a type in common, NotKnownError where it is not certain what is the same.
    """
    alike = unified(items)
    if len(alike) < 2:
        return alike
    nulls = [item for item in alike if isinstance(item, Absent)][:1]
    rest = [item for item in alike if not isinstance(item, Absent)]
    if any(isinstance(item, (Encoded, Untyped)) for item in rest):
        raise NotKnownError("a set with an item of which the text or the type is not known")
    key = _rendered if any(isinstance(item.plain, (list, dict)) for item in rest) else _plain
    different = {key(item): item for item in rest}
    return [*(different[one] for one in sorted(different)), *nulls]


def is_in_order(items: Sequence[Value]) -> bool:
    """Whether items that are wholly known are those of a set, in its order."""
    alike = unified(items)
    ordered = in_order(alike)
    return len(alike) == len(ordered) and all(one is other for one, other in zip(alike, ordered, strict=True))


def _plain(item: Value) -> Any:
    return item.plain


def _rendered(item: Value) -> str:
    """A text by which go-cty brings the items of a set into order, if they are lists or maps (set_internals.go)."""
    content = item.content if isinstance(item, Known) else None
    if isinstance(item, (Encoded, Untyped)):
        raise NotKnownError("a set with an item of an unknown type")
    if isinstance(content, list):
        return f"[{''.join(f'{_rendered(one)};' for one in content)}]"
    if isinstance(content, Mapping):
        return f"{{{''.join(f'{json.dumps(key)}:{_rendered(content[key])};' for key in sorted(content))}}}"
    if isinstance(content, str):
        return json.dumps(content, ensure_ascii=False)
    if content is None:
        return "~"
    if isinstance(content, bool):
        return "T" if content else "F"
    if abs(content) >= _LONG or f"{content:.10g}" != str(content):
        raise NotKnownError("a set with a number of many digits")
    return str(content)
