"""Facts about SQS queues and those who send to them and read them."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.facts import Fact

_ATTRIBUTES = "AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html"
_MAPPING = "lambda/latest/api/API_CreateEventSourceMapping.html"

DEFAULT_VISIBILITY = Fact(30, page=_ATTRIBUTES, read="2026-11-25")
"""Seconds that a queue hides a message when nobody says how long."""

MAX_VISIBILITY = Fact(43_200, page=_ATTRIBUTES, read="2026-11-25")
"""Seconds: the longest that a queue can hide a message."""

MARGIN = Fact(6, page="lambda/latest/dg/services-sqs-configure.html", read="2026-11-25")
"""How many times its function's timeout a queue should hide a message, which leaves room for retries."""

DEFAULT_RETENTION = Fact(345_600, page=_ATTRIBUTES, read="2026-11-25")
"""Seconds that a queue keeps a message when nobody says how long."""

MAX_RETENTION = Fact(1_209_600, page=_ATTRIBUTES, read="2026-11-25")
"""Seconds: the longest that a queue can keep a message."""

MAX_WAIT = Fact(20, page=_ATTRIBUTES, read="2026-11-25")
"""Seconds: the longest that a queue can wait for a message."""

ONLY_FIFO = Fact(
    ("ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"), page=_ATTRIBUTES, read="2026-11-25"
)
"""Properties that only FIFO queues have."""

LEAST_RECEIVES = Fact(5, page="lambda/latest/dg/services-sqs-configure.html", read="2026-11-25")
"""How often a queue that Lambda reads should deliver a message before it gives up, at least."""

BACKLOG = Fact(
    ("ApproximateNumberOfMessagesVisible", "ApproximateAgeOfOldestMessage"),
    page="AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    read="2026-11-25",
)
"""Metrics that tell that messages wait in a queue."""

FILTERED = Fact("body", page="lambda/latest/dg/with-sqs-filtering.html", read="2026-11-25")
"""The only field of a message on which a mapping can filter."""

DEFAULT_BATCH = Fact(10, page=_MAPPING, read="2026-11-25")
"""Messages that an event source mapping hands over at a time when nobody says how many."""

MAX_PLAIN_BATCH = Fact(10, page=_MAPPING, read="2026-11-25")
"""Messages that a mapping can hand over at a time from a FIFO queue, or without a batching window."""


def _standard_only(what: str, page: str, *paths: str) -> Fact[Mapping[str, str]]:
    return Fact(dict.fromkeys(paths, what), page=page, read="2026-11-25")


_HOOKS = "autoscaling/ec2/userguide/prepare-for-lifecycle-notifications.html"

STANDARD_ONLY: Mapping[str, Fact[Mapping[str, str]]] = {
    "AWS::S3::Bucket": _standard_only(
        "an S3 notification",
        "AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html",
        "NotificationConfiguration.QueueConfigurations.Queue",
    ),
    "AWS::AutoScaling::LifecycleHook": _standard_only("a lifecycle hook", _HOOKS, "NotificationTargetARN"),
    "AWS::AutoScaling::AutoScalingGroup": _standard_only(
        "a lifecycle hook", _HOOKS, "LifecycleHookSpecificationList.NotificationTargetARN"
    ),
    "AWS::IoT::TopicRule": _standard_only(
        "an IoT rule",
        "iot/latest/developerguide/sqs-rule-action.html",
        "TopicRulePayload.Actions.Sqs.QueueUrl",
        "TopicRulePayload.ErrorAction.Sqs.QueueUrl",
    ),
    "AWS::Lambda::Function": _standard_only(
        "a function's dead-letter queue",
        "lambda/latest/dg/invocation-async-retain-records.html",
        "DeadLetterConfig.TargetArn",
    ),
    "AWS::Lambda::EventInvokeConfig": _standard_only(
        "an asynchronous destination",
        "lambda/latest/dg/invocation-async-retain-records.html",
        "DestinationConfig.OnSuccess.Destination",
        "DestinationConfig.OnFailure.Destination",
    ),
    "AWS::Events::Rule": _standard_only(
        "a rule's dead-letter queue", "eventbridge/latest/userguide/eb-rule-dlq.html", "Targets.DeadLetterConfig.Arn"
    ),
    "AWS::EventsV2::EventSource": _standard_only(
        "an event source's dead-letter queue",
        "AWSCloudFormation/latest/TemplateReference/aws-properties-eventsv2-eventsource-onfailureconfiguration.html",
        "Configuration.AwsServiceEventsConfiguration.OnFailureConfiguration.Arn",
        "Configuration.PartnerEventsConfiguration.OnFailureConfiguration.Arn",
    ),
    "AWS::Scheduler::Schedule": _standard_only(
        "a schedule's dead-letter queue",
        "scheduler/latest/UserGuide/configuring-schedule-dlq.html",
        "Target.DeadLetterConfig.Arn",
    ),
}
"""What can't send to a FIFO queue, by type: where it names a queue, and what people call that place."""
