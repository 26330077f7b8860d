"""Filters of subscriptions: what SNS takes, and whose messages they let through."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.value import Known, Value
from awslint_memo.relations.iam.resource_policies import policies
from awslint_memo.relations.sns import ALARMS, SUBSCRIBE, SUBSCRIPTION, TOPIC, Fault, Subscription, publishing_alarms
from awslint_memo.syntax.embedded import each

_SCOPE = fact("MessageAttributes", page=SUBSCRIBE, read="2026-11-29")
"""What a filter is applied on when nobody says it; such a filter has one level."""

_CONSTRAINTS = "sns/latest/dg/subscription-filter-policy-constraints.html"

_MOST_KEYS = fact(5, page=_CONSTRAINTS, read="2026-11-30")
"""Of a filter; of one on the body, at its top."""

_MOST_COMBINATIONS = fact(150, page=_CONSTRAINTS, read="2026-11-30")
"""The numbers of values of all keys of a filter on attributes, multiplied."""

_OR = fact("$or", page="sns/latest/dg/and-or-logic.html", read="2026-11-30")
"""What is no key: patterns of which one is enough."""


def faults(entry: Subscription) -> Iterator[Fault]:
    """The parts of a subscription's filter for which SNS surely refuses it."""
    policy = entry.filter_policy
    keys = [key for key in policy.fields if key != _OR]
    if len(keys) > _MOST_KEYS:
        says = f"has {len(keys)} keys, but SNS takes {_MOST_KEYS} at most"
        yield Fault(policy, says, "filter on fewer, or filter in what receives the messages")
    if not _is_on_attributes(entry):
        return
    nested = [key for key, value in policy.fields.items() if isinstance(value, Known) and value.fields]
    if nested:
        says = f"has patterns below {nested[0]}, but filters on attributes, which are not nested"
        yield Fault(policy, says, "set FilterPolicyScope to MessageBody")
    counts = [len(policy.get(key).items) for key in keys]
    if (combinations := prod(max(count, 1) for count in counts)) > _MOST_COMBINATIONS:
        shown = " x ".join(str(count) for count in counts if count > 1)
        says = f"has {shown} = {combinations} combinations of values, but SNS takes {_MOST_COMBINATIONS} at most"
        yield Fault(policy, says, "name fewer values, or use prefixes")


def _is_on_attributes(entry: Subscription) -> bool:
    """Whether a filter surely is on the attributes of messages."""
    return not entry.is_inline and entry.resource.get("FilterPolicyScope", default=_SCOPE).text == _SCOPE


_OF_ALARMS = fact(
    (
        *("AWSAccountId", "AlarmActions", "AlarmArn", "AlarmConfigurationUpdatedTimestamp", "AlarmDescription"),
        *("AlarmName", "InsufficientDataActions", "NewStateReason", "NewStateValue", "OKActions", "OldStateValue"),
        "StateChangeTime",
    ),
    page="https://github.com/aws/aws-lambda-go/pull/199",
    read="2026-11-29",
)
"""What the body of an alarm's message holds, of what other messages hardly have. It has no attributes."""

_RULE = "AWS::Events::Rule"
_BUCKET = "AWS::S3::Bucket"
_BESIDE = (
    *(*ALARMS, _RULE, _BUCKET, SUBSCRIPTION, TOPIC, "AWS::SNS::TopicInlinePolicy", "AWS::SNS::TopicPolicy"),
    *("AWS::Lambda::Permission", "AWS::SQS::QueueInlinePolicy", "AWS::SQS::QueuePolicy"),
)
"""What may name a topic and publishes no message with attributes."""


def unfiltered_sender(entry: Subscription) -> tuple[Resource, bool] | None:
    """An alarm, a rule for events or a bucket that surely publishes to the topic of a subscription, where this filters
    on attributes by what only the body of such a message has, or nobody else publishes to the topic; and whether that
    is sure: who knows the name of a topic may publish to it, though its policy admits services alone. Else None."""
    topic, policy = entry.topic, entry.filter_policy
    if topic is None or not _is_on_attributes(entry) or not policy.fields:
        return None
    senders = [*publishing_alarms(topic), *topic.deployment.once(_publishing).get(topic.name, ())]
    if not senders:
        return None
    is_sure = _is_of(senders[0], policy) or (topic.get("TopicName").is_absent and _is_for_senders(topic))
    if is_sure or (_is_for_senders(topic) and _admits_services_alone(topic)):
        return senders[0], is_sure
    return None


def _admits_services_alone(topic: Resource) -> bool:
    """Whether the policies of a topic here surely let services publish to it, and nobody else."""
    admitted = [one for one in policies(topic).statements if one.get("Effect").text != "Deny"]
    return bool(admitted) and all([*one.get("Principal").fields] == ["Service"] for one in admitted)


def _is_of(sender: Resource, policy: Value) -> bool:
    """Whether a filter asks only for what is in the body of a sender's messages, or in the records there."""
    is_in_records = sender.type == _BUCKET and all(key in _OF_RECORDS for key in policy.fields)
    return is_in_records or is_in_body(sender, policy)


def is_in_body(sender: Resource, policy: Value) -> bool:
    """Whether a filter asks only for what stands in the body of a sender's messages."""
    known = {_RULE: _OF_EVENTS, _BUCKET: _OF_BUCKETS}.get(sender.type, _OF_ALARMS)
    return all(key in known for key in policy.fields)


_OF_EVENTS = fact(
    ("account", "detail", "detail-type", "id", "region", "resources", "source", "time", "version"),
    page="eventbridge/latest/ref/overiew-event-structure.html",
    read="2026-11-30",
)
"""The fields of an event, which a rule puts into the body of its message."""


_OF_BUCKETS = fact(
    ("Records",), page="AmazonS3/latest/userguide/notification-content-structure.html", read="2026-11-30"
)
"""The fields of what a bucket puts into the body of its message."""

_OF_RECORDS = fact(
    (
        *("awsRegion", "eventName", "eventSource", "eventTime", "eventVersion", "glacierEventData"),
        *("requestParameters", "responseElements", "s3", "userIdentity"),
    ),
    page="AmazonS3/latest/userguide/notification-content-structure.html",
    read="2026-12-01",
)
"""The fields of each of the Records in such a body."""

_NAMES = {_RULE: "Targets.Arn", _BUCKET: "NotificationConfiguration.TopicConfigurations.Topic"}
"""By type, where a resource names the topics that it publishes to."""


def _publishing(deployment: Deployment) -> dict[str, list[Resource]]:
    """The rules for events and the buckets that surely deliver to topics, by the name of the topic."""
    found: dict[str, list[Resource]] = {}
    for resource in deployment.of_type(*_NAMES):
        for named in each(resource, _NAMES[resource.type]):
            if (topic := deployment.find(named, TOPIC)) is not None:
                found.setdefault(topic.name, []).append(resource)
    return found


def _is_for_senders(topic: Resource) -> bool:
    """Whether surely nobody but alarms, rules for events and buckets is given a topic."""
    if topic.is_open or topic.is_exposed():
        return False
    others = (one for one in topic.deployment.resources.values() if one.type not in _BESIDE)
    return not any(topic.may_be_named_by(value) for one in others for _, value in one.everything())
