"""Amazon SageMaker AI."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_ALARMS = PropertyMap("alarms", many=True, within={"AlarmName": PropertyMap("alarm_name")})

TYPE_MAPS = {
    "aws_sagemaker_endpoint": TypeMap(
        "AWS::SageMaker::Endpoint",
        {
            "DeploymentConfig": PropertyMap(
                "deployment_config",
                within={
                    "AutoRollbackConfiguration": PropertyMap("auto_rollback_configuration", within={"Alarms": _ALARMS}),
                },
            ),
        },
        attributes={"arn": "Ref"},
    ),
}
