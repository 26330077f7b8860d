"""Which queue takes the messages that fail, and from whom; and who else sends to a queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact, fact
from awslint_memo.model.identity import NameIndex, name_index
from awslint_memo.model.outputs import is_unshared
from awslint_memo.model.properties import may_ignore
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.iam.roles import allowed_resources
from awslint_memo.relations.sqs.queues import QUEUE
from awslint_memo.relations.sqs.redrive import dead_letter_queue as dead_letter_queue
from awslint_memo.relations.sqs.redrive import is_tried_once_alone as is_tried_once_alone
from awslint_memo.relations.sqs.redrive import redrive_policy as redrive_policy
from awslint_memo.relations.sqs.redrive import refused_by as refused_by
from awslint_memo.relations.sqs.redrive import source_by_mistake as source_by_mistake
from awslint_memo.relations.sqs.redrive import unwanted_sources as unwanted_sources
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


_DEFAULT = fact(
    "allowAll", page="AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html", read="2026-12-01"
)
"""The redrivePermission of a queue that writes none: who writes it says that other stacks name the queue, no more."""

_FAILED = frozenset(("dead", "errors", "fail", "failed", "fails", "failure", "failures", "rejected"))


@record(frozen=True)
class DeadLetters:
    """One resource that names a queue for its failed messages, and where it does."""

    resource: Resource
    target: Value


def dead_letter_sources(queue: Resource) -> list[DeadLetters]:
    """Everything of this deployment that surely sends its failed messages to this queue."""
    return queue.deployment.once(_sources).get(queue.name, [])


def round_trip(queue: Resource) -> Sequence[Resource]:
    """The queues through which a failed message comes back to this one, from the first by name; empty if none does."""
    return queue.deployment.once(_round_trips).get(queue.name, ())


def may_be_dead_letter(queue: Resource, *, completes: bool = False) -> bool | None:
    """Whether a queue surely takes failed messages (True) or surely does not (False); None where that is not known.

    A queue that says which queues may name it as theirs (RedriveAllowPolicy) takes them, whoever they are; but not if
    it has a dead-letter queue of its own: the policy may then have been written on the wrong one of the two. completes:
    a module that was not read counts only if it could name the queue, by `Resource.may_be_completed`.
    """
    own = redrive_policy(queue)
    allows = _allows(queue)
    allowed = allows if own.is_absent or allows is False else None if own.is_unknown else False
    if allowed is True or dead_letter_sources(queue):
        return True
    deployment = queue.deployment
    if allowed is None or (queue.may_be_completed() if completes else queue.is_open):
        return None
    return None if deployment.once(_unclear_targets).may_be(queue) else False


def is_named_like_one(queue: Resource) -> bool:
    """Whether a queue is called a dead-letter queue, whatever names it."""
    names = (queue.name, queue.get("QueueName").text or "")
    plain = [name.lower().replace("-", "").replace("_", "") for name in names]
    return any("dlq" in name or "deadletter" in name for name in plain)


def is_named_for_failures(queue: Resource) -> bool:
    """Whether the name of a queue ends with what failed: programs may put there what they could not work on, and a
    queue of events may be called so, too."""
    from awslint_memo.model.name_words import name_words  # Few queues are asked for this.

    words = name_words(queue.get("QueueName").text or queue.name)
    return not _FAILED.isdisjoint([word for word in words if word not in ("fifo", "queue")][-1:])


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
    if permission.text == _DEFAULT and is_unshared():
        return False
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
    targets = (dead_letters.target for dead_letters in deployment.once(_every))
    return name_index(deployment, (target for target in targets if deployment.find(target) is None))


def _round_trips(deployment: Deployment) -> dict[str, Sequence[Resource]]:
    """Each round trip by the names of its queues. Every queue is passed once, as each has one dead-letter queue."""
    trips: dict[str, Sequence[Resource]] = {}
    passed: set[str] = set()
    for start in deployment.of_type(QUEUE):
        way: dict[str, Resource] = {}
        at: Resource | None = start
        while at is not None and at.name not in passed:
            passed.add(at.name)
            way[at.name] = at
            at = dead_letter_queue(at)
        if at is not None and at.name in way:
            queues = list(way.values())
            trip = queues[queues.index(at) :]
            first = trip.index(min(trip, key=lambda member: member.name))
            trip = [*trip[first:], *trip[:first]]
            trips.update(dict.fromkeys((member.name for member in trip), trip))
    return trips


def _sources(deployment: Deployment) -> dict[str, list[DeadLetters]]:
    found: dict[str, list[DeadLetters]] = {}
    for dead_letters in deployment.once(_every):
        queue = deployment.find(dead_letters.target, QUEUE)
        if queue is not None:
            found.setdefault(queue.name, []).append(dead_letters)
    return found


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

_SENT_TO: Mapping[str, Sequence[str]] = {
    "AWS::ApiGateway::Method": ("Integration",),
    "AWS::ApiGatewayV2::Integration": ("IntegrationUri", "RequestParameters"),
    "AWS::AutoScaling::LifecycleHook": ("NotificationTargetARN",),
    "AWS::ECS::TaskDefinition": ("ContainerDefinitions",),
    "AWS::Events::Rule": ("Targets.Arn",),
    "AWS::EventsV2::Subscriber": ("InvokeConfiguration.TargetArn",),
    "AWS::IoT::TopicRule": ("TopicRulePayload.Actions",),
    "AWS::Lambda::EventInvokeConfig": ("DestinationConfig.OnSuccess.Destination",),
    "AWS::Lambda::Function": ("Environment.Variables",),
    "AWS::Pipes::Pipe": ("Target",),
    "AWS::S3::Bucket": ("NotificationConfiguration.QueueConfigurations.Queue",),
    "AWS::Scheduler::Schedule": ("Target.Arn", "Target.Input"),
    "AWS::StepFunctions::StateMachine": ("Definition", "DefinitionString", "DefinitionSubstitutions"),
}
"""Where each type names a queue to which it sends, or whose address a program gets that may send to it."""


def may_get_others(queue: Resource) -> bool:
    """Whether something besides subscriptions of topics sends to a queue, or may: a service, a program, a stack."""
    deployment = queue.deployment
    if queue.is_open or queue.is_exposed() or may_be_dead_letter(queue) is not False:
        return True
    return any(queue.may_be_named_by(value) for value in deployment.once(_sent_to))


def _sent_to(deployment: Deployment) -> list[Value]:
    named = [
        value
        for resource in deployment.of_type(*_SENT_TO)
        for path in _SENT_TO[resource.type]
        for value in each(resource, path)
    ]
    return [*named, *allowed_resources(deployment, "sqs:SendMessage")]
