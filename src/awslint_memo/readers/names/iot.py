"""AWS IoT Core rules."""

from awslint_memo.readers.words import Translation, Word

_QUEUE = {"QueueUrl": Word("queue_url")}

TRANSLATIONS = {
    "aws_iot_topic_rule": Translation(
        "AWS::IoT::TopicRule",
        {
            "TopicRulePayload": Word(
                "",
                within={
                    "Actions": Word("sqs", many=True, within={"Sqs": Word("", within=_QUEUE)}),
                    "ErrorAction": Word("error_action", within={"Sqs": Word("sqs", within=_QUEUE)}),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
