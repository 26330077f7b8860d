"""GitHub's fingerprint of a line: the same wherever the line moves to, so that an alert stays the same alert.

GitHub works out `primaryLocationLineHash` itself where a report has none, and warns of every value that differs from
its own. So this is its hash: 64 bits over the first hundred UTF-16 units from the start of the line (and on into the
next ones) that are neither space nor tab, a polynomial in 37, and behind the colon which of the equal lines it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

_UNITS = 100
_FACTOR = 37
_END = "\uffff"
"""Stands behind the last line; what follows it counts as zeros."""
_WITHOUT_SPACE = {ord(" "): None, ord("\t"): None}


def fingerprints(lines: Sequence[str], wanted: Collection[int]) -> dict[int, str]:
    """The fingerprints of the wanted lines of a file, by number from 1.

    The last of `lines` is what follows the file's last line feed, often nothing.
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
    value = 0
    for at in range(0, 2 * _UNITS, 2):
        value = (value * _FACTOR + int.from_bytes(window[at : at + 2], "big")) & 0xFFFF_FFFF_FFFF_FFFF
    return f"{value:x}"
