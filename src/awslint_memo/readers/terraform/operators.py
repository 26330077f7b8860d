"""Terraform's operators, with support for unknown operands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.partial import OpenFields, join
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Link, Text, Value
from awslint_memo.readers.terraform.choices import OtherThan
from awslint_memo.readers.terraform.encoded import Encoded, written_pieces
from awslint_memo.readers.terraform.exact_numbers import compared, computed, number_in, whole_below
from awslint_memo.readers.terraform.untyped import Untyped
from awslint_memo.readers.terraform.values import (
    AtLeast,
    EvalError,
    OneOfSeveral,
    ResourceRef,
    between,
    condition,
    is_of_unread,
    unknown_of,
)

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
        return (
            unknown_of("a comparison of what is not known", place, is_unread=is_of_unread(left, right))
            if same is None
            else Known(same == (sign == "=="), place)
        )
    certain = _of_least(sign, left, right)
    if certain is not None:
        return Known(certain, place)
    try:
        numbers = number_in(left), number_in(right)
    except ValueError:
        return EvalError(f"{sign} of what are no numbers", place)
    if numbers[0] is None or numbers[1] is None:
        return _unknown(left, right, place)
    if sign in _WITH_LEAST:
        return Known(compared(sign, numbers[0], numbers[1]), place)
    result = computed(sign, numbers[0], numbers[1])
    if result is None or isinstance(result, (int, float)):
        return _unknown(left, right, place) if result is None else Known(result, place)
    below = whole_below(result)
    return _unknown(left, right, place) if below is None else between(below, place, left, right)


def _unknown(left: Value, right: Value, place: Place) -> Value:
    return unknown_of("arithmetic with what is not known", place, left, right)


def _of_least(sign: str, left: Value, right: Value) -> bool | None:
    if isinstance(right, AtLeast):
        left, right, sign = right, left, _TURNED.get(sign, sign)
    if not isinstance(left, AtLeast) or not isinstance(right, Known) or sign not in _WITH_LEAST:
        return None
    try:
        other = number_in(right)
    except ValueError:
        return None
    return None if other is None else _WITH_LEAST[sign](left.least, other)


def _logic(sign: str, left: Value, right: Value, place: Place) -> Value:
    deciding = sign == "||"
    flags = condition(left), condition(right)
    failed = next((side for side in (left, right) if isinstance(side, EvalError)), None)
    if failed is not None:
        # Newer versions don't look at a side if the other one decides.
        return unknown_of("a condition on an error", place, left, right) if deciding in flags else failed
    if deciding in flags:
        # What is no condition is an error beside any other.
        is_certain = all(flag is not None or side.is_unknown for flag, side in zip(flags, (left, right), strict=True))
        return Known(deciding, place) if is_certain else unknown_of("a condition on what is none", place)
    if None in flags:
        return unknown_of("a condition on what is not known", place, is_unread=is_of_unread(left, right))
    return Known(not deciding, place)


def equal(left: Value, right: Value, *, is_of_one_type: bool = False) -> bool | None:
    """Whether two values are equal; None if that is not known.

    is_of_one_type: whether both have the same type; else one may be a list and the other a tuple with the same items.
    """
    left, right = _as_text(left), _as_text(right)
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
    if not (isinstance(left, Known) and isinstance(right, Known)) or Encoded in (type(left), type(right)):
        return None
    if isinstance(left.content, (list, Mapping)) or isinstance(right.content, (list, Mapping)):
        return _equal_inside(left, right, is_of_one_type=is_of_one_type)
    if Untyped in (type(left), type(right)):
        # Of the same text they may be of different types; 1.0 as a text is another one than 1 as a number.
        return None if left.text == right.text or left.number == right.number is not None else False
    # In Python True == 1, in Terraform not.
    is_boolean = isinstance(left.content, bool), isinstance(right.content, bool)
    return bool(left.content == right.content) and is_boolean[0] == is_boolean[1]


def _as_text(value: Value) -> Value:
    """JSON as the text that it is; any other value as it is."""
    if not isinstance(value, Encoded) or value.format == "yaml":
        return value
    text = join(written_pieces(value), value.place)
    return text if text.text is not None or isinstance(text, Text) else value


def _equal_inside(left: Known, right: Known, *, is_of_one_type: bool) -> bool | None:
    """Whether two values, of which one is a list or a map, are equal."""
    one, other = left.content, right.content
    if isinstance(one, list) and isinstance(other, list):
        pairs = list(zip(one, other, strict=False))
        if len(one) != len(other):
            return False
    elif isinstance(one, Mapping) and isinstance(other, Mapping):
        for fields, others in ((one, other), (other, one)):
            if not isinstance(others, OpenFields) and any(name not in others for name in fields):
                return False
        pairs = [(one[name], other[name]) for name in one if name in other]
    else:
        return False
    answers = {equal(child, beside, is_of_one_type=is_of_one_type) for child, beside in pairs}
    if False in answers:
        return False
    is_open = isinstance(one, OpenFields) or isinstance(other, OpenFields)
    return None if None in answers or is_open or not is_of_one_type else True


def _surely_differs(one: Value, other: Value) -> bool:
    """Whether `one` is certainly another value than `other`, although it is not known."""
    if isinstance(one, AtLeast):
        return isinstance(other, Known) and isinstance(other.content, (int, float)) and other.content < one.least
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
        flag = condition(value)
        return unknown_of("not what is not known", place) if flag is None else Known(not flag, place)
    try:
        number = number_in(value)
    except ValueError:
        return EvalError("minus what is no number", place)
    # There is a negative zero, of which the text is another one.
    return Known(-number, place) if number else unknown_of("minus what is not known", place)
