"""What fails with the primary Region: requests that are led nowhere else or to servers that are off, and what another
Region needs of it to start.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery import capacity, families, store_objectives, strategies
from awslint_memo.relations.recovery.capacity import Computing, Lead, computing
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.route53 import records

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
    family, reached = _family(resource)
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


_DISTRIBUTION = "AWS::CloudFront::Distribution"


@record(frozen=True)
class Dark:
    """Requests that are led to a Region in which nothing runs. off: what is off there; empty if nothing is there."""

    lead: Lead
    region: str
    off: list[Computing]
    is_checked: bool


def dark(holder: Resource) -> Iterator[Dark]:
    """What a record, a group of records or of endpoints leads to a Region in which surely nothing runs."""
    family, reached = _family(holder)
    if reached is None or reached.primary is None:
        return
    for lead in _of(holder, family):
        region = lead.region
        if region is None or region == reached.primary or lead.carries is not True:
            continue
        found = computing(family)
        near = [one for one in found if one.region in (region, None)]
        if any(one.size.runs is not False or one.region is None for one in near):
            continue
        # That nothing is there is sure only where nothing is elsewhere.
        is_whole = lead.target is not None and store_objectives.is_complete(holder.deployment)
        if near or (is_whole and _runs(found, reached.primary)):
            yield Dark(lead, region, near, _is_checked(lead))


def _runs(found: list[Computing], region: str) -> bool:
    return any(one.region == region and one.size.runs for one in found)


def _is_checked(lead: Lead) -> bool:
    """Whether a failing health check takes the Region out, or may. An accelerator always checks."""
    return lead.record is None or records.is_checked(lead.record) is not False


def _family(holder: Resource) -> tuple[Family, strategies.Reached | None]:
    return families.family_of(holder), strategies.reached(holder)


def _of(holder: Resource, family: Family) -> list[Lead]:
    if holder.type == capacity.ENDPOINTS:
        return [capacity.of_endpoints(holder)]
    # A target that is not of the family may be of anybody.
    found = [capacity.of_record(family, one) for one in records.records(holder)]
    return [one for one in found if one.target is not None]


@record(frozen=True)
class OneWay:
    """Records that lead to one Region only. pair: whether they are to take over from each other."""

    lead: Lead
    region: str
    pair: bool


def one_way(holder: Resource) -> Iterator[OneWay]:
    """The records that surely lead to the primary Region alone, while nothing leads elsewhere; and pairs in one."""
    family, reached = _family(holder)
    if reached is None or reached.primary is None:
        return
    every = capacity.leads(family)
    leads_away = any(one.region != reached.primary for one in every) or bool(family.members(_DISTRIBUTION))
    for one in records.records(holder):
        together = records.record_set(one)
        if one is not together[0] or not records.has_own_zone(one) or not records.is_whole(one):
            continue
        found = [capacity.of_record(family, each) for each in together]
        targets = {each.region for each in found}
        if any(each.target is None for each in found) or len(targets) != 1 or None in targets:
            continue
        if len(found) > 1 and all(not each.get("Failover").is_absent for each in together):
            yield OneWay(found[-1], found[0].region or "", pair=True)
        elif targets == {reached.primary} and not leads_away:
            yield OneWay(found[0], reached.primary, pair=False)
