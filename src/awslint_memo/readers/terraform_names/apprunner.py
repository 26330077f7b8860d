"""AWS App Runner."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_apprunner_service": TypeMap(
        "AWS::AppRunner::Service",
        {"ServiceName": PropertyMap("service_name")},
        attributes={"arn": "ServiceArn", "id": "ServiceArn", "service_url": "ServiceUrl"},
    ),
}
