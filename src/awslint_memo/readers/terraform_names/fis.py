"""AWS Fault Injection Service."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_fis_experiment_template": Translation(
        "AWS::FIS::ExperimentTemplate",
        {"StopConditions": Word("stop_condition", many=True, within={"Value": Word("value")})},
        attributes={"id": "Ref"},
    ),
}
