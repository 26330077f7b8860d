"""What resources name that stands in one Region: keys, secrets, certificates, images, parameters, layers, roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations.recovery.families import Family
from awslint_memo.relations.recovery.spellings import spelled

KEY = "key"
ROLE = "role"
IMAGES = "images"
MACHINE_IMAGE = "machine image"
SUBNETS = "subnet group"
CACHE_SUBNETS = "cache subnet group"
GROUP = "security group"
NETWORK = (SUBNETS, CACHE_SUBNETS, GROUP)
"""What a store that is restored needs of a network, which is of one Region."""
HIDDEN = "AWS::SecretsManager::Secret"
REPOSITORY = "AWS::ECR::Repository"
CERTIFICATE = "AWS::CertificateManager::Certificate"

_KINDS: Mapping[str, str] = {
    CERTIFICATE: "certificate",
    REPOSITORY: IMAGES,
    "AWS::DocDB::DBSubnetGroup": SUBNETS,
    "AWS::EC2::SecurityGroup": GROUP,
    "AWS::ElastiCache::SubnetGroup": CACHE_SUBNETS,
    "AWS::IAM::Role": ROLE,
    "AWS::KMS::Key": KEY,
    "AWS::KMS::ReplicaKey": KEY,
    "AWS::Lambda::LayerVersion": "layer",
    "AWS::Neptune::DBSubnetGroup": SUBNETS,
    "AWS::RDS::DBSubnetGroup": SUBNETS,
    "AWS::SSM::Parameter": "parameter",
    HIDDEN: "secret",
}
"""What stands in one Region, and what reports call it."""

_OF_NETWORK = (
    "CacheSubnetGroupName",
    "DBSubnetGroupName",
    "SecurityGroupIds",
    "VPCSecurityGroups",
    "VpcSecurityGroupIds",
)
"""The properties of stores that name something of a network."""

USES: Mapping[str, tuple[str, ...]] = {
    "AWS::ApiGateway::DomainName": ("RegionalCertificateArn",),
    "AWS::ApiGatewayV2::DomainName": ("DomainNameConfigurations",),
    "AWS::AutoScaling::LaunchConfiguration": ("ImageId", "UserData"),
    "AWS::DSQL::Cluster": ("KmsEncryptionKey",),
    "AWS::DocDB::DBCluster": ("DBSubnetGroupName", "VpcSecurityGroupIds"),
    "AWS::DynamoDB::Table": ("SSESpecification",),
    "AWS::EC2::Instance": ("ImageId", "UserData"),
    "AWS::EC2::LaunchTemplate": ("LaunchTemplateData",),
    "AWS::EC2::Volume": ("KmsKeyId",),
    "AWS::ECS::TaskDefinition": ("ContainerDefinitions", "ExecutionRoleArn", "TaskRoleArn"),
    "AWS::EFS::FileSystem": ("KmsKeyId",),
    "AWS::ElastiCache::ReplicationGroup": ("KmsKeyId", "CacheSubnetGroupName", "SecurityGroupIds"),
    "AWS::ElasticLoadBalancingV2::Listener": ("Certificates",),
    "AWS::Lambda::Function": ("Code", "Environment.Variables", "KmsKeyArn", "Layers", "Role"),
    "AWS::Neptune::DBCluster": ("DBSubnetGroupName", "VpcSecurityGroupIds"),
    "AWS::RDS::DBCluster": ("KmsKeyId", "MasterUserPassword", "DBSubnetGroupName", "VpcSecurityGroupIds"),
    "AWS::RDS::DBInstance": ("KmsKeyId", "MasterUserPassword", "DBSubnetGroupName", "VPCSecurityGroups"),
    "AWS::S3::Bucket": ("BucketEncryption",),
    "AWS::SNS::Topic": ("KmsMasterKeyId",),
    "AWS::SQS::Queue": ("KmsMasterKeyId",),
    HIDDEN: ("KmsKeyId",),
}
"""By type, the properties that name something of the Region."""

_ARN = regex(r"arn:aws[a-z-]*:(acm|kms|secretsmanager|ssm):([a-z0-9-]+):[^:]*:([^\s\"',)}]+)")
_KIND_IN_ARN = regex(r"^(?:alias|certificate|key|parameter)/|^secret:")
_IMAGE = regex(r"[0-9]{12}\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([A-Za-z0-9._/-]+)")
_MACHINE = regex(r"ami-[0-9a-f]{8,17}")
_DYNAMIC = regex(r"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^:}]+)")
_SERVICES = {"acm": "certificate", "kms": KEY, "secretsmanager": "secret", "ssm": "parameter"}
_ADDRESSES = {
    CERTIFICATE: ("Arn", "Ref"),
    REPOSITORY: ("Arn", "RepositoryUri"),
    "AWS::Lambda::LayerVersion": ("Arn", "LayerVersionArn", "Ref"),
    "AWS::SSM::Parameter": ("Arn",),
    HIDDEN: ("Id", "Ref"),
}
"""By type, the attributes that have the Region in them. Others are names, which mean what is in the user's Region."""


@record(frozen=True)
class Use:
    """Something of a Region that a resource names. kind, name: what it is. user: the resource.

    target: the resource that is named; None if a text names it. region: the Region in the text, if it has one.
    is_bare: whether a name may name it, which means what is in the Region of the user. is_copied: whether the text is
    that of a key that may have replicas.
    """

    kind: str
    name: str
    place: Place
    user: Resource
    target: Resource | None = None
    region: str | None = None
    is_bare: bool = False
    is_copied: bool = False

    def is_of(self, other: Use) -> bool:
        """Whether both name the very same thing."""
        if self.target is not None or other.target is not None:
            return self.target is other.target
        return (self.kind, self.name, self.region) == (other.kind, other.name, other.region)


def in_regions(family: Family, regions: Sequence[str | None]) -> list[Use]:
    """What the resources of a family in some Regions name, in order."""
    members = (member.resource for member in family.members(*USES))
    every = (use for resource in members if family.region(resource) in regions for use in of(resource))
    return [use for use in every if not _is_of_another(use, family)]


def _is_of_another(use: Use, family: Family) -> bool:
    """Whether a network surely is of another Region than its user, which can't be in it: a lookup in what modules make
    per Region names all of them until it is known which it takes."""
    if use.kind not in NETWORK or use.target is None:
        return False
    own, its = family.region(use.user), family.region(use.target)
    return own is not None and its is not None and own != its


def of(resource: Resource) -> Iterator[Use]:
    """What one resource names."""
    for path in USES[resource.type]:
        for value in _leaves(resource.get(path)):
            linked = {link.resource: link for link in value.mentions()}
            for name, link in linked.items():
                target = resource.deployment.resource(name)
                kind = None if target is None else _kind(target, path)
                if target is not None and kind is not None:
                    is_bare = _is_bare(value, link, target)
                    yield Use(kind, target.title, target.place, resource, target, is_bare=is_bare)
            yield from _of_text(spelled(value, resource) or "", value, resource) if not linked else ()


def _kind(target: Resource, path: str) -> str | None:
    """What reports call something that a property names; None for what need not be in the other Region."""
    if target.type == "AWS::S3::Bucket":
        return "bucket of code" if path == "Code" else None
    kind = _KINDS.get(target.type)
    # What computes is deployed with the network that it is in.
    return None if (kind in NETWORK) is not (path in _OF_NETWORK) else kind


def _is_bare(value: Value, link: Link, target: Resource) -> bool:
    """Whether a reference is to the name of something, or to what is made of its ARN or URL, not surely to that."""
    if not any(isinstance(piece, Link) and piece.resource == link.resource for piece in value.pieces):
        return True
    named = (piece.attribute for piece in value.pieces if isinstance(piece, Unknown) and piece.attribute is not None)
    own = next((each for each in named if each.resource == link.resource), link).attribute
    return own != "arn" and own not in _ADDRESSES.get(target.type, (own,))


def _leaves(value: Value) -> Iterator[Value]:
    # A single value is the only item of itself.
    inner = [part for part in (*value.items, *value.fields.values()) if part is not value]
    yield from () if inner else (value,)
    for part in inner:
        yield from _leaves(part)


def _of_text(text: str, value: Value, user: Resource) -> Iterator[Use]:
    """What a text names, which stands in no template of the family."""
    place = value.place
    for match in _ARN.finditer(text):
        kind, where, name = _SERVICES[match[1]], match[2], _KIND_IN_ARN.sub("", match[3])
        if kind == "secret":
            name = name.partition(":")[0]  # What follows is a key in its JSON, and a version.
        yield Use(kind, name, place, user, region=where, is_copied="/mrk-" in match[0])
    for match in _IMAGE.finditer(text):
        yield Use(IMAGES, match[2], place, user, region=match[1])
    for match in _MACHINE.finditer(text):
        yield Use(MACHINE_IMAGE, match[0], place, user)
    for match in _DYNAMIC.finditer(text):
        yield Use("secret" if match[1] == "secretsmanager" else "parameter", match[2], place, user, is_bare=True)
