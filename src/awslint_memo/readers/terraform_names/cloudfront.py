"""Amazon CloudFront."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_AT_EDGE = {
    "LambdaFunctionAssociations": PropertyMap(
        "lambda_function_association", many=True, within={"LambdaFunctionARN": PropertyMap("lambda_arn")}
    )
}

TYPE_MAPS = {
    "aws_cloudfront_distribution": TypeMap(
        "AWS::CloudFront::Distribution",
        {
            "DistributionConfig": PropertyMap(
                "",
                within={
                    "CacheBehaviors": PropertyMap("ordered_cache_behavior", many=True, within=_AT_EDGE),
                    "DefaultCacheBehavior": PropertyMap("default_cache_behavior", within=_AT_EDGE),
                    "Origins": PropertyMap("origin", many=True, within={"DomainName": PropertyMap("domain_name")}),
                },
            ),
        },
        attributes={"domain_name": "DomainName", "id": "Ref"},
    ),
}
