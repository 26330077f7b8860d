"""Amazon SQS."""

from awslint_memo.readers.property_maps import Companion, PropertyMap, TypeMap, json_text

_REDRIVE = json_text("deadLetterTargetArn", others=["maxReceiveCount"])
_ALLOW = json_text("sourceQueueArns", others=["redrivePermission"])

TYPE_MAPS = {
    "aws_sqs_queue": TypeMap(
        "AWS::SQS::Queue",
        {
            "ContentBasedDeduplication": PropertyMap("content_based_deduplication"),
            "DeduplicationScope": PropertyMap("deduplication_scope"),
            "DelaySeconds": PropertyMap("delay_seconds"),
            "FifoQueue": PropertyMap("fifo_queue"),
            "FifoThroughputLimit": PropertyMap("fifo_throughput_limit"),
            "MessageRetentionPeriod": PropertyMap("message_retention_seconds"),
            "QueueName": PropertyMap("name"),
            "ReceiveMessageWaitTimeSeconds": PropertyMap("receive_wait_time_seconds"),
            "RedriveAllowPolicy": PropertyMap("redrive_allow_policy", read=_ALLOW),
            "RedrivePolicy": PropertyMap("redrive_policy", read=_REDRIVE),
            "VisibilityTimeout": PropertyMap("visibility_timeout_seconds"),
        },
        attributes={"arn": "Arn", "id": "Ref", "name": "QueueName", "url": "QueueUrl"},
    ),
}

COMPANIONS = {
    "aws_sqs_queue_redrive_policy": Companion(
        "AWS::SQS::Queue", "queue_url", {"RedrivePolicy": PropertyMap("redrive_policy", read=_REDRIVE)}
    ),
    "aws_sqs_queue_redrive_allow_policy": Companion(
        "AWS::SQS::Queue", "queue_url", {"RedriveAllowPolicy": PropertyMap("redrive_allow_policy", read=_ALLOW)}
    ),
}
