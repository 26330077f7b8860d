"""AWS Step Functions."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_sfn_state_machine": TypeMap(
        "AWS::StepFunctions::StateMachine",
        {
            "Definition": PropertyMap(""),
            "DefinitionString": PropertyMap("definition"),
            "DefinitionSubstitutions": PropertyMap(""),
            "RoleArn": PropertyMap("role_arn"),
            "StateMachineName": PropertyMap("name"),
            "TracingConfiguration": PropertyMap("tracing_configuration", within={"Enabled": PropertyMap("enabled")}),
        },
        attributes={"arn": "Ref", "id": "Ref", "name": "Name"},
    ),
}
