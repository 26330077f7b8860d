"""Where two texts differ."""

from __future__ import annotations

from collections.abc import Callable


def difference(old: str, new: str) -> tuple[int, int, int]:
    """The offset at which two texts begin to differ, and those at which that ends, in the first and the second."""
    most = min(len(old), len(new))
    start = _longest(most, lambda length: old[:length] == new[:length])
    back = _longest(most - start, lambda length: old[len(old) - length :] == new[len(new) - length :])
    return start, len(old) - back, len(new) - back


def _longest(most: int, is_same: Callable[[int], bool]) -> int:
    """The greatest number up to `most` for which it is the same, as it is for all smaller ones."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        least, most = (middle, most) if is_same(middle) else (least, middle - 1)
    return least
