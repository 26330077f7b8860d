"""Amazon OpenSearch Service."""

from awslint_memo.readers.property_maps import TAGS, PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_opensearch_domain": TypeMap(
        "AWS::OpenSearchService::Domain",
        {
            "AutomatedSnapshotPauseOptions": PropertyMap(""),
            "EngineVersion": PropertyMap("engine_version"),
            "Tags": TAGS,
        },
        attributes={"arn": "Arn", "domain_name": "Ref"},
    ),
}
