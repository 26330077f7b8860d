"""The types that invoke functions, or tell others of them, and where each names the function."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.relations.lambda_.admissions import PERMISSION
from awslint_memo.relations.lambda_.aliases import ALIAS, VERSION
from awslint_memo.relations.lambda_.functions import FUNCTION

DISTRIBUTION = "AWS::CloudFront::Distribution"
STATE_MACHINE = "AWS::StepFunctions::StateMachine"

_ACTIONS = ("AlarmActions", "InsufficientDataActions", "OKActions")
_STREAM_DESTINATIONS = (
    *("AmazonOpenSearchServerlessDestinationConfiguration", "AmazonopensearchserviceDestinationConfiguration"),
    *("ElasticsearchDestinationConfiguration", "ExtendedS3DestinationConfiguration"),
    *("HttpEndpointDestinationConfiguration", "IcebergDestinationConfiguration", "RedshiftDestinationConfiguration"),
    *("SnowflakeDestinationConfiguration", "SplunkDestinationConfiguration"),
)

INVOKES: Mapping[str, Sequence[str]] = {
    "AWS::ApiGateway::Authorizer": ("AuthorizerUri",),
    "AWS::ApiGateway::Method": ("Integration",),
    "AWS::ApiGateway::RestApi": ("Body",),
    "AWS::ApiGatewayV2::Api": ("Body", "Target"),
    "AWS::ApiGatewayV2::Authorizer": ("AuthorizerUri",),
    "AWS::ApiGatewayV2::Integration": ("IntegrationUri",),
    "AWS::AppSync::DataSource": ("LambdaConfig",),
    "AWS::AppSync::GraphQLApi": ("AdditionalAuthenticationProviders", "LambdaAuthorizerConfig"),
    DISTRIBUTION: ("DistributionConfig",),
    "AWS::CloudWatch::Alarm": _ACTIONS,
    "AWS::CloudWatch::CompositeAlarm": _ACTIONS,
    "AWS::Cognito::UserPool": ("LambdaConfig",),
    "AWS::ECS::Service": ("DeploymentConfiguration",),
    "AWS::ElasticLoadBalancingV2::TargetGroup": ("Targets",),
    "AWS::Events::Rule": ("Targets",),
    "AWS::IoT::TopicRule": ("TopicRulePayload",),
    "AWS::KinesisFirehose::DeliveryStream": _STREAM_DESTINATIONS,
    "AWS::Lambda::EventInvokeConfig": ("DestinationConfig",),
    "AWS::Lambda::EventSourceMapping": ("FunctionName",),
    PERMISSION: ("FunctionName",),
    "AWS::Lambda::Url": ("Qualifier", "TargetFunctionArn"),
    "AWS::Logs::SubscriptionFilter": ("DestinationArn",),
    "AWS::Pipes::Pipe": ("Enrichment", "Target"),
    "AWS::S3::Bucket": ("NotificationConfiguration",),
    "AWS::SNS::Subscription": ("Endpoint",),
    "AWS::SNS::Topic": ("Subscription",),
    "AWS::Scheduler::Schedule": ("Target",),
    "AWS::SecretsManager::RotationSchedule": ("RotationLambdaARN",),
    STATE_MACHINE: ("Definition", "DefinitionString", "DefinitionSubstitutions"),
}
"""Where each type names the functions that it invokes, or lets somebody invoke."""

TERRAFORM = ("aws_alb_target_group_attachment", "aws_lb_target_group_attachment")
"""Types of Terraform that have no word in CloudFormation here and invoke what they name."""

TELLS: Mapping[str, Sequence[str]] = {
    "AWS::CloudFormation::Stack": ("Parameters",),
    "AWS::CodeBuild::Project": ("Environment",),
    "AWS::ECS::TaskDefinition": ("ContainerDefinitions",),
    FUNCTION: ("Environment",),
    "AWS::SSM::Parameter": ("Value",),
    "AWS::Serverless::Application": ("Parameters",),
}
"""Where types tell others a function's name, who may add a qualifier to it."""

BESIDE = (
    *("AWS::ApiGateway::", "AWS::ApplicationAutoScaling::", "AWS::CloudFormation::", "AWS::CloudWatch::"),
    *("AWS::CodeDeploy::", "AWS::DynamoDB::", "AWS::EC2::", "AWS::ECR::", "AWS::ElasticLoadBalancing", "AWS::IAM::"),
    *("AWS::KMS::", "AWS::Kinesis::", ALIAS, "AWS::Lambda::LayerVersion", VERSION, "AWS::Logs::", "AWS::RDS::"),
    *("AWS::Route53::", "AWS::SQS::", "AWS::SecretsManager::", "AWS::WAFv2::", "Custom::", "aws_cloudwatch_dashboard"),
    *("aws_cloudwatch_log_group", "aws_iam_", "aws_lambda_provisioned_concurrency_config"),
)
"""How the types begin that invoke nothing, or nothing for users, although they may name a function."""

WORDS = {"AWS::CloudWatch::Alarm": "action", "AWS::Lambda::EventInvokeConfig": "destination"}
"""What the arguments of Terraform are called by which these types invoke; by others they name what they are about."""

DESCRIBES = ("description", "event_pattern", "tags")
"""Arguments of Terraform by which nothing invokes what it names."""
