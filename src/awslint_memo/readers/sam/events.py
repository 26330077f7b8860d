"""Translates the events of functions and state machines to event source mappings, rules, permissions and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.model.phrases import quoted
from awslint_memo.model.record import replace
from awslint_memo.readers.sam.apis import api_event
from awslint_memo.readers.sam.nodes import OPEN, Sayable, get_att, is_true, make, ref, subscribed_queue, unknown
from awslint_memo.readers.sam.property_names import (
    EVENTS,
    MAPPING_GROUPS,
    MAPPING_SAME,
    MAPPING_SOURCES,
    SCHEDULE_SAME,
    are_known,
)
from awslint_memo.readers.sam.roles import add_event_role
from awslint_memo.readers.sam.translation import Event, Target, allow
from awslint_memo.syntax.node import UNREADABLE, Made, Node, fields, form_of, text


def _rule(event: Event, **properties: Sayable) -> None:
    target: dict[str, Sayable] = {
        "Arn": event.target.arn(event.place),
        "Id": text(fields(event.said.get("Target")).get("Id"))
        or event.name + ("LambdaTarget" if event.target.is_function else "StepFunctionsTarget"),
        "RoleArn": None if event.target.is_function else add_event_role(event, "events.amazonaws.com"),
        "DeadLetterConfig": _dead_letters(event, needs_policy=True),
        **event.same("Input", "InputPath", "InputTransformer", "RetryPolicy"),
    }
    properties["State"] = _state(event)
    event.become("AWS::Events::Rule", {**properties, "Targets": [target]})
    event.permit(SourceArn=get_att(event.name, "Arn", event.place))


def _state(event: Event) -> Node | None:
    enabled = event.given("Enabled")
    if event.given("State") is not None or enabled is None:
        return event.given("State")
    if isinstance(enabled.content, Mapping):
        return unknown(enabled)
    return Made("ENABLED" if is_true(enabled) else "DISABLED", enabled)


def schedule(event: Event) -> None:
    """Translate `Schedule` to a rule with a schedule."""
    _rule(event, ScheduleExpression=event.said.get("Schedule"), **event.same("Name", "Description"))


def pattern(event: Event) -> None:
    """Translate `EventBridgeRule` and `CloudWatchEvent` to a rule with a pattern."""
    said = event.said
    _rule(event, EventPattern=said.get("Pattern"), Name=said.get("RuleName"), **event.same("EventBusName"))


def _dead_letters(event: Event, *, needs_policy: bool) -> Sayable:
    """The DeadLetterConfig of a rule or schedule: the configured queue, or the one that SAM generates."""
    config = event.given("DeadLetterConfig")
    said = fields(config)
    if config is None or text(said.get("Type")) != "SQS" or "Arn" in said:
        return config
    macro, place = event.target.macro, event.place
    named = text(said.get("QueueLogicalId"))
    part = "" if named else event.part("dead-letter queue")
    way = f"{event.way}.DeadLetterConfig"
    queue = macro.add(named or f"{event.name}Queue", "AWS::SQS::Queue", {}, config, part, way)
    arn = get_att(queue, "Arn", config)
    if needs_policy:
        document = allow("events.amazonaws.com", arn, get_att(event.name, "Arn", place))
        policy: dict[str, Sayable] = {"PolicyDocument": document, "Queues": [ref(queue, config)]}
        event.add("QueuePolicy", "AWS::SQS::QueuePolicy", policy, "queue policy")
    return {"Arn": arn}


def scheduler(event: Event) -> None:
    """Translate `ScheduleV2` to a schedule of EventBridge Scheduler."""
    properties = event.same(*SCHEDULE_SAME)
    properties.setdefault("FlexibleTimeWindow", {"Mode": "OFF"})
    if not is_true(event.given("OmitName")):
        properties["Name"] = event.given("Name") or event.name
    target: dict[str, Sayable] = {
        "Arn": event.target.arn(event.place),
        "RoleArn": add_event_role(event, "scheduler.amazonaws.com"),
        "DeadLetterConfig": _dead_letters(event, needs_policy=False),
        **event.same("Input", "RetryPolicy"),
    }
    event.become("AWS::Scheduler::Schedule", {**properties, "Target": target})


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
    queue = subscribed_queue(event.said)
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


def translate_events(target: Target) -> None:
    """Create the resources for the events of a function or state machine. Other types leave the template open."""
    events = target.macro.said.get("Events")
    if events is not None and not isinstance(events.content, (Mapping, type(None))):
        target.macro.translation.is_open = True
    for name, node in fields(events).items():
        said = fields(node)
        type_ = text(said.get("Type")) or ""
        translate = _EVENTS.get(type_) if target.is_function else _STATE_MACHINE_EVENTS.get(type_)
        if name.startswith("Fn::") or translate is None or not _has_properties(node):
            # What can't be read, or an event of a newer SAM, may create anything.
            target.macro.translation.leave(f"what the event {quoted(name)} of {quoted(target.macro.name)} adds", node)
        elif events is not None:
            properties = fields(said.get("Properties"))
            if not are_known(EVENTS, properties):
                properties, target.macro.translation.is_open = {**properties, OPEN: node}, True
            translate(Event(target, name, target.macro.name + name, type_, events.key(name), properties))


def malformed(owner: str, events: Node | None) -> Iterator[tuple[str, Node]]:
    """What SAM does not take of the Events of a function or state machine: sentences, and where."""
    if events is None or events.content is None:
        return
    if not isinstance(events.content, Mapping):
        yield f"Events of {owner} must be a mapping, not {form_of(events)}; give each event a name", events
        return
    for name, node in events.content.items():
        said = fields(node)
        type_ = said.get("Type")
        if not isinstance(node.content, Mapping):
            yield (
                f"the event {quoted(name)} of {quoted(owner)} must be a mapping with a Type, not {form_of(node)}",
                node,
            )
        elif UNREADABLE in said or any(key == "Ref" or key.startswith("Fn::") for key in (name, *said)):
            continue
        elif type_ is None:
            yield f"the event {quoted(name)} of {quoted(owner)} has no Type; write one, such as Type: SQS", node
        elif not text(type_):
            yield (
                f"the Type of event {quoted(name)} of {quoted(owner)} must be text such as SQS, not {form_of(type_)}",
                type_,
            )
        elif not _has_properties(node):
            properties = said["Properties"]
            whose = f"the Properties of event {quoted(name)} of {quoted(owner)}"
            yield f"{whose} must be a mapping, not {form_of(properties)}; write names with values", properties


def _has_properties(event: Node) -> bool:
    """Whether the properties of an event can be read, if it has any."""
    properties = fields(event).get("Properties")
    return properties is None or isinstance(properties.content, (Mapping, type(None)))


def _s3(event: Event) -> None:
    event.permit(SourceAccount=ref("AWS::AccountId", event.place))
    bucket = text(fields(event.said.get("Bucket")).get("Ref"))
    events = event.given("Events")
    if bucket is None or events is None:
        return
    nodes = event.target.macro.translation.notifications.setdefault(bucket, [])
    for node in events.content if isinstance(events.content, list) else [events]:
        entry = make({"Event": node, "Function": event.target.arn(node), "Filter": event.given("Filter")}, node)
        nodes.append(event.target.macro.under_condition(entry))


def _logs(event: Event) -> None:
    event.permit()
    properties = event.same("FilterPattern", "LogGroupName")
    event.become("AWS::Logs::SubscriptionFilter", {**properties, "DestinationArn": event.target.arn(event.place)})


def _iot(event: Event) -> None:
    event.permit(SourceArn=unknown(Made(event.name, event.place)))
    actions: list[Sayable] = [{"Lambda": {"FunctionArn": event.target.arn(event.place)}}]
    payload: dict[str, Sayable] = {**event.same("AwsIotSqlVersion", "Sql"), "RuleDisabled": False, "Actions": actions}
    event.become("AWS::IoT::TopicRule", {"TopicRulePayload": payload})


def _alexa(event: Event) -> None:
    event.permit(EventSourceToken=event.said.get("SkillId"))


def _cognito(event: Event) -> None:
    pool = text(fields(event.said.get("UserPool")).get("Ref"))
    source = None if pool is None else get_att(pool, "Arn", event.place)
    replace(event, name=f"{event.target.qualified}Cognito").permit(SourceArn=source)
    triggers = event.given("Trigger")
    if pool is not None and triggers is not None:
        found = event.target.macro.translation.triggers.setdefault(pool, {})
        for node in triggers.content if isinstance(triggers.content, list) else [triggers]:
            found[text(node) or ""] = event.target.macro.under_condition(event.target.arn(node))


_EVENTS: Mapping[str, Callable[[Event], None]] = {
    **dict.fromkeys(MAPPING_SOURCES, mapping),
    "SNS": sns,
    "S3": _s3,
    "Schedule": schedule,
    "ScheduleV2": scheduler,
    "EventBridgeRule": pattern,
    "CloudWatchEvent": pattern,
    "CloudWatchLogs": _logs,
    "IoTRule": _iot,
    "Cognito": _cognito,
    "AlexaSkill": _alexa,
    "Api": api_event,
    "HttpApi": api_event,
}

_STATE_MACHINE_EVENTS: Mapping[str, Callable[[Event], None]] = {
    name: _EVENTS[name] for name in ("Schedule", "ScheduleV2", "EventBridgeRule", "CloudWatchEvent", "Api")
}
