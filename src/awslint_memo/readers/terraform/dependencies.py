"""Finds the dependencies of a Terraform resource: all blocks that its block refers to, directly or indirectly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Value

DEPENDS_ON = "depends_on"

_NAME = regex(r"(?<![\w.\"/-])(?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*")


def dependencies(block: Any, block_named: Callable[[str], Any], place: Place, prefix: str = "") -> Value:
    """A list with the names of the blocks in the same module ("aws_sqs_queue.q", "module.m", "data.aws_region.r").

    block: the plain data of a block in a configuration or plan. block_named: gives the data of another block in the
    module by name; None if there is none. prefix: is put before the names ("module.m.").
    """
    found: dict[str, Value] = {}
    stack = list(_named_in(block))
    while stack:
        name = stack.pop()
        if name not in found:
            found[name] = Known(f"{prefix}{name}", place)
            stack.extend(_named_in(block_named(name)))
    return Known(list(found.values()), place) if found else Absent(place)


def _named_in(data: Any, above: str = "") -> Iterator[str]:
    if isinstance(data, dict):
        for key, child in data.items():
            yield from _named_in(child, key)
    elif isinstance(data, list):
        yield from _of_each(data, above)
    elif isinstance(data, str) and ("${" in data or "%{" in data or above in (DEPENDS_ON, "references")):
        # Text outside of `${…}` may look like a name too; a superfluous dependency does no harm.
        yield from _NAME.findall(data)


def _of_each(items: Iterable[Any], above: str) -> Iterator[str]:
    for item in items:
        yield from _named_in(item, above)
