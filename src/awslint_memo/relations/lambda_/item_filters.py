"""What filters ask of the items in the records of a table's stream: whether they name the types of attributes."""

from __future__ import annotations

from awslint_memo.model.facts import fact
from awslint_memo.model.value import Value
from awslint_memo.relations.event_patterns import OPERATORS
from awslint_memo.relations.lambda_.event_filters import Filter, may_match_without

_PARTS = fact(
    ("Keys", "NewImage", "OldImage"),
    page="amazondynamodb/latest/APIReference/API_streams_StreamRecord.html",
    read="2026-11-29",
)
"""The parts of a record that have attributes of an item."""

_TYPES_OF_ATTRIBUTES = fact(
    ("B", "BOOL", "BS", "L", "M", "N", "NS", "NULL", "S", "SS"),
    page="amazondynamodb/latest/APIReference/API_streams_AttributeValue.html",
    read="2026-11-29",
)
"""What stands above the value of an attribute in a record of a table's stream."""


def untyped_attribute(asked: Filter) -> str:
    """The first attribute of an item that a filter asks for without its type; empty where there surely is none, or it
    may match nevertheless."""
    return next(filter(None, (_untyped(asked.item[name]) for name in _PARTS if name in asked.item)), "")


def _untyped(attributes: Value) -> str:
    for name, wanted in attributes.fields.items():
        if name.startswith("$") or not wanted.is_known:
            continue
        if isinstance(wanted.plain, list):
            if wanted.items and all(_is_wanted_itself(item) for item in wanted.items):
                return name
            continue
        below = wanted.fields
        if below and not any(key in _TYPES_OF_ATTRIBUTES or key.startswith("$") for key in below):
            if not may_match_without(wanted):
                return name
        elif "M" in below and (found := _untyped(below["M"])):
            return found
    return ""


def _is_wanted_itself(item: Value) -> bool:
    """Whether an item of a pattern surely asks for a value that is there: a scalar, or an operator on one."""
    # Of all operators, `exists` alone may match a field that is not there.
    return item.text is not None or any(key in OPERATORS and key != "exists" for key in item.fields)
