"""Translates schedule and pattern events to EventBridge rules and EventBridge Scheduler schedules."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.readers.sam.nodes import Sayable, get_att, is_true, ref, unknown
from awslint_memo.readers.sam.property_names import SCHEDULE_SAME
from awslint_memo.readers.sam.roles import add_event_role
from awslint_memo.readers.sam.targets import Event, allow
from awslint_memo.syntax.node import Made, Node, fields, text


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
