"""Whose metric an alarm watches: metrics that only another kind of resource has, and dimensions of another kind."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.apigateway import facts as api_facts
from awslint_memo.relations.apigateway.integrations import HTTP_API, REST_API
from awslint_memo.relations.cloudwatch.alarms import Dimension, Metric
from awslint_memo.relations.rds import databases
from awslint_memo.relations.rds import facts as rds_facts

_REST, _HTTP = api_facts.REST_METRICS.value, api_facts.HTTP_METRICS.value
_WEBSOCKET = api_facts.WEBSOCKET_METRICS.value
_DATABASES = {"DBClusterIdentifier": databases.CLUSTER, "DBInstanceIdentifier": databases.INSTANCE}


@record(frozen=True)
class Misplaced:
    """A metric that the resource does not have which a dimension names: the dimension, words for the resource, and the
    metric to use instead."""

    dimension: Dimension
    owner: str
    instead: str


def misplaced(metric: Metric, deployment: Deployment) -> Misplaced | None:
    """What is wrong with a metric that the resource of its dimension surely never has; None where nothing surely is."""
    find = {"AWS/ApiGateway": _of_api, "AWS/RDS": _of_database}.get(metric.namespace.text or "")
    name = metric.name.text
    if find is None or name is None:
        return None
    found = (find(name, dimension, deployment) for dimension in metric.dimensions)
    return next((one for one in found if one is not None), None)


def http_api_behind(value: Value, deployment: Deployment) -> Resource | None:
    """The HTTP or WebSocket API whose name surely is a value, which no REST API of this deployment may have; None where
    there is none. Its metrics have the dimension ApiId, whatever its name is."""
    if any(api.get("Name").is_same_as(value) is not False for api in deployment.of_type(REST_API)):
        return None
    apis = deployment.of_type(HTTP_API)
    return next((api for api in apis if api.get("Name").is_same_as(value) is True), None)


def _of_api(name: str, dimension: Dimension, deployment: Deployment) -> Misplaced | None:
    if dimension.name.text == "ApiName":
        # The dimension alone says that it is a REST API.
        is_other = name in (_HTTP | _WEBSOCKET) - _REST
        error = f"use {name.upper()}Error, or the dimension ApiId for an HTTP API"
        instead = error if name in ("4xx", "5xx") else "use the dimension ApiId"
        return Misplaced(dimension, "the dimension ApiName", instead) if is_other else None
    api = deployment.find(dimension.value, HTTP_API) if dimension.name.text == "ApiId" else None
    if api is None or name not in _REST - _HTTP - _WEBSOCKET:
        return None
    if api.get("ProtocolType").text == "WEBSOCKET":
        better = {"4XXError": "use ClientError", "5XXError": "use ExecutionError"}
        return Misplaced(dimension, f"the WebSocket API {api.title}", better.get(name, "use MessageCount"))
    better = {"4XXError": "use 4xx", "5XXError": "use 5xx"}
    return Misplaced(dimension, f"the HTTP API {api.title}", better.get(name, "use Count"))


def _of_database(name: str, dimension: Dimension, deployment: Deployment) -> Misplaced | None:
    type_ = _DATABASES.get(dimension.name.text or "")
    database = deployment.find(dimension.value, type_) if type_ else None
    if database is None:
        return None
    is_aurora = databases.is_aurora(database)
    if is_aurora is True and name in rds_facts.NOT_AURORA.value:
        better = {"FreeStorageSpace": "use FreeLocalStorage, or VolumeBytesUsed of the cluster"}
        better["ReplicaLag"] = "use AuroraReplicaLag"
        return Misplaced(dimension, f"Aurora ({database.title})", better.get(name, "remove the alarm"))
    if is_aurora is False and name in rds_facts.ONLY_AURORA.value:
        is_lag = "ReplicaLag" in name
        better_one = "ReplicaLag" if is_lag else "FreeStorageSpace" if name.startswith(("Aurora", "Volume")) else ""
        instead = f"use {better_one}" if better_one else "use a metric that RDS publishes"
        return Misplaced(dimension, f"an engine other than Aurora ({database.title})", instead)
    return None
