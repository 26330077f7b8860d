"""What a type is in a word or two, and the name of its service."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.lazy import regex

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
