"""Amazon CloudFront."""

from awslint_memo.readers.property_maps import Translation, Word

_AT_EDGE = {
    "LambdaFunctionAssociations": Word(
        "lambda_function_association", many=True, within={"LambdaFunctionARN": Word("lambda_arn")}
    )
}

TRANSLATIONS = {
    "aws_cloudfront_distribution": Translation(
        "AWS::CloudFront::Distribution",
        {
            "DistributionConfig": Word(
                "",
                within={
                    "CacheBehaviors": Word("ordered_cache_behavior", many=True, within=_AT_EDGE),
                    "DefaultCacheBehavior": Word("default_cache_behavior", within=_AT_EDGE),
                    "Origins": Word("origin", many=True, within={"DomainName": Word("domain_name")}),
                },
            ),
        },
        attributes={"domain_name": "DomainName", "id": "Ref"},
    ),
}
