"""AWS CodeDeploy."""

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import PropertyMap, TypeMap


def _alarms(value: Value) -> Value:
    """Convert Terraform's list of alarm names to CloudFormation's list of alarms."""
    if not isinstance(value, Known):
        return value
    return Known([Known({"Name": item}, item.place) for item in value.items], value.place)


TYPE_MAPS = {
    "aws_codedeploy_app": TypeMap(
        "AWS::CodeDeploy::Application",
        {"ApplicationName": PropertyMap("name"), "ComputePlatform": PropertyMap("compute_platform")},
        attributes={"name": "Ref"},
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
        },
        attributes={"deployment_group_name": "Ref"},
    ),
}
