"""Properties of Terraform's resources for a graph, by CloudFormation's names.

`readers/terraform_names` has what rules ask for, and what a graph asks for of the same types. A graph also knows types
that no rule asks for: their arguments follow from CloudFormation's names, or are among the exceptions here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.properties import argument_name
from awslint_memo.model.value import Absent, Value
from awslint_memo.syntax.embedded import each, each_in

TYPES: Mapping[str, str] = {
    "aws_apigatewayv2_api_mapping": "AWS::ApiGatewayV2::ApiMapping",
    "aws_apigatewayv2_domain_name": "AWS::ApiGatewayV2::DomainName",
    "aws_apigatewayv2_stage": "AWS::ApiGatewayV2::Stage",
    "aws_appautoscaling_policy": "AWS::ApplicationAutoScaling::ScalingPolicy",
    "aws_codecommit_repository": "AWS::CodeCommit::Repository",
    "aws_codestarconnections_connection": "AWS::CodeStarConnections::Connection",
    "aws_dms_endpoint": "AWS::DMS::Endpoint",
    "aws_eks_addon": "AWS::EKS::Addon",
    "aws_globalaccelerator_listener": "AWS::GlobalAccelerator::Listener",
    "aws_s3_bucket_logging": "AWS::S3::BucketLogging",
    "aws_volume_attachment": "AWS::EC2::VolumeAttachment",
    "aws_wafv2_web_acl": "AWS::WAFv2::WebACL",
    "aws_wafv2_web_acl_association": "AWS::WAFv2::WebACLAssociation",
}
"""By Terraform's type, if no rule asks for it: CloudFormation's type, or one that is named like those."""

ARGUMENTS: Mapping[tuple[str, str], str] = {
    ("AWS::S3::BucketLogging", "DestinationBucketName"): "target_bucket",
}
"""By a type and path in CloudFormation's words, the arguments of these types that do not follow from the path."""

GIVEN: Mapping[tuple[str, str], str] = {
    ("AWS::AutoScaling::AutoScalingGroup", "TargetGroupARNs"): "lb_target_group_arn",
    ("AWS::AutoScaling::AutoScalingGroup", "TrafficSources.Identifier"): "identifier",
    ("AWS::Events::Rule", "Targets.Arn"): "arn",
    ("AWS::Events::Rule", "Targets.DeadLetterConfig.Arn"): "dead_letter_config.arn",
    ("AWS::Events::Rule", "Targets.EcsParameters.TaskDefinitionArn"): "ecs_target.task_definition_arn",
    ("AWS::S3::Bucket", "NotificationConfiguration.LambdaConfigurations.Function"): (
        "lambda_function.lambda_function_arn"
    ),
    ("AWS::S3::Bucket", "NotificationConfiguration.QueueConfigurations.Queue"): "queue.queue_arn",
    ("AWS::S3::Bucket", "NotificationConfiguration.TopicConfigurations.Topic"): "topic.topic_arn",
    ("AWS::SQS::Queue", "RedrivePolicy.deadLetterTargetArn"): "redrive_policy.deadLetterTargetArn",
}
"""By a type and path in CloudFormation's words, the argument of a resource beside it that may give it the property."""


def type_of(resource: Resource) -> str:
    """What a resource is to a graph."""
    return TYPES.get(resource.type, resource.type)


def argument(type_: str, path: str) -> str:
    """The argument of a Terraform type in `TYPES` for a path of properties."""
    return ARGUMENTS.get((TYPES[type_], path)) or argument_name(path)


def values(resource: Resource, path: str) -> Iterator[Value]:
    """The values at a path of CloudFormation's, one for each item of the lists on it."""
    if resource.type not in TYPES:
        return each(resource, path)
    top, _, rest = argument(resource.type, path).partition(".")
    return each_in(next(_arguments(resource, top), Absent(resource.place)), rest)


def given(resource: Resource, path: str) -> Iterator[Value]:
    """The values that resources beside a Terraform resource may give it at a path, where it is not known if they do."""
    known = GIVEN.get((resource.type, path)) if resource.language == "terraform" else None
    if known is not None and getattr(resource.get(path.partition(".")[0]), "anything", False):
        top, _, rest = known.partition(".")
        for argument_of_another in _arguments(resource, top):
            yield from each_in(argument_of_another, rest)


def _arguments(resource: Resource, name: str) -> Iterator[Value]:
    """The arguments of this name, of the resource and of those that give it properties."""
    return (value for argument_, value in resource.everything() if argument_ == name)


def value(resource: Resource, path: str) -> Value:
    """The first of the values at a path; Absent if there is none."""
    return next(values(resource, path), Absent(resource.place))
