"""Finds the records that may have the same zone, name and type as one, without a look at all the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, Protocol, TypeVar

from awslint_memo.model.patterns import TextPattern
from awslint_memo.relations.route53.zones import Name, Zone, ZoneKey


class Recorded(Protocol):
    """What is known of a record."""

    @property
    def zone(self) -> Zone:
        """Its hosted zone."""

    @property
    def name(self) -> Name:
        """Its name."""

    @property
    def type(self) -> str | None:
        """Its type; None if that is not known."""


R = TypeVar("R", bound=Recorded)


class _Names(Generic[R]):
    """Records by name: those with a whole literal name, and those that may have another one."""

    def __init__(self) -> None:
        self._every: list[R] = []
        self._unclear: list[R] = []
        self._clear: dict[TextPattern, list[R]] = {}

    def add(self, record: R) -> None:
        key = _whole(record.name)
        self._every.append(record)
        (self._unclear if key is None else self._clear.setdefault(key, [])).append(record)

    def near(self, name: Name) -> Iterator[R]:
        key = _whole(name)
        yield from self._every if key is None else (*self._clear.get(key, ()), *self._unclear)


class Candidates(Generic[R]):
    """All records of a deployment, by zone, type and name."""

    def __init__(self, records: Iterable[R]) -> None:
        self._in_all_zones: dict[str | None, _Names[R]] = {}
        self._in_zone: dict[tuple[ZoneKey | None, str | None], _Names[R]] = {}
        for one in records:
            self._in_all_zones.setdefault(one.type, _Names()).add(one)
            self._in_zone.setdefault((_own_zone(one), one.type), _Names()).add(one)

    def near(self, record: R) -> Iterator[R]:
        """All records that may have the same zone, name and type, and some others. The record's type is known."""
        zone = _own_zone(record)
        for type_ in (record.type, None):
            if zone is None:
                found = [self._in_all_zones.get(type_)]
            else:
                found = [self._in_zone.get((one, type_)) for one in (zone, None)]
            for names in found:
                yield from () if names is None else names.near(record.name)


def _own_zone(record: Recorded) -> ZoneKey | None:
    """The zone, if it is a resource of the deployment: it is surely not another such resource."""
    key = record.zone.key
    return key if key is not None and key.kind == "resource" else None


def _whole(name: Name) -> TextPattern | None:
    """The name, if it is known as a whole: it is surely not another such name."""
    return None if name.key is None or name.key.gaps or name.is_relative else name.key
