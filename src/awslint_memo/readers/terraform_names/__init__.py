"""Tables of Terraform's types and arguments for CloudFormation's, one module per service; see `property_maps`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from awslint_memo.model.record import replace
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap

TYPE_MAPS: dict[str, TypeMap] = {}
"""The equivalent of a Terraform type in CloudFormation, by Terraform type."""

COMPANIONS: dict[str, Companion] = {}
"""Terraform types that are properties of another resource in CloudFormation."""

SEVERAL: set[str] = set()
"""CloudFormation types without a single equivalent type in Terraform: several resources, or a block."""

for _module in sorted(info.name for info in iter_modules(__path__)):
    _table = import_module(f"{__name__}.{_module}")
    TYPE_MAPS.update(_table.TYPE_MAPS)
    COMPANIONS.update(getattr(_table, "COMPANIONS", {}))
    SEVERAL.update(getattr(_table, "SEVERAL", ()))


def add(type_maps: Mapping[str, TypeMap], companions: Mapping[str, Companion]) -> None:
    """Add the words of a user's rules. Where the tables have one already, that counts.

    Raises TypeError for what is no table, and ValueError for a Terraform type whose CloudFormation type is another.
    """
    for name, table in type_maps.items():
        if not isinstance(table, TypeMap):
            raise TypeError(f"{name} in TYPE_MAPS is no TypeMap")
        known = TYPE_MAPS.get(name, table)
        if known.type != table.type:
            raise ValueError(f"{name} is {known.type} already, not {table.type}")
        properties = _joined(known.properties, table.properties)
        TYPE_MAPS[name] = replace(known, properties=properties, attributes={**table.attributes, **known.attributes})
    for name, companion in companions.items():
        if not isinstance(companion, Companion):
            raise TypeError(f"{name} in COMPANIONS is no Companion")
        COMPANIONS.setdefault(name, companion)


def _joined(known: Mapping[str, PropertyMap], added: Mapping[str, PropertyMap]) -> dict[str, PropertyMap]:
    found = {**added, **known}
    for name in known.keys() & added.keys():
        within, more = known[name].within, added[name].within
        if within is not None and more is not None:
            found[name] = replace(known[name], within=_joined(within, more))
    return found
