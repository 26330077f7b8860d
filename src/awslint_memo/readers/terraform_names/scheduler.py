"""Amazon EventBridge Scheduler."""

from awslint_memo.readers.property_maps import Translation, Word

TRANSLATIONS = {
    "aws_scheduler_schedule": Translation(
        "AWS::Scheduler::Schedule",
        {
            "Name": Word("name"),
            "State": Word("state"),
            "Target": Word(
                "target",
                within={
                    "Arn": Word("arn"),
                    "DeadLetterConfig": Word("dead_letter_config", within={"Arn": Word("arn")}),
                    "Input": Word("input"),
                    "SqsParameters": Word("sqs_parameters", within={"MessageGroupId": Word("message_group_id")}),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
