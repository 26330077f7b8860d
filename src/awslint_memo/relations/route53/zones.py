"""Route 53: which hosted zone a record is in, which name it has there, and which records may have the same of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, Literal, Protocol, TypeVar

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.origin import HERE, Origin
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Link, Unknown, Value

ZONE = "AWS::Route53::HostedZone"


class Said(Protocol):
    """What has properties: a resource, or a mapping inside one."""

    def get(self, path: str) -> Value:
        """The value at a path."""


class FoundZone(Unknown):
    """The id of a zone that is looked up by its name (Terraform's data source). may_be_private: whether it may be one
    for VPCs."""

    __slots__ = ("may_be_private", "name")

    def __init__(
        self, why: str, place: Place, name: Value, *, may_be_private: bool, key: str = "", origin: Origin = HERE
    ) -> None:
        super().__init__(why, place, key=key, may_come_from=tuple(name.mentions()), origin=origin)
        self.name = name
        self.may_be_private = may_be_private

    def _copy(self, place: Place, origin: Origin) -> FoundZone:
        return FoundZone(self.why, place, self.name, may_be_private=self.may_be_private, key=self.key, origin=origin)


@record(frozen=True)
class Name:
    """A domain name: lower case, without the last dot. `key` is None where nothing can be told of it.

    is_relative: it may go on with its zone's name, which is not known.
    """

    key: TextPattern | None
    is_relative: bool = False

    @property
    def shown(self) -> str:
        """The name for a message, with `${…}` for what is not known in it; empty where nothing is."""
        return "" if self.key is None else self.key.shown


@record(frozen=True)
class ZoneKey:
    """What a hosted zone is known by: its id, its name, or the resource that it is."""

    kind: Literal["id", "name", "resource"]
    text: TextPattern


@record(frozen=True)
class Zone:
    """A hosted zone: what it is known by, the resource if it is one of this deployment, and the name of its apex.

    may_be_private: whether it is looked up as one for VPCs.
    """

    key: ZoneKey | None = None
    resource: Resource | None = None
    apex: TextPattern | None = None
    may_be_private: bool = False

    @property
    def is_private(self) -> bool:
        """Whether it is a zone of this deployment for VPCs, or may be one."""
        return self.may_be_private or (self.resource is not None and not self.resource.get("VPCs").is_absent)

    def may_be(self, other: Zone) -> bool:
        """Whether both could be the same zone."""
        if self.key is None or other.key is None or self.key == other.key:
            return True
        kinds = {self.key.kind, other.key.kind}
        if kinds == {"resource"}:
            return False
        if "id" in kinds:
            return kinds != {"id"} or bool(self.key.text.gaps or other.key.text.gaps)
        return self.apex is None or other.apex is None or may_be_same(Name(self.apex), Name(other.apex))

    def expanded(self, written: Value, name: Name) -> Name:
        """The whole name of a record in this zone that Terraform may have written without the zone's name."""
        key = TextPattern() if isinstance(written, Absent) else name.key
        if key is None or key.ends_with_gap:
            return name
        if self.apex is None:
            return Name(key, is_relative=True)
        if key.endswith(self.apex):
            return Name(key)
        return Name(self.apex if key.is_empty else key + "." + self.apex)


def zone(deployment: Deployment, said: Sequence[Said]) -> Zone:
    """The hosted zone that is named, by id or by name, by the first of `said` that names one."""
    by_id = _first(said, "HostedZoneId")
    if by_id is not None:
        resource = deployment.find(by_id, ZONE)
        text = normal(deployment, by_id).key
        key = None if text is None else ZoneKey("id", text.removeprefix("/hostedzone/"))
        if isinstance(by_id, FoundZone):
            return Zone(key, apex=normal(deployment, by_id.name).key, may_be_private=by_id.may_be_private)
        return _of(resource) if resource is not None else Zone(key)
    by_name = _first(said, "HostedZoneName")
    apex = None if by_name is None else normal(deployment, by_name).key
    if apex is None:
        return Zone()
    named = deployment.once(_by_apex).get(apex, ())
    return named[0] if len(named) == 1 else Zone(ZoneKey("name", apex), apex=apex)


def _by_apex(deployment: Deployment) -> dict[TextPattern | None, list[Zone]]:
    found: dict[TextPattern | None, list[Zone]] = {}
    for one in map(_of, deployment.of_type(ZONE)):
        found.setdefault(one.apex, []).append(one)
    return found


def normal(deployment: Deployment, value: Value) -> Name:
    """A value as a domain name, as far as it is known."""
    if isinstance(value, Link):
        resource = deployment.resource(value.resource)
        if resource is not None and resource.type == ZONE and value.attribute == "Name":
            return normal(deployment, resource.get("Name"))
        return Name(value.pattern)
    whole = TextPattern()
    for piece in value.pieces:
        key = piece.pattern if piece.is_unknown else _piece(deployment, piece)
        if key is None:
            return Name(None)
        whole += key
    return Name(whole.rstrip("."))


def may_be_same(one: Name, other: Name) -> bool:
    """Whether two names are the same, or may be."""
    if one.key is None or other.key is None or one.key == other.key:
        return True
    gaps = [[gap.name for gap in key.gaps] for key in (one.key, other.key)]
    if gaps[0] or gaps[1]:
        return gaps[0] != gaps[1]
    if not (one.is_relative or other.is_relative):
        return False
    short, long = sorted((one.key.filled(""), other.key.filled("")), key=len)
    return not short or long.startswith(short + ".")


def _piece(deployment: Deployment, piece: Value) -> TextPattern | None:
    if isinstance(piece, Link):
        return normal(deployment, piece).key
    return None if piece.text is None else TextPattern(_plain(piece.text))


def _plain(text: str) -> str:
    # Route 53 answers with the asterisk's number in a name.
    return text.lower().replace("\\052", "*")


def _of(resource: Resource) -> Zone:
    key = ZoneKey("resource", TextPattern(resource.name))
    return Zone(key, resource, normal(resource.deployment, resource.get("Name")).key)


def _first(said: Sequence[Said], key: str) -> Value | None:
    values = (one.get(key) for one in said)
    return next((value for value in values if not value.is_absent), None)


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


@record(frozen=True)
class RecordKey:
    """What records share that answer together."""

    zone: ZoneKey
    name: TextPattern
    type: str

    @property
    def is_written(self) -> bool:
        """Whether it means the same in every stack: nothing of it is a resource, or unknown, of one of them."""
        return self.zone.kind != "resource" and not self.zone.text.gaps and not self.name.gaps


def may_join(one: Recorded, other: Recorded) -> bool:
    """Whether two records may have the same zone, name and type."""
    if None not in (one.type, other.type) and one.type != other.type:
        return False
    return one.zone.may_be(other.zone) and may_be_same(one.name, other.name)


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
                found = [self._in_zone.get((zone_key, type_)) for zone_key in (zone, None)]
            for names in found:
                yield from () if names is None else names.near(record.name)


def _own_zone(record: Recorded) -> ZoneKey | None:
    """The zone, if it is a resource of the deployment: it is surely not another such resource."""
    key = record.zone.key
    return key if key is not None and key.kind == "resource" else None


def _whole(name: Name) -> TextPattern | None:
    """The name, if it is known as a whole: it is surely not another such name."""
    return None if name.key is None or name.key.gaps or name.is_relative else name.key
