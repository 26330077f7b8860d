"""Amazon Connect Customer Profiles."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_customerprofiles_domain": TypeMap(
        "AWS::CustomerProfiles::Domain",
        {"DeadLetterQueueUrl": PropertyMap("dead_letter_queue_url")},
        attributes={"id": "Ref", "domain_name": "Ref"},
    ),
}
