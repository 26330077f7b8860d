"""What invokes a function: a resource that became an event of SAM's function, and an event that became a resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from awslint_memo.comparing.likeness import local, names_in
from awslint_memo.comparing.pairing import Key
from awslint_memo.comparing.successors import Successors
from awslint_memo.comparing.written_parts import properties_of
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import record

_INVOKED = {
    "AWS::SNS::Subscription": "Endpoint",
    "AWS::Lambda::EventSourceMapping": "FunctionName",
    "AWS::Events::Rule": "Targets",
    "AWS::Scheduler::Schedule": "Target",
    "AWS::Logs::SubscriptionFilter": "DestinationArn",
}
"""By type: the property that names the function which it invokes."""

_SOURCES = (
    ("TopicArn", "Topic"),
    ("EventSourceArn", "Queue", "Stream"),
    ("EventPattern", "Pattern"),
    ("ScheduleExpression", "Schedule"),
    ("LogGroupName",),
    ("EventBusName",),
    ("Queues",),
    ("Topics",),
)
"""The properties that say by what a function is invoked: of a resource, and of an event."""

_EVENTS = "Events"
_TARGET = regex(r"Targets\[(\d+)\]")


@record(frozen=True)
class _Trigger:
    """What invokes a function. functions: the words that may name it. source: what is written of by what.

    route: the way to what a finding is about in the resource, be it written or made of an event.
    """

    functions: frozenset[str]
    source: tuple[Any, ...]
    route: str
    is_event: bool


class FunctionEvents:
    """Knows by function and source what invokes it, then and now. findings: those of now."""

    def __init__(self, successors: Successors, findings: Iterable[Finding]) -> None:
        self._successors = successors
        self._findings = findings
        self._parsed: dict[tuple[bool, Key], Any] = {}

    def same(self, then: Finding, root: str, is_free: Callable[[Finding], bool]) -> Finding | None:
        """The finding of now that says of an event what one of before says of a resource that is gone, or the other
        way round. root: that of the former, as it is called now. is_free: whether a finding came, and is no other's."""
        key = root, without_instance_keys(then.resource)
        before = self._trigger(then, key, is_now=False)
        if before is None or not self._is_gone(key, then, before):
            return None
        others = self._now.get(_kind(then, before, is_event=not before.is_event), ())
        return next(
            (other for other, after in others if is_free(other) and self._is_same(key, before, other, after)), None
        )

    @cached_property
    def _now(self) -> dict[tuple[str, str, str, bool], list[tuple[Finding, _Trigger]]]:
        """The findings of now about what invokes a function, by all that can be looked up."""
        found: dict[tuple[str, str, str, bool], list[tuple[Finding, _Trigger]]] = {}
        for finding in self._findings:
            trigger = self._trigger(finding, _key(finding), is_now=True)
            if trigger is not None:
                found.setdefault(_kind(finding, trigger, is_event=trigger.is_event), []).append((finding, trigger))
        return found

    def _is_same(self, key: Key, before: _Trigger, other: Finding, after: _Trigger) -> bool:
        if after.source != before.source:
            return False
        successors, its = self._successors, _key(other)
        if after.is_event:
            function = successors.then_of(its)
            return function is not None and function[0] == key[0] and local(function[1]) in before.functions
        function = successors.now_of(key)
        is_new = successors.then_of(its) is None
        return is_new and function is not None and function[0] == its[0] and local(function[1]) in after.functions

    def _is_gone(self, key: Key, finding: Finding, before: _Trigger) -> bool:
        """Whether the resource of a finding of before is gone, or its event."""
        now = self._successors.now_of(key)
        if now is None or not before.is_event:
            return now is None and not before.is_event
        return _event(self._properties(now, is_now=True), finding.route) is None

    def _trigger(self, finding: Finding, key: Key, *, is_now: bool) -> _Trigger | None:
        properties = self._properties(key, is_now=is_now) if finding.type in _INVOKED else None
        if not isinstance(properties, dict):
            return None
        if not finding.route.startswith(f"{_EVENTS}."):
            functions = names_in(str(_invoked(properties, finding)))
            source = _source(properties)
            return None if source is None else _Trigger(functions, source, finding.route, is_event=False)
        written = _event(properties, finding.route)
        source = None if written is None else _source(written)
        route = ".".join(finding.route.split(".")[3:])
        return None if source is None else _Trigger(frozenset((local(key[1]),)), source, route, is_event=True)

    def _properties(self, key: Key, *, is_now: bool) -> Any:
        """What is written of a resource, which may have many events."""
        if (is_now, key) not in self._parsed:
            of = self._successors
            traits, text = (of.traits_now, of.text_now) if is_now else (of.traits_then, of.text_then)
            self._parsed[is_now, key] = properties_of(text, traits[key]) if key in traits else None
        return self._parsed[is_now, key]


def _key(finding: Finding) -> Key:
    return finding.root, without_instance_keys(finding.resource)


def _kind(finding: Finding, trigger: _Trigger, *, is_event: bool) -> tuple[str, str, str, bool]:
    """What has to be the same of a resource and an event; a rule's target may be any of several, an event's is one."""
    return finding.rule, finding.type, _TARGET.sub("Targets[]", trigger.route), is_event


def _invoked(properties: dict[str, Any], finding: Finding) -> Any:
    """What a resource invokes, of several targets the one that a finding is about; None if it is about all."""
    invoked = properties.get(_INVOKED[finding.type])
    if isinstance(invoked, list):
        target = _TARGET.match(finding.route)
        number = int(target[1]) if target is not None else 0
        is_one = target is not None or len(invoked) == 1
        invoked = invoked[number] if is_one and number < len(invoked) else None
    # Beside it, a target has its own name, a role and what it is given.
    return invoked["Arn"] if isinstance(invoked, dict) and "Arn" in invoked else invoked


def _event(properties: Any, route: str) -> dict[str, Any] | None:
    """The properties of the event at the way to which a finding is; None if there is none."""
    events = properties.get(_EVENTS) if isinstance(properties, dict) else None
    event = events.get(route.split(".")[1]) if isinstance(events, dict) else None
    written = event.get("Properties") if isinstance(event, dict) else None
    return written if isinstance(written, dict) else None


def _source(properties: dict[str, Any]) -> tuple[Any, ...] | None:
    """By what a function is invoked; None if nothing of it is written."""
    values = tuple(next((properties[name] for name in names if name in properties), None) for names in _SOURCES)
    return values if any(values) else None
