"""The types of blocks that a file of configuration may have, and types that are misspelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.span import Problem
from awslint_memo.syntax.node import Node

COMMENT = "//"
"""The key of a comment in JSON syntax."""

BLOCK_TYPES = {
    "action": 2,
    "check": 1,
    "data": 2,
    "ephemeral": 2,
    "import": 0,
    "language": 0,
    "locals": 0,
    "module": 1,
    "moved": 0,
    "output": 1,
    "provider": 1,
    "removed": 0,
    "required_providers": 0,
    "resource": 2,
    "terraform": 0,
    "variable": 1,
}
"""The number of names of each: those of Terraform 1.14 and of OpenTofu 1.11, which has `language`.

https://developer.hashicorp.com/terraform/language and https://opentofu.org/docs/language/ (read on 2026-11-26)
"""

_MOST_TYPES = 200
"""The most types that are compared with those of Terraform, which has a tenth of them."""


def misspelled(written: Mapping[str, Node]) -> Iterator[Problem]:
    """The blocks of a file with a type that is almost one of Terraform's.

    Other types that are not known pass: a newer version may have them.
    """
    others = [(name, node) for name, node in written.items() if name != COMMENT and name not in BLOCK_TYPES]
    for name, node in others[:_MOST_TYPES]:
        from difflib import get_close_matches

        near = get_close_matches(name.lower(), BLOCK_TYPES, 1, 0.75)
        if near:
            yield _problem(f"Terraform has no block {name}, so it is not read; write {near[0]}", node)
    if len(others) > _MOST_TYPES:
        message = f"Terraform has no block {{}} and {len(others) - 1} others, so they are not read; remove them"
        yield _problem(message.format(others[0][0]), others[0][1])


def _problem(message: str, node: Node) -> Problem:
    span = node.span
    return Problem(message, span.path, span.line, span.column, is_partial=True)


def wrong_names(kind: str, found: int) -> str:
    """What is wrong with the number of names in quotes that a block has; empty if it is right or not known."""
    wanted = BLOCK_TYPES.get(kind, found)
    if found == wanted:
        return ""
    names = f"{wanted} {'name' if wanted == 1 else 'names'}" if wanted else "no name"
    remedy = "write what is missing" if found < wanted else "remove what is too much"
    return f"{kind} needs {names} in quotes before the brace; {remedy}"
