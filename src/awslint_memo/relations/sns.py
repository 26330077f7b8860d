"""Amazon SNS: who subscribes to which topic, and how."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Absent, Value
from awslint_memo.syntax.embedded import parse_embedded

ENVELOPE = fact(
    frozenset(
        (
            "Message",
            "MessageAttributes",
            "MessageId",
            "SequenceNumber",
            "Signature",
            "SignatureVersion",
            "SigningCertURL",
            "Subject",
            "Timestamp",
            "TopicArn",
            "Type",
            "UnsubscribeURL",
        )
    ),
    page="sns/latest/dg/sns-message-and-json-formats.html",
    read="2026-11-25",
)
"""The fields of the JSON in which SNS delivers a message unless delivery is raw."""


TOPIC = "AWS::SNS::Topic"
SUBSCRIPTION = "AWS::SNS::Subscription"
QUEUE = "AWS::SQS::Queue"


@record(frozen=True)
class Subscription:
    """One subscription: a resource of its own, or an item of a topic's Subscription list.

    resource: where it is written. topic: the topic of this deployment that it is to, None where that is not sure;
    `is_fifo` says whether its topic, of here or of elsewhere, is FIFO. raw_delivery: whether messages arrive without
    SNS's envelope. place: where it stands. A policy that is written as JSON text is opened; an item of a topic's list
    can have none, and its raw_delivery is Absent.
    """

    resource: Resource
    topic: Resource | None
    is_fifo: bool | None
    protocol: Value
    endpoint: Value
    filter_policy: Value
    redrive_policy: Value
    raw_delivery: Value
    place: Value | Resource

    @property
    def is_inline(self) -> bool:
        """Whether it stands in the topic, where neither a filter nor a dead-letter queue can be said."""
        return self.resource.type == TOPIC


def subscriptions(resource: Resource) -> list[Subscription]:
    """The subscriptions that are written in a resource: those in a topic's list, or the one that a subscription is."""
    written = _of_topic(resource) if resource.type == TOPIC else iter([_alone(resource)])
    return [subscription for subscription in written if not subscription.protocol.is_absent]


def subscribers(topic: Resource) -> list[Subscription]:
    """Every subscription that is surely to this topic, wherever it is written."""
    return topic.deployment.once(_by_topic).get(topic.name, [])


def into_queue(queue: Resource) -> list[Subscription]:
    """Every subscription of this deployment that surely delivers to this queue."""
    return queue.deployment.once(_by_endpoint).get(queue.name, [])


def _alone(resource: Resource) -> Subscription:
    named = resource.get("TopicArn")
    topic = resource.deployment.find(named, TOPIC)
    is_fifo = _is_fifo(topic) if topic is not None else named.ends_with(".fifo")
    return Subscription(
        resource,
        topic,
        is_fifo,
        resource.get("Protocol"),
        resource.get("Endpoint"),
        _policy(resource.get("FilterPolicy")),
        _policy(resource.get("RedrivePolicy")),
        resource.get("RawMessageDelivery", default=False),
        resource,
    )


def _policy(written: Value) -> Value:
    """The policy as a mapping; an empty one says nothing, so it is absent."""
    opened = parse_embedded(written)
    return Absent(written.place) if opened.surely(lambda content: content in ("", {})) else opened


def _is_fifo(topic: Resource) -> bool | None:
    return topic.get("FifoTopic", default=False).flag


def _of_topic(topic: Resource) -> Iterator[Subscription]:
    for item in topic.get("Subscription").items:
        nothing = Absent(item.place)
        protocol, endpoint = item.get("Protocol"), item.get("Endpoint")
        yield Subscription(topic, topic, _is_fifo(topic), protocol, endpoint, nothing, nothing, nothing, item)


def _by_endpoint(deployment: Deployment) -> dict[str, list[Subscription]]:
    found: dict[str, list[Subscription]] = {}
    for resource in deployment.of_type(TOPIC, SUBSCRIPTION):
        for subscription in subscriptions(resource):
            queue = deployment.find(subscription.endpoint, QUEUE)
            if queue is not None and subscription.protocol.text == "sqs":
                found.setdefault(queue.name, []).append(subscription)
    return found


def _by_topic(deployment: Deployment) -> dict[str, list[Subscription]]:
    found: dict[str, list[Subscription]] = {}
    for resource in deployment.of_type(TOPIC, SUBSCRIPTION):
        for subscription in subscriptions(resource):
            if subscription.topic is not None:
                found.setdefault(subscription.topic.name, []).append(subscription)
    return found
