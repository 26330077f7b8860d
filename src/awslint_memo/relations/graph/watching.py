"""What alarms watch and tell, what backup plans select, and where the records of Route 53 lead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.cloudwatch.alarms import ACTIONS, ALARM, metrics
from awslint_memo.relations.cloudwatch.metrics import IDENTITIES
from awslint_memo.relations.graph.relation import Named, Relation, cut, end, joined, mentioned_in, named
from awslint_memo.relations.recovery import facts, plans, replicas
from awslint_memo.relations.route53 import records

_WATCHED: Mapping[tuple[str, str], tuple[str, ...]] = {
    (namespace, dimension): tuple(type_ for one, other, type_ in IDENTITIES if (one, other) == (namespace, dimension))
    for namespace, dimension, _ in IDENTITIES
}
"""By namespace and dimension, the types that the value names by a name alone."""

_TO = {"AlarmActions": "notifies", "OKActions": "notifies of recovery", "InsufficientDataActions": "notifies of gaps"}


def of_alarm(alarm: Resource) -> Iterator[Relation]:
    """What an alarm watches, and what it tells."""
    deployment = alarm.deployment
    for metric in metrics(alarm):
        for dimension in metric.dimensions:
            key = (metric.namespace.text or "", dimension.name.text or "")
            for one in _watched(deployment, dimension.value, _WATCHED.get(key, ())):
                yield joined(
                    end(alarm),
                    end(one.resource),
                    "watches",
                    dimension.value.place,
                    one,
                )
    yield from _told(alarm)


def _watched(deployment: Deployment, value: Value, types: tuple[str, ...]) -> list[Named]:
    return (named(deployment, value, *types) if types else []) or named(deployment, value)


def of_composite(alarm: Resource) -> Iterator[Relation]:
    """The alarms of which a composite alarm is made, and what it tells."""
    for path, label in (("AlarmRule", "watches"), ("ActionsSuppressor", "is silent for")):
        value = alarm.get(path)
        for one in mentioned_in(alarm.deployment, value) or named(alarm.deployment, value, ALARM):
            yield joined(end(alarm), end(one.resource), label, value.place, one)
    yield from _told(alarm)


def _told(alarm: Resource) -> Iterator[Relation]:
    is_off = alarm.get("ActionsEnabled").flag is False
    for name in ACTIONS:
        for value in alarm.get(name).items:
            for one in named(alarm.deployment, value):
                label = "scales by" if one.resource.type.endswith("::ScalingPolicy") else _TO[name]
                yield joined(
                    end(alarm),
                    end(one.resource),
                    f"{label} (switched off)" if is_off else label,
                    value.place,
                    one,
                )


def of_store(store: Resource) -> Iterator[Relation]:
    """The plans of AWS Backup that back a store up, and its copies in other templates."""
    for other, is_sure in replicas.copies(store):
        yield Relation(end(store), (other.name, ""), "is replicated to", other.place, is_sure, far=other)
    if plans.is_backed_up(store) and not store.deployment.once(_has_many_selections):
        for one in plans.selected(store):
            yield Relation(end(one.plan), end(store), "backs up", one.rule.place, one.sure)


_MOST_SELECTED = 200_000
"""How many pairs of selections of AWS Backup and resources are looked at, as each resource may be in each selection."""


def _has_many_selections(deployment: Deployment) -> bool:
    pairs = len(deployment.of_type(plans.SELECTION)) * len(deployment.of_type(*facts.BACKED_UP.value))
    if pairs > _MOST_SELECTED:
        cut(deployment).add("what plans of AWS Backup select is not drawn, as there are too many of them")
    return pairs > _MOST_SELECTED


def of_records(holder: Resource) -> Iterator[Relation]:
    """Where records lead, and what decides whether they are answered."""
    deployment = holder.deployment
    for record in records.records(holder):
        for value in (record.get("AliasTarget.DNSName"), *record.get("ResourceRecords").items):
            for one in named(deployment, value, *records.ALIASED) or named(deployment, value):
                yield joined(end(holder), end(one.resource), "leads to", value.place, one)
        value = record.get("HealthCheckId")
        for one in named(deployment, value):
            yield joined(end(holder), end(one.resource), "is checked by", value.place, one)
