"""Amazon EventBridge rules and buses."""

from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap, json_text, mapped

_DEAD_LETTERS = PropertyMap("dead_letter_config", within={"Arn": PropertyMap("arn")})
_STATE = mapped({"false": "DISABLED", "true": "ENABLED"})

TYPE_MAPS = {
    "aws_cloudwatch_event_rule": TypeMap(
        "AWS::Events::Rule",
        {
            "EventBusName": PropertyMap("event_bus_name"),
            "EventPattern": PropertyMap("event_pattern", read=json_text()),
            "Name": PropertyMap("name"),
            "State": PropertyMap("state", older="is_enabled", read=_STATE),
            "Targets": PropertyMap(""),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
    "aws_cloudwatch_event_bus": TypeMap(
        "AWS::Events::EventBus",
        {"DeadLetterConfig": _DEAD_LETTERS, "Name": PropertyMap("name")},
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}

COMPANIONS = {
    "aws_cloudwatch_event_target": Companion(
        "AWS::Events::Rule",
        "rule",
        {
            "Arn": PropertyMap("arn"),
            "DeadLetterConfig": _DEAD_LETTERS,
            "Id": PropertyMap("target_id"),
            "SqsParameters": PropertyMap("sqs_target", within={"MessageGroupId": PropertyMap("message_group_id")}),
        },
        into="Targets",
    ),
}
