"""What a family needs in the Region that it is to move to: keys, secrets, certificates, images, parameters, layers,
roles and quotas, by what its own resources use in the primary Region; and whether each is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import matches, without_instance_keys
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.relations.iam import roles
from awslint_memo.relations.iam.statements import every, some
from awslint_memo.relations.recovery import capacity, counterpart_copies, figures, twins
from awslint_memo.relations.recovery.families import Family, Member
from awslint_memo.relations.recovery.spellings import spelled

ROLE = "role"
CERTIFICATE = "AWS::CertificateManager::Certificate"

_KINDS: Mapping[str, str] = {
    CERTIFICATE: "certificate",
    "AWS::ECR::Repository": "images",
    "AWS::IAM::Role": ROLE,
    "AWS::KMS::Key": "key",
    "AWS::Lambda::LayerVersion": "layer",
    "AWS::SSM::Parameter": "parameter",
    "AWS::SecretsManager::Secret": "secret",
}
"""What stands in one Region, and what reports call it."""

_USES: Mapping[str, tuple[str, ...]] = {
    "AWS::ApiGateway::DomainName": ("RegionalCertificateArn",),
    "AWS::ApiGatewayV2::DomainName": ("DomainNameConfigurations",),
    "AWS::AutoScaling::LaunchConfiguration": ("ImageId", "UserData"),
    "AWS::DSQL::Cluster": ("KmsEncryptionKey",),
    "AWS::DynamoDB::Table": ("SSESpecification",),
    "AWS::EC2::Instance": ("ImageId", "UserData"),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData",),
    "AWS::EC2::Volume": ("KmsKeyId",),
    "AWS::ECS::TaskDefinition": ("ContainerDefinitions", "ExecutionRoleArn", "TaskRoleArn"),
    "AWS::EFS::FileSystem": ("KmsKeyId",),
    "AWS::ElastiCache::ReplicationGroup": ("KmsKeyId",),
    "AWS::ElasticLoadBalancingV2::Listener": ("Certificates",),
    "AWS::Lambda::Function": ("Code", "Environment.Variables", "KmsKeyArn", "Layers", "Role"),
    "AWS::RDS::DBCluster": ("KmsKeyId", "MasterUserPassword"),
    "AWS::RDS::DBInstance": ("KmsKeyId", "MasterUserPassword"),
    "AWS::S3::Bucket": ("BucketEncryption",),
    "AWS::SNS::Topic": ("KmsMasterKeyId",),
    "AWS::SQS::Queue": ("KmsMasterKeyId",),
    "AWS::SecretsManager::Secret": ("KmsKeyId",),
}
"""By type, the properties that name something of the Region."""

_ARN = regex(r"arn:aws[a-z-]*:(acm|kms|secretsmanager|ssm):([a-z0-9-]+):[^:]*:([^\s\"',)}]+)")
_KIND_IN_ARN = regex(r"^(?:alias|certificate|key|parameter)/|^secret:")
_IMAGE = regex(r"[0-9]{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([A-Za-z0-9._/-]+)")
_MACHINE = regex(r"ami-[0-9a-f]{8,17}")
_DYNAMIC = regex(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^:}]+)")
_UNREAD = "by this name it stands in no template that was read"
_SERVICES = {"acm": "certificate", "kms": "key", "secretsmanager": "secret", "ssm": "parameter"}


@record(frozen=True)
class Counterpart:
    """Something that is needed in another Region. is_there: None if that is not told. why: in words.

    kind, name: what it is. users: what uses it in the primary Region. place: where it stands, or where it is named.
    page: AWS's page, where one says why.
    """

    kind: str
    name: str
    is_there: bool | None
    why: str
    place: Place
    users: Sequence[Resource] = ()
    page: str = ""


def needed(family: Family, primary: str, region: str) -> list[Counterpart]:
    """What the resources of a family in its primary Region use that has to be in another one too, in order."""
    known: dict[tuple[str, str], tuple[Callable[[], tuple[bool | None, str]], Place, dict[str, Resource]]] = {}
    for member in family.members(*_USES):
        if family.region(member.resource) not in (primary, None):
            continue
        for kind, name, place, judge in _used(member, family, region):
            users = known.setdefault((kind, name), (judge, place, {}))[2]
            users[member.resource.title] = member.resource
    things = [
        Counterpart(kind, name, *judge(), place, list(users.values()))
        for (kind, name), (judge, place, users) in known.items()
    ]
    return [*things, *_quotas(family, primary)]


_Judge = Callable[[], tuple[bool | None, str]]


def _used(member: Member, family: Family, region: str) -> Iterator[tuple[str, str, Place, _Judge]]:
    resource = member.resource
    for path in _USES[resource.type]:
        for value in _leaves(resource.get(path)):
            linked = dict.fromkeys(link.resource for link in value.mentions())
            for name in linked:
                target = resource.deployment.resource(name)
                kind = None if target is None else _kind(target, path)
                if target is not None and kind is not None:
                    judge = _of_role(target, region) if kind == ROLE else _of_resource(target, family, region)
                    yield kind, target.title, target.place, judge
            yield from _of_text(spelled(value, resource) or "", value, family, region) if not linked else ()


def _kind(target: Resource, path: str) -> str | None:
    """What reports call something that a property names; None for what need not be in the other Region."""
    if target.type == "AWS::S3::Bucket":
        return "bucket of code" if path == "Code" else None
    return _KINDS.get(target.type)


def _of_role(role: Resource, region: str) -> _Judge:
    """Roles are of all Regions; the conditions of their policies may leave some out."""

    def judge() -> tuple[bool | None, str]:
        allowed: list[bool | None] = []
        denied: list[bool | None] = []
        for statement in roles.policies(role).statements:
            tests = list(_region_tests(statement, region))
            if tests:
                (denied if statement.get("Effect").text == "Deny" else allowed).append(every(tests))
        if some(denied):
            return False, "a statement of its policies denies actions there"
        if allowed and some(allowed) is False:
            return False, "its policies name other Regions only"
        if None in (*allowed, *denied):
            return None, "which Regions its policies name"
        return True, "roles are of all Regions; what its policies name is not looked at"

    return judge


def _region_tests(statement: Value, region: str) -> Iterator[bool | None]:
    """Whether requests to a Region meet each condition of a statement on the Region that is asked."""
    for test, keys in statement.get("Condition").fields.items():
        for key, value in keys.fields.items():
            if key.lower() == "aws:requestedregion":
                names = [item.text for item in value.items]
                fits = some(None if name is None else matches(name, region) for name in names)
                is_known = "string" in test.lower() and fits is not None
                yield fits is not ("not" in test.lower()) if is_known else None


def _leaves(value: Value) -> Iterator[Value]:
    # A single value is the only item of itself.
    inner = [part for part in (*value.items, *value.fields.values()) if part is not value]
    yield from () if inner else (value,)
    for part in inner:
        yield from _leaves(part)


_MOST = 3
"""How many of what may stand for something are named."""


def _of_resource(target: Resource, family: Family, region: str) -> _Judge:
    """Whether something of the primary Region is replicated to another one, or has a twin there."""

    def judge() -> tuple[bool | None, str]:
        copied = counterpart_copies.of(target, family, region)
        if copied is not None:
            return copied
        if family.region(target) == region:
            return True, "stands there"
        others = twins.of_type(family, target.type, region)
        alike = others.by_tail.get(twins.tail(target), ())
        near = twins.nearest(target, [each for each in alike if not _is_for_another(target, each)])
        able = [each for each in others.every if not _is_for_another(target, each)]
        if len({without_instance_keys(twin.name) for twin in near}) == 1:
            return True, f"{near[0].title} of {near[0].place.span.path} stands there"
        if able:
            names = list(dict.fromkeys(each.title for each in near or able))
            return None, f"whether {', '.join(names[:_MOST])} there stands for it"
        apart = twins.of_run(target, region)
        if apart is not None:
            return None, apart
        if others.is_unclear or target.is_open or family.members("AWS::CloudFormation::StackSet"):
            return None, "the Region of what may stand for it"
        if others.every:
            return False, f"{others.every[0].title} there is for another domain"
        return False, "nothing in what was read stands for it there"

    return judge


def _is_for_another(target: Resource, other: Resource) -> bool:
    """Whether something surely can't stand for a certificate: one for another domain does not."""
    if target.type != CERTIFICATE:
        return False
    mine, its = target.get("DomainName"), other.get("DomainName")
    return not mine.is_absent and not its.is_absent and mine.is_same_as(its) is False


def _of_text(text: str, value: Value, family: Family, region: str) -> Iterator[tuple[str, str, Place, _Judge]]:
    """What a text names, which stands in no template of the family."""

    def judged(is_there: bool | None, why: str) -> _Judge:
        return lambda: (is_there, why)

    for match in _ARN.finditer(text):
        kind, where, name = _SERVICES[match[1]], match[2], _KIND_IN_ARN.sub("", match[3])
        if kind == "secret":
            name = name.partition(":")[0]  # What follows is a key in its JSON, and a version.
        is_copied = "/mrk-" in match[0]
        why = "which Regions the key is replicated to" if is_copied else _UNREAD
        yield (
            kind,
            name,
            value.place,
            judged(True, "is named by its ARN there") if where == region else judged(None, why),
        )
    for match in _IMAGE.finditer(text):
        why = "its repository stands in no template that was read"
        yield (
            "images",
            match[2],
            value.place,
            judged(True, "is named there") if match[1] == region else judged(None, why),
        )
    for match in _MACHINE.finditer(text):
        yield "machine image", match[0], value.place, _machine(match[0], family, region)
    for match in _DYNAMIC.finditer(text):
        kind = "secret" if match[1] == "secretsmanager" else "parameter"
        yield kind, match[2], value.place, judged(None, _UNREAD)


def _machine(name: str, family: Family, region: str) -> _Judge:
    """An image of a machine has another id in each Region, so what names one id there can't start."""

    def judge() -> tuple[bool | None, str]:
        for member in family.members("AWS::EC2::LaunchTemplate", capacity.INSTANCE):
            path = "ImageId" if member.resource.type == capacity.INSTANCE else "LaunchTemplateData.ImageId"
            if family.region(member.resource) == region and member.resource.get(path).text == name:
                return False, f"{member.resource.title} there names the same id, which is of one Region"
        return None, "a copy of it has another id there"

    return judge


def _quotas(family: Family, primary: str) -> Iterator[Counterpart]:
    """The quotas that are worth asking for: those of what computes in the primary Region."""
    fact = figures.REGIONAL_QUOTAS
    users: dict[str, list[Resource]] = {}
    for member in family.members(*fact.value):
        if family.region(member.resource) in (primary, None):
            users.setdefault(fact.value[member.resource.type], []).append(member.resource)
    for words, here in users.items():
        why = "an increase here does not apply there; ask for it there too"
        yield Counterpart("quota", words, None, why, here[0].place, here, fact.page)
