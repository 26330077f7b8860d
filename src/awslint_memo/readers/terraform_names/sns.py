"""Amazon SNS."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap, json_text

TYPE_MAPS = {
    "aws_sns_topic": TypeMap(
        "AWS::SNS::Topic",
        {
            "ContentBasedDeduplication": PropertyMap("content_based_deduplication"),
            "FifoTopic": PropertyMap("fifo_topic"),
            "Subscription": PropertyMap(""),
            "TopicName": PropertyMap("name"),
            "TracingConfig": PropertyMap("tracing_config"),
        },
        attributes={"arn": "Ref", "id": "Ref", "name": "TopicName"},
    ),
    "aws_sns_topic_subscription": TypeMap(
        "AWS::SNS::Subscription",
        {
            "Endpoint": PropertyMap("endpoint"),
            "FilterPolicy": PropertyMap("filter_policy"),
            "FilterPolicyScope": PropertyMap("filter_policy_scope"),
            "Protocol": PropertyMap("protocol"),
            "RawMessageDelivery": PropertyMap("raw_message_delivery"),
            "RedrivePolicy": PropertyMap("redrive_policy", read=json_text("deadLetterTargetArn")),
            "TopicArn": PropertyMap("topic_arn"),
        },
        attributes={"arn": "Arn", "id": "Ref"},
    ),
}
