"""Amazon SageMaker AI."""

from awslint_memo.readers.property_maps import Translation, Word

_ALARMS = Word("alarms", many=True, within={"AlarmName": Word("alarm_name")})

TRANSLATIONS = {
    "aws_sagemaker_endpoint": Translation(
        "AWS::SageMaker::Endpoint",
        {
            "DeploymentConfig": Word(
                "deployment_config",
                within={
                    "AutoRollbackConfiguration": Word("auto_rollback_configuration", within={"Alarms": _ALARMS}),
                },
            ),
        },
        attributes={"arn": "Ref"},
    ),
}
