"""AWS IoT Core rules."""

from awslint_memo.readers.property_maps import Translation, Word

_QUEUE = {"QueueUrl": Word("queue_url")}
# Each kind of action is a block of its own, and only queues are looked at: no sqs block calls a function.
_ACTION = {"Lambda": Word(""), "Sqs": Word("", within=_QUEUE)}

TRANSLATIONS = {
    "aws_iot_topic_rule": Translation(
        "AWS::IoT::TopicRule",
        {
            "TopicRulePayload": Word(
                "",
                within={
                    "Actions": Word("sqs", many=True, within=_ACTION),
                    "ErrorAction": Word("error_action", within={"Sqs": Word("sqs", within=_QUEUE)}),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
