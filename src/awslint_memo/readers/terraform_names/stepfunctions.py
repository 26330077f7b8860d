"""AWS Step Functions."""

from awslint_memo.model.value import Known, Value
from awslint_memo.readers.property_maps import PropertyMap, TypeMap


def _listed(tags: Value) -> Value:
    """Terraform's mapping of tags as CloudFormation's list of them."""
    if not isinstance(tags, Known):
        return tags
    pairs = [{"Key": Known(key, value.place), "Value": value} for key, value in tags.fields.items()]
    return Known([Known(pair, pair["Value"].place) for pair in pairs], tags.place, tags.origin)


TYPE_MAPS = {
    "aws_sfn_state_machine": TypeMap(
        "AWS::StepFunctions::StateMachine",
        {
            "Definition": PropertyMap(""),
            "DefinitionString": PropertyMap("definition"),
            "DefinitionSubstitutions": PropertyMap(""),
            "RoleArn": PropertyMap("role_arn"),
            "StateMachineName": PropertyMap("name"),
            "Tags": PropertyMap("tags", read=_listed),
            "TracingConfiguration": PropertyMap("tracing_configuration", within={"Enabled": PropertyMap("enabled")}),
        },
        attributes={"arn": "Ref", "id": "Ref", "name": "Name"},
    ),
}
