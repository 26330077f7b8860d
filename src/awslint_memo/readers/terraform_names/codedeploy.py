"""AWS CodeDeploy."""

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import PropertyMap, TypeMap


def _alarms(value: Value) -> Value:
    """Convert Terraform's list of alarm names to CloudFormation's list of alarms."""
    if not isinstance(value, Known):
        return value
    return Known([Known({"Name": item}, item.place) for item in value.items], value.place)


_TARGET_PAIR = PropertyMap(
    "target_group_pair_info",
    many=True,
    within={"TargetGroups": PropertyMap("target_group", many=True, within={"Name": PropertyMap("name")})},
)

TYPE_MAPS = {
    "aws_codedeploy_app": TypeMap(
        "AWS::CodeDeploy::Application",
        {"ApplicationName": PropertyMap("name"), "ComputePlatform": PropertyMap("compute_platform")},
        attributes={"name": "Ref"},
    ),
    "aws_codedeploy_deployment_config": TypeMap(
        "AWS::CodeDeploy::DeploymentConfig",
        {
            "ComputePlatform": PropertyMap("compute_platform", default="Server"),
            "DeploymentConfigName": PropertyMap("deployment_config_name"),
            "TrafficRoutingConfig": PropertyMap(
                "traffic_routing_config", within={"Type": PropertyMap("type", default="AllAtOnce")}
            ),
        },
        attributes={"deployment_config_name": "Ref", "id": "Ref"},
    ),
    "aws_codedeploy_deployment_group": TypeMap(
        "AWS::CodeDeploy::DeploymentGroup",
        {
            "AlarmConfiguration": PropertyMap(
                "alarm_configuration",
                within={
                    "Alarms": PropertyMap("alarms", read=_alarms),
                    "Enabled": PropertyMap("enabled", default=False),
                },
            ),
            "ApplicationName": PropertyMap("app_name"),
            "AutoRollbackConfiguration": PropertyMap(
                "auto_rollback_configuration",
                within={"Enabled": PropertyMap("enabled"), "Events": PropertyMap("events")},
            ),
            "DeploymentConfigName": PropertyMap("deployment_config_name", default="CodeDeployDefault.OneAtATime"),
            "DeploymentStyle": PropertyMap(
                "deployment_style", within={"DeploymentType": PropertyMap("deployment_type", default="IN_PLACE")}
            ),
            "LoadBalancerInfo": PropertyMap("load_balancer_info", within={"TargetGroupPairInfoList": _TARGET_PAIR}),
        },
        attributes={"deployment_group_name": "Ref"},
    ),
}
