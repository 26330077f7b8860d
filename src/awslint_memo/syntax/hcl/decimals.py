"""Reads decimal numbers, as far as an int or a float stands for exactly the number that is written."""

from __future__ import annotations

import re

from awslint_memo.model.lazy import regex

_LEAST = 1e-4
"""Python writes smaller numbers with an exponent."""

_DIGITS = 150
"""The most digits of a whole number that Terraform keeps in any case."""

_NUMBER = regex(r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,9})?", re.ASCII)
_ODD = regex(r"[-+]?(inf|Inf)|[-+]?[\d.]+([eEpP][-+]?\d+)", re.ASCII)
"""Further texts that may be numbers: infinity, and exponents to the base 2."""


def of_text(written: str) -> int | float | None:
    """The number that a text is; None if it is not certain. Raises ValueError for what is surely none."""
    if written.isascii() and written.isdigit() and len(written) < _DIGITS:
        return int(written)
    if _NUMBER.fullmatch(written) is None:
        if _ODD.fullmatch(written) is None:
            raise ValueError("no number")
        return None
    from decimal import Decimal

    number = Decimal(written)
    if number.is_zero():
        # There is a negative zero, of which the text is another one.
        return None if number.is_signed() else 0
    if not -_DIGITS < number.adjusted() < _DIGITS or len(written) > 2 * _DIGITS:
        return None
    if number == number.to_integral_value():
        return int(number)
    short = float(number)
    return short if Decimal(repr(short)) == number and is_plain(short) else None


def is_plain(number: float) -> bool:
    """Whether Terraform writes a decimal number with the digits that Python writes."""
    return _LEAST <= abs(number) < 1e15
