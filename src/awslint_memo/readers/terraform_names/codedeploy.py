"""AWS CodeDeploy."""

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import Translation, Word


def _alarms(value: Value) -> Value:
    """Terraform's names of alarms as CloudFormation's list of alarms with names."""
    if not isinstance(value, Known):
        return value
    return Known([Known({"Name": item}, item.place) for item in value.items], value.place)


TRANSLATIONS = {
    "aws_codedeploy_app": Translation(
        "AWS::CodeDeploy::Application",
        {"ApplicationName": Word("name"), "ComputePlatform": Word("compute_platform")},
        attributes={"name": "Ref"},
    ),
    "aws_codedeploy_deployment_group": Translation(
        "AWS::CodeDeploy::DeploymentGroup",
        {
            "AlarmConfiguration": Word(
                "alarm_configuration",
                within={"Alarms": Word("alarms", read=_alarms), "Enabled": Word("enabled", default=False)},
            ),
            "ApplicationName": Word("app_name"),
            "AutoRollbackConfiguration": Word(
                "auto_rollback_configuration", within={"Enabled": Word("enabled"), "Events": Word("events")}
            ),
            "DeploymentConfigName": Word("deployment_config_name", default="CodeDeployDefault.OneAtATime"),
        },
        attributes={"deployment_group_name": "Ref"},
    ),
}
