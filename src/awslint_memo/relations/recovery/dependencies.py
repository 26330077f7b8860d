"""What runs in one Region and needs, to start there, something that stands in the primary Region."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery import families, strategies
from awslint_memo.relations.recovery.families import Family

READ: Mapping[str, tuple[str, ...]] = {
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData.UserData",),
    "AWS::ECS::TaskDefinition": ("ContainerDefinitions",),
    "AWS::Lambda::Function": ("Code", "Environment.Variables", "KmsKeyArn", "Layers"),
}
"""What is read when something starts, by its type."""

_NEEDED: Mapping[str, str] = {
    "AWS::ECR::Repository": "the images in",
    "AWS::ElasticLoadBalancingV2::LoadBalancer": "requests to",
    "AWS::Kinesis::Stream": "the stream",
    "AWS::Lambda::LayerVersion": "the layer",
    "AWS::RDS::DBCluster": "the database",
    "AWS::RDS::DBInstance": "the database",
    "AWS::S3::Bucket": "the bucket",
    "AWS::SNS::Topic": "the topic",
    "AWS::SQS::Queue": "the queue",
    "AWS::SSM::Parameter": "the parameter",
    "AWS::SecretsManager::Secret": "the secret",
}
"""What stands in one Region, by type, in words. Roles, zones, distributions and tables with replicas do not."""

_ARN = regex(r"arn:aws[a-z-]*:(ecr|kms|kinesis|lambda|sns|sqs|ssm|secretsmanager):([a-z0-9-]+):")
_HOST = regex(r"[./@](ecr|sqs|kinesis|execute-api|secretsmanager|ssm)\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws")
_NAMED_HOST = regex(r"\.([a-z]{2}(?:-[a-z]+)+-\d)\.(rds|elb)\.amazonaws")


@record(frozen=True)
class Need:
    """Something of the primary Region. place: the value that names it. what: in words. primary, region: both names."""

    place: Value
    what: str
    primary: str
    region: str


def needs(resource: Resource) -> list[Need]:
    """What a resource that surely stands in another Region needs of the primary one when it starts."""
    name = families.application(resource)
    family = families.family(resource.deployment, name)
    reached = strategies.reached(resource)
    region = family.region(resource)
    if reached is None or reached.primary is None or region in (None, reached.primary):
        return []
    found: dict[str, Need] = {}
    for path in READ[resource.type]:
        for value in _leaves(resource.get(path)):
            for what in _named(value, family, reached.primary):
                found.setdefault(what, Need(value, what, reached.primary, region or ""))
    return list(found.values())


def _leaves(value: Value) -> Iterator[Value]:
    # A single value is the only item of itself.
    inner = [one for one in (*value.items, *value.fields.values()) if one is not value]
    yield from () if inner else (value,)
    for one in inner:
        yield from _leaves(one)


def _named(value: Value, family: Family, primary: str) -> Iterator[str]:
    """What of the primary Region a value names."""
    for link in value.mentions():
        target = family.deployment.resource(link.resource)
        if target is not None and target.type in _NEEDED and family.region(target) == primary:
            yield f"{_NEEDED[target.type]} {target.title}"
    text = value.text or "".join(piece.text or "" for piece in value.pieces)
    pairs = [(found[1], found[2]) for pattern in (_ARN, _HOST) for found in pattern.finditer(text)]
    pairs += [(found[2], found[1]) for found in _NAMED_HOST.finditer(text)]
    yield from (f"something of {service}" for service, region in pairs if region == primary)
