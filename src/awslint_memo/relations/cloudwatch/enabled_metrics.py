"""Metrics that a service writes only where a resource asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.fix import Fix, Setable
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Value
from awslint_memo.relations.apigateway.apis import DEPLOYMENT, STAGE
from awslint_memo.relations.apigateway.integrations import HTTP_API, REST_API
from awslint_memo.relations.cloudwatch.alarms import Metric
from awslint_memo.relations.cloudwatch.namespaces import namespace

_GROUP = "AWS::AutoScaling::AutoScalingGroup"
_STREAM = "AWS::Kinesis::Stream"
_HTTP_STAGE = "AWS::ApiGatewayV2::Stage"

OF_GROUPS = fact(
    ("Group", "WarmPool"),
    page="autoscaling/ec2/APIReference/API_EnableMetricsCollection.html",
    read="2026-11-29",
)
"""How the names of the metrics begin that an Auto Scaling group writes only if it collects metrics."""


@record(frozen=True)
class Missing:
    """What surely does not write a metric: the resource and its setting. remedy: what to write. fix: the edit."""

    resource: Resource
    setting: Value
    remedy: str
    fix: Fix | None


def missing(metric: Metric, deployment: Deployment) -> Missing | None:
    """What would have to be enabled so that a metric is written; None where it is, or where that is not known."""
    find = _FINDERS.get(metric.namespace.text or "")
    name = metric.name.text
    return None if find is None or name is None else find(metric, name, deployment)


def _of_group(metric: Metric, name: str, deployment: Deployment) -> Missing | None:
    value = metric.dimension("AutoScalingGroupName")
    group = None if value is None or not name.startswith(OF_GROUPS) else deployment.find(value, _GROUP)
    if group is None or group.is_open:
        return None
    setting = group.get("MetricsCollection")
    if group.language == "terraform":
        path = "MetricsCollection.Metrics"
        setting, fix = group.get(path), group.append(path, name)
        remedy = f"add {name} to {group.in_file_words(path)}"
        return None if _may_hold(setting.items, name) else Missing(group, setting, remedy, fix)
    every = [item.get("Metrics") for item in setting.items]
    if any(metrics.is_absent or _may_hold(metrics.items, name) for metrics in every):
        return None
    path = "MetricsCollection[0].Metrics" if every else ""
    fix = group.append(path, name) if path else group.set("MetricsCollection", [{"Granularity": "1Minute"}])
    return Missing(group, setting, f"add {name} to MetricsCollection", fix)


def _of_shard(metric: Metric, name: str, deployment: Deployment) -> Missing | None:
    value = metric.dimension("StreamName")
    stream = None if value is None or metric.dimension("ShardId") is None else deployment.find(value, _STREAM)
    known = namespace("AWS/Kinesis")
    if stream is None or stream.is_open or (known is not None and name in known.never.get("ShardId", frozenset())):
        return None
    path = "DesiredShardLevelMetrics"
    setting = stream.get(path)
    if _may_hold(setting.items, name) or _may_hold(setting.items, "ALL"):
        return None
    return Missing(stream, setting, f"add {name} to {stream.in_file_words(path)}", stream.append(path, name))


def _of_api(metric: Metric, _name: str, deployment: Deployment) -> Missing | None:
    if metric.dimension("Route") is not None and (value := metric.dimension("ApiId")) is not None:
        return _of_route(metric, deployment.find(value, HTTP_API))
    value = metric.dimension("ApiName")
    if value is None or metric.dimension("Method") is None or metric.dimension("Resource") is None:
        return None
    stages = _rest_stages(metric, value, deployment)
    settings = [item.get("MetricsEnabled") for stage in stages for item in stage.get("MethodSettings").items]
    makes_another = any(not made.get("StageDescription").is_absent for made in deployment.of_type(DEPLOYMENT))
    if not stages or makes_another or any(_may_be_on(setting) for setting in settings):
        return None
    everywhere: Mapping[str, Setable] = {"HttpMethod": "*", "ResourcePath": "/*", "MetricsEnabled": True}
    setting, fix = stages[0].get("MethodSettings"), stages[0].append("MethodSettings", everywhere)
    return Missing(stages[0], setting, "add an entry to MethodSettings with MetricsEnabled true", fix)


def _rest_stages(metric: Metric, value: Value, deployment: Deployment) -> list[Resource]:
    """The stages of a REST API of which a metric may be: the one to which its dimension refers, else those of the API
    of this name; empty where one is not known. In Terraform the settings of methods are a resource of their own, which
    names the stage by any text."""
    named = metric.dimension("Stage")
    stage = deployment.find(named, STAGE) if isinstance(named, Link) else None
    api = None if stage is None else stage.follow("RestApiId", REST_API)
    if stage is not None and stage.language == "cloudformation" and not stage.is_open:
        return [] if api is not None and api.get("Name").is_same_as(value) is False else [stage]
    every = [api for api in deployment.of_type(REST_API) if api.get("Name").is_same_as(value) is not False]
    if len(every) != 1 or every[0].get("Name").is_same_as(value) is not True or every[0].is_open:
        return []
    return [] if every[0].language == "terraform" else _stages(metric, STAGE, "RestApiId", every[0])


def _of_route(metric: Metric, api: Resource | None) -> Missing | None:
    stages = [] if api is None or api.is_open else _stages(metric, _HTTP_STAGE, "ApiId", api)
    settings = [stage.get("DefaultRouteSettings.DetailedMetricsEnabled") for stage in stages]
    routes = [stage.get("RouteSettings") for stage in stages]
    own = [route for value in routes for route in (value.fields.values() if value.fields else value.items)]
    settings += [route.get("DetailedMetricsEnabled") for route in own]
    if not stages or any(_may_be_on(setting) for setting in settings):
        return None
    path = "DefaultRouteSettings.DetailedMetricsEnabled"
    return Missing(
        stages[0], stages[0].get(path), f"set {stages[0].in_file_words(path)} to true", stages[0].set(path, True)
    )


def _stages(metric: Metric, type_: str, path: str, api: Resource) -> list[Resource]:
    """The stages of an API of which a metric may be; empty where one of them may be completed by what is not seen."""
    named = metric.dimension("Stage")
    every = [stage for stage in api.deployment.of_type(type_) if stage.follow(path, api.type) is api]
    its = [stage for stage in every if named is None or stage.get("StageName").is_same_as(named) is not False]
    return [] if any(stage.is_open for stage in its) else its


def _may_be_on(setting: Value) -> bool:
    return setting.is_unknown or setting.flag is True


def _may_hold(values: Iterable[Value], name: str) -> bool:
    """Whether a list holds a name, or may."""
    return any(value.text is None or value.text == name for value in values)


_FINDERS: dict[str, Callable[[Metric, str, Deployment], Missing | None]] = {
    "AWS/ApiGateway": _of_api,
    "AWS/AutoScaling": _of_group,
    "AWS/Kinesis": _of_shard,
}
