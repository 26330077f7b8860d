"""AWS Step Functions."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_sfn_state_machine": Translation(
        "AWS::StepFunctions::StateMachine",
        {
            "Definition": Word(""),
            "DefinitionString": Word("definition"),
            "DefinitionSubstitutions": Word(""),
            "RoleArn": Word("role_arn"),
            "StateMachineName": Word("name"),
            "TracingConfiguration": Word("tracing_configuration", within={"Enabled": Word("enabled")}),
        },
        attributes={"arn": "Ref", "id": "Ref", "name": "Name"},
    ),
}
