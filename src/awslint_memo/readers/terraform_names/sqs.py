"""Amazon SQS."""

from awslint_memo.readers.property_maps import Companion, Translation, Word, json_text

_REDRIVE = json_text("deadLetterTargetArn", others=["maxReceiveCount"])
_ALLOW = json_text("sourceQueueArns", others=["redrivePermission"])

TRANSLATIONS = {
    "aws_sqs_queue": Translation(
        "AWS::SQS::Queue",
        {
            "ContentBasedDeduplication": Word("content_based_deduplication"),
            "DeduplicationScope": Word("deduplication_scope"),
            "DelaySeconds": Word("delay_seconds"),
            "FifoQueue": Word("fifo_queue"),
            "FifoThroughputLimit": Word("fifo_throughput_limit"),
            "MessageRetentionPeriod": Word("message_retention_seconds"),
            "QueueName": Word("name"),
            "ReceiveMessageWaitTimeSeconds": Word("receive_wait_time_seconds"),
            "RedriveAllowPolicy": Word("redrive_allow_policy", read=_ALLOW),
            "RedrivePolicy": Word("redrive_policy", read=_REDRIVE),
            "VisibilityTimeout": Word("visibility_timeout_seconds"),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "QueueName", "url": "QueueUrl"},
    ),
}

COMPANIONS = {
    "aws_sqs_queue_redrive_policy": Companion(
        "AWS::SQS::Queue", "queue_url", {"RedrivePolicy": Word("redrive_policy", read=_REDRIVE)}
    ),
    "aws_sqs_queue_redrive_allow_policy": Companion(
        "AWS::SQS::Queue", "queue_url", {"RedriveAllowPolicy": Word("redrive_allow_policy", read=_ALLOW)}
    ),
}
