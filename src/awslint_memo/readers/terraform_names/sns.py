"""Amazon SNS."""

from awslint_memo.readers.property_maps import Translation, Word, json_text

TRANSLATIONS = {
    "aws_sns_topic": Translation(
        "AWS::SNS::Topic",
        {
            "ContentBasedDeduplication": Word("content_based_deduplication"),
            "FifoTopic": Word("fifo_topic"),
            "Subscription": Word(""),
            "TopicName": Word("name"),
        },
        attributes={"arn": "Ref", "id": "Ref", "name": "TopicName"},
    ),
    "aws_sns_topic_subscription": Translation(
        "AWS::SNS::Subscription",
        {
            "Endpoint": Word("endpoint"),
            "FilterPolicy": Word("filter_policy"),
            "FilterPolicyScope": Word("filter_policy_scope"),
            "Protocol": Word("protocol"),
            "RedrivePolicy": Word("redrive_policy", read=json_text("deadLetterTargetArn")),
            "TopicArn": Word("topic_arn"),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
}
