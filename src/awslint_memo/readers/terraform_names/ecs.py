"""Amazon ECS."""

from collections.abc import Mapping

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import PropertyMap, TypeMap, json_text


def _containers(value: Value) -> Value:
    """Convert the JSON of container definitions, whose keys begin with a small letter, to CloudFormation's names."""
    return _capitalised(json_text()(value))


def _capitalised(value: Value) -> Value:
    if not isinstance(value, Known):
        return value
    if isinstance(value.content, Mapping):
        fields = {key[:1].upper() + key[1:]: _capitalised(child) for key, child in value.content.items()}
        return Known(fields, value.place, value.origin)
    if isinstance(value.content, list):
        return Known([_capitalised(child) for child in value.content], value.place, value.origin)
    return value


_DEPLOYMENT = {
    "Alarms": PropertyMap(
        "alarms",
        within={
            "AlarmNames": PropertyMap("alarm_names"),
            "Enable": PropertyMap("enable"),
            "Rollback": PropertyMap("rollback"),
        },
    ),
    "CanaryConfiguration": PropertyMap(
        "deployment_configuration.canary_configuration",
        within={
            "CanaryBakeTimeInMinutes": PropertyMap("canary_bake_time_in_minutes"),
            "CanaryPercent": PropertyMap("canary_percent"),
        },
    ),
    "DeploymentCircuitBreaker": PropertyMap(
        "deployment_circuit_breaker",
        within={"Enable": PropertyMap("enable"), "Rollback": PropertyMap("rollback")},
    ),
    "LinearConfiguration": PropertyMap(
        "deployment_configuration.linear_configuration",
        within={
            "StepBakeTimeInMinutes": PropertyMap("step_bake_time_in_minutes"),
            "StepPercent": PropertyMap("step_percent"),
        },
    ),
    "Strategy": PropertyMap("deployment_configuration.strategy"),
}
"""In Terraform the circuit breaker and the alarms stand outside of the deployment configuration."""

TYPE_MAPS = {
    "aws_ecs_cluster": TypeMap(
        "AWS::ECS::Cluster", {"ClusterName": PropertyMap("name")}, attributes={"arn": "Arn", "id": "Arn", "name": "Ref"}
    ),
    "aws_ecs_daemon": TypeMap(
        "AWS::ECS::Daemon",
        {
            "DeploymentConfiguration": PropertyMap(
                "deployment_configuration",
                within={"Alarms": PropertyMap("alarms", within={"AlarmNames": PropertyMap("alarm_names")})},
            )
        },
        attributes={"arn": "DaemonArn"},
    ),
    "aws_ecs_service": TypeMap(
        "AWS::ECS::Service",
        {
            "Cluster": PropertyMap("cluster"),
            "DeploymentConfiguration": PropertyMap("", within=_DEPLOYMENT),
            # Without one, the provider starts no task.
            "DesiredCount": PropertyMap("desired_count", default=0),
            "DeploymentController": PropertyMap("deployment_controller", within={"Type": PropertyMap("type")}),
            "LaunchType": PropertyMap("launch_type"),
            "LoadBalancers": PropertyMap(
                "load_balancer",
                many=True,
                within={
                    "AdvancedConfiguration": PropertyMap(
                        "advanced_configuration",
                        within={"AlternateTargetGroupArn": PropertyMap("alternate_target_group_arn")},
                    ),
                    "ContainerName": PropertyMap("container_name"),
                    "LoadBalancerName": PropertyMap("elb_name"),
                },
            ),
            "SchedulingStrategy": PropertyMap("scheduling_strategy"),
            "ServiceConnectConfiguration": PropertyMap(
                "service_connect_configuration", within={"Enabled": PropertyMap("enabled")}
            ),
            "ServiceName": PropertyMap("name"),
            "TaskDefinition": PropertyMap("task_definition"),
        },
        attributes={"arn": "ServiceArn", "id": "Ref", "name": "Name"},
    ),
    "aws_ecs_task_definition": TypeMap(
        "AWS::ECS::TaskDefinition",
        {
            "ContainerDefinitions": PropertyMap("container_definitions", read=_containers),
            "Family": PropertyMap("family"),
            "NetworkMode": PropertyMap("network_mode"),
        },
        attributes={"arn": "Ref", "id": "Ref"},
    ),
}
