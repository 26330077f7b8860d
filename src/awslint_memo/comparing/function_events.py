"""What invokes a function: a resource that became an event of SAM's function, and an event that became a resource."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from awslint_memo.comparing.likeness import local, names_in
from awslint_memo.comparing.pairing import Key
from awslint_memo.comparing.successors import Successors
from awslint_memo.comparing.written_parts import properties_of
from awslint_memo.judging.traits import Trait
from awslint_memo.model.finding import Finding
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
)
"""The properties that say by what a function is invoked: of a resource, and of an event."""

_EVENTS = "Events"


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
    """Knows by function and source what invokes it, then and now."""

    def __init__(self, successors: Successors) -> None:
        self._successors = successors

    def same(self, then: Finding, root: str, others: Iterable[Finding]) -> Finding | None:
        """The finding of now that says of an event what one of before says of a resource that is gone, or the other
        way round. root: that of the former, as it is called now. others: those of the same rule, which came."""
        key = root, without_instance_keys(then.resource)
        before = self._trigger(then, key, self._successors.traits_then, self._successors.text_then)
        if before is None or not self._is_gone(key, then, before):
            return None
        for other in others:
            if other.type == then.type and self._is_same(key, before, other):
                return other
        return None

    def _is_same(self, key: Key, before: _Trigger, other: Finding) -> bool:
        successors = self._successors
        its = other.root, without_instance_keys(other.resource)
        after = self._trigger(other, its, successors.traits_now, successors.text_now)
        if after is None or after.is_event == before.is_event:
            return False
        if (after.route, after.source) != (before.route, before.source):
            return False
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
        properties = properties_of(self._successors.text_now, self._successors.traits_now[now])
        return _event(properties, finding.route) is None

    def _trigger(
        self, finding: Finding, key: Key, traits: Mapping[Key, Trait], text: Callable[[Trait], str]
    ) -> _Trigger | None:
        trait = traits.get(key) if finding.type in _INVOKED else None
        properties = None if trait is None else properties_of(text, trait)
        if not isinstance(properties, dict):
            return None
        if not finding.route.startswith(f"{_EVENTS}."):
            functions = names_in(str(properties.get(_INVOKED[finding.type])))
            source = _source(properties)
            return None if source is None else _Trigger(functions, source, finding.route, is_event=False)
        written = _event(properties, finding.route)
        source = None if written is None else _source(written)
        route = ".".join(finding.route.split(".")[3:])
        return None if source is None else _Trigger(frozenset((local(key[1]),)), source, route, is_event=True)


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
