"""Composite alarms: which alarms their rules name, and what they may not do."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence, Set

from awslint_memo.model.budget import spend
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch.alarms import ALARM, COMPOSITE

_POLICIES = ("AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::AutoScaling::ScalingPolicy")
_ACTION = regex(r"arn:[\w-]+:(?:automate|autoscaling|swf):")
_SIGN = regex(r"[^A-Za-z0-9]+")
_NAMED = regex(r"\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*([\"']?)(?:arn:[^\"')]*:alarm:)?([^\"')]+?)\1\s*\)")


def way_back(alarm: Resource) -> list[Resource]:
    """The composite alarms through which the rule of one surely leads back to it, itself the last; empty where it does
    not, where another alarm of this circle comes before it by its name, and where finding it takes too much work."""
    circles = alarm.deployment.once(_circles)
    way = _shortest(circles, alarm.name) if alarm.name in circles else []
    if not way or min(way) != alarm.name:
        return []
    every = (alarm.deployment.resource(name) for name in way)
    return [resource for resource in every if resource is not None]


def _shortest(circles: Mapping[str, Sequence[str]], start: str) -> list[str]:
    """The shortest way from an alarm back to it, itself the last; empty where there is none, or that is not known."""
    before = dict.fromkeys(circles[start], start)
    pending = deque(before)
    while pending and start not in before and spend("comparisons", 1 + len(circles[pending[0]])):
        name = pending.popleft()
        new = [other for other in circles[name] if other not in before]
        before.update(dict.fromkeys(new, name))
        pending.extend(new)
    if start not in before:
        return []
    way = [start]
    while before[way[-1]] != start:
        way.append(before[way[-1]])
    return way[::-1]


def _circles(deployment: Deployment) -> Mapping[str, Sequence[str]]:
    """The alarms that lead to a circle and are led to by one, each with those of them that it names, by their names:
    whichever order they stand in, the way back is the same."""
    named = deployment.once(_named)
    leading: dict[str, list[str]] = {name: [] for name in named}
    for name, others in named.items():
        for other in others:
            leading[other].append(name)
    left = named.keys() - _ends(named, leading) - _ends(leading, named)
    return {name: sorted(left.intersection(others)) for name, others in named.items() if name in left}


def _ends(ahead: Mapping[str, Sequence[str]], back: Mapping[str, Sequence[str]]) -> set[str]:
    """The alarms of which no way ahead is endless."""
    number = {name: len(others) for name, others in ahead.items()}
    pending = [name for name, others in number.items() if not others]
    ends: set[str] = set()
    while pending:
        name = pending.pop()
        ends.add(name)
        for other in back[name]:
            number[other] -= 1
            if not number[other]:
                pending.append(other)
    return ends


def is_for_metric_alarms(alarm: Resource, action: Value) -> bool:
    """Whether an action surely is one on instances or a scaling policy, which a composite alarm can't have."""
    if action.text is not None:
        return _ACTION.match(action.text) is not None
    return alarm.deployment.find(action, *_POLICIES) is not None


def names_nobody_has(alarm: Resource) -> list[str]:
    """The names in the rule of a composite alarm that no alarm of the deployment has, though they are made as the names
    of some are, and the rule names another of these; none where not all names are known."""
    deployment, rule = alarm.deployment, alarm.get("AlarmRule").text
    named = [name for _, name in _NAMED.findall(rule or "")]
    if not named or deployment.is_open:
        return []
    called = deployment.once(_called)
    if called is None or called.names.isdisjoint(named):
        return []
    return [name for name in dict.fromkeys(named) if name not in called.names and _stem(name) in called.stems]


@record(frozen=True)
class _Called:
    """The names of alarms, and what they are made of without their last words."""

    names: Set[str]
    stems: Set[str]


def _called(deployment: Deployment) -> _Called | None:
    """How the alarms of a deployment are called; None where that is not known of all."""
    called = [one.get("AlarmName") for one in deployment.of_type(ALARM, COMPOSITE)]
    texts = {name.text for name in called if not name.is_absent}
    names = {name for name in texts if name is not None}
    return _Called(names, {_stem(name) for name in names} - {""}) if len(names) == len(texts) else None


def _stem(name: str) -> str:
    """A name without its last word; empty where that leaves no two words."""
    words = _SIGN.split(name)
    return name[: -len(words[-1])] if len(words) > 2 else ""


def _named(deployment: Deployment) -> Mapping[str, list[str]]:
    """By composite alarm, the composite alarms of the deployment that its rule surely names."""
    every = sorted(deployment.of_type(COMPOSITE), key=lambda alarm: alarm.name, reverse=True)
    by_name = {name: alarm.name for alarm in every if (name := alarm.get("AlarmName").text) is not None}
    names = {alarm.name for alarm in every}
    return {alarm.name: _in_rule(alarm.get("AlarmRule"), by_name, names) for alarm in every}


def _in_rule(rule: Value, by_name: Mapping[str, str], every: set[str]) -> list[str]:
    linked = [link.resource for link in rule.mentions() if link.resource in every] if not _is_vague(rule) else []
    texts = (piece.text or "" for piece in rule.pieces)
    written = [by_name[name] for text in texts for _, name in _NAMED.findall(text) if name in by_name]
    return list(dict.fromkeys([*linked, *written]))


def _is_vague(rule: Value) -> bool:
    """Whether what a rule mentions may be in it, but is not surely."""
    return rule.is_unknown and len(rule.pieces) == 1
