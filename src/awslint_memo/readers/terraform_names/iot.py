"""AWS IoT Core rules."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap, mapped

_QUEUE = {"QueueUrl": PropertyMap("queue_url")}
# Each kind of action has its own block, and only SQS actions are read, which never have a Lambda action.
_ACTION = {"Lambda": PropertyMap(""), "Sqs": PropertyMap("", within=_QUEUE)}

_NOT = mapped({"false": "true", "true": "false"})

TYPE_MAPS = {
    "aws_iot_topic_rule": TypeMap(
        "AWS::IoT::TopicRule",
        {
            "TopicRulePayload": PropertyMap(
                "",
                within={
                    "RuleDisabled": PropertyMap("enabled", read=_NOT),
                    "Actions": PropertyMap("sqs", many=True, within=_ACTION),
                    "ErrorAction": PropertyMap("error_action", within={"Sqs": PropertyMap("sqs", within=_QUEUE)}),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
