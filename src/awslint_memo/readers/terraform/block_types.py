"""The types of blocks that a file of configuration may have, and types that are misspelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.span import Problem
from awslint_memo.syntax.node import Node

COMMENT = "//"
"""The key of a comment in JSON syntax."""

BLOCK_TYPES = frozenset(
    (
        "action",
        "check",
        "data",
        "ephemeral",
        "import",
        "language",
        "locals",
        "module",
        "moved",
        "output",
        "provider",
        "removed",
        "required_providers",
        "resource",
        "terraform",
        "variable",
    )
)
"""Those of Terraform 1.14 and of OpenTofu 1.11, which has `language`.

https://developer.hashicorp.com/terraform/language and https://opentofu.org/docs/language/ (read on 2026-11-26)
"""


def misspelled(written: Mapping[str, Node]) -> Iterator[Problem]:
    """The blocks of a file with a type that is almost one of Terraform's.

    Other types that are not known pass: a newer version may have them.
    """
    for name, node in written.items():
        if name != COMMENT and name not in BLOCK_TYPES:
            from difflib import get_close_matches

            near = get_close_matches(name.lower(), BLOCK_TYPES, 1, 0.75)
            if near:
                message = f"Terraform has no block {name}, so it is not read; write {near[0]}"
                span = node.span
                yield Problem(message, span.path, span.line, span.column, is_partial=True)
