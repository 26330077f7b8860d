"""What an alarm's dimension calls a resource, where CloudWatch calls it otherwise."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.name_words import name_words
from awslint_memo.model.record import record
from awslint_memo.model.value import Link, Unknown, Value
from awslint_memo.relations import dynamodb
from awslint_memo.relations.apigateway.integrations import HTTP_API, REST_API
from awslint_memo.relations.cloudwatch import facts, misplaced, near_names
from awslint_memo.relations.cloudwatch.alarms import Dimension, Metric
from awslint_memo.relations.rds import databases
from awslint_memo.relations.recovery import regions

_NAMED = frozenset((where, dimension) for where, dimension, _ in facts.IDENTITIES)
"""The namespaces and dimensions that name a resource by what is not its ARN."""


@record(frozen=True)
class Wrong:
    """What a dimension is set to, which CloudWatch does not know its resource by. resource: whose that is, if it is of
    this deployment. is_sure: False where a name alone says it. since: of the finding."""

    what: str
    remedy: str
    resource: Resource | None = None
    is_sure: bool = True
    since: str = "0.2"


def wrong(metric: Metric, dimension: Dimension, deployment: Deployment) -> Wrong | None:
    """What is wrong with the value of a dimension; None where nothing is, or that is not known."""
    where, name, value = metric.namespace.text or "", dimension.name.text or "", dimension.value
    if (where, name) == ("AWS/CloudFront", "Region"):
        is_other = value.text not in (None, facts.EVERYWHERE)
        what = f"{value.text}{value.note}, where CloudFront writes {facts.EVERYWHERE}"
        return Wrong(what, f"set it to {facts.EVERYWHERE}") if is_other else None
    resource = None
    if isinstance(value, Link):
        resource = deployment.find(value)
    elif (where, name) == ("AWS/ApiGateway", "ApiName"):
        resource = _http_api_behind(value, deployment)
    known = None if resource is None else facts.IDENTITIES.get((where, name, resource.type))
    if resource is None or known is None:
        return _of_text(value) if (where, name) in _NAMED else None
    what = known.value.wrong.get(value.attribute, "") if isinstance(value, Link) else "name"
    if not what or _may_be_its_name(resource):
        return None
    is_new = known.value.instead or known.value.attribute == facts.MEMBER
    # Under its own dimension it has the metrics of its kind alone: an HTTP API 5xx, and no 5XXError.
    better = misplaced.instead(metric, resource)
    also = f", and {better} instead of {metric.name.text}" if better else ""
    return Wrong(f"the {what}", f"use {_right(resource, known.value)}{also}", resource, since="0.2" if is_new else "")


def of_another_region(metric: Metric, dimension: Dimension, region: str, deployment: Deployment) -> Resource | None:
    """The resource to which a dimension refers and whose metrics surely are in another Region than this one; None where
    that is not sure.

    A replica of a table has its name, and another resource of this Region may have it.
    """
    named, value = (metric.namespace.text, dimension.name.text), dimension.value
    resource = deployment.find_anywhere(value) if isinstance(value, Link) and named in _NAMED else None
    if resource is None or (_region(resource) or region) == region:
        return None
    if resource.type == dynamodb.TABLE and dynamodb.is_replicated(resource):
        return None
    _, path = near_names.NAMES.get(dimension.name.text or "", ("", ""))
    others = [one for one in deployment.of_type(resource.type) if path and _region(one) in (None, region)]
    names = [one.get(path) for one in others if not one.get(path).is_absent]
    return None if any(name.is_same_as(resource.get(path)) is not False for name in names) else resource


def _region(resource: Resource) -> str | None:
    """The Region that a template or a provider gives a resource; None where it is not known."""
    told = regions.told(resource)
    return None if told is None else told.text


def _of_text(value: Value) -> Wrong | None:
    """What is wrong with a value that names no resource of the deployment: an ARN, or a URL."""
    if value.starts_with("arn:") is True or value.starts_with("https://") is True:
        what = "a URL" if value.starts_with("https://") is True else "an ARN"
        return Wrong(what, "use the name, which is a part of it")
    expression = value.key.removeprefix("parameter ") if isinstance(value, Unknown) else ""
    if name_words(expression.rpartition(".")[2])[-1:] != ["arn"]:
        return None
    return Wrong(f"{expression}, by its name an ARN", "use the name, which is a part of the ARN", is_sure=False)


def _http_api_behind(value: Value, deployment: Deployment) -> Resource | None:
    """The HTTP or WebSocket API whose name surely is a value, which no REST API of this deployment may have; None where
    there is none. Its metrics have the dimension ApiId, whatever its name is."""
    if any(api.get("Name").is_same_as(value) is not False for api in deployment.of_type(REST_API)):
        return None
    apis = deployment.of_type(HTTP_API)
    return next((api for api in apis if api.get("Name").is_same_as(value) is True), None)


def _may_be_its_name(resource: Resource) -> bool:
    """Whether CloudWatch may know something by what this resource is called.

    An API's id is its ApiName where no character of its name is ASCII. An instance may be called as its cluster is, and
    a group that is made of a node as that one.
    """
    if resource.type == REST_API:
        name = resource.get("Name").text
        return name is not None and not any(character.isascii() for character in name)
    if resource.type == databases.CLUSTER:
        own = resource.get("DBClusterIdentifier")
        names = [other.get("DBInstanceIdentifier") for other in resource.deployment.of_type(databases.INSTANCE)]
        return any(not name.is_absent and name.is_same_as(own) is not False for name in names)
    return resource.type == "AWS::ElastiCache::ReplicationGroup" and not resource.get("PrimaryClusterId").is_absent


def _right(resource: Resource, known: facts.Identity) -> str:
    """The expression for the identifier that CloudWatch uses for a resource."""
    if known.attribute == "FunctionName":
        return "the function's name"
    if known.attribute == facts.MEMBER:
        return facts.MEMBER
    start = f"{known.instead}, set to " if known.instead else ""
    if resource.language == "terraform":
        return f"{start}{resource.name}.{known.terraform}"
    if not known.attribute:
        return f"{start}its name"
    # What is in another stack has an output there.
    own = resource.name.rpartition(":")[2].rpartition("/")[2]
    stack = resource.name.removesuffix(own)[:-1]
    reference = f"!Ref {own}" if known.attribute == "Ref" else f"!GetAtt {own}.{known.attribute}"
    return f"{start}an output of {stack} with {reference}" if stack else f"{start}{reference}"
