"""What the reasons of ways have in common: days in seconds, and what a property says in the words of the file."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery.ways import Reasons


def in_seconds(days: float) -> float:
    """A number of days in seconds."""
    return days * 24 * 60 * 60.0


def days(value: Value) -> float | None:
    """A number of days in seconds; None if it is not known."""
    return None if value.number is None else in_seconds(value.number)


def because(resource: Resource, path: str, value: Value) -> Reasons:
    """That a property has a value: the name in the file's words, and the value as far as it can be shown."""
    # A word such as Status says nothing without what it is the status of.
    last = path.rpartition(".")[2]
    name = resource.property_names.get(path) or resource.in_file_words(path if last == "Status" else last)
    if value.is_absent:
        said = f"no {name}"
    elif value.text is not None:
        said = f"{name} {value.text}{value.note}"
    else:
        said = f"{name} is not known" if value.is_unknown else name
    return ((value.place, said),)


def stands(resource: Resource, words: str) -> Reasons:
    """That a resource is there."""
    return ((resource.place, words),)
