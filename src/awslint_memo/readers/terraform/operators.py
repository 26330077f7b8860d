"""Terraform's operators, with support for unknown operands."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Value
from awslint_memo.readers.terraform.choices import OtherThan
from awslint_memo.readers.terraform.collections import is_wholly_known
from awslint_memo.readers.terraform.values import EvalError, unknown_of

_ARITHMETIC: Mapping[str, Callable[[float, float], float | bool]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "%": math.fmod,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def binary(sign: str, left: Value, right: Value, place: Place) -> Value:
    """Evaluate `left sign right`."""
    if sign in ("&&", "||"):
        return _logic(sign, left, right, place)
    failed = next((value for value in (left, right) if isinstance(value, EvalError)), None)
    if failed is not None:
        return failed
    if sign in ("==", "!="):
        same = _equal(left, right)
        return (
            unknown_of("a comparison of what is not known", place)
            if same is None
            else Known(same == (sign == "=="), place)
        )
    numbers = left.number, right.number
    if numbers[0] is None or numbers[1] is None:
        if isinstance(left, (Known, Absent)) and isinstance(right, (Known, Absent)):
            return EvalError(f"{sign} of what are no numbers", place)
        return unknown_of("arithmetic with what is not known", place, left, right)
    try:
        result = _ARITHMETIC[sign](numbers[0], numbers[1])
    except (ArithmeticError, KeyError, ValueError):
        return EvalError(f"{sign} of these numbers", place)
    if isinstance(result, int) and result.bit_length() > 1024:
        return EvalError("a number too large", place)
    is_whole = isinstance(result, float) and result.is_integer() and abs(result) < 1e15
    return Known(int(result) if is_whole else result, place)


def _logic(sign: str, left: Value, right: Value, place: Place) -> Value:
    deciding = sign == "||"
    if deciding in (left.flag, right.flag):
        return Known(deciding, place)
    if left.flag is None or right.flag is None:
        return unknown_of("a condition on what is not known", place)
    return Known(not deciding, place)


def _equal(left: Value, right: Value) -> bool | None:
    if (isinstance(left, OtherThan) and left.is_not(right)) or (isinstance(right, OtherThan) and right.is_not(left)):
        return False
    if left.is_unknown and right.is_unknown:
        return True if left.is_same_as(right) else None
    if not (is_wholly_known(left) and is_wholly_known(right)):
        return None
    if isinstance(left, Absent) or isinstance(right, Absent):
        return isinstance(left, Absent) and isinstance(right, Absent)
    one, other = left.plain, right.plain
    # In Python True == 1, in Terraform not.
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def negated(sign: str, value: Value, place: Place) -> Value:
    """Evaluate `!value` or `-value`."""
    if isinstance(value, EvalError):
        return value
    if sign == "!":
        return unknown_of("not what is not known", place) if value.flag is None else Known(not value.flag, place)
    return unknown_of("minus what is not known", place) if value.number is None else Known(-value.number, place)
