"""Every value at a path, through the lists on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from awslint_memo.structure import structure
from awslint_memo.value import Absent, Value

if TYPE_CHECKING:
    from awslint_memo.template import Resource


def each(resource: Resource, path: str) -> Iterator[Value]:
    """What stands at a dotted path of a resource's properties, once for each item of the lists on the way.

    JSON text on the way is opened. What is absent is left out; what is not known comes as it is.
    """
    top, _, rest = path.partition(".")
    yield from _below(resource.get(top), rest)


def _below(value: Value, path: str) -> Iterator[Value]:
    if isinstance(value, Absent):
        return
    for item in structure(value).items if path else value.items:
        if path:
            key, _, rest = path.partition(".")
            yield from _below(item.get(key), rest)
        else:
            yield item
