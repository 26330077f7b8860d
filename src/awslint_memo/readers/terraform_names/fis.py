"""AWS Fault Injection Service."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_fis_experiment_template": TypeMap(
        "AWS::FIS::ExperimentTemplate",
        {"StopConditions": PropertyMap("stop_condition", many=True, within={"Value": PropertyMap("value")})},
        attributes={"id": "Ref"},
    ),
}
