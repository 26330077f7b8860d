"""What a companion gives to its owner: an item of a list, or properties; also where it need not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.property_maps import Companion, PropertyReader

_ADDRESSES = ("arn:", "https://")


class Giver(Protocol):
    """A resource of Terraform, as far as it is read here."""

    @property
    def read(self) -> Callable[[str], Value]:
        """Gives the value of an argument."""

    @property
    def place(self) -> Place:
        """Where it stands."""


def item(giver: Giver, table: Companion) -> Value:
    """The item that a companion adds to a list of its owner."""
    properties = PropertyReader(table.type, table.properties, giver.read, giver.place)
    properties.all()
    return Known(properties, giver.place)


def perhaps(address: str, value: Value, given: Value) -> Unknown:
    """A property of an owner where a companion need not exist that gives it, or that is not known for another reason.

    It is not known, but refers to nothing else than what is written in the owner and in the companion.
    """
    before = value if isinstance(value, Unknown) else None
    return Unknown(
        f"{address} may give it" if before is None else before.why,
        given.place if before is None else before.place,
        may_come_from=(*value.mentions(), *given.mentions()),
        anything=any(_may_name_any(one) for both in (value, given) for one in _parts(both)),
        is_unread=before is not None and before.is_unread,
    )


def _parts(value: Value) -> Iterator[Value]:
    yield value
    if isinstance(value, Known) and isinstance(value.content, (list, Mapping)):
        inner = value.content if isinstance(value.content, list) else value.content.values()
        for one in inner:
            yield from _parts(one)


def _may_name_any(value: Value) -> bool:
    """Whether a value may refer to something without mentioning it: any unknown one may, and so do addresses."""
    if isinstance(value, Unknown):
        return value.anything
    pattern = value.pattern
    return pattern is not None and any(map(pattern.startswith, _ADDRESSES))
