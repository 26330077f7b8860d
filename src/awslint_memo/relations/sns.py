"""Amazon SNS: who subscribes to which topic, and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.identity import service_of
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

SUBSCRIBE = "sns/latest/api/API_Subscribe.html"


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


RECEIVERS: Mapping[str, tuple[str, tuple[str, ...]]] = fact(
    {
        "firehose": ("stream of Firehose", ("AWS::KinesisFirehose::DeliveryStream",)),
        "lambda": ("function", ("AWS::Lambda::Alias", "AWS::Lambda::Function", "AWS::Lambda::Version")),
        "sqs": ("queue", (QUEUE,)),
    },
    page=SUBSCRIBE,
    read="2026-11-29",
)
"""By protocol, which is the service in the ARN too, what its endpoint is the ARN of: in words, and the types."""

_SCHEMES: Mapping[str, str] = fact({"http": "http://", "https": "https://"}, page=SUBSCRIBE, read="2026-11-29")
"""How the endpoint of a protocol begins."""

_RAW = fact(
    ("firehose", "http", "https", "sqs"),
    page="sns/latest/dg/sns-large-payload-raw-message-delivery.html",
    read="2026-11-29",
)
"""The protocols with raw delivery."""

_OF_FIFO = fact("sqs", page="sns/latest/dg/fifo-message-delivery.html", read="2026-11-29")
"""The only protocol to which a FIFO topic delivers."""


@record(frozen=True, eq=False)
class Fault:
    """A part of a subscription for which SNS refuses it. says: why, behind the part's value. do: the remedy."""

    value: Value
    says: str
    do: str

    @property
    def of(self) -> str:
        """What messages that begin with a verb are about: the property."""
        return "" if self.says.startswith(("but", "which")) else str(self.value.route)


OVER_HTTP = fact(("http", "https"), page="sns/latest/dg/sns-message-delivery-retries.html", read="2026-12-01")
"""The protocols whose retries a delivery policy changes."""


def is_only_by(topic: Resource, others: Sequence[str]) -> bool:
    """Whether a topic surely has subscribers, none of which gets its messages by one of these protocols, and nobody
    else subscribes."""
    known = subscribers(topic)
    apart = topic.deployment.of_type(SUBSCRIPTION)
    if any(entry.protocol.text in (None, *others) for entry in known) or topic.is_open or topic.is_exposed():
        return False
    unclear = (one.get("TopicArn") for one in apart if one.follow("TopicArn", TOPIC) is None)
    return bool(known) and not topic.may_be_completed() and all(named.text is not None for named in unclear)


def faults(entry: Subscription) -> Iterator[Fault]:
    """The parts of a subscription for which SNS surely refuses it."""
    protocol, resource = entry.protocol.text, entry.resource
    if protocol is None:
        return
    yield from _wrong_endpoint(entry, protocol)
    if entry.is_fifo and protocol != _OF_FIFO:
        yield Fault(entry.protocol, "but a FIFO topic delivers to SQS only", "subscribe a queue")
    if entry.raw_delivery.flag is True and protocol not in _RAW:
        yield Fault(entry.raw_delivery, f"but {protocol} has no raw delivery", "remove it")
    role = resource.get("SubscriptionRoleArn") if not entry.is_inline else None
    if protocol == "firehose" and role is not None and role.is_absent:
        yield Fault(role, "which firehose needs", "add a role that may write to the stream")


def _wrong_endpoint(entry: Subscription, protocol: str) -> Iterator[Fault]:
    endpoint = entry.endpoint
    if protocol in _SCHEMES:
        begins = endpoint.pieces[0].text or ""
        other = next((scheme for key, scheme in _SCHEMES.items() if key != protocol and begins.startswith(scheme)), "")
        if other:
            yield Fault(
                endpoint,
                f"begins with {other}, but the protocol is {protocol}",
                f"write an address that begins with {_SCHEMES[protocol]}",
            )
    elif protocol in RECEIVERS:
        what, types = RECEIVERS[protocol]
        known = {type_ for _, receivers in RECEIVERS.values() for type_ in receivers}
        named = entry.resource.deployment.find(endpoint, *known)
        is_other = service_of(endpoint) not in (None, "", "*", protocol) if named is None else named.type not in types
        if is_other:
            says = f"names {'another service' if named is None else named.title}, but the protocol is {protocol}"
            yield Fault(endpoint, says, f"name a {what}, or change Protocol")


ALARMS = ("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm")


def publishing_alarms(topic: Resource) -> Sequence[Resource]:
    """The alarms that surely publish to a topic."""
    return topic.deployment.once(_alarming).get(topic.name, ())


def _alarming(deployment: Deployment) -> dict[str, list[Resource]]:
    from awslint_memo.relations.cloudwatch.alarms import ACTIONS  # Few topics have a filter or no permission.

    found: dict[str, list[Resource]] = {}
    for alarm in deployment.of_type(*ALARMS):
        for name in ACTIONS:
            topics = (deployment.find(value, TOPIC) for value in alarm.get(name).items)
            for topic in topics:
                if topic is not None:
                    found.setdefault(topic.name, []).append(alarm)
    return found


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
