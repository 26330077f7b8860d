"""Graph: the resources of templates as nodes, with the edges and groups that a picture of them shows, and what a
picture calls types and services.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from awslint_memo.model.lazy import regex
from awslint_memo.model.naming import Construct
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem

GroupKind: TypeAlias = Literal["root", "region", "pipeline", "stage", "cluster", "folder", "part"]
"""What a group stands for: a template or root of Terraform, a Region, a pipeline, a stage of one, a cluster.

Drawings of large graphs also have folders around roots, and parts of groups (`reporters.graph_parts`).
"""


@record(frozen=True)
class Note:
    """What is known of a node in two words, such as `zones`, `2`. Only what the template tells is noted."""

    name: str
    text: str


@record(frozen=True)
class Node:
    """A resource, or what a resource has that a picture shows on its own, such as an action of a pipeline.

    id: names the node in its graph; letters and digits only, whatever the file calls it. name: the logical id, or
    Terraform's address, as in findings. type: CloudFormation's. service: the service's name, such as SQS. kind: what it
    is in a word or two, such as queue. group: the id of the group that holds it. deployments: in which it is, if not in
    all. construct: the one that an app of the CDK made it by.
    """

    id: str
    name: str
    type: str
    service: str
    kind: str
    place: Place
    group: str
    notes: Sequence[Note] = ()
    deployments: Sequence[str] = ()
    construct: Construct | None = None

    @property
    def title(self) -> str:
        """What a person knows it by: its name, or the path of its construct in its stack."""
        return self.name if self.construct is None else self.construct.in_stack


@record(frozen=True)
class Edge:
    """How one node hangs together with another. label: a verb phrase that reads from source to target, such as
    `sends failed messages to`. is_sure: False where that depends on what the template leaves open. is_plain: whether
    all that is known is that the one names the other. via: the name of the resource that is drawn as this edge."""

    source: str
    target: str
    label: str
    place: Place
    is_sure: bool = True
    is_plain: bool = False
    via: str = ""


@record(frozen=True)
class Group:
    """What holds nodes or other groups. parent: the id of the group that holds it; empty for a root."""

    id: str
    title: str
    kind: GroupKind
    path: str
    parent: str = ""


@record(frozen=True)
class Graph:
    """The graph of a run. left_out: sentences about what is not in it, and why. errors: what could not be read."""

    nodes: Sequence[Node] = ()
    edges: Sequence[Edge] = ()
    groups: Sequence[Group] = ()
    left_out: Sequence[str] = ()
    errors: Sequence[Problem] = ()


_SERVICES: Mapping[str, str] = {
    "ApiGatewayV2": "ApiGateway",
    "ApplicationAutoScaling": "AutoScaling",
    "ElasticLoadBalancing": "ELB",
    "ElasticLoadBalancingV2": "ELB",
    "Events": "EventBridge",
    "EventsV2": "EventBridge",
    "KinesisFirehose": "Firehose",
    "Pipes": "EventBridge Pipes",
    "Scheduler": "EventBridge Scheduler",
    "StepFunctions": "Step Functions",
    "Logs": "CloudWatch Logs",
    "OpenSearchService": "OpenSearch",
}
"""What people call a service whose part of a type's name says something else."""

_KINDS: Mapping[str, str] = {
    "AWS::ApiGatewayV2::Api": "API",
    "AWS::ApiGateway::RestApi": "REST API",
    "AWS::AppSync::GraphQLApi": "GraphQL API",
    "AWS::AutoScaling::AutoScalingGroup": "group",
    "AWS::CloudFormation::Stack": "nested stack",
    "AWS::DynamoDB::Table": "table",
    "AWS::Lambda::Url": "function URL",
    "AWS::RDS::DBCluster": "database cluster",
    "AWS::RDS::DBInstance": "database",
    "AWS::RDS::GlobalCluster": "global database",
    "AWS::Route53::RecordSet": "record",
    "AWS::Route53::RecordSetGroup": "records",
    "AWS::WAFv2::WebACL": "web ACL",
}

_CAPITAL = regex(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

_SHORT = ("acm", "api", "db", "dms", "ebs", "ec2", "ecr", "ecs", "efs", "eip", "eks", "elb", "fsx", "iam", "kms", "lb")
_SHORT_TOO = ("mq", "msk", "nat", "rds", "s3", "ses", "sfn", "sns", "sqs", "ssm", "vpc", "waf", "wafv2")


def service_of(type_: str) -> str:
    """The service of a type; empty where the type does not name one."""
    if "::" in type_:
        part = type_.split("::")[1] if type_.startswith("AWS::") else type_.split("::")[0]
        return _SERVICES.get(part, part)
    part = type_.split("_")[1] if type_.startswith("aws_") and type_.count("_") else type_.split("_")[0]
    return part.upper() if part in (*_SHORT, *_SHORT_TOO) else part


def kind_of(type_: str) -> str:
    """What a type is in a word or two: the last part of its name."""
    if type_ in _KINDS:
        return _KINDS[type_]
    if "::" in type_:
        words = _CAPITAL.sub(" ", type_.rpartition("::")[2]).split()
        return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in words)
    rest = type_.removeprefix("aws_")
    return rest.replace("_", " ")
