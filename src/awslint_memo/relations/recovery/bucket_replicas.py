"""Buckets that are replicas, by the rules of others: surely, or perhaps where a rule leaves its bucket open."""

from __future__ import annotations

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Value
from awslint_memo.relations import bucket_replication
from awslint_memo.relations.recovery import destinations, families, regions, replication
from awslint_memo.relations.recovery.spellings import may_be_one, name_of

BUCKET = replication.BUCKET


def replicated(bucket: Resource) -> Resource | None:
    """The bucket of which another one is nothing but a replica; None if it has a replication of its own, which may be
    that of its data."""
    if bucket.type != BUCKET or not bucket.get("ReplicationConfiguration").is_absent:
        return None
    deployment = bucket.deployment
    source = deployment.once(_by_destination).get(bucket.name)
    if source is not None or deployment.declared.landscape is None or not families.kin(deployment):
        return source
    name = name_of(bucket.get("BucketName"), bucket)
    return deployment.once(_by_name).get(families.application(bucket), {}).get(name) if name else None


def _by_destination(deployment: Deployment) -> dict[str, Resource]:
    """The buckets that are replicated to others of this deployment, by these."""
    found: dict[str, Resource] = {}
    for bucket in deployment.of_type(BUCKET):
        for destination in destinations.of(bucket):
            other = destinations.replica(deployment, bucket, destination)
            # What is kept in one Region may be collected there with data of its own.
            if other is not None and regions.is_apart(bucket, other) is not False:
                found.setdefault(other.name, bucket)
    return found


def _by_name(deployment: Deployment) -> dict[str | None, dict[str, Resource]]:
    """The buckets of other stacks that are replicated, by application and by the names of what they are copied to."""
    names = [None, *sorted(deployment.once(families.applications_in))]
    with noted():
        return {
            name: {
                name_of(destination.get("Bucket"), member.resource): member.resource
                for member in families.family(deployment, name).elsewhere(BUCKET)
                for destination in destinations.of(member.resource)
            }
            for name in names
        }


def perhaps_replicated(bucket: Resource) -> tuple[Resource, Value] | None:
    """A bucket of any template of the run of which another one may be nothing but a replica, with the destination in
    its rule; None where no rule may mean that one.

    It may where the rule names a bucket that was not read, the Regions may differ, and the names may be one. A bucket
    without versions is none (AmazonS3/latest/userguide/replication-failure-codes.html, DstBucketUnversioned).
    """
    if bucket.type != BUCKET or not bucket.get("ReplicationConfiguration").is_absent:
        return None
    if bucket_replication.is_unversioned(bucket):
        return None
    for source, destination in destinations.unread(bucket.deployment, BUCKET):
        is_other = source is not bucket and _may_be_apart(source, bucket)
        if is_other and may_be_one(destination.get("Bucket"), bucket.get("BucketName")):
            return source, destination
    return None


def _may_be_apart(source: Resource, bucket: Resource) -> bool:
    """Whether two buckets may be in different Regions."""
    if source.deployment is bucket.deployment:
        return regions.is_apart(source, bucket) is not False
    with noted():
        here, there = regions.told(bucket), regions.told(source)
    return here is None or there is None or here.is_same_as(there) is not True
