"""Translates the events of functions and state machines to event source mappings, rules, permissions and so on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.record import replace
from awslint_memo.readers.sam.known import EVENTS, are_known
from awslint_memo.readers.sam.nodes import OPEN, Sayable, get_att, make, ref, unknown
from awslint_memo.readers.sam.property_names import MAPPING_SOURCES
from awslint_memo.readers.sam.routes import api_event
from awslint_memo.readers.sam.schedules import pattern, schedule, scheduler
from awslint_memo.readers.sam.sources import mapping, sns
from awslint_memo.readers.sam.targets import Event, Target
from awslint_memo.syntax.node import Made, fields, text


def translate_events(target: Target) -> None:
    """Create the resources for the events of a function or state machine. Other types leave the template open."""
    events = target.macro.said.get("Events")
    for name, node in fields(events).items():
        said = fields(node)
        type_ = text(said.get("Type")) or ""
        translate = _EVENTS.get(type_) if target.is_function else _STATE_MACHINE_EVENTS.get(type_)
        if name.startswith("Fn::") or (translate is None and said):
            # What can't be read, or an event of a newer SAM, may create anything.
            target.macro.translation.is_open = True
        elif translate is not None and events is not None:
            properties = fields(said.get("Properties"))
            if not are_known(EVENTS, properties):
                properties, target.macro.translation.is_open = {**properties, OPEN: node}, True
            translate(Event(target, name, target.macro.name + name, type_, events.key(name), properties))


def _s3(event: Event) -> None:
    event.permit(SourceAccount=ref("AWS::AccountId", event.place))
    bucket = text(fields(event.said.get("Bucket")).get("Ref"))
    events = event.given("Events")
    if bucket is None or events is None:
        return
    found = event.target.macro.translation.notifications.setdefault(bucket, [])
    for one in events.content if isinstance(events.content, list) else [events]:
        entry = make({"Event": one, "Function": event.target.arn(one), "Filter": event.given("Filter")}, one)
        found.append(event.target.macro.under_condition(entry))


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
        for one in triggers.content if isinstance(triggers.content, list) else [triggers]:
            found[text(one) or ""] = event.target.macro.under_condition(event.target.arn(one))


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
