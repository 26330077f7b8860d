"""Resources of which nobody knows whether there is any: their count, for_each or enabled is not known.

A rule takes such a resource for one that may be there, and is silent. Who asks whether something is mended looks at
what is told where they are not made.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from awslint_memo.model.value import Unknown, Value

ALL: Final = ""
"""Stands for all that may decide whether there are such resources."""

_SEPARATOR: Final = "\0"
_UNMADE: Final[list[str]] = []
"""Not empty while something makes no resource."""


@contextmanager
def as_unmade(decided_by: str) -> Iterator[None]:
    """Leave out the resources that something decides, inside of the block.

    decided_by: one of what `deciding` gives, or ALL.
    """
    _UNMADE.append(decided_by)
    try:
        yield
    finally:
        _UNMADE.pop()


def is_unmade(copies: Value | None) -> bool:
    """Whether a resource is left out now. copies: the number of its instances; None for one."""
    if not _UNMADE or not isinstance(copies, Unknown):
        return False
    return _UNMADE[-1] == ALL or _UNMADE[-1] in deciding(copies)


def deciding(copies: Value) -> tuple[str, ...]:
    """What decides how many instances there are, if nobody knows whether there are any."""
    return tuple(copies.key.split(_SEPARATOR)) if isinstance(copies, Unknown) and copies.key else ()


def together(*copies: Value) -> str:
    """The key of a number that several others decide."""
    return _SEPARATOR.join(dict.fromkeys(each for one in copies for each in deciding(one)))
