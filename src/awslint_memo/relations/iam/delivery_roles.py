"""Amazon Data Firehose: whether the roles of a delivery stream let it read, transform and deliver records."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.firehose import Destination, destinations
from awslint_memo.relations.iam import bucket_writers, refusals, role_uses, roles
from awslint_memo.relations.iam.role_uses import Lack

_SOURCE = "KinesisStreamSourceConfiguration"
_READ, _INVOKE = "kinesis:GetRecords", role_uses.SENDS[role_uses.FUNCTION]


def lacks(stream: Resource) -> Iterator[Lack]:
    """What a delivery stream reads, transforms records with, or writes to, with a role of here that surely may not;
    none where the role may be allowed more elsewhere, or a policy of the other resource may let it."""
    source, role = stream.get(f"{_SOURCE}.KinesisStreamARN"), stream.follow(f"{_SOURCE}.RoleARN", roles.ROLE)
    read = stream.deployment.find(source, "AWS::Kinesis::Stream")
    if read is not None and role is not None and _is_refused(role, _READ, read):
        yield Lack(role, _READ, read, source)
    # Splunk has no role of its own.
    for destination in (one for one in destinations(stream) if one.name != "Splunk"):
        role = stream.follow(destination.path("RoleARN"), roles.ROLE)
        given = [stream.deployment.find(value, roles.ROLE) for value in _given(destination)]
        # Nothing says which of two roles invokes the function.
        for transform in destination.transform_functions() if role and all(one is role for one in given) else ():
            if role is not None and _is_refused(role, _INVOKE, transform.function, transform.named):
                yield Lack(role, _INVOKE, transform.function, transform.named)
    yield from bucket_writers.never_allowed(stream)


def _is_refused(role: Resource, action: str, target: Resource, named: Value | None = None) -> bool:
    return not roles.may_get_more(role) and refusals.is_refused(role, action, target, named)


def _given(destination: Destination) -> Iterator[Value]:
    """The roles that are given with the functions of a destination."""
    for processor in destination.transforms():
        for parameter in processor.get("Parameters").items:
            if parameter.get("ParameterName").text == "RoleArn":
                yield parameter.get("ParameterValue")
