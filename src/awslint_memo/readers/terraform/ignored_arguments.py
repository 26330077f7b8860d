"""Arguments of which Terraform ignores changes, read as they are deployed: nobody here knows how.

https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#ignore_changes (read on 2026-11-30)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final

from awslint_memo.model.properties import ignored_ways
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.property_maps import PropertyMap, translate
from awslint_memo.readers.terraform.instances import OF_TERRAFORM

_AS_DEPLOYED: Final[list[bool]] = []
"""Not empty while arguments are read as they are deployed."""

_IGNORED: Final = PropertyMap("lifecycle.ignore_changes")
_ALL: Final = ("all",)


@contextmanager
def as_deployed() -> Iterator[None]:
    """Read arguments of which Terraform ignores changes as what is not known, inside of the block.

    What a change writes there reaches no resource that exists.
    """
    _AS_DEPLOYED.append(True)
    try:
        yield
    finally:
        _AS_DEPLOYED.pop()


def is_as_deployed() -> bool:
    """Whether arguments are read as they are deployed."""
    return bool(_AS_DEPLOYED)


def deployed_reading(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Reads the arguments of a resource as they are deployed. read: as they are written."""
    return partial(_read, read)


def _read(read: Callable[[str], Value], name: str) -> Value:
    value = read(name)
    if name in OF_TERRAFORM:
        return value
    for way in ignored_ways(translate("", _IGNORED, read, value.place)):
        if way in ((), _ALL):
            value = _kept(value, ())
        elif way[0] == name:
            value = _kept(value, way[1:])
    return value


def _kept(value: Value, way: Sequence[str]) -> Value:
    """A value with what stands at a way below it as not known; blocks and lists are passed whatever their number."""
    content = value.content if isinstance(value, Known) else None
    if way and isinstance(content, list):
        return Known([_kept(item, way) for item in value.items], value.place, value.origin)
    if way and isinstance(content, Mapping) and way[0] in value.fields:
        fields = {**value.fields, way[0]: _kept(value.fields[way[0]], way[1:])}
        return Known(fields, value.place, value.origin)
    return Unknown("Terraform ignores changes of it", value.place)
