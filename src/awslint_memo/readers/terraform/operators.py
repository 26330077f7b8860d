"""Terraform's operators, with support for unknown operands."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from awslint_memo.model.partial import OpenFields
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Link, Text, Value
from awslint_memo.readers.terraform.choices import OtherThan
from awslint_memo.readers.terraform.collections import is_wholly_known
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.values import (
    AtLeast,
    EvalError,
    OneOfSeveral,
    ResourceRef,
    is_of_unread,
    unknown_of,
)

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


_MAY_BE_EMPTY = ("StreamArn",)
"""Attributes of what a resource need not have."""

_WITH_LEAST: Mapping[str, Callable[[int, float], bool | None]] = {
    ">": lambda least, other: True if least > other else None,
    ">=": lambda least, other: True if least >= other else None,
    "<": lambda least, other: False if least >= other else None,
    "<=": lambda least, other: False if least > other else None,
}
"""What a comparison comes to if only the least value of the left side is known."""

_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


def binary(sign: str, left: Value, right: Value, place: Place) -> Value:
    """Evaluate `left sign right`."""
    if sign in ("&&", "||"):
        return _logic(sign, left, right, place)
    failed = next((value for value in (left, right) if isinstance(value, EvalError)), None)
    if failed is not None:
        return failed
    if sign in ("==", "!="):
        same = equal(left, right)
        if same and isinstance(left, Known) and isinstance(left.content, (list, Mapping)):
            # A list is never equal to a tuple: `var.names == []` is false, but the types are not known here.
            same = None
        return (
            unknown_of("a comparison of what is not known", place, is_unread=is_of_unread(left, right))
            if same is None
            else Known(same == (sign == "=="), place)
        )
    certain = _of_least(sign, left, right)
    if certain is not None:
        return Known(certain, place)
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


def _of_least(sign: str, left: Value, right: Value) -> bool | None:
    if isinstance(right, AtLeast):
        left, right, sign = right, left, _TURNED.get(sign, sign)
    if not isinstance(left, AtLeast) or right.number is None or sign not in _WITH_LEAST:
        return None
    return _WITH_LEAST[sign](left.least, right.number)


def _logic(sign: str, left: Value, right: Value, place: Place) -> Value:
    deciding = sign == "||"
    if deciding in (left.flag, right.flag):
        return Known(deciding, place)
    if left.flag is None or right.flag is None:
        return unknown_of("a condition on what is not known", place, is_unread=is_of_unread(left, right))
    return Known(not deciding, place)


def equal(left: Value, right: Value) -> bool | None:
    """Whether two values are equal; None if that is not known."""
    sides = (left, right), (right, left)
    if any(_surely_differs(one, other) for one, other in sides):
        return False
    if any(isinstance(one, OtherThan) and one.is_not(other) for one, other in sides):
        return False
    for one, other in sides:
        if isinstance(one, (Text, Link)) and isinstance(other, Known) and isinstance(other.content, str):
            return one.is_same_as(other)
    if all(value.is_unknown or is_filled(value) for value in (left, right)):
        return True if left.is_same_as(right) else None
    if isinstance(left, Absent) or isinstance(right, Absent):
        # What is known is not null, whatever is inside of it.
        is_certain = all(isinstance(value, (Absent, Known)) for value in sides[0])
        return (isinstance(left, Absent) and isinstance(right, Absent)) if is_certain else None
    if not (is_wholly_known(left) and is_wholly_known(right)):
        return False if _differs_in_part(left, right) else None
    one, other = left.plain, right.plain
    # In Python True == 1, in Terraform not.
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _differs_in_part(left: Value, right: Value) -> bool:
    """Whether two values, of which one has something inside that is not known, surely differ in what is known."""
    if not (isinstance(left, Known) and isinstance(right, Known)) or Encoded in (type(left), type(right)):
        return False
    one, other = left.content, right.content
    if isinstance(one, list) and isinstance(other, list):
        return len(one) != len(other) or any(map(_is_other, one, other))
    if not (isinstance(one, Mapping) and isinstance(other, Mapping)):
        # One of them is a list or a map, and the other is something else.
        return True
    for fields, others in ((one, other), (other, one)):
        if not isinstance(others, OpenFields) and any(name not in others for name in fields):
            return True
    return any(_is_other(one[name], other[name]) for name in one if name in other)


def _is_other(one: Value, other: Value) -> bool:
    return equal(one, other) is False


def _surely_differs(one: Value, other: Value) -> bool:
    """Whether `one` is certainly another value than `other`, although it is not known."""
    if isinstance(one, AtLeast):
        return other.number is not None and other.number < one.least
    if isinstance(other, Absent):
        is_whole = isinstance(one, ResourceRef) and not (one.several or one.is_chosen or one.is_module)
        return isinstance(one, Text) or is_whole or is_filled(one)
    has_text = is_filled(one) or (isinstance(one, Text) and any(part.text for part in one.parts))
    return has_text and other.text == ""


def is_filled(value: Value) -> bool:
    """Whether this is an attribute that a resource always has: neither null nor empty."""
    if not isinstance(value, Link) or isinstance(value, OneOfSeveral):
        return False
    word = value.attribute
    return word == "Ref" or (word.endswith(("Arn", "ARN", "Id", "Name")) and word not in _MAY_BE_EMPTY)


def negated(sign: str, value: Value, place: Place) -> Value:
    """Evaluate `!value` or `-value`."""
    if isinstance(value, EvalError):
        return value
    if sign == "!":
        return unknown_of("not what is not known", place) if value.flag is None else Known(not value.flag, place)
    return unknown_of("minus what is not known", place) if value.number is None else Known(-value.number, place)
