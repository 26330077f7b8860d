"""What a deployment deploys, and what the alarms watch that stop it."""

from __future__ import annotations

from awslint_memo.model.deployment import Resource
from awslint_memo.model.value import Value
from awslint_memo.relations import codedeploy
from awslint_memo.relations.cloudwatch.alarms import metrics
from awslint_memo.relations.lambda_.functions import function_of

_SERVICE = "AWS::ECS::Service"


def by(user: Resource) -> list[Resource]:
    """The functions and services that surely are deployed by a deployment group, or the service itself."""
    deployment = user.deployment
    if user.type == _SERVICE:
        return [user]
    services = (deployment.find(item.get("ServiceName"), _SERVICE) for item in user.get("ECSServices").items)
    functions = (function_of(deployment, alias.get("FunctionName")) for alias in codedeploy.moved_aliases(user))
    return [resource for resource in (*services, *functions) if resource is not None]


def alarms_of(user: Resource) -> list[Value]:
    """The names of the alarms that stop the deployments of a deployment group or a service."""
    if user.type == _SERVICE:
        return user.get("DeploymentConfiguration.Alarms.AlarmNames").items
    return [item.get("Name") for item in codedeploy.alarms(user).items if item.fields]


def watched(alarm: Resource) -> list[Resource]:
    """The functions and services of this deployment that the metrics of an alarm surely are of. Empty where one of its
    metrics may be of something else."""
    found: list[Resource] = []
    for metric in metrics(alarm):
        name, service = metric.dimension("FunctionName"), metric.dimension("ServiceName")
        function = None if name is None else function_of(alarm.deployment, name)
        resource = function if service is None else alarm.deployment.find(service, _SERVICE)
        if resource is None:
            return []
        found.append(resource)
    return found
