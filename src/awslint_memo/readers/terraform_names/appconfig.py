"""AWS AppConfig."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_appconfig_environment": TypeMap(
        "AWS::AppConfig::Environment",
        {"Monitors": PropertyMap("monitor", many=True, within={"AlarmArn": PropertyMap("alarm_arn")})},
        attributes={"environment_id": "EnvironmentId"},
    ),
}
