"""The RedrivePolicy of a queue, by which it names its dead-letter queue, and the RedriveAllowPolicy of that."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Absent, Value
from awslint_memo.relations.sqs.fifo import QUEUE
from awslint_memo.syntax.embedded import each, parse_embedded


def redrive_policy(queue: Resource) -> Value:
    """The RedrivePolicy of a queue as a mapping, also where it is written as JSON text; Absent where it is empty."""
    policy = parse_embedded(queue.get("RedrivePolicy"))
    return Absent(policy.place, policy.origin) if policy.surely(lambda content: content in ("", {})) else policy


def dead_letter_queue(queue: Resource) -> Resource | None:
    """The queue of this deployment to which a queue surely moves the messages that fail; else None."""
    return queue.deployment.find(redrive_policy(queue).get("deadLetterTargetArn"), QUEUE)


def is_tried_once_alone(queue: Resource) -> bool:
    """Whether a message of a queue is received once, while another queue of the deployment surely delivers it again."""
    most = queue.deployment.once(_most_receives)
    return redrive_policy(queue).get("maxReceiveCount").number == 1 and most > 1


def _most_receives(deployment: Deployment) -> float:
    counts = (redrive_policy(queue).get("maxReceiveCount").number for queue in deployment.of_type(QUEUE))
    return max(filter(None, counts), default=0)


def refused_by(failed: Resource, source: Resource) -> Value | None:
    """The redrivePermission by which a dead-letter queue surely refuses to be named by a source; None where it may be
    named, or where that is not known."""
    policy = parse_embedded(failed.get("RedriveAllowPolicy"))
    permission, listed = policy.get("redrivePermission"), policy.get("sourceQueueArns")
    if permission.text == "denyAll":
        return permission
    is_other = all(_is_other(arn, source) for arn in listed.items)
    return permission if permission.text == "byQueue" and listed.items and is_other else None


def unwanted_sources(failed: Resource) -> tuple[Value, Value] | None:
    """The redrivePermission of a dead-letter queue and its sourceQueueArns where SQS refuses both together, as only
    byQueue has a list (API_CreateQueue); else None."""
    policy = parse_embedded(failed.get("RedriveAllowPolicy"))
    permission, listed = policy.get("redrivePermission"), policy.get("sourceQueueArns")
    is_given = bool(listed.items) and not listed.is_unknown
    return (permission, listed) if permission.is_one_of("allowAll", "denyAll") and is_given else None


def _is_other(arn: Value, queue: Resource) -> bool:
    """Whether an ARN is surely that of another queue."""
    named, text = queue.deployment.find(arn, QUEUE), arn.pattern
    if named is not None or text is None or text.contains("*"):
        return named is not None and named is not queue
    from awslint_memo.model.other_names import is_of_another_name

    return is_of_another_name(text, queue, is_named_by_stack=queue.language == "cloudformation")


def source_by_mistake(queue: Resource) -> Value | None:
    """Where RedriveAllowPolicy of a queue names the queue's own dead-letter queue as a source; else None."""
    target = redrive_policy(queue).get("deadLetterTargetArn")
    other = dead_letter_queue(queue)
    for source in each(queue, "RedriveAllowPolicy.sourceQueueArns"):
        named = queue.deployment.find(source, QUEUE)
        if named is not queue and ((named is not None and named is other) or source.is_same_as(target)):
            return source
    return None
