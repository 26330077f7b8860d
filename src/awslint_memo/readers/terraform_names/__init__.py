"""The maps of Terraform's types and arguments to CloudFormation's, which names.txt contains; see `property_maps`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, MutableMapping
from typing import TypeVar

from awslint_memo.model.record import replace
from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap
from awslint_memo.readers.terraform_names.entries import Entry, index

T = TypeVar("T", TypeMap, Companion)


class Maps(MutableMapping[str, T]):
    """Maps by Terraform type. Those of names.txt are read when they are first asked for: most runs need a few."""

    def __init__(self, entries: Mapping[str, Entry], read: Callable[[Entry], T]) -> None:
        self._entries = entries
        self._read: Callable[[Entry], T] = read
        self._types = {name: entry.type for name, entry in entries.items()}
        self._maps: dict[str, T] = {}

    def __contains__(self, name: object) -> bool:
        return name in self._types

    def __getitem__(self, name: str) -> T:
        maps = self._maps.get(name)
        if maps is None:
            if name not in self._types:
                raise KeyError(name)
            maps = self._maps[name] = self._read(self._entries[name])
        return maps

    def __setitem__(self, name: str, maps: T) -> None:
        self._types[name], self._maps[name] = maps.type, maps

    def __delitem__(self, name: str) -> None:
        del self._types[name]
        self._maps.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._types)

    def __len__(self) -> int:
        return len(self._types)

    def of(self, types: Collection[str]) -> tuple[str, ...]:
        """The Terraform types whose CloudFormation type is one of these; reads no maps."""
        return tuple(name for name, type_ in self._types.items() if type_ in types)

    def types(self) -> frozenset[str]:
        """The CloudFormation types; reads no maps."""
        return frozenset(self._types.values())


_ENTRIES = index().entries

TYPE_MAPS = Maps({name: entry for name, entry in _ENTRIES.items() if not entry.owner}, Entry.type_map)
"""The equivalent of a Terraform type in CloudFormation, by Terraform type."""

COMPANIONS = Maps({name: entry for name, entry in _ENTRIES.items() if entry.owner}, Entry.companion)
"""Terraform types that are properties of another resource in CloudFormation."""

SEVERAL = index().without
"""CloudFormation types without a single equivalent type in Terraform: several resources, a block, or nothing."""


def add(type_maps: Mapping[str, TypeMap], companions: Mapping[str, Companion]) -> None:
    """Add the maps of a user's rules. Where names.txt has one already, that counts.

    Raises TypeError for what is no map, and ValueError for a Terraform type whose CloudFormation type is another.
    """
    for name, added in type_maps.items():
        if not isinstance(added, TypeMap):
            raise TypeError(f"{name} in TYPE_MAPS is no TypeMap")
        known = TYPE_MAPS.get(name, added)
        if known.type != added.type:
            raise ValueError(f"{name} is {known.type} already, not {added.type}")
        properties = _joined(known.properties, added.properties)
        TYPE_MAPS[name] = replace(known, properties=properties, attributes={**added.attributes, **known.attributes})
    for name, companion in companions.items():
        if not isinstance(companion, Companion):
            raise TypeError(f"{name} in COMPANIONS is no Companion")
        COMPANIONS.setdefault(name, companion)


def _joined(known: Mapping[str, PropertyMap], added: Mapping[str, PropertyMap]) -> dict[str, PropertyMap]:
    joined = {**added, **known}
    for name in known.keys() & added.keys():
        within, more = known[name].within, added[name].within
        if within is not None and more is not None:
            joined[name] = replace(known[name], within=_joined(within, more))
    return joined
