"""Which AWS services send to the queues and topics of a template with their own principals, without a role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import Fact
from awslint_memo.model.fix import Fix, Setable
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations import events, sns
from awslint_memo.relations.cloudwatch.alarms import ACTIONS, ALARM, COMPOSITE
from awslint_memo.relations.iam.resource_policies import (
    KEY,
    QUEUE,
    TOPIC,
    Obstacle,
    admits,
    obstacle,
    policies,
    source_arns,
)
from awslint_memo.relations.iam.role_uses import SENDS
from awslint_memo.relations.iam.statements import SOURCE_ARN, Request
from awslint_memo.syntax.embedded import each

RULE = "AWS::Events::Rule"
NOTIFICATION_RULE = "AWS::CodeStarNotifications::NotificationRule"
BUCKET = "AWS::S3::Bucket"

ALARMS = "cloudwatch.amazonaws.com"
EVENTS = "events.amazonaws.com"
NOTIFICATIONS = "s3.amazonaws.com"
TOOLS = "codestar-notifications.amazonaws.com"
TOPICS = "sns.amazonaws.com"

_SENDERS: Mapping[str, tuple[str, str]] = {
    ALARMS: ("CloudWatch", "alarms are not delivered"),
    EVENTS: ("EventBridge", "events are lost"),
    NOTIFICATIONS: ("S3", "the bucket's notification is refused"),
    TOOLS: ("CodeStar Notifications", "notifications of builds and pipelines are lost"),
    TOPICS: ("SNS", "messages are lost"),
}
"""What people call a service, and what follows where it can't send."""

KEY_ACTIONS = ("kms:GenerateDataKey", "kms:Decrypt")
"""What a service must be allowed with the key of a queue or topic to which it sends
(https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html, read on 2026-11-29)."""

UNSEEN: Mapping[str, Fact[frozenset[str]]] = {
    EVENTS: Fact(
        frozenset((SOURCE_ARN, "aws:sourceaccount", "aws:sourceorgid")),
        page="sns/latest/dg/sns-key-management.html",
        read="2026-11-29",
    ),
}
"""Condition keys that KMS does not see when a service uses a key for what it sends."""


@record(frozen=True, eq=False)
class ServiceCall:
    """A service that sends to a queue or topic. value: where the sender names it. source: the resource for which it
    sends, whose ARN it gives as aws:SourceArn; None where that is not of here.
    """

    sender: Resource
    service: str
    value: Value
    source: Resource | None

    @property
    def words(self) -> str:
        """What people call the service."""
        return _SENDERS[self.service][0]


def calls(target: Resource) -> Sequence[ServiceCall]:
    """What surely sends to a queue or topic without a role."""
    return target.deployment.once(_calls).get(target.name, ())


def _request(call: ServiceCall, target: Resource) -> Request:
    """What a call asks the policy of a queue or topic for."""
    is_alarm = call.service == ALARMS
    lacks = frozenset() if is_alarm else frozenset(("aws:sourceowner",))
    account = True if is_alarm else None
    return Request(
        (SENDS[target.type],), target.deployment, target, call.service, call.source, account=account, lacks=lacks
    )


@record(frozen=True, eq=False)
class Refusal:
    """Services to which the policies of a queue or topic surely refuse what they send. calls: theirs.

    place: the statement that is nearest to let them, or the resource. message, do: what is so, and the remedy. fix:
    adds a policy, where none is there.
    """

    calls: Sequence[ServiceCall]
    place: Value | Resource
    message: str
    do: str
    fix: Fix | None = None

    @property
    def related(self) -> list[tuple[Resource, str]]:
        """Who sends."""
        return list({call.sender.name: (call.sender, f"{call.words} sends for it") for call in self.calls}.values())


def refusals(target: Resource) -> list[Refusal]:
    """The services that the policies of a queue or topic surely refuse.

    The policy that a topic has by default lets alarms publish to it, and no other service.
    """
    holders = policies(target).holders
    by_service: dict[str, list[ServiceCall]] = {}
    for call in calls(target):
        is_default = target.type == TOPIC and not holders and call.service == ALARMS
        if not is_default and admits(target, _request(call, target)) is False:
            by_service.setdefault(call.service, []).append(call)
    if not by_service or holders:
        return [_refusal(target, holders[0], service, refused) for service, refused in by_service.items()]
    senders = listed([_SENDERS[service][0] for service in by_service])
    message = f"has no policy that lets {senders} {_verb(target)}, so {_SENDERS[next(iter(by_service))][1]}"
    do = f"add one that allows {listed([*by_service])} {SENDS[target.type]}"
    every = [call for refused in by_service.values() for call in refused]
    return [Refusal(every, target, message, do, added_policy(target, by_service))]


def _refusal(target: Resource, holder: Resource, service: str, refused: Sequence[ServiceCall]) -> Refusal:
    """What a policy lacks for one service, by the statement that is nearest to let it send."""
    near = obstacle(target, _request(refused[0], target))
    source = refused[0].source or refused[0].sender
    action, (words, loss) = SENDS[target.type], _SENDERS[service]
    why, do = {
        "condition": (
            ("lets it only for another aws:SourceArn", f"add the ARN of {source.title} there")
            if near.statement is not None and source_arns(near.statement)
            else ("lets it only under a Condition that never holds", f"allow aws:SourceArn of {source.title} beside it")
        ),
        "denied": ("denies it", "leave the service out of it"),
        "refused": ("is refused", 'write Version: "2012-10-17", and name somebody as each Principal'),
        "principal": ("names the service under AWS", f"write Service: {service}"),
        "service": ("names another service for that source", f"write Service: {service}"),
        "resource": ("is about another resource", f"name the ARN of {target.title} as its Resource"),
    }.get(near.part, ("has no statement for it", f"allow {service} {action}"))
    policy = "its policy" if holder is target else holder.title
    message = f"does not let {words} {_verb(target)}, because {policy} {why}, so {loss}"
    return Refusal(refused, _place(near, holder), message, do)


def _place(near: Obstacle, holder: Resource) -> Value | Resource:
    """The value that has to be another one; the whole statement where that is not one value, or the policy."""
    if near.statement is None:
        return holder
    parts = {"condition": source_arns(near.statement), "service": [near.statement.get("Principal.Service")]}
    values = parts.get(near.part, [])
    return values[0].items[0] if len(values) == 1 and len(values[0].items) == 1 else near.statement


def _verb(target: Resource) -> str:
    return "send" if target.type == QUEUE else "publish"


def added_policy(target: Resource, by_service: Mapping[str, Sequence[ServiceCall]]) -> Fix | None:
    """The fix that adds a policy by which services may send to a queue or topic that has none; None where it would have
    to name what is not of here, or a bucket, which is only there after the policy."""
    sources = {service: [call.source for call in some] for service, some in by_service.items()}
    if NOTIFICATIONS in sources or any(None in named for named in sources.values()):
        return None
    statements: list[Setable] = [_statement(target, service, named) for service, named in sources.items()]
    document: Setable = {"Version": "2012-10-17", "Statement": statements}
    kind, lists = ("Queue", "Queues") if target.type == QUEUE else ("Topic", "Topics")
    properties: dict[str, Setable] = {lists: [target.reference("Ref")], "PolicyDocument": document}
    return target.add("Policy", f"AWS::{'SQS' if kind == 'Queue' else 'SNS'}::{kind}Policy", properties, unsafe="")


def _statement(target: Resource, service: str, sources: Sequence[Resource | None]) -> Setable:
    named = dict.fromkeys(source for source in sources if source is not None)
    arns: list[Setable] = [source.reference("Ref" if source.type == TOPIC else "Arn") for source in named]
    return {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": SENDS[target.type],
        "Resource": target.reference("Arn" if target.type == QUEUE else "Ref"),
        "Condition": {"ArnEquals": {"aws:SourceArn": arns[0] if len(arns) == 1 else arns}},
    }


@record(frozen=True, eq=False)
class Lockout:
    """A service that the key of a queue or topic surely does not admit. key: what messages call the key."""

    calls: Sequence[ServiceCall]
    key: str
    do: str

    @property
    def words(self) -> str:
        """What people call the service."""
        return self.calls[0].words

    @property
    def loss(self) -> str:
        """What follows."""
        return _SENDERS[self.calls[0].service][1]

    @property
    def related(self) -> list[tuple[Resource, str]]:
        """Who sends."""
        return list({call.sender.name: (call.sender, f"{call.words} sends for it") for call in self.calls}.values())


def lockouts(target: Resource) -> list[Lockout]:
    """The services that send to a queue or topic and may surely not use its key; none where the key is not known."""
    alias = f"alias/aws/{'sqs' if target.type == QUEUE else 'sns'}"
    key = key_of(target)
    if key is None and not (target.get("KmsMasterKeyId").pieces[-1].text or "").endswith(alias):
        return []
    by_service: dict[str, list[ServiceCall]] = {}
    for call in calls(target):
        if key is None or admits(key, _key_request(call, key, target)) is False:
            by_service.setdefault(call.service, []).append(call)
    return [_lockout(alias, key, refused, target) for refused in by_service.values()]


def _lockout(alias: str, key: Resource | None, refused: Sequence[ServiceCall], target: Resource) -> Lockout:
    service = refused[0].service
    actions = "kms:GenerateDataKey* and kms:Decrypt"
    if key is None:
        return Lockout(refused, alias, f"use a customer key whose policy allows {service} {actions}")
    request = _key_request(refused[0], key, target)
    is_unseen = bool(request.lacks) and obstacle(key, request).part == "condition"
    do = f"allow {service} {actions} in the policy of {key.title}"
    return Lockout(refused, key.title, f"{do} without a condition on its source" if is_unseen else do)


def _key_request(call: ServiceCall, key: Resource, target: Resource) -> Request:
    unseen = UNSEEN.get(call.service)
    # AWS says it of topics; of queues nobody knows whether KMS sees the source.
    lacks = frozenset() if unseen is None or target.type == QUEUE else unseen.value
    source = call.source if unseen is None or lacks else None
    return Request(KEY_ACTIONS, key.deployment, key, call.service, source, account=False, lacks=lacks)


def key_of(target: Resource, path: str = "KmsMasterKeyId") -> Resource | None:
    """The customer key of this deployment with which a queue or topic is encrypted, or what names it at a path."""
    deployment, named = target.deployment, target.get(path)
    alias = deployment.find(named, "AWS::KMS::Alias")
    if alias is None and named.text is not None:
        aliases = deployment.of_type("AWS::KMS::Alias")
        alias = next((one for one in aliases if one.get("AliasName").is_same_as(named)), None)
    return deployment.find(named if alias is None else alias.get("TargetKeyId"), KEY)


def _calls(deployment: Deployment) -> dict[str, list[ServiceCall]]:
    by_target: dict[str, list[ServiceCall]] = {}
    for call in _every(deployment):
        target = deployment.find(call.value, QUEUE, TOPIC)
        if target is not None:
            by_target.setdefault(target.name, []).append(call)
    return by_target


def _every(deployment: Deployment) -> Iterator[ServiceCall]:
    for rule in deployment.of_type(RULE):
        yield from () if events.is_disabled(rule) else _of_rule(rule)
    for resource in deployment.of_type(sns.TOPIC, sns.SUBSCRIPTION):
        for subscription in sns.subscriptions(resource):
            yield from _of_subscription(subscription)
    for bucket in deployment.of_type(BUCKET):
        for path in ("QueueConfigurations.Queue", "TopicConfigurations.Topic"):
            named = each(bucket, f"NotificationConfiguration.{path}")
            yield from (ServiceCall(bucket, NOTIFICATIONS, value, bucket) for value in named)
    for rule in deployment.of_type(NOTIFICATION_RULE):
        if rule.get("Status").text != "DISABLED":
            named = each(rule, "Targets.TargetAddress")
            yield from (ServiceCall(rule, TOOLS, value, None) for value in named)
    for alarm in deployment.of_type(ALARM, COMPOSITE):
        if alarm.get("ActionsEnabled", default=True).flag is True:
            named = (value for name in ACTIONS for value in alarm.get(name).items)
            yield from (ServiceCall(alarm, ALARMS, value, alarm) for value in named)


def _of_rule(rule: Resource) -> Iterator[ServiceCall]:
    for target in each(rule, "Targets"):
        if target.get("RoleArn").is_absent:
            yield ServiceCall(rule, EVENTS, target.get("Arn"), rule)
            yield ServiceCall(rule, EVENTS, target.get("DeadLetterConfig.Arn"), rule)


def _of_subscription(subscription: sns.Subscription) -> Iterator[ServiceCall]:
    targets = [subscription.redrive_policy.get("deadLetterTargetArn")]
    targets += [subscription.endpoint] if subscription.protocol.text == "sqs" else []
    yield from (ServiceCall(subscription.resource, TOPICS, target, subscription.topic) for target in targets)
