"""Amazon EventBridge Scheduler."""

from awslint_memo.readers.property_maps import PropertyMap, TypeMap

TYPE_MAPS = {
    "aws_scheduler_schedule": TypeMap(
        "AWS::Scheduler::Schedule",
        {
            "Name": PropertyMap("name"),
            "State": PropertyMap("state"),
            "Target": PropertyMap(
                "target",
                within={
                    "Arn": PropertyMap("arn"),
                    "DeadLetterConfig": PropertyMap("dead_letter_config", within={"Arn": PropertyMap("arn")}),
                    "Input": PropertyMap("input"),
                    "RoleArn": PropertyMap("role_arn"),
                    "SqsParameters": PropertyMap(
                        "sqs_parameters", within={"MessageGroupId": PropertyMap("message_group_id")}
                    ),
                },
            ),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "Ref"},
    ),
}
