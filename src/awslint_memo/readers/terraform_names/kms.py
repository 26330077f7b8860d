"""AWS KMS: keys."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_kms_key": TypeMap(
        "AWS::KMS::Key",
        {"MultiRegion": PropertyMap("multi_region", default=False)},
        attributes={"arn": "Arn", "id": "Ref", "key_id": "Ref"},
    ),
}
