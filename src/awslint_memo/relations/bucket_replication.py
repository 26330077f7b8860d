"""Amazon S3: what it refuses in the replication of a bucket, and what a rule of it leaves out."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import each

_BUCKET = "AWS::S3::Bucket"
_RULES = "ReplicationConfiguration.Rules"
_WITH_KEY = "Destination.EncryptionConfiguration"
_WANTS_KMS = "SourceSelectionCriteria.SseKmsEncryptedObjects.Status"

_KMS = fact(
    ("aws:kms", "aws:kms:dsse"),
    page="AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html",
    read="2026-11-30",
)
"""The encryption of objects that a rule of replication leaves out unless it says otherwise."""


@record(frozen=True, eq=False)
class Fault:
    """What is surely wrong in a replication. value: where. says: what is so, behind the bucket's name. do: the remedy.

    other: the resource in which the cause stands, if it is another one.
    """

    value: Value
    says: str
    do: str
    other: Resource | None = None


def faults(bucket: Resource) -> Iterator[Fault]:
    """What S3 surely refuses in the replication of a bucket."""
    rules = list(each(bucket, _RULES))
    if any(rule.is_known for rule in rules) and is_unversioned(bucket):
        yield Fault(rules[0], "is replicated, but keeps no versions", "set VersioningConfiguration.Status to Enabled")
    for rule in rules:
        yield from _of_rule(rule)
        place = rule.get("Destination.Bucket")
        copy = bucket.deployment.find(place, _BUCKET)
        if copy is not None and copy is not bucket and is_unversioned(copy):
            says = f"is replicated to {copy.title}, which keeps no versions"
            yield Fault(place, says, "set VersioningConfiguration.Status of that to Enabled", copy)


def is_unversioned(bucket: Resource) -> bool:
    """Whether a bucket surely keeps no versions. In Terraform another resource may turn them on."""
    versions = bucket.get("VersioningConfiguration")
    is_unset = versions.is_absent and not (bucket.may_be_completed() or bucket.is_told_unseen)
    return is_unset or versions.get("Status").text == "Suspended"


def _of_rule(rule: Value) -> Iterator[Fault]:
    metrics, time = rule.get("Destination.Metrics"), rule.get("Destination.ReplicationTime")
    if time.get("Status").text == "Enabled" and (metrics.is_absent or metrics.get("Status").text == "Disabled"):
        yield Fault(
            time, "has replication time control without Metrics", "set Metrics.Status to Enabled, with 15 minutes"
        )
    markers = rule.get("DeleteMarkerReplication")
    has_filter = rule.get("Filter").is_known
    if has_filter and markers.is_absent:
        says = "has a replication rule with Filter and without DeleteMarkerReplication"
        yield Fault(rule, says, "add it with the Status Enabled or Disabled")
    if has_filter and markers.get("Status").text == "Enabled" and _has_tags(rule.get("Filter")):
        yield Fault(markers, "has a replication rule by tags that copies delete markers", "set its Status to Disabled")
    # A key that a variable with an empty default gives is named when somebody deploys.
    if rule.get(_WANTS_KMS).text == "Enabled" and rule.get(_WITH_KEY).is_absent:
        says = "replicates objects encrypted with KMS without ReplicaKmsKeyID"
        yield Fault(rule, says, "name a key in the Region of the other bucket")


def _has_tags(chosen: Value) -> bool:
    """Whether a filter surely asks for tags."""
    tags = (chosen.get("TagFilter"), chosen.get("And.TagFilters"))
    return any(tag.is_known and bool(tag.plain) for tag in tags)


def leaving_out(bucket: Resource) -> list[Value]:
    """The rules of a bucket that surely are on, and leave out what the bucket encrypts by default with a key of KMS."""
    on = [rule for rule in each(bucket, _RULES) if rule.get("Status").text == "Enabled"]
    return [rule for rule in on if leaves_out(bucket, rule)]


def leaves_out(bucket: Resource, rule: Value) -> bool:
    """Whether a rule of a bucket surely leaves out what the bucket encrypts by default with a key of KMS."""
    path = "BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.SSEAlgorithm"
    how = [value.text for value in each(bucket, path)]
    if not how or not all(one in _KMS for one in how):
        return False
    return rule.get(_WANTS_KMS).is_absent or rule.get(_WANTS_KMS).text == "Disabled"
