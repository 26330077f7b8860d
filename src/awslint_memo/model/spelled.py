"""Numbers that a template in YAML spells as YAML 1.1 allows: 0x1e, 0b11, 1_000, +5, 8.10, 1:00, 00:00.0 and 0500.

CloudFormation takes YAML 1.1 (AWSCloudFormation/latest/UserGuide/template-formats.html, read 2026-11-29), but does not
say if it hands on such a number as it is written or as it is counted. Where a service wants a number only what is
counted can be deployed. As a text it may be either, and 0500 may also be 320 or 500.
"""

from __future__ import annotations

from typing import Final

from awslint_memo.model.lazy import regex

_OCTAL = regex(r"[-+]?0o?[0-7_]+")
_OTHER_BASE = regex(r"[-+]?(0b[01_]+|0x[0-9a-fA-F_]+)")
_SIXTIES = regex(r"[-+]?(?:[1-9][0-9_]*(?::[0-5]?[0-9])+|[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)")
_PLAIN = regex(r"[-+]?(([0-9][0-9_]*)?\.[0-9_]+|[0-9][0-9_]*\.?)([eE][-+]?[0-9]+)?")

_MOST_DIGITS: Final = 18

MOST: Final = 10**_MOST_DIGITS
"""What stands for all greater numbers: it is beyond every limit of AWS's."""

_LONGEST = 300
"""Longer texts are no number that anybody means, and take long to work out."""


class Spelled(str):
    """A scalar without quotation marks that is a number in YAML 1.1, as it is written."""

    __slots__ = ()

    @property
    def number(self) -> int | float | None:
        """The number; None where it may be one of two."""
        written = self.replace("_", "")
        if _OCTAL.fullmatch(written):
            digits = written.replace("o", "")
            return int(digits) if int(digits, 8) == int(digits) else None
        if _OTHER_BASE.fullmatch(written):
            return int(written, 0)
        if _SIXTIES.fullmatch(written):
            total: int | float = 0
            for piece in written.lstrip("+-").split(":"):
                total = total * 60 + (float(piece) if "." in piece else int(piece))
            return -total if written.startswith("-") else total
        return _decimal(written)

    @property
    def is_decimal(self) -> bool:
        """Whether it is written with the digits of its value, as +5, 8.10 and 1e3."""
        return _PLAIN.fullmatch(self) is not None and not _OCTAL.fullmatch(self)

    @property
    def texts(self) -> frozenset[str]:
        """The texts that it may be; empty where that is not known."""
        number = self.number
        if number is None:
            return frozenset()
        whole = {str(int(number))} if abs(number) < 1e300 and number == int(number) else set()
        return frozenset((str(self), str(number), *whole))


def _decimal(written: str) -> int | float | None:
    try:
        return int(written) if written.lstrip("+-").isdigit() else float(written)
    except ValueError:
        return None


def spelled(written: str) -> str:
    """A text as it is in YAML without quotation marks."""
    is_number = (pattern.fullmatch(written) for pattern in (_PLAIN, _OCTAL, _OTHER_BASE, _SIXTIES))
    return Spelled(written) if len(written) <= _LONGEST and any(is_number) else written


def whole(digits: str) -> int:
    """The number that decimal digits mean, `MOST` at most. Raises ValueError for other texts.

    Python converts no more than 4,300 digits, and makes a float of no more than 309.
    """
    kept = digits if len(digits) <= _MOST_DIGITS else digits.lstrip("0")
    return int(kept or "0") if len(kept) <= _MOST_DIGITS else MOST
