"""Amazon EventBridge rules and buses."""

from awslint_memo.readers.property_maps import Companion, Translation, Word, json_text, mapped

_DEAD_LETTERS = Word("dead_letter_config", within={"Arn": Word("arn")})
_STATE = mapped({"false": "DISABLED", "true": "ENABLED"})

TRANSLATIONS = {
    "aws_cloudwatch_event_rule": Translation(
        "AWS::Events::Rule",
        {
            "EventBusName": Word("event_bus_name"),
            "EventPattern": Word("event_pattern", read=json_text()),
            "Name": Word("name"),
            "State": Word("state", older="is_enabled", read=_STATE),
            "Targets": Word(""),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
    "aws_cloudwatch_event_bus": Translation(
        "AWS::Events::EventBus",
        {"DeadLetterConfig": _DEAD_LETTERS, "Name": Word("name")},
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}

COMPANIONS = {
    "aws_cloudwatch_event_target": Companion(
        "AWS::Events::Rule",
        "rule",
        {
            "Arn": Word("arn"),
            "DeadLetterConfig": _DEAD_LETTERS,
            "Id": Word("target_id"),
            "SqsParameters": Word("sqs_target", within={"MessageGroupId": Word("message_group_id")}),
        },
        into="Targets",
    ),
}
