"""Amazon S3: the prefixes of keys that rules of a bucket ask for, and those that are written there.

A prefix counts character by character, with its slashes and without wildcards
(https://repost.aws/knowledge-center/s3-lifecycle-configuration-rule, read 2026-12-01).
"""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.firehose import DELIVERY_STREAM, destinations
from awslint_memo.syntax.embedded import each

_BUCKET = "AWS::S3::Bucket"
_SWITCHED = {
    "LifecycleConfiguration.Rules": "so the rule does nothing",
    "ReplicationConfiguration.Rules": "so the rule copies nothing",
}


@record(frozen=True, eq=False)
class Asked:
    """A prefix of keys that a rule asks for. so: what follows where no key has it."""

    value: Value
    so: str


def asked(bucket: Resource) -> Iterator[Asked]:
    """The prefixes in the lifecycle and replication rules of a bucket that are switched on."""
    for path, so in _SWITCHED.items():
        enabled = [one for one in each(bucket, path) if one.get("Status").is_one_of("Enabled")]
        names = ("Prefix", "Filter.Prefix", "Filter.And.Prefix") if path.startswith("R") else ("Prefix",)
        yield from (Asked(one.get(name), so) for one in enabled for name in names)


def writer(bucket: Resource, prefix: str) -> Resource | None:
    """What surely writes to a bucket under a prefix: another bucket its logs, or a delivery stream; else None."""
    known = _writers(bucket) if prefix else ()
    return next((one for one, written in known if (written.text or "").startswith(prefix)), None)


def _writers(bucket: Resource) -> Iterator[tuple[Resource, Value]]:
    deployment = bucket.deployment
    for other in deployment.of_type(_BUCKET):
        logged = other.get("LoggingConfiguration")
        if deployment.find(logged.get("DestinationBucketName"), _BUCKET) is bucket:
            yield other, logged.get("LogFilePrefix")
    for stream in deployment.of_type(DELIVERY_STREAM):
        for destination in destinations(stream):
            if deployment.find(stream.get(destination.path("BucketARN")), _BUCKET) is bucket:
                yield stream, stream.get(destination.path("Prefix"))
