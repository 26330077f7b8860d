"""Translates the events of functions and state machines to event source mappings, rules, permissions and so on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.model.phrases import quoted
from awslint_memo.model.record import replace
from awslint_memo.readers.sam.known import EVENTS, are_known
from awslint_memo.readers.sam.nodes import OPEN, Sayable, get_att, make, ref, unknown
from awslint_memo.readers.sam.property_names import MAPPING_SOURCES
from awslint_memo.readers.sam.routes import api_event
from awslint_memo.readers.sam.schedules import pattern, schedule, scheduler
from awslint_memo.readers.sam.sources import mapping, sns
from awslint_memo.readers.sam.targets import Event, Target
from awslint_memo.syntax.node import UNREADABLE, Made, Node, fields, form_of, text


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
