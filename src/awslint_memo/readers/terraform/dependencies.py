"""What Terraform makes before a resource: everything that its block names, and what those blocks name in turn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Value

DEPENDS_ON = "depends_on"

_NAME = re.compile(r"(?<![\w.\"/-])(?:data\.)?[A-Za-z_][\w-]*\.[A-Za-z_][\w-]*")


def dependencies(block: Any, block_named: Callable[[str], Any], place: Place, prefix: str = "") -> Value:
    """The names of blocks of the same module ("aws_sqs_queue.q", "module.m", "data.aws_region.r"), as a list.

    block: the plain data of a block, as a configuration or a plan has it. block_named: the data of another block of
    the module by its name; None where there is none. prefix: stands before the names ("module.m.").
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
        # Text beside the code may look like a name; one too many is no harm.
        yield from _NAME.findall(data)


def _of_each(items: Iterable[Any], above: str) -> Iterator[str]:
    for item in items:
        yield from _named_in(item, above)
