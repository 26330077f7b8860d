"""Functions of which the result is certain for a value that is none of those that it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from awslint_memo.model.partial import OpenFields
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Value
from awslint_memo.readers.terraform.choices import OtherThan
from awslint_memo.readers.terraform.values import EvalError

COMPARING = ("contains", "lookup")


def of_choice(
    name: str, values: Sequence[Value], compared: Callable[[Value, Iterable[Value]], None], place: Place
) -> Value | None:
    """The result of contains() or lookup() for a value that is none of those that it is compared with; else None.

    compared: is told of the comparison.
    """
    content = values[0].content if isinstance(values[0], Known) else None
    if isinstance(content, OpenFields) or not isinstance(content, (list, Mapping)):
        return None
    others = content if isinstance(content, list) else [Known(key, place) for key in content]
    compared(values[1], others)
    if not (isinstance(values[1], OtherThan) and all(map(values[1].is_not, others))):
        return None
    if name == "contains":
        return Known(False, place)
    return values[2] if len(values) == 3 else EvalError("no element of this key", place)
