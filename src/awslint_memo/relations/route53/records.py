"""Route 53: every record of a deployment in one shape, and which records answer together under one name and type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.fix import Fix
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Scalar, Value
from awslint_memo.relations.route53.facts import (
    AVAILABLE_BY_DESIGN,
    AVAILABLE_NAMES,
    CLOUDFRONT_ZONE,
    POLICIES,
    RECORD_PAGE,
    UNIQUE,
)
from awslint_memo.relations.route53.zones import Candidates, Name, RecordKey, Zone, ZoneKey, may_join, normal, zone

RECORD = "AWS::Route53::RecordSet"
RECORD_GROUP = "AWS::Route53::RecordSetGroup"
HOLDERS = (RECORD, RECORD_GROUP)
"""The types that hold records: one, or a list of them."""

LONGEST_TTL = fact(60, page=RECORD_PAGE, read="2026-11-25")
"""Seconds: the longest time to live that AWS recommends for a record whose health is checked."""

_AVAILABLE_NAME = regex(AVAILABLE_NAMES)
_CLOUDFRONT_NAMES = ".cloudfront.net"
_DISTRIBUTION = "AWS::CloudFront::Distribution"


@record(frozen=True, eq=False)
class Record:
    """One record, whether it is a resource of its own or stands in a group."""

    holder: Resource
    item: Value | None
    """The record's own properties where it stands in a group."""
    zone: Zone
    name: Name
    type: str | None

    def get(self, path: str, default: Scalar = None) -> Value:
        """The value at a dotted path of the record's properties; where it is surely absent, `default` if given."""
        if self.item is None:
            return self.holder.get(path, default=default)
        value = self.item.get(path)
        if default is not None and isinstance(value, Absent):
            return Known(default, value.place, defaulted=True)
        return value

    @property
    def for_name(self) -> str:
        """ " for www.example.com A", unknown parts as `${…}`; empty for unknown names, and in groups, which say it."""
        return f" for {self._name_and_type}" if self.item is None and self.name.shown else ""

    @property
    def _name_and_type(self) -> str:
        return f"{self.name.shown or 'an unknown name'} {self.type or ''}".strip()

    def path(self, name: str) -> str:
        """The path of a property of the record in its holder, for a fix; the domain of an API has no list of them."""
        route = None if self.item is None or self.holder.part else self.item.route
        return name if route is None else f"{route}.{name}"

    def set(self, name: str, value: str | int) -> Fix:
        """A fix that sets a property of the record."""
        return self.holder.set(self.path(name), value)

    def finding(
        self,
        place: Value,
        message: str,
        *,
        of: str = "",
        do: str = "",
        level: Level | None = None,
        related: Iterable[tuple[Place | Value | Resource, str]] = (),
        about: Iterable[Resource | Value] = (),
        fix: Fix | None = None,
        since: str = "",
    ) -> Finding:
        """A finding about this record; `message` begins with a verb ("is PRIMARY without …").

        of: the property that the message is about. do: the remedy. about: the cause, if it is not the whole resource.
        fix: what ends it. since: a later version since which the rule reports this.
        """
        if self.item is None:
            return self.holder.finding(
                place, message, of=of, do=do, level=level, related=related, about=about, fix=fix, since=since
            )
        which = f"whose {of}" if of else "which"
        said = f"holds {self._name_and_type}, {which} {message}"
        return self.holder.finding(place, said, do=do, level=level, related=related, about=about, fix=fix, since=since)

    @property
    def label(self) -> str:
        """What tells the record from others of its name: its SetIdentifier, else its resource's name."""
        return self.get("SetIdentifier").text or self.holder.title


@record(frozen=True, eq=False)
class Named:
    """Words for a message about what stands in a record, and the value that holds it."""

    words: str
    place: Value


def records(holder: Resource) -> list[Record]:
    """The records that a resource of one of HOLDERS is or holds."""
    return holder.deployment.once(_by_holder).get(holder.name, [])


def record_set(record: Record) -> list[Record]:
    """The records that surely have the same zone, name and type as a record, in order; only the record itself where
    these are not known, or too many to be compared."""
    return record.holder.deployment.once(_by_key).get(key(record), [record])


def of_other_types(record: Record) -> list[Record]:
    """The records that surely have the same zone and name as a record, and surely another type."""
    zone_, name = record.zone.key, record.name.key
    named = [] if zone_ is None or name is None else record.holder.deployment.once(_by_name).get((zone_, name), [])
    others = [one for one in named if one.type not in (None, record.type) and one.holder.copies.number]
    return others if record.holder.copies.number else []


def is_whole(record: Record) -> bool:
    """Whether the deployment surely has no other record of the same zone, name and type than `record_set` gives."""
    deployment = record.holder.deployment
    together = record_set(record)
    zone = record.holder.follow("HostedZoneId")
    if deployment.is_open or (zone is not None and zone.may_be_completed()):
        return False
    if key(record) not in deployment.once(_by_key) or any(one.holder.copies.number != 1 for one in together):
        return False
    its = {id(one) for one in together}
    others = (one for one in deployment.once(_candidates).near(record) if id(one) not in its)
    return not any(may_join(record, other) for other in others)


def has_own_zone(record: Record) -> bool:
    """Whether the deployment makes the zone of a record and tells no other stack of it, which could add records."""
    zone_ = record.zone.resource
    return zone_ is not None and not zone_.is_exposed()


def policy(record: Record) -> str | None:
    """The routing policy that a record surely has, "simple" included; None where it is not known or it has several."""
    known = record.holder.deployment.once(_by_record)
    return known[record] if record in known else _policy(record)


def _policy(record: Record) -> str | None:
    found = policies(record)
    is_unclear = len(found) > 1 or any(record.get(name).is_unknown for name in POLICIES)
    return None if is_unclear else next(iter(found), "simple")


def policies(record: Record) -> dict[str, Value]:
    """The routing policies that a record surely asks for, each with the value that does."""
    said = ((word, name, record.get(name)) for name, word in POLICIES.items())
    return {
        word: value
        for word, name, value in said
        if not (value.is_absent or value.is_unknown or (name == "MultiValueAnswer" and value.flag is False))
    }


def is_cloudfront(record: Record) -> bool | None:
    """Whether a record is surely an alias to CloudFront (True) or surely is not (False); None where that is not
    known."""
    alias, target = record.get("AliasTarget"), record.get("AliasTarget.DNSName")
    if alias.is_absent:
        return False
    resource = record.holder.deployment.find(target)
    if resource is not None:
        # The custom domain of an edge-optimized API stands in the same zone, and AWS lets its health be evaluated.
        return resource.type == _DISTRIBUTION
    zone_text = alias.get("HostedZoneId").text
    if zone_text is not None:
        return zone_text == CLOUDFRONT_ZONE
    return None if target.text is None else target.text.lower().rstrip(".").endswith(_CLOUDFRONT_NAMES)


def is_checked(record: Record) -> bool | None:
    """Whether Route 53 surely checks a record's health (True) or surely does not (False); None where that is not
    known."""
    check = record.get("HealthCheckId")
    if not check.is_absent and check.text != "":
        return None if check.is_unknown else True
    if check.text == "" and check.origin.defaults:
        return None  # Who deploys the template gives one.
    evaluates = record.get("AliasTarget.EvaluateTargetHealth", default=False).flag
    cloudfront = is_cloudfront(record)
    if evaluates is False or cloudfront is True:
        return False
    return True if evaluates and cloudfront is False else None


def _by_holder(deployment: Deployment) -> dict[str, list[Record]]:
    return {resource.name: list(_of_holder(resource)) for resource in deployment.of_type(*HOLDERS)}


def _of_holder(holder: Resource) -> Iterator[Record]:
    items: list[Value | None] = [None] if holder.type == RECORD else [*holder.get("RecordSets").items]
    for item in items:
        said: list[Resource | Value] = [holder] if item is None else [item, holder]
        zone_ = zone(holder.deployment, said)
        raw, type_ = (said[0].get(key) for key in ("Name", "Type"))
        name = normal(holder.deployment, raw)
        if holder.language == "terraform":
            name = zone_.expanded(raw, name)
        yield Record(holder, item, zone_, name, None if type_.text is None else type_.text.upper())


def _by_record(deployment: Deployment) -> dict[Record, str | None]:
    """The policies of the records that answer together with others, each of which is asked for by all of them."""
    together = (members for members in deployment.once(_by_key).values() if len(members) > 1)
    return {member: _policy(member) for members in together for member in members}


def _by_key(deployment: Deployment) -> dict[RecordKey | None, list[Record]]:
    found: dict[RecordKey | None, list[Record]] = {}
    for its in deployment.once(_by_holder).values():
        for member in its:
            if (own := key(member)) is not None:
                found.setdefault(own, []).append(member)
    # Each is compared with each.
    return {own: members for own, members in found.items() if spend("comparisons", len(members) ** 2)}


def _by_name(deployment: Deployment) -> dict[tuple[ZoneKey, TextPattern], list[Record]]:
    found: dict[tuple[ZoneKey, TextPattern], list[Record]] = {}
    for member in (one for held in deployment.once(_by_holder).values() for one in held):
        if member.zone.key is not None and member.name.key is not None:
            found.setdefault((member.zone.key, member.name.key), []).append(member)
    return found


def _candidates(deployment: Deployment) -> Candidates[Record]:
    return Candidates(one for held in deployment.once(_by_holder).values() for one in held)


def key(record: Record) -> RecordKey | None:
    """What a record is known by; None where its zone, name or type is not known."""
    zone_, name, type_ = record.zone.key, record.name.key, record.type
    return None if zone_ is None or name is None or type_ is None else RecordKey(zone_, name, type_)


def in_common(record: Record, other: Record) -> Named | None:
    """What two records of one name and type have in common although only one may have it, at the place in the first
    record; None where that is not sure."""
    if policy(record) == policy(other) == "simple":
        overwrites = [one.holder.terraform.allow_overwrite for one in (record, other)]
        is_rejected = all(overwrite.is_absent or overwrite.flag is False for overwrite in overwrites)
        return Named("simple routing", record.get("Name")) if is_rejected else None
    for paths in UNIQUE:
        pairs = [(record.get(path), other.get(path)) for path in paths]
        written = [own for own, _ in pairs if not own.is_absent]
        if written and all(_is_same(own, its) for own, its in pairs):
            values = " ".join(Name(own.pattern).shown for own in written)
            return Named(f"the {paths[0].partition('.')[0]} {values}", written[0])
    return None


def _is_same(value: Value, other: Value) -> bool:
    return value.is_same_as(other) is True or (value.is_absent and other.is_absent)


def is_apex(record: Record) -> bool:
    """Whether a record surely has the same name as its zone."""
    name = record.name.key
    return name is not None and (name == record.zone.apex or (name.is_empty and record.name.is_relative))


def may_evaluate_target(record: Record) -> bool:
    """Whether evaluating the health of its target may be of use to a record: it is an alias, surely not to CloudFront,
    and not to what AWS calls available by design."""
    target = record.get("AliasTarget.DNSName")
    resource = record.holder.deployment.find(target)
    is_alias = not record.get("AliasTarget").is_absent and is_cloudfront(record) is not True
    if _AVAILABLE_NAME.search((target.text or "").lower().rstrip(".")):
        return False
    return is_alias and (resource is None or resource.type not in AVAILABLE_BY_DESIGN)
