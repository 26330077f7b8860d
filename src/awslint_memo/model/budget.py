"""How much a template may make of what it says: one budget for all that grows faster than what is written.

Functions that repeat texts, loops, lookups and combinations of conditions can make more of a kilobyte than fits into
memory. Whatever makes more than it was given asks here first. Where the answer is no, the value is unknown, so that
nothing is reported about it, and the run says that something was left out. What counts is amounts and never time, so
the same template always has the same findings.

Limits on something else stand beside it: the depth of nesting (`syntax/`), deployments (`readers/*/deployments.py`,
`variations.py`), modules and instances (`readers/terraform/tree.py`, `repetition.py`), the length of one value
(`readers/terraform/values.py`), patterns (`readers/terraform/functions/re2_*.py`), files (`files/`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal, TypeAlias

Kind: TypeAlias = Literal["characters", "values", "combinations", "deployments"]

MAX_TEXT: Final = 1_000_000
"""The longest text that is made, in characters. The longest property of a resource has some hundred thousand."""

_LIMITS: Final[dict[Kind, tuple[int, float]]] = {
    "characters": (20_000_000, 10),
    "values": (2_000_000, 2),
    "combinations": (800_000, 0),
    "deployments": (1_200_000, 0),
}
"""What one template may make, and what in addition for each byte of its file, so that large ones are judged like small
ones: characters of texts that functions make, function calls that are worked out, results of conditions in combinations
of parameters, and resources, conditions and parameters in deployments that differ."""

_SENTENCES: Final[dict[Kind, str]] = {
    "characters": "functions make texts longer than are followed, so what is made of them was not checked; shorten it",
    "values": "functions are worked out more often than is followed, so some were not checked; split the template",
    "combinations": "parameters and conditions have more combinations than are tried, "
    "so some were not checked; name yours with --parameters",
    "deployments": "parameters and conditions lead to more deployments than are looked at, "
    "so some were not checked; name yours with --parameters",
}


class Budget:
    """What is left of it, and which kinds were not enough."""

    def __init__(self, size: int = 0) -> None:
        self.left: dict[Kind, int] = {kind: int(most + each * size) for kind, (most, each) in _LIMITS.items()}
        self._lacking: dict[Kind, None] = {}

    def spend(self, kind: Kind, amount: int) -> bool:
        """Take an amount; False, and nothing more of this kind is made, if there is not so much left."""
        self.left[kind] -= amount
        if self.left[kind] < 0:
            self._lacking[kind] = None
            return False
        return True

    def refuse(self, kind: Kind) -> None:
        """Note that one thing was too large to be made."""
        self._lacking[kind] = None

    @property
    def sentences(self) -> list[str]:
        """What was left out; empty if the budget was enough."""
        return [_SENTENCES[kind] for kind in self._lacking]


_current = Budget()


def spend(kind: Kind, amount: int = 1) -> bool:
    """Take an amount of the budget of the template at hand; False if it is used up, so that nothing is to be made."""
    return _current.spend(kind, amount)


def is_spent(kind: Kind) -> bool:
    """Whether an amount was refused already."""
    return _current.left[kind] < 0


def is_lacking() -> bool:
    """Whether something was refused already."""
    return bool(_current.sentences)


def allows_text(length: int) -> bool:
    """Whether a text of this many characters may be made."""
    if length > MAX_TEXT:
        _current.refuse("characters")
        return False
    return _current.spend("characters", length)


@contextmanager
def budget(size: int) -> Iterator[Budget]:
    """A new budget for the template that is looked at in the block. size: that of its file in bytes."""
    global _current
    before, _current = _current, Budget(size)
    try:
        yield _current
    finally:
        _current = before
