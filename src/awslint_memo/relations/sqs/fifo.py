"""FIFO queues: which queues are, and who gives their messages deduplication ids."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import service_of
from awslint_memo.model.value import Text, Value
from awslint_memo.relations.sns import into_queue

QUEUE = "AWS::SQS::Queue"
PIPE = "AWS::Pipes::Pipe"

ONLY_FIFO = fact(
    ("ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"),
    page="AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html",
    read="2026-11-25",
)
"""Properties that only FIFO queues have."""

_SENT = {
    "AWS::ApiGateway::Method": ("Integration.Uri", "Integration.RequestTemplates"),
    "AWS::ApiGatewayV2::Integration": ("IntegrationUri", "RequestTemplates", "RequestParameters"),
}

_ID = "MessageDeduplicationId"


def is_fifo(queue: Resource) -> bool | None:
    """Whether a queue is FIFO; None where that is not known, or its name and its FifoQueue contradict each other."""
    fifo = queue.get("FifoQueue", default=False).flag
    if fifo is None and queue.get("QueueName").ends_with(".fifo") is False:
        return False  # SQS refuses a FIFO queue of such a name.
    if fifo is False and queue.get("QueueName").ends_with(".fifo"):
        return None
    return fifo


def names_fifo_queue(deployment: Deployment, value: Value) -> bool | None:
    """Whether a value surely names a FIFO queue (True), of this deployment or by an ARN or URL, or surely another
    queue (False); None where that is not known."""
    queue = deployment.find(value, QUEUE)
    if queue is not None:
        return is_fifo(queue)
    is_address = service_of(value) == "sqs" or value.starts_with("https://sqs.")
    return value.ends_with(".fifo") if is_address else None


def gets_deduplication_ids(queue: Resource) -> bool:
    """Whether a pipe, an API or a FIFO topic of this deployment sends to a queue and gives each message a deduplication
    id, or may."""
    deployment = queue.deployment
    if any(subscription.is_fifo is not False for subscription in into_queue(queue)):
        return True
    for pipe in deployment.of_type(PIPE):
        identity = pipe.get(f"TargetParameters.SqsQueueParameters.{_ID}")
        if pipe.follow("Target", QUEUE) is queue and not identity.is_absent:
            return True
    sent = [
        [resource.get(key) for key in keys] for type_, keys in _SENT.items() for resource in deployment.of_type(type_)
    ]
    return any(
        any(link.resource == queue.name for value in values for link in value.mentions())
        and any(_ID in text for value in values for text in _texts(value))
        for values in sent
    )


def _texts(value: Value) -> Iterator[str]:
    """Every text that is known of a value, the names of its fields too."""
    yield value.text or ""
    yield from value.fields
    parts = value.parts if isinstance(value, Text) else ()
    for part in (*parts, *value.fields.values()):
        yield from _texts(part)
