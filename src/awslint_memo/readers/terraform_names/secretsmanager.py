"""AWS Secrets Manager."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_secretsmanager_secret": TypeMap(
        "AWS::SecretsManager::Secret", {"Name": PropertyMap("name")}, attributes={"arn": "Ref", "id": "Ref"}
    ),
}
