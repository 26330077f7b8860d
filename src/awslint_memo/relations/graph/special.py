"""What flows to or from types that say more than a path and a label: topics, APIs, alarms, records, pipelines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations.apigateway.integrations import HTTP_API, REST_API
from awslint_memo.relations.cloudwatch.alarms import ALARM, COMPOSITE
from awslint_memo.relations.codepipeline.starts import PIPELINE
from awslint_memo.relations.firehose import BACKUP_MODES, DELIVERY_STREAM
from awslint_memo.relations.graph import access, actions, watching
from awslint_memo.relations.graph.flows import UNTOLD
from awslint_memo.relations.graph.relation import End, Relation, end, joined, mentioned_in, named
from awslint_memo.relations.graph.terraform import type_of
from awslint_memo.relations.lambda_.aliases import ALIAS
from awslint_memo.relations.lambda_.functions import FUNCTION, function_of
from awslint_memo.relations.route53 import records
from awslint_memo.relations.sns import SUBSCRIPTION, TOPIC, subscriptions
from awslint_memo.syntax.embedded import parse_embedded


def special(resource: Resource, of: End) -> Iterator[Relation]:
    """The relations of a resource that no table of flows has. of: the resource that is drawn for it."""
    return _SPECIAL.get(type_of(resource), _stored)(resource, of)


def _stored(store: Resource, _: End) -> Iterator[Relation]:
    return watching.of_store(store)


def _programmed(program: Resource, _: End) -> Iterator[Relation]:
    return access.of_program(program)


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
    ALARM: lambda alarm, _: watching.of_alarm(alarm),
    ALIAS: _shifted,
    COMPOSITE: lambda alarm, _: watching.of_composite(alarm),
    DELIVERY_STREAM: _delivered,
    HTTP_API: _documented,
    PIPELINE: lambda pipeline, _: actions.relations(pipeline),
    REST_API: _documented,
    SUBSCRIPTION: _subscribed,
    TOPIC: _subscribed,
    **dict.fromkeys(access.ROLES, _programmed),
    **dict.fromkeys(records.HOLDERS, lambda holder, _: watching.of_records(holder)),
}
"""By type, what finds the relations; of all others, what backs them up."""
