"""Which resources texts and values name, by name, ARN, queue URL or reference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from awslint_memo.model.lookups import Lookups
from awslint_memo.model.patterns import Gap, TextPattern
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Text, Unknown, Value

if TYPE_CHECKING:
    from awslint_memo.model.catalogue import Catalogue
    from awslint_memo.model.properties import TerraformSettings


class Named(Protocol):
    """The part of a resource's interface that is needed here."""

    @property
    def name(self) -> str:
        """The logical id, or Terraform's address."""

    @property
    def type(self) -> str:
        """The CloudFormation type."""

    def get(self, path: str) -> Value:
        """The value of a property."""


class Finder(Protocol):
    """A deployment, as far as it is asked here."""

    def all_named(self, text: TextPattern) -> Iterable[Named]:
        """The resources that a text names, whatever their types."""


R = TypeVar("R", bound=Named)

Identity: TypeAlias = "tuple[str, TextPattern]"
"""The service as in ARNs (with a suffix for some types, see NAMES), and the resource's name."""

NAMES: Mapping[str, tuple[str, str]] = {
    "AWS::SQS::Queue": ("sqs", "QueueName"),
    "AWS::SNS::Topic": ("sns", "TopicName"),
    "AWS::Lambda::Function": ("lambda", "FunctionName"),
    "AWS::Events::Rule": ("events", "Name"),
    "AWS::S3::Bucket": ("s3", "BucketName"),
    "AWS::AutoScaling::AutoScalingGroup": ("autoscaling", "AutoScalingGroupName"),
    "AWS::CodeArtifact::Domain": ("codeartifact-domain", "DomainName"),
    "AWS::CodeArtifact::Repository": ("codeartifact-repository", "RepositoryName"),
    "AWS::CodeBuild::Project": ("codebuild", "Name"),
    "AWS::CodeDeploy::Application": ("codedeploy", "ApplicationName"),
    "AWS::CodeDeploy::DeploymentConfig": ("codedeploy-configuration", "DeploymentConfigName"),
    "AWS::CodePipeline::Pipeline": ("codepipeline", "Name"),
    "AWS::DynamoDB::GlobalTable": ("dynamodb", "TableName"),
    "AWS::DynamoDB::Table": ("dynamodb", "TableName"),
    "AWS::EC2::LaunchTemplate": ("ec2-launch-template", "LaunchTemplateName"),
    "AWS::RDS::DBInstance": ("rds", "DBInstanceIdentifier"),
    "AWS::RDS::DBCluster": ("rds-cluster", "DBClusterIdentifier"),
    "AWS::RDS::DBParameterGroup": ("rds-parameters", "DBParameterGroupName"),
    "AWS::RDS::DBClusterParameterGroup": ("rds-cluster-parameters", "DBClusterParameterGroupName"),
    "AWS::RDS::OptionGroup": ("rds-options", "OptionGroupName"),
    "AWS::RDS::GlobalCluster": ("rds-global", "GlobalClusterIdentifier"),
    "AWS::ElastiCache::CacheCluster": ("elasticache-cluster", "ClusterName"),
    "AWS::ElastiCache::ReplicationGroup": ("elasticache", "ReplicationGroupId"),
    "AWS::ElastiCache::ParameterGroup": ("elasticache-parameters", "CacheParameterGroupName"),
    "AWS::ElasticLoadBalancingV2::TargetGroup": ("elasticloadbalancing-targets", "Name"),
    "AWS::Kinesis::Stream": ("kinesis", "Name"),
    "AWS::Synthetics::Canary": ("synthetics", "Name"),
    "AWS::CloudWatch::Alarm": ("cloudwatch", "AlarmName"),
}
"""By type: a service key, which differs between types of the same service, and the property with the name."""

_REF_IS_NO_NAME = frozenset(("AWS::SQS::Queue", "AWS::SNS::Topic"))
"""Types whose Ref is a URL or ARN; their name is an attribute that is called like the property."""


def identities(resources: Iterable[R]) -> Iterator[tuple[Identity, R]]:
    """Every resource with its identities: its name, if the template sets it, and the reference that gives its name."""
    for resource in resources:
        if resource.type in NAMES:
            service, name_property = NAMES[resource.type]
            attribute = name_property if resource.type in _REF_IS_NO_NAME else "Ref"
            yield (service, TextPattern(Gap(resource.name, attribute))), resource
            value = resource.get(name_property)
            # A name that is another resource's would make that resource's reference name both.
            name = None if isinstance(value, Link) else value.pattern
            if name is not None:
                yield (service, name), resource


def named_in(text: TextPattern, known: Mapping[Identity, R], types: tuple[str, ...]) -> R | None:
    """The resource that a text identifies: by ARN or queue URL, or by name if `types` is given."""
    if text.startswith("arn:"):
        identity = from_arn(text)
        return None if identity is None else known.get(identity)
    if text.startswith("https://") and text.count("/") == 4:
        return known.get(("sqs", text.after_last("/")))
    named = (known.get(_named(NAMES[type_][0], text)) for type_ in types if type_ in NAMES)
    return next((resource for resource in named if resource is not None), None)


def _named(service: str, text: TextPattern) -> Identity:
    """What a text means by which a resource of a service is named, where it is no ARN.

    Lambda takes a part of a function's ARN too (123456789012:function:orders), and a version or an alias behind it.
    """
    return service, text.after_last(":function:").partition(":")[0] if service == "lambda" else text


@lru_cache(maxsize=1024)
def from_arn(arn: TextPattern) -> Identity | None:
    """What an ARN names; None if its service is not known. Many checks ask it of the same few ARNs."""
    # arn:partition:service:region:account:rest
    fields = arn.split(":", 5)
    service = fields[2].literal if len(fields) == 6 else None
    if service is None:
        return None
    rest = fields[5]
    if service == "rds":
        kind, _, rest = rest.partition(":")
        service = {"cluster": "rds-cluster", "global-cluster": "rds-global"}.get(kind.literal or "", "rds")
    elif service == "lambda":
        rest = rest.removeprefix("function:").partition(":")[0]
    elif service == "dynamodb":
        rest = rest.removeprefix("table/").partition("/")[0]
    elif service in ("cloudwatch", "kinesis"):
        rest = rest.removeprefix("alarm:").removeprefix("stream/")
    elif service in ("events", "codebuild"):
        rest = rest.after_last("/")
    return (service, rest)


def identifying_attributes(type_: str) -> frozenset[str]:
    """The attributes of a type that name the resource itself: ARN, id, name, URL of a queue; no endpoint or stream."""
    kind = type_.rpartition("::")[2]
    names = ("Name", NAMES[type_][1]) if type_ in NAMES else ()
    arns = ("Arn", f"{kind}Arn", f"{kind}ARN", "ConsumerARN")
    return frozenset(("Ref", "Id", *arns, f"{kind}Id", f"{kind}Url", *names))


def service_of(arn: Value) -> str | None:
    """The service in an ARN, if the value is certainly an ARN and that part is known; else None."""
    written = "".join("*" if piece.text is None else piece.text for piece in arn.pieces)
    fields = written.split(":", 3)
    return fields[2] if len(fields) > 3 and fields[0] == "arn" else None


@record(frozen=True)
class NameIndex:
    """What some values of a deployment may name: resources, or any (`may_be_any`)."""

    names: frozenset[str]
    may_be_any: bool

    def may_be(self, resource: Named) -> bool:
        """Whether one of the values may name a resource; the same as to ask its `may_be_named_by` for each value."""
        return self.may_be_any or resource.name in self.names


def name_index(deployment: Finder, values: Iterable[Value]) -> NameIndex:
    """What these values may name. Ask it in a function that `once` calls, since it looks at each of them."""
    names: set[str] = set()
    may_be_any = False
    for value in values:
        may_be_any = may_be_any or (isinstance(value, Unknown) and value.anything)
        names.update(link.resource for link in value.mentions())
        pattern = None if isinstance(value, Link) else value.pattern
        if pattern is not None:
            names.update(resource.name for resource in deployment.all_named(pattern))
    return NameIndex(frozenset(names), may_be_any)


class Placed(Named, Protocol):
    """A resource of which it is known where it is deployed, as far as that is asked here."""

    @property
    def terraform(self) -> TerraformSettings:
        """What only Terraform has, such as its Region."""


P = TypeVar("P", bound=Placed)


class NamedLookups(Lookups[P]):
    """The resources of a deployment by reference, ARN, URL or name."""

    own: Catalogue[P]
    """Those of the template itself, by name."""

    def find(self, value: Value, *types: str) -> P | None:
        """The resource that a value refers to, by reference, ARN, URL or name; None if that is not certain."""
        resource = self.find_anywhere(value, *types)
        return None if resource is None or self._is_elsewhere(value, resource) else resource

    def find_anywhere(self, value: Value, *types: str) -> P | None:
        """The same, also by a name that means nothing in the account or Region of who has it."""
        resource = None
        if isinstance(value, Link):
            resource = self.resource(value.resource)
        elif isinstance(value, Text) and isinstance(value.parts[0], Link):
            qualified = (value.parts[1].text or "") if len(value.parts) == 2 else ""
            resource = self.resource(value.parts[0].resource) if qualified.startswith(":") else None
        elif (pattern := value.pattern) is not None:
            asking = None if value.route is None else self.resource(value.route.resource)
            resource = self.named(pattern, *types, asking=asking)
        return None if resource is None or (types and resource.type not in types) else resource

    def _is_elsewhere(self, value: Value, resource: P) -> bool:
        """Whether a value surely names something of another account or Region than a resource that fits by its name."""
        if not self.has_providers or not self.once(_has_places):
            return False
        from awslint_memo.model.accounts import is_elsewhere

        asking = None if value.route is None else self.resource(value.route.resource)
        return is_elsewhere(value, asking, resource, is_told=resource.type in _REF_IS_NO_NAME)

    def named(self, text: TextPattern, *types: str, asking: Placed | None = None) -> P | None:
        """The resource that a text names by ARN or URL, or by name if types are given; None if that is not certain.

        asking: the resource that has the text, whose Region and account are those of what it names.
        """
        known = self.once(_by_identity)
        named = named_in(text, known, types) if known and not text.is_empty else None
        several = self.once(_twins).get(named.name) if named is not None else None
        if named is not None and several is not None and all(gap.name != named.name for gap in text.gaps):
            from awslint_memo.model.twins import meant  # Few templates have two of one name.

            named = meant(several, text, asking, self.own)
        if named is None or (types and named.type not in types):
            return None
        from awslint_memo.model.partitions import is_of_another_region  # Few texts are ARNs or URLs of what is here.

        return None if is_of_another_region(text, named.terraform.region) else named

    def is_one_of_several(self, name: str, value: Value) -> bool:
        """Whether a value names several resources that have one name, among them the resource of a logical id."""
        pattern = value.pattern if name in self.once(_twins) else None
        return pattern is not None and any(one.name == name for one in self.all_named(pattern))

    def all_named(self, text: TextPattern) -> Sequence[P]:
        """The resources that a text names, whatever their types: one by an ARN or a URL, else all of this name."""
        by_name = self.once(_by_name)
        if any(map(text.startswith, ("arn:", "https://"))):
            named = self.named(text)
        elif text.contains(":") and text not in by_name:
            # Lambda takes a part of an ARN, and a version or an alias behind a name.
            named = self.named(text, "AWS::Lambda::Function")
        else:
            return by_name.get(text, ())
        return [] if named is None else [named]


def _has_places(deployment: Lookups[P]) -> bool:
    every = [resource.terraform for resource in deployment.resources.values()]
    if all(one.region.is_absent and one.account.is_absent and one.provider.is_absent for one in every):
        return False
    from awslint_memo.model.accounts import may_be_several

    return may_be_several(every)


def _identities(deployment: Lookups[P]) -> Sequence[tuple[Identity, P]]:
    return tuple(identities(deployment.of_type(*NAMES)))


def _by_identity(deployment: Lookups[P]) -> dict[Identity, P]:
    return dict(deployment.once(_identities))


def _twins(deployment: Lookups[P]) -> Mapping[str, Sequence[P]]:
    """The resources that have an identity in common, by the name of each."""
    every = deployment.once(_identities)
    if len(every) == len(deployment.once(_by_identity)):
        return {}
    from awslint_memo.model.twins import groups

    return groups(every)


def _by_name(deployment: Lookups[P]) -> Mapping[TextPattern, Sequence[P]]:
    by_name: dict[TextPattern, list[P]] = {}
    for (_, text), resource in deployment.once(_identities):
        if not text.is_empty:
            by_name.setdefault(text, []).append(resource)
    return by_name
