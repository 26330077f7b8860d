"""Which arguments of resources facts tell: those that the tables of names read when the facts were made.

Tables grow, and users' rules bring some of their own. An argument that a table reads since is not known of a module,
whether or not the module sets it. ARGUMENTS has what is told, by Terraform's type.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias

from awslint_memo.files.rule_files import packaged
from awslint_memo.readers.property_maps import PropertyMap
from awslint_memo.readers.terraform.blocks import DEPENDS_ON
from awslint_memo.readers.terraform_names import COMPANIONS, TYPE_MAPS

ARGUMENTS = "readers/terraform_modules/arguments.json"

Kept: TypeAlias = "Mapping[str, Kept | bool]"
"""Arguments by name. Of a block, those in it that are told: True is all, False that there are such blocks. An argument
that is no block is told as a whole."""

OF_ANY: Kept = {
    "count": True,
    "for_each": True,
    "lifecycle": {"enabled": True, "ignore_changes": True, "prevent_destroy": True, "replace_triggered_by": True},
    "provider": True,
    "region": True,
}
"""What is told of a resource of any type: what Terraform itself reads of it, and the provider."""


def is_told(type_: str, name: str) -> bool:
    """Whether facts tell an argument of a Terraform type with all in it that the tables read, or that there is none."""
    of_type = _told().get(type_, {})
    if isinstance(of_type, bool):
        return of_type and name != DEPENDS_ON  # It is kept only for the tables that read it.
    told = of_type.get(name, OF_ANY.get(name))
    return told is not None and _covers(told, _read(type_).get(name, False))


def _covers(told: Kept | bool, read: Kept | bool) -> bool:
    """Whether what is told of an argument has all that is read of it."""
    if told is True or read is False:
        return True
    if isinstance(told, bool) or isinstance(read, bool):
        return False
    return all(name in told and _covers(told[name], below) for name, below in read.items())


@cache
def _told() -> Mapping[str, Kept | bool]:
    told: Mapping[str, Kept | bool] = json.loads(packaged(ARGUMENTS).data)
    return told


_READ: dict[str, tuple[object, Kept]] = {}
"""What the tables read of a type, each with the table that says so: a user's rule may bring another."""


def _read(type_: str) -> Kept:
    table = TYPE_MAPS.get(type_) or COMPANIONS.get(type_)
    known = _READ.get(type_)
    if known is None or known[0] is not table:
        known = _READ[type_] = table, read_arguments(type_)
    return known[1]


def read_arguments(type_: str) -> dict[str, Kept | bool]:
    """The arguments of a Terraform type that the tables read at present."""
    read: dict[str, Kept | bool] = {}
    if type_ in TYPE_MAPS:
        table = TYPE_MAPS[type_]
        _add(read, table.properties.values())
        maps = (*table.beside.values(), *table.settings.values())
        read.update((name, True) for map_ in maps for name in map_.arguments)
    if type_ in COMPANIONS:
        companion = COMPANIONS[type_]
        _add(read, companion.properties.values())
        read[companion.owner] = True
    return read


def _add(read: dict[str, Kept | bool], maps: Iterable[PropertyMap]) -> None:
    for map_ in maps:
        if not map_.attribute and map_.within:
            _add(read, map_.within.values())
        for path in filter(None, (map_.attribute, map_.older)):
            *steps, last = path.split(".")
            inside: dict[str, Kept | bool] | None = read
            for step in steps:
                inside = _inside(inside, step) if inside is not None else None
            if inside is not None and map_.within is None:
                inside[last] = inside.get(last) or map_.read is not None
            elif inside is not None:
                below = _inside(inside, last)
                _add(below if below is not None else {}, (map_.within or {}).values())


def _inside(read: dict[str, Kept | bool], name: str) -> dict[str, Kept | bool] | None:
    """What is read in a block; None if all is."""
    below = read.get(name)
    if below is True:
        return None
    if not isinstance(below, dict):
        below = read[name] = {}
    return below
