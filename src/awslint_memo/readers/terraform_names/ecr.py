"""Amazon ECR."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_ecr_repository": TypeMap(
        "AWS::ECR::Repository",
        {"RepositoryName": PropertyMap("name")},
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref", "repository_url": "RepositoryUri"},
    ),
}
