"""Terraform's functions on numbers."""

from __future__ import annotations

import math
from typing import Any

from awslint_memo.readers.terraform.collections import Function
from awslint_memo.readers.terraform.functions.arguments import NotKnownError, plains

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

_LONGEST = 300
"""The most digits of a number that is followed."""


def _parseint(text: Any, base: int) -> int:
    if not isinstance(text, str) or not 2 <= base <= 62:
        raise ValueError("no text, or no base")
    digits = text[1:] if text[:1] in ("-", "+") else text
    if base <= 36:
        digits = digits.lower()
    if len(digits) > _LONGEST:
        raise NotKnownError("a number with many digits")
    worth = [_DIGITS.index(digit) for digit in digits]
    if not worth or max(worth) >= base:
        raise ValueError("a digit outside of the base")
    number = 0
    for one in worth:
        number = number * base + one
    return -number if text[0] == "-" else number


def _log(number: float, base: float) -> float:
    found = math.log(number) / math.log(base)
    # A power of the base has a whole logarithm, which a float may miss by a little.
    return round(found) if math.isclose(found, round(found), abs_tol=1e-12) else found


def _pow(base: float, exponent: float) -> float:
    found = base**exponent if abs(exponent) < 1000 and abs(base) < 1e9 else math.pow(base, exponent)
    if isinstance(found, complex) or abs(found) > 10**_LONGEST:
        raise NotKnownError("a number too large to follow")
    return found


def _range(*bounds: float) -> list[float]:
    start, end = (0, bounds[0]) if len(bounds) == 1 else bounds[:2]
    step = bounds[2] if len(bounds) == 3 else 1 if start <= end else -1
    if len(bounds) > 3 or step == 0 or (step > 0) != (end >= start):
        raise ValueError("a range that does not end")
    if (end - start) / step > 1024:
        raise ValueError("more than Terraform allows")
    return [start + step * number for number in range(math.ceil((end - start) / step))]


def _sum(numbers: list[float]) -> float:
    if not numbers:
        raise ValueError("nothing to add")
    return sum(numbers)


NUMBERS: dict[str, Function] = plains(
    {
        "abs": ("number", abs),
        "ceil": ("number", math.ceil),
        "floor": ("number", math.floor),
        "log": ("number number", _log),
        "max": ("number*", lambda *numbers: max(numbers)),
        "min": ("number*", lambda *numbers: min(numbers)),
        "parseint": ("any whole", _parseint),
        "pow": ("number number", _pow),
        "range": ("number*", _range),
        "signum": ("whole", lambda number: (number > 0) - (number < 0)),
        "sum": ("numbers", _sum),
    }
)
"""The implementation of each function by name."""
