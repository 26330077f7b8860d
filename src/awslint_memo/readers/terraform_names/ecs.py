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


TYPE_MAPS = {
    "aws_ecs_cluster": TypeMap(
        "AWS::ECS::Cluster", {"ClusterName": PropertyMap("name")}, attributes={"arn": "Arn", "id": "Arn", "name": "Ref"}
    ),
    "aws_ecs_service": TypeMap(
        "AWS::ECS::Service",
        {
            "Cluster": PropertyMap("cluster"),
            "DeploymentConfiguration": PropertyMap(
                "", within={"Alarms": PropertyMap("alarms", within={"AlarmNames": PropertyMap("alarm_names")})}
            ),
            "ServiceConnectConfiguration": PropertyMap(
                "service_connect_configuration", within={"Enabled": PropertyMap("enabled")}
            ),
            "ServiceName": PropertyMap("name"),
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
