"""Identifies resources by name, ARN or queue URL, so that a text can be resolved to a resource."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeAlias, TypeVar

from awslint_memo.model.value import Known, Link, Unknown, Value


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


R = TypeVar("R", bound=Named)

Identity: TypeAlias = "tuple[str, str]"
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
    "AWS::CodePipeline::Pipeline": ("codepipeline", "Name"),
    "AWS::DynamoDB::GlobalTable": ("dynamodb", "TableName"),
    "AWS::DynamoDB::Table": ("dynamodb", "TableName"),
    "AWS::EC2::LaunchTemplate": ("ec2-launch-template", "LaunchTemplateName"),
    "AWS::RDS::DBInstance": ("rds", "DBInstanceIdentifier"),
    "AWS::RDS::DBCluster": ("rds-cluster", "DBClusterIdentifier"),
    "AWS::RDS::GlobalCluster": ("rds-global", "GlobalClusterIdentifier"),
    "AWS::ElastiCache::CacheCluster": ("elasticache-cluster", "ClusterName"),
    "AWS::ElastiCache::ReplicationGroup": ("elasticache", "ReplicationGroupId"),
    "AWS::ElastiCache::ParameterGroup": ("elasticache-parameters", "CacheParameterGroupName"),
    "AWS::Kinesis::Stream": ("kinesis", "Name"),
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
            yield (service, f"<{resource.name}|{attribute}>"), resource
            name = marked_text(resource.get(name_property))
            if name is not None:
                yield (service, name), resource


def named_in(value: Value, known: Mapping[Identity, R], types: tuple[str, ...]) -> R | None:
    """The resource that a text identifies: by ARN or queue URL, or by name if `types` is given."""
    text = marked_text(value)
    if not text or not known:
        return None
    if text.startswith("arn:"):
        return known.get(_from_arn(text))
    if text.startswith("https://") and text.count("/") == 4:
        return known.get(("sqs", text.rpartition("/")[2]))
    named = (known.get((NAMES[type_][0], text)) for type_ in types if type_ in NAMES)
    return next((resource for resource in named if resource is not None), None)


def marked_text(value: Value) -> str | None:
    """The text with a placeholder for each unknown part that has a key; None if another part is unknown.

    Equal texts with placeholders are certainly equal in the deployment.
    """
    if isinstance(value, Known):
        return value.text
    if isinstance(value, Unknown):
        pieces = [_mark(part) for part in value.parts or (value,)]
        return None if None in pieces else "".join(piece or "" for piece in pieces)
    return None


def _mark(part: Value) -> str | None:
    if isinstance(part, Unknown):
        return f"<{part.key}>" if part.key else None
    if isinstance(part, Link):
        return f"<{part.resource}|{part.attribute}>"
    return part.text


def _from_arn(arn: str) -> Identity:
    # arn:partition:service:region:account:rest; a placeholder may contain colons (AWS::Region).
    fields = arn.replace("::", "\0").split(":", 5)
    if len(fields) < 6:
        return ("", "")
    service, rest = fields[2], fields[5].replace("\0", "::")
    if service == "s3":
        return (service, rest)
    if service == "rds":
        kind, _, rest = rest.partition(":")
        service = {"cluster": "rds-cluster", "global-cluster": "rds-global"}.get(kind, "rds")
    elif service == "lambda":
        rest = rest.removeprefix("function:").partition(":")[0]
    elif service == "dynamodb":
        rest = rest.removeprefix("table/").partition("/")[0]
    elif service in ("cloudwatch", "kinesis"):
        rest = rest.removeprefix("alarm:").removeprefix("stream/")
    elif service in ("events", "codebuild"):
        rest = rest.rpartition("/")[2]
    return (service, rest)


def service_of(arn: Value) -> str | None:
    """The service in an ARN, if the value is certainly an ARN and that part is known; else None."""
    parts = arn.parts if isinstance(arn, Unknown) else (arn,)
    written = "".join("*" if part.text is None else part.text for part in parts)
    fields = written.split(":", 3)
    return fields[2] if len(fields) > 3 and fields[0] == "arn" else None
