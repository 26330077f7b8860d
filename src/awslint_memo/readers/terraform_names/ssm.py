"""AWS Systems Manager."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_ssm_association": TypeMap(
        "AWS::SSM::Association", {"Name": PropertyMap("name")}, attributes={"association_id": "AssociationId"}
    ),
    "aws_ssm_parameter": TypeMap(
        "AWS::SSM::Parameter",
        {"Value": PropertyMap("value", older="insecure_value")},
        attributes={"id": "Ref", "name": "Ref"},
    ),
}
