"""Which queue takes the messages that fail, and from whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Value
from awslint_memo.relations.sqs.queues import QUEUE
from awslint_memo.syntax.embedded import each, parse_embedded

FAILURES: Mapping[str, Sequence[str]] = {
    QUEUE: ("RedrivePolicy.deadLetterTargetArn",),
    "AWS::Lambda::Function": ("DeadLetterConfig.TargetArn",),
    "AWS::Lambda::EventInvokeConfig": ("DestinationConfig.OnFailure.Destination",),
    "AWS::Lambda::EventSourceMapping": ("DestinationConfig.OnFailure.Destination",),
    "AWS::SNS::Subscription": ("RedrivePolicy.deadLetterTargetArn",),
    "AWS::Events::Rule": ("Targets.DeadLetterConfig.Arn",),
    "AWS::Events::EventBus": ("DeadLetterConfig.Arn",),
    "AWS::EventsV2::EventSource": (
        "Configuration.AwsServiceEventsConfiguration.OnFailureConfiguration.Arn",
        "Configuration.PartnerEventsConfiguration.OnFailureConfiguration.Arn",
    ),
    "AWS::EventsV2::Subscriber": ("OnFailureConfiguration.Arn",),
    "AWS::Scheduler::Schedule": ("Target.DeadLetterConfig.Arn",),
    "AWS::Pipes::Pipe": (
        "SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn",
        "SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn",
    ),
    "AWS::IoT::TopicRule": ("TopicRulePayload.ErrorAction.Sqs.QueueUrl",),
    "AWS::Glue::Crawler": ("Targets.S3Targets.DlqEventQueueArn", "Targets.CatalogTargets.DlqEventQueueArn"),
    "AWS::CustomerProfiles::Domain": ("DeadLetterQueueUrl",),
}
"""Where each type names the queue for what it could not deliver or work on."""


@record(frozen=True)
class DeadLetters:
    """One resource that names a queue for its failed messages, and where it does."""

    resource: Resource
    target: Value


def redrive_policy(queue: Resource) -> Value:
    """The RedrivePolicy of a queue as a mapping, also where it is written as JSON text; Absent where it is empty."""
    policy = parse_embedded(queue.get("RedrivePolicy"))
    return Absent(policy.place) if policy.surely(lambda content: content in ("", {})) else policy


def dead_letter_queue(queue: Resource) -> Resource | None:
    """The queue of this deployment to which a queue surely moves the messages that fail; else None."""
    return queue.deployment.find(redrive_policy(queue).get("deadLetterTargetArn"), QUEUE)


def dead_letter_sources(queue: Resource) -> list[DeadLetters]:
    """Everything of this deployment that surely sends its failed messages to this queue."""
    return queue.deployment.once(_sources).get(queue.name, [])


def may_be_dead_letter(queue: Resource) -> bool | None:
    """Whether a queue surely takes failed messages (True) or surely does not (False); None where that is not known.

    A queue that says which queues may name it as theirs (RedriveAllowPolicy) takes them, whoever they are; but not if
    it has a dead-letter queue of its own: the policy may then have been written on the wrong one of the two.
    """
    own = redrive_policy(queue)
    allows = _allows(queue)
    allowed = allows if own.is_absent or allows is False else None if own.is_unknown else False
    if allowed is True or dead_letter_sources(queue):
        return True
    deployment = queue.deployment
    if allowed is None or queue.is_open:
        return None
    return None if deployment.once(_unclear_targets).may_be(queue) else False


def source_by_mistake(queue: Resource) -> Value | None:
    """Where RedriveAllowPolicy of a queue names the queue's own dead-letter queue as a source; else None."""
    target = redrive_policy(queue).get("deadLetterTargetArn")
    other = dead_letter_queue(queue)
    for source in each(queue, "RedriveAllowPolicy.sourceQueueArns"):
        named = queue.deployment.find(source, QUEUE)
        if named is not queue and ((named is not None and named is other) or source.is_same_as(target)):
            return source
    return None


def is_set_elsewhere(queue: Resource) -> bool:
    """Whether Terraform leaves a queue's redrive policy as others set it (lifecycle.ignore_changes), or may."""
    return may_ignore(queue.terraform.ignore_changes, "redrive_policy")


def _allows(queue: Resource) -> bool | None:
    policy = parse_embedded(queue.get("RedriveAllowPolicy"))
    if policy.is_absent:
        return False
    if not policy.get("sourceQueueArns").is_absent and policy.is_known:
        return True
    permission = policy.get("redrivePermission")
    return None if permission.text is None else permission.text != "denyAll"


def _every(deployment: Deployment) -> list[DeadLetters]:
    return list(_named(deployment))


def _named(deployment: Deployment) -> Iterator[DeadLetters]:
    for resource in deployment.of_type(*FAILURES):
        for path in FAILURES[resource.type]:
            for target in each(resource, path):
                yield DeadLetters(resource, target)


def _unclear_targets(deployment: Deployment) -> NameIndex:
    """What the targets may name that are no certain resource."""
    targets = (one.target for one in deployment.once(_every))
    return name_index(deployment, (one for one in targets if deployment.find(one) is None))


def _sources(deployment: Deployment) -> dict[str, list[DeadLetters]]:
    found: dict[str, list[DeadLetters]] = {}
    for one in deployment.once(_every):
        queue = deployment.find(one.target, QUEUE)
        if queue is not None:
            found.setdefault(queue.name, []).append(one)
    return found
