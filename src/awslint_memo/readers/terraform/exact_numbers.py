"""Numbers that are surely those of Terraform, which computes with binary numbers of up to 512 bits.

A whole number is an int. Any other is a float that Python writes with the same digits, and stands for the decimal
number that these digits are. What comes out of a computation is kept only if it is exact in binary, as 1.5 is: how
others are rounded depends on where their operands come from.
https://github.com/zclconf/go-cty/blob/main/cty/value_ops.go (read on 2026-11-30)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from awslint_memo.model.value import Known, Link, Text, Value
from awslint_memo.syntax.hcl.decimals import is_plain, of_text

if TYPE_CHECKING:
    from fractions import Fraction

MOST = 2**53
"""The largest whole number that is the same in each of Terraform's ways to compute."""

_COMPARING: Mapping[str, Callable[[Fraction | int, Fraction | int], bool]] = {
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}

_WHOLE: Mapping[str, Callable[[int, int], int]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "%": operator.mod,
}
"""What gives a whole number of two whole numbers; `%` only of such as are not negative."""


def number_in(value: Value) -> int | float | None:
    """The number that a value is, or that its text converts to; None if that is not known. Raises ValueError if it is
    surely none."""
    if isinstance(value, Known):
        content = value.content
        if isinstance(content, str):
            content = of_text(content)
        elif isinstance(content, bool) or not isinstance(content, (int, float)):
            raise ValueError("no number")
        return content
    if value.is_unknown or isinstance(value, (Link, Text)):
        return None
    raise ValueError("no number")


def fraction(number: int | float) -> Fraction:
    """The decimal number for which a number stands."""
    from fractions import Fraction

    return Fraction(number) if isinstance(number, int) else Fraction(repr(number))


def compared(sign: str, one: int | float, other: int | float) -> bool:
    """Whether `one sign other`; sign: <, >, <= or >=."""
    first, second = (number if isinstance(number, int) else fraction(number) for number in (one, other))
    return _COMPARING[sign](first, second)


def computed(sign: str, one: int | float, other: int | float) -> int | float | Fraction | None:
    """The result of `one sign other`; sign: +, -, *, / or %. A Fraction if it is not known how it is rounded.

    None if it is not certain, as with what is infinite or too large.
    """
    whole = _of_whole(sign, one, other) if isinstance(one, int) and isinstance(other, int) else None
    if whole is not None:
        return whole
    first, second = fraction(one), fraction(other)
    if not second and sign in "/%":
        return None
    if sign == "%":
        result = first - second * int(first / second)
    else:
        result = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}[sign](first, second)
    if abs(result) > MOST or (not result and sign in "*/" and min(first, second) < 0):
        return None
    if not all(_is_binary(part) for part in (first, second, result)):
        return None if sign == "%" else result
    return kept(result)


def _of_whole(sign: str, one: int, other: int) -> int | None:
    """The result of two whole numbers, if it is one that needs no fraction, as loading these takes time."""
    if sign not in _WHOLE or (sign == "%" and not min(one, other - 1) >= 0):
        return None
    result = _WHOLE[sign](one, other)
    is_certain = max(abs(one), abs(other), abs(result)) <= MOST and (result != 0 or sign != "*")
    return result if is_certain else None


def kept(number: Fraction) -> int | float | Fraction:
    """A number that is exact in binary as an int or a float, if it is one of few digits."""
    if number.denominator == 1:
        return number.numerator
    short = float(number)
    return short if _is_binary(number) and fraction(short) == number and is_plain(short) else number


def _is_binary(number: Fraction) -> bool:
    return number.denominator & (number.denominator - 1) == 0 and number.numerator.bit_length() <= MOST.bit_length()


def whole_below(number: Fraction) -> int | None:
    """The whole number below one that is not whole; None if rounding could make it whole."""
    below = number.numerator // number.denominator
    return below if 1e-9 < float(number - below) < 1 - 1e-9 else None
