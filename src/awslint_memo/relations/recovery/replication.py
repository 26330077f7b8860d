"""Replication of buckets: what a rule copies, to which Region, and what is not told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.durations import compact
from awslint_memo.model.facts import Fact
from awslint_memo.model.record import record, replace
from awslint_memo.model.secret import without_keys
from awslint_memo.model.value import Unknown, Value
from awslint_memo.relations.bucket_replication import leaves_out
from awslint_memo.relations.iam import key_uses, roles
from awslint_memo.relations.recovery import facts, regions
from awslint_memo.relations.recovery.figures import BUCKET_REPLICATION_TIMED, BUCKET_REPLICATION_USUAL, SECONDS_IN_WORDS
from awslint_memo.relations.recovery.recovery_paths import Method, Path
from awslint_memo.relations.recovery.spellings import name_of

BUCKET = "AWS::S3::Bucket"

_CHOOSES = "SourceSelectionCriteria.SseKmsEncryptedObjects.Status"
ENCRYPTS = Fact(
    "kms:Encrypt", page="AmazonS3/latest/userguide/replication-config-for-kms-objects.html", read="2026-12-01"
)
"""What the role of a rule has to be allowed with the key of the replicas."""

KEY_OF_REPLICAS = Fact(
    "Destination.EncryptionConfiguration.ReplicaKmsKeyID",
    page="AmazonS3/latest/userguide/replication-config-for-kms-objects.html",
    read="2026-11-30",
)
"""What names the key of the replicas, which must be in the Region of the bucket that they are in."""

_PARTLY = "declare under `elsewhere` what copies the others"


@record(frozen=True)
class Copy:
    """The bucket that a rule copies to. bucket: None where it was not read. region: its Region, if that is known.
    is_apart: whether that is another one than that of the bucket that is copied; None if it is not known. sure: whether
    it surely is there."""

    bucket: Resource | None
    region: str | None
    is_apart: bool | None
    sure: bool = True


_TIME = "enable Replication Time Control in the rule"
_SOMEWHERE = "declare it under `elsewhere`, or name the key of its replicas by an ARN"


def enabled(bucket: Resource) -> list[Value]:
    """The rules of a bucket by which something surely is copied."""
    rules = bucket.get("ReplicationConfiguration.Rules").items
    return [rule for rule in rules if rule.get("Status").text == "Enabled"]


def paths(store: Resource, copies: Callable[[str], Copy | None]) -> Iterator[Path]:
    """The ways back by the rules of a bucket that copy to another Region, or may.

    copies: gives the bucket of a name that another stack of the family has.
    """
    rules = store.get("ReplicationConfiguration.Rules")
    if rules.is_unknown or (not rules.is_known and not rules.is_absent):
        yield _copy(rules, "replication rules that are not known")
        return
    for rule in rules.items:
        yield from _of_rule(store, rule, _copy_of(store, rule, copies))


def _copy_of(store: Resource, rule: Value, copies: Callable[[str], Copy | None]) -> Copy:
    """The bucket that a rule copies to, as far as it was read."""
    named = rule.get("Destination.Bucket")
    other = store.deployment.find(named, BUCKET)
    if other is not None:
        return Copy(other, regions.name(other), regions.is_apart(store, other))
    there = copies(name_of(named, store))
    if there is not None:
        return there
    by_key = regions.in_arn(rule.get(KEY_OF_REPLICAS.value))
    return Copy(None, by_key, regions.is_elsewhere(store, by_key))


def _of_rule(store: Resource, rule: Value, copy: Copy) -> Iterator[Path]:
    status = rule.get("Status").text
    other, region, apart = copy.bucket, copy.region, copy.is_apart
    if (status is not None and status != "Enabled") or apart is False:
        return
    is_lacking = leaves_out(store, rule)
    keyless = _doubt_of_keys(store, rule)
    is_copied = not is_lacking and keyless is None
    sure = status == "Enabled" and apart is True and is_whole(rule) and is_copied and copy.sure
    words = _words(rule, other, region if apart else None, sure=sure)
    if is_lacking:
        words += ", nor any that is encrypted with a key of KMS, which is how the bucket encrypts by default"
    way = _copy(rule, words)
    doubt = keyless or _doubt(rule, copy) if status == "Enabled" else None
    if is_lacking:
        why = "what copies the objects that are encrypted with a key of KMS, which the rule leaves out"
        doubt = why, _remedy_of_keys(rule)
    yield replace(
        way,
        typical=replication_time(rule),
        mostly=SECONDS_IN_WORDS[0],
        sure=sure,
        region=region,
        by=other,
        doubt=doubt,
    )


def _words(rule: Value, other: Resource | None, region: str | None, *, sure: bool) -> str:
    """What a rule does, for people. Only what is written from now on is copied, which a template can't change.

    sure: whether how long it takes is told as what is lost.
    """
    where = name_of_destination(rule.get("Destination.Bucket")) if other is None else other.title
    to = f" to {where} in {region}" if region else f" to {where}"
    typical = replication_time(rule)
    takes = "" if sure or typical is None else f"{compact(typical)} typically "
    takes = "" if typical is None else f", {takes}by Replication Time Control"
    return f"{_rule(rule)}{to}{takes}; it does not copy objects that were there before it"


def _rule(rule: Value) -> str:
    if is_whole(rule):
        return "a replication rule"
    prefix = rule.get("Filter.Prefix").text or rule.get("Prefix").text
    return f"a replication rule for {prefix}*" if prefix else "a replication rule for a part of the objects"


def name_of_destination(bucket: Value) -> str:
    """The bucket that a rule names, or what gives its name, for people."""
    shown = "" if bucket.pattern is None else bucket.pattern.shown.rpartition(":::")[2]
    keys = [piece.key for piece in bucket.pieces if isinstance(piece, Unknown)] if not shown else []
    nameless = f"a bucket with an empty name{bucket.note}" if bucket.text == "" else "the bucket that it names"
    return without_keys(shown or (keys[0] if keys else nameless))


def _doubt(rule: Value, copy: Copy) -> tuple[str, str]:
    """What is not told of an enabled rule, and what to do: of one that surely copies all to another Region, how much is
    lost."""
    other = copy.bucket
    if copy.is_apart and not copy.sure and other is not None:
        return f"whether {other.title} is deployed in {copy.region}", "declare `deployments` with their Regions"
    if copy.is_apart and not is_whole(rule):
        return "what copies the objects that the rule leaves out", _PARTLY
    if copy.is_apart and replication_time(rule) is not None:
        return f"how many seconds are lost: {BUCKET_REPLICATION_TIMED.value}", "ask for 15m or more"
    if copy.is_apart:
        return f"how much is lost: AWS says that {BUCKET_REPLICATION_USUAL.value}", _TIME
    if other is not None:
        return f"whether {other.title} is in another Region", "tell the Region of both by providers or stacks"
    return f"in which Region {name_of_destination(rule.get('Destination.Bucket'))} is", _SOMEWHERE


def _remedy_of_keys(rule: Value) -> str:
    """What has a rule copy what is encrypted with a key of KMS, in words."""
    named = rule.get(KEY_OF_REPLICAS.value)
    key = ", name a key of the other Region for the replicas" if named.is_absent else ""
    both = "and let its role decrypt with the key of the bucket and encrypt with that of the replicas"
    return f"have its source selection criteria choose objects that are encrypted with SSE-KMS{key}, {both}"


def _doubt_of_keys(bucket: Resource, rule: Value) -> tuple[str, str] | None:
    """Why a rule that is to copy what is encrypted with KMS may not, and what to do: its role is not allowed to encrypt
    with the key of the replicas by any policy of here. None where it is, or where that is not known."""
    role = bucket.deployment.find(bucket.get("ReplicationConfiguration.Role"), "AWS::IAM::Role")
    key = bucket.deployment.find(rule.get(KEY_OF_REPLICAS.value), "AWS::KMS::Key")
    if rule.get(_CHOOSES).text != "Enabled" or role is None or key is None:
        return None
    if roles.may_get_more(role) or not key_uses.is_refused(role, ENCRYPTS.value, key):
        return None
    why = f"whether it copies objects that are encrypted with KMS: no policy lets {role.title} encrypt with {key.title}"
    return why, f"allow it {ENCRYPTS.value}"


def _copy(place: Value, words: str) -> Path:
    page = facts.BUCKET_REPLICATION.page
    return Path("replication to another Region", 0, Method.PROMOTE, page, sure=False, because=((place.place, words),))


def replication_time(rule: Value) -> float | None:
    """How long replication by a rule typically takes, in seconds; None without Replication Time Control."""
    timed = rule.get("Destination.ReplicationTime.Status").text == "Enabled"
    return float(facts.BUCKET_REPLICATION.value) if timed else None


def is_whole(rule: Value) -> bool:
    """Whether a rule surely copies all objects: neither a filter nor a prefix leaves some out."""
    narrow = (rule.get("Prefix"), *(rule.get(f"Filter.{name}") for name in ("And", "Prefix", "TagFilter")))
    return all(field.is_absent or field.text == "" for field in narrow)
