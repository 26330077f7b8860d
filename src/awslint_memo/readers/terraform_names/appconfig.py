"""AWS AppConfig."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_appconfig_environment": Translation(
        "AWS::AppConfig::Environment",
        {"Monitors": Word("monitor", many=True, within={"AlarmArn": Word("alarm_arn")})},
        attributes={"environment_id": "EnvironmentId"},
    ),
}
