"""Ways back for buckets of S3."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import replace
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery import facts, regions
from awslint_memo.relations.recovery.reasons import because, days, stands
from awslint_memo.relations.recovery.ways import Back, Way, lossless

BUCKET = "AWS::S3::Bucket"
_STATUS = "VersioningConfiguration.Status"


def bucket(store: Resource, disruption: str) -> Iterator[Way]:
    """The ways back for a bucket."""
    if disruption == "software":
        yield from _versions(store)
    elif disruption == "region":
        yield from _replication(store)
    elif disruption == "hardware" or not _is_in_one_zone(store):
        reasons = stands(store, "objects are kept in several zones")
        yield lossless("copies in several zones", facts.BUCKET_COPIES.page, Back.NOTHING, reasons)


def _versions(store: Resource) -> Iterator[Way]:
    status = store.get(_STATUS)
    if status.is_absent or (status.text is not None and status.text != "Enabled"):
        return
    way = lossless("versions", facts.BUCKET_VERSIONS.page, Back.NOTHING, because(store, _STATUS, status))
    yield replace(way, reach=_kept(store), sure=status.text == "Enabled")


def _kept(store: Resource) -> float | None:
    """How long versions that are not current are kept; infinite where no rule removes them."""
    rules = store.get("LifecycleConfiguration.Rules")
    if rules.is_unknown:
        return None
    kept = [days(one.get("NoncurrentVersionExpiration.NoncurrentDays")) for one in rules.items if _may_expire(one)]
    known = [one for one in kept if one is not None]
    return None if len(known) < len(kept) else min(known, default=inf)


def _may_expire(rule: Value) -> bool:
    is_off = rule.get("Status").text == "Disabled"
    return not is_off and not rule.get("NoncurrentVersionExpiration").is_absent


def _is_in_one_zone(store: Resource) -> bool:
    """Whether a rule surely moves objects to a storage class in one zone."""
    rules = store.get("LifecycleConfiguration.Rules")
    return any(
        one.get("Status").text == "Enabled"
        and any(each.get("StorageClass").text in facts.BUCKET_COPIES.value for each in one.get("Transitions").items)
        for one in rules.items
    )


def _replication(store: Resource) -> Iterator[Way]:
    rules = store.get("ReplicationConfiguration.Rules")
    if rules.is_unknown or (not rules.is_known and not rules.is_absent):
        yield _copy(rules, "replication rules that are not known")
        return
    for rule in rules.items:
        status = rule.get("Status").text
        destination = rule.get("Destination.Bucket")
        other = store.deployment.find(destination, BUCKET)
        apart = None if other is None else regions.is_apart(store, other)
        if (status is not None and status != "Enabled") or apart is False:
            continue
        # Only what is written from now on is copied, which a template can't change.
        way = _copy(rule, "a replication rule; it does not copy objects that were there before it")
        timed = rule.get("Destination.ReplicationTime.Status").text == "Enabled"
        typical = float(facts.BUCKET_REPLICATION.value) if timed else None
        is_sure = status == "Enabled" and apart is True and _is_whole(rule)
        yield replace(way, typical=typical, sure=is_sure, region=None if other is None else regions.name(other))


def _copy(place: Value, words: str) -> Way:
    page = facts.BUCKET_REPLICATION.page
    return Way("replication to another Region", 0, Back.PROMOTE, page, sure=False, because=((place.place, words),))


def _is_whole(rule: Value) -> bool:
    """Whether a rule surely copies all objects: neither a filter nor a prefix leaves some out."""
    narrow = (rule.get("Prefix"), *(rule.get(f"Filter.{name}") for name in ("And", "Prefix", "TagFilter")))
    return all(one.is_absent or one.text == "" for one in narrow)
