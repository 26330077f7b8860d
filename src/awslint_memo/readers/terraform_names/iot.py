"""AWS IoT Core rules."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

_QUEUE = {"QueueUrl": PropertyMap("queue_url")}
# Each kind of action is a block of its own, and only queues are looked at: no sqs block calls a function.
_ACTION = {"Lambda": PropertyMap(""), "Sqs": PropertyMap("", within=_QUEUE)}

TYPE_MAPS = {
    "aws_iot_topic_rule": TypeMap(
        "AWS::IoT::TopicRule",
        {
            "TopicRulePayload": PropertyMap(
                "",
                within={
                    "Actions": PropertyMap("sqs", many=True, within=_ACTION),
                    "ErrorAction": PropertyMap("error_action", within={"Sqs": PropertyMap("sqs", within=_QUEUE)}),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
