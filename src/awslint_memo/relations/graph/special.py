"""What flows to or from types that say more than a path and a label: topics, APIs, alarms, plans of AWS Backup, records
of Route 53, pipelines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.apigateway.integrations import HTTP_API, REST_API
from awslint_memo.relations.cloudwatch.alarms import ACTIONS, ALARM, COMPOSITE, metrics
from awslint_memo.relations.cloudwatch.metrics import IDENTITIES
from awslint_memo.relations.codepipeline.starts import PIPELINE
from awslint_memo.relations.firehose import BACKUP_MODES, DELIVERY_STREAM
from awslint_memo.relations.graph import programs
from awslint_memo.relations.graph.flows import UNTOLD
from awslint_memo.relations.graph.relation import End, Named, Relation, cut, end, joined, mentioned_in, named
from awslint_memo.relations.graph.terraform import type_of
from awslint_memo.relations.lambda_.aliases import ALIAS
from awslint_memo.relations.lambda_.functions import FUNCTION, function_of
from awslint_memo.relations.recovery import backup_plans, facts, family_copies, selections
from awslint_memo.relations.route53 import records
from awslint_memo.relations.route53.facts import ALIASED
from awslint_memo.relations.sns import SUBSCRIPTION, TOPIC, subscriptions
from awslint_memo.syntax.embedded import parse_embedded

_WATCHED: Mapping[tuple[str, str], tuple[str, ...]] = {
    (namespace, dimension): tuple(type_ for one, other, type_ in IDENTITIES if (one, other) == (namespace, dimension))
    for namespace, dimension, _ in IDENTITIES
}
"""By namespace and dimension, the types that the value names by a name alone."""

_TO = {"AlarmActions": "notifies", "OKActions": "notifies of recovery", "InsufficientDataActions": "notifies of gaps"}


def _of_alarm(alarm: Resource, _: End) -> Iterator[Relation]:
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


def _of_composite(alarm: Resource, _: End) -> Iterator[Relation]:
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


def _of_store(store: Resource, _: End) -> Iterator[Relation]:
    """The plans of AWS Backup that back a store up, and its copies in other templates."""
    for other, is_sure in family_copies.copies(store):
        yield Relation(end(store), (other.name, ""), "is replicated to", other.place, is_sure, far=other)
    if selections.is_backed_up(store) and not store.deployment.once(_has_many_selections):
        for one in backup_plans.selected(store):
            yield Relation(end(one.plan), end(store), "backs up", one.rule.place, one.sure)


_MOST_SELECTED = 200_000
"""How many pairs of selections of AWS Backup and resources are looked at, as each resource may be in each selection."""


def _has_many_selections(deployment: Deployment) -> bool:
    pairs = len(deployment.of_type(backup_plans.SELECTION)) * len(deployment.of_type(*facts.BACKED_UP.value))
    if pairs > _MOST_SELECTED:
        cut(deployment).add("what plans of AWS Backup select is not drawn, as there are too many of them")
    return pairs > _MOST_SELECTED


def _of_records(holder: Resource, _: End) -> Iterator[Relation]:
    """Where records lead, and what decides whether they are answered."""
    deployment = holder.deployment
    for record in records.records(holder):
        for value in (record.get("AliasTarget.DNSName"), *record.get("ResourceRecords").items):
            for one in named(deployment, value, *ALIASED) or named(deployment, value):
                yield joined(end(holder), end(one.resource), "leads to", value.place, one)
        value = record.get("HealthCheckId")
        for one in named(deployment, value):
            yield joined(end(holder), end(one.resource), "is checked by", value.place, one)


def special(resource: Resource, of: End) -> Iterator[Relation]:
    """The relations of a resource that no table of flows has. of: the resource that is drawn for it."""
    return _SPECIAL.get(type_of(resource), _of_store)(resource, of)


def _subscribed(resource: Resource, of: End) -> Iterator[Relation]:
    for subscription in subscriptions(resource):
        value = subscription.endpoint
        for one in named(resource.deployment, value):
            yield joined(of, end(one.resource), "sends messages to", value.place, one)


def _delivered(stream: Resource, of: End) -> Iterator[Relation]:
    """Where a delivery stream delivers records, and the functions that work on them before."""
    for name in BACKUP_MODES:
        destination = stream.get(name)
        for one in mentioned_in(stream.deployment, destination):
            if not type_of(one.resource).startswith(UNTOLD):
                label = "is transformed by" if one.resource.type == FUNCTION else "delivers to"
                yield joined(of, end(one.resource), label, destination.place, one)


def _shifted(alias: Resource, _: End) -> Iterator[Relation]:
    """What moves the traffic of a function from one version to another."""
    function = function_of(alias.deployment, alias.get("FunctionName"))
    update = alias.attribute("UpdatePolicy").get("CodeDeployLambdaAliasUpdate.DeploymentGroupName")
    for one in named(alias.deployment, update, "AWS::CodeDeploy::DeploymentGroup") if function is not None else ():
        yield joined(end(one.resource), end(function or alias), "moves the traffic of", update.place, one)


def _documented(api: Resource, of: End) -> Iterator[Relation]:
    """What the OpenAPI document of an API forwards requests to, and what it asks whether somebody may send them."""
    body = parse_embedded(api.get("Body"))
    for path in body.get("paths").fields.values():
        for operation in path.fields.values():
            yield from _all_in(of, api, operation.get("x-amazon-apigateway-integration"), "forwards requests to")
    for way in ("securityDefinitions", "components.securitySchemes"):
        yield from _all_in(of, api, body.get(way), "asks for permission")


def _all_in(of: End, resource: Resource, value: Value, label: str) -> Iterator[Relation]:
    for one in mentioned_in(resource.deployment, value):
        if not type_of(one.resource).startswith(UNTOLD):
            yield joined(of, end(one.resource), label, value.place, one)


_SPECIAL: Mapping[str, Callable[[Resource, End], Iterator[Relation]]] = {
    ALARM: _of_alarm,
    ALIAS: _shifted,
    COMPOSITE: _of_composite,
    DELIVERY_STREAM: _delivered,
    HTTP_API: _documented,
    PIPELINE: programs.of_pipeline,
    REST_API: _documented,
    SUBSCRIPTION: _subscribed,
    TOPIC: _subscribed,
    **dict.fromkeys(programs.ROLES, programs.of_program),
    **dict.fromkeys(records.HOLDERS, _of_records),
}
"""By type, what finds the relations; of all others, what backs them up."""
