"""Amazon CloudFront."""

from awslint_memo.readers.words import Translation, Word

TRANSLATIONS = {
    "aws_cloudfront_distribution": Translation(
        "AWS::CloudFront::Distribution",
        {
            "DistributionConfig": Word(
                "",
                within={"Origins": Word("origin", many=True, within={"DomainName": Word("domain_name")})},
            ),
        },
        attributes={"domain_name": "DomainName", "id": "Ref"},
    ),
}
