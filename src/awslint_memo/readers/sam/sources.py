"""Translates events from queues, streams, brokers and topics to event source mappings and subscriptions."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.readers.sam.nodes import Sayable, get_att, is_true, ref, unknown
from awslint_memo.readers.sam.property_names import MAPPING_GROUPS, MAPPING_SAME, MAPPING_SOURCES
from awslint_memo.readers.sam.targets import Event, allow
from awslint_memo.syntax.node import Node, fields, text


def mapping(event: Event) -> None:
    """Translate an event from a queue, stream, broker or cluster that Lambda polls."""
    source = MAPPING_SOURCES[event.type]
    properties = event.same(*MAPPING_SAME)
    properties["FunctionName"] = ref(event.target.qualified, event.place)
    properties["EventSourceArn"] = event.said.get(source)
    group, inner = MAPPING_GROUPS.get(event.type, ("", ()))
    if group and any(name in event.said for name in inner):
        properties[group] = event.same(*inner)
    servers = event.given("KafkaBootstrapServers")
    if servers is not None:
        properties["SelfManagedEventSource"] = {"Endpoints": {"KafkaBootstrapServers": servers}}
    event.become("AWS::Lambda::EventSourceMapping", properties)


def sns(event: Event) -> None:
    """Translate an event from a topic, which is sent to the function directly or through a queue."""
    properties = event.same("FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "Region")
    topic = event.said.get("Topic")
    properties["TopicArn"] = topic
    queue = event.given("SqsSubscription")
    if queue is not None and not isinstance(queue.content, Mapping) and not is_true(queue):
        queue = None
    if queue is None:
        event.permit(SourceArn=topic)
        properties.update({"Protocol": "lambda", "Endpoint": event.target.arn(event.place)})
    else:
        arn = _subscribed_queue(event, queue, topic)
        properties.update({"Protocol": "sqs", "Endpoint": arn})
    event.become("AWS::SNS::Subscription", properties)


def _subscribed_queue(event: Event, queue: Node, topic: Node | None) -> Node:
    """The ARN of the queue between topic and function. Creates its policy and mapping, and the queue if needed."""
    said = fields(queue)
    if isinstance(queue.content, Mapping):
        arn = said.get("QueueArn") or unknown(queue)
        url = said.get("QueueUrl") or unknown(queue)
    else:
        resource = event.target.macro.translation.written.get(text(fields(topic).get("Ref")) or "")
        fifo = fields(fields(resource).get("Properties")).get("FifoTopic")
        name = event.add("Queue", "AWS::SQS::Queue", {"FifoQueue": fifo}, "queue")
        arn, url = get_att(name, "Arn", event.place), ref(name, event.place)
    mapping: dict[str, Sayable] = {
        "FunctionName": ref(event.target.qualified, event.place),
        "EventSourceArn": arn,
        "BatchSize": said.get("BatchSize", 10),
        "Enabled": True,
    }
    event.add("EventSourceMapping", "AWS::Lambda::EventSourceMapping", mapping, "queue mapping")
    named = text(said.get("QueuePolicyLogicalId"))
    allowed = allow("sns.amazonaws.com", arn, topic)
    policy: dict[str, Sayable] = {"PolicyDocument": allowed, "Queues": [url]}
    place, macro = event.place, event.target.macro
    part = "" if named else event.part("queue policy")
    macro.add(named or f"{event.name}QueuePolicy", "AWS::SQS::QueuePolicy", policy, place, part)
    return arn
