"""Computes GitHub's fingerprint of a line, which does not change when the line moves, so that alerts keep their state.

GitHub computes `primaryLocationLineHash` itself if a report has none, and warns of a value that differs from its own.
So this is the same algorithm: a 64-bit polynomial hash with factor 37 of the first hundred UTF-16 units from the start
of the line (continuing in the next lines), without spaces and tabs; then a colon and the number among equal hashes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from operator import mul
from struct import unpack

_UNITS = 100
_FACTOR = 37
_POWERS = [_FACTOR**power & 0xFFFF_FFFF_FFFF_FFFF for power in reversed(range(_UNITS))]
_END = "\uffff"
"""Marks the end of the file; zeros follow it."""
_WITHOUT_SPACE = {ord(" "): None, ord("\t"): None}


def fingerprints(lines: Sequence[str], wanted: Collection[int]) -> dict[int, str]:
    """The fingerprints of the `wanted` lines of a file, by line number from 1.

    The last item of `lines` is the text after the file's last line feed, which is often empty.
    """
    squeezed = "\n".join(lines).translate(_WITHOUT_SPACE).split("\n")
    whole = [row + "\n" for row in squeezed[:-1]] + [squeezed[-1] + _END]
    rows = [row.encode("utf-16-be", "surrogatepass") for row in whole]
    text = b"".join(rows)
    seen: Counter[bytes] = Counter()
    made: dict[int, str] = {}
    start = 0
    for number, row in enumerate(rows, 1):
        window = text[start : start + 2 * _UNITS]
        start += len(row)
        seen[window] += 1
        if number in wanted:
            made[number] = f"{_hash(window)}:{seen[window]}"
    return made


def _hash(window: bytes) -> str:
    units = unpack(f">{_UNITS}H", window.ljust(2 * _UNITS, b"\0"))
    return f"{sum(map(mul, units, _POWERS)) & 0xFFFF_FFFF_FFFF_FFFF:x}"
