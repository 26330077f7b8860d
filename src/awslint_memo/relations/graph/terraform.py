"""Where Terraform writes what the tables of flows name in CloudFormation's words, if no rule asks for it.

Rules have tables of their own (`readers/terraform_names`), which a graph uses too. Here is what only a graph looks at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.value import Absent, Value
from awslint_memo.syntax.embedded import each, each_in

TYPES: Mapping[str, str] = {
    "aws_alb_listener": "AWS::ElasticLoadBalancingV2::Listener",
    "aws_alb_listener_rule": "AWS::ElasticLoadBalancingV2::ListenerRule",
    "aws_api_gateway_authorizer": "AWS::ApiGateway::Authorizer",
    "aws_apigatewayv2_api_mapping": "AWS::ApiGatewayV2::ApiMapping",
    "aws_apigatewayv2_authorizer": "AWS::ApiGatewayV2::Authorizer",
    "aws_apigatewayv2_domain_name": "AWS::ApiGatewayV2::DomainName",
    "aws_apigatewayv2_stage": "AWS::ApiGatewayV2::Stage",
    "aws_appautoscaling_policy": "AWS::ApplicationAutoScaling::ScalingPolicy",
    "aws_appsync_datasource": "AWS::AppSync::DataSource",
    "aws_appsync_graphql_api": "AWS::AppSync::GraphQLApi",
    "aws_cloudwatch_log_group": "AWS::Logs::LogGroup",
    "aws_cloudwatch_log_subscription_filter": "AWS::Logs::SubscriptionFilter",
    "aws_codecommit_repository": "AWS::CodeCommit::Repository",
    "aws_codestarconnections_connection": "AWS::CodeStarConnections::Connection",
    "aws_codestarnotifications_notification_rule": "AWS::CodeStarNotifications::NotificationRule",
    "aws_cognito_user_pool": "AWS::Cognito::UserPool",
    "aws_db_proxy": "AWS::RDS::DBProxy",
    "aws_db_proxy_target": "AWS::RDS::DBProxyTargetGroup",
    "aws_dms_endpoint": "AWS::DMS::Endpoint",
    "aws_ecs_cluster_capacity_providers": "AWS::ECS::ClusterCapacityProviderAssociations",
    "aws_efs_access_point": "AWS::EFS::AccessPoint",
    "aws_eks_addon": "AWS::EKS::Addon",
    "aws_flow_log": "AWS::EC2::FlowLog",
    "aws_globalaccelerator_listener": "AWS::GlobalAccelerator::Listener",
    "aws_lb_listener": "AWS::ElasticLoadBalancingV2::Listener",
    "aws_lb_listener_rule": "AWS::ElasticLoadBalancingV2::ListenerRule",
    "aws_lb_target_group_attachment": "AWS::ElasticLoadBalancingV2::TargetGroupAttachment",
    "aws_s3_bucket_logging": "AWS::S3::BucketLogging",
    "aws_secretsmanager_secret_rotation": "AWS::SecretsManager::RotationSchedule",
    "aws_volume_attachment": "AWS::EC2::VolumeAttachment",
    "aws_wafv2_web_acl": "AWS::WAFv2::WebACL",
    "aws_wafv2_web_acl_association": "AWS::WAFv2::WebACLAssociation",
}
"""What a type that no rule asks for is to a graph: CloudFormation's type, or one that is named like those."""

ARGUMENTS: Mapping[str, Mapping[str, str]] = {
    "aws_api_gateway_authorizer": {
        "AuthorizerUri": "authorizer_uri",
        "ProviderARNs": "provider_arns",
        "RestApiId": "rest_api_id",
    },
    "aws_apigatewayv2_api": {"Target": "target"},
    "aws_apigatewayv2_api_mapping": {"ApiId": "api_id", "DomainName": "domain_name"},
    "aws_apigatewayv2_authorizer": {"AuthorizerUri": "authorizer_uri", "ApiId": "api_id"},
    "aws_apigatewayv2_stage": {"ApiId": "api_id"},
    "aws_appautoscaling_policy": {"ResourceId": "resource_id"},
    "aws_appsync_datasource": {
        "ApiId": "api_id",
        "LambdaConfig.LambdaFunctionArn": "lambda_config.function_arn",
        "DynamoDBConfig.TableName": "dynamodb_config.table_name",
    },
    "aws_cloudfront_distribution": {
        "DistributionConfig.Logging.Bucket": "logging_config.bucket",
        "DistributionConfig.WebACLId": "web_acl_id",
    },
    "aws_cloudwatch_event_rule": {"ScheduleExpression": "schedule_expression"},
    "aws_cloudwatch_log_subscription_filter": {"DestinationArn": "destination_arn", "LogGroupName": "log_group_name"},
    "aws_codebuild_project": {"Artifacts.Location": "artifacts.location", "ServiceRole": "service_role"},
    "aws_codedeploy_deployment_group": {
        "AutoScalingGroups": "autoscaling_groups",
        "ECSServices.ServiceName": "ecs_service.service_name",
        "LoadBalancerInfo.TargetGroupInfoList.Name": "load_balancer_info.target_group_info.name",
    },
    "aws_codestarnotifications_notification_rule": {"Targets.TargetAddress": "target.address", "Resource": "resource"},
    "aws_cognito_user_pool": {"LambdaConfig": "lambda_config"},
    "aws_db_proxy_target": {
        "DBProxyName": "db_proxy_name",
        "DBClusterIdentifiers": "db_cluster_identifier",
        "DBInstanceIdentifiers": "db_instance_identifier",
    },
    "aws_dms_replication_task": {
        "SourceEndpointArn": "source_endpoint_arn",
        "TargetEndpointArn": "target_endpoint_arn",
    },
    "aws_docdb_cluster": {"AvailabilityZones": "availability_zones"},
    "aws_ecs_cluster_capacity_providers": {"CapacityProviders": "capacity_providers", "Cluster": "cluster_name"},
    "aws_ecs_service": {"LoadBalancers.TargetGroupArn": "load_balancer.target_group_arn"},
    "aws_ecs_task_definition": {
        "TaskRoleArn": "task_role_arn",
        "Volumes.EFSVolumeConfiguration.FilesystemId": "volume.efs_volume_configuration.file_system_id",
    },
    "aws_efs_access_point": {"FileSystemId": "file_system_id"},
    "aws_eks_addon": {"ClusterName": "cluster_name"},
    "aws_eks_node_group": {"ClusterName": "cluster_name"},
    "aws_elb": {"Instances": "instances"},
    "aws_flow_log": {"LogDestination": "log_destination"},
    "aws_globalaccelerator_endpoint_group": {"ListenerArn": "listener_arn"},
    "aws_globalaccelerator_listener": {"AcceleratorArn": "accelerator_arn"},
    "aws_lambda_function": {"FileSystemConfigs.Arn": "file_system_config.arn"},
    "aws_lb": {"Type": "load_balancer_type"},
    "aws_lb_listener": {
        "LoadBalancerArn": "load_balancer_arn",
        "DefaultActions.TargetGroupArn": "default_action.target_group_arn",
        "DefaultActions.ForwardConfig.TargetGroups.TargetGroupArn": "default_action.forward.target_group.arn",
    },
    "aws_lb_listener_rule": {
        "ListenerArn": "listener_arn",
        "Actions.TargetGroupArn": "action.target_group_arn",
        "Actions.ForwardConfig.TargetGroups.TargetGroupArn": "action.forward.target_group.arn",
    },
    "aws_lb_target_group_attachment": {"TargetGroupArn": "target_group_arn", "TargetId": "target_id"},
    "aws_neptune_cluster": {"AvailabilityZones": "availability_zones"},
    "aws_rds_cluster": {"AvailabilityZones": "availability_zones"},
    "aws_rds_global_cluster": {"Engine": "engine", "EngineVersion": "engine_version"},
    "aws_s3_bucket": {"LoggingConfiguration.DestinationBucketName": "logging.target_bucket"},
    "aws_s3_bucket_logging": {"Bucket": "bucket", "DestinationBucketName": "target_bucket"},
    "aws_scheduler_schedule": {
        "ScheduleExpression": "schedule_expression",
        "Target.EcsParameters.TaskDefinitionArn": "target.ecs_parameters.task_definition_arn",
    },
    "aws_secretsmanager_secret_rotation": {"RotationLambdaARN": "rotation_lambda_arn", "SecretId": "secret_id"},
    "aws_volume_attachment": {"VolumeId": "volume_id", "InstanceId": "instance_id"},
    "aws_wafv2_web_acl_association": {"ResourceArn": "resource_arn", "WebACLArn": "web_acl_arn"},
}
"""By Terraform's type, where it writes what is at a path in CloudFormation; the paths are those of the tables."""

GIVEN: Mapping[str, Mapping[str, str]] = {
    "aws_autoscaling_group": {"TargetGroupARNs": "lb_target_group_arn", "TrafficSources.Identifier": "identifier"},
    "aws_cloudwatch_event_rule": {
        "Targets.Arn": "arn",
        "Targets.DeadLetterConfig.Arn": "dead_letter_config.arn",
        "Targets.EcsParameters.TaskDefinitionArn": "ecs_target.task_definition_arn",
    },
    "aws_s3_bucket": {
        "NotificationConfiguration.LambdaConfigurations.Function": "lambda_function.lambda_function_arn",
        "NotificationConfiguration.QueueConfigurations.Queue": "queue.queue_arn",
        "NotificationConfiguration.TopicConfigurations.Topic": "topic.topic_arn",
    },
    "aws_sqs_queue": {"RedrivePolicy.deadLetterTargetArn": "redrive_policy.deadLetterTargetArn"},
}
"""By Terraform's type, where a resource beside it writes a property that it may give it."""

_SAME = {"aws_alb": "aws_lb", "aws_alb_listener": "aws_lb_listener", "aws_alb_listener_rule": "aws_lb_listener_rule"}


def type_of(resource: Resource) -> str:
    """What a resource is to a graph."""
    return TYPES.get(resource.type, resource.type)


def _written_type(resource: Resource) -> str:
    """The Terraform type of a resource; the newer of two names."""
    written = without_instance_keys(resource.name).split(".")[-2:][0]
    return _SAME.get(written, written)


def values(resource: Resource, path: str) -> Iterator[Value]:
    """The values at a path of CloudFormation's, one for each item of the lists on it."""
    if resource.language != "terraform":
        return each(resource, path)
    known = ARGUMENTS.get(_written_type(resource), {}).get(path)
    if known is None:
        # Of a type that only Terraform has, no other property is known by CloudFormation's name.
        return each(resource, path) if resource.type not in TYPES else iter(())
    top, _, rest = known.partition(".")
    found = next((value for name, value in resource.everything() if name == top), Absent(resource.place))
    return each_in(found, rest)


def given(resource: Resource, path: str) -> Iterator[Value]:
    """The values that resources beside a Terraform resource may give it at a path, where it is not known if they do."""
    known = GIVEN.get(_written_type(resource), {}).get(path) if resource.language == "terraform" else None
    if known is not None and getattr(resource.get(path.partition(".")[0]), "anything", False):
        top, _, rest = known.partition(".")
        for name, found in resource.everything():
            if name == top:
                yield from each_in(found, rest)


def value(resource: Resource, path: str) -> Value:
    """The first of the values at a path; Absent if there is none."""
    return next(values(resource, path), Absent(resource.place))
