"""Which resources CloudFormation may create before what they name by a text, and not by a reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from operator import is_

from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import fact
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.relations.creation_order import stack, waits_for
from awslint_memo.syntax.embedded import each

_NAMES: Mapping[str, str] = fact(
    {
        "AWS::CodeDeploy::Application": "ApplicationName",
        "AWS::ECS::Cluster": "ClusterName",
        "AWS::ECS::Service": "ServiceName",
        "AWS::ElastiCache::SubnetGroup": "CacheSubnetGroupName",
        "AWS::Logs::LogGroup": "LogGroupName",
        "AWS::RDS::DBClusterParameterGroup": "DBClusterParameterGroupName",
        "AWS::RDS::DBParameterGroup": "DBParameterGroupName",
        "AWS::RDS::DBSubnetGroup": "DBSubnetGroupName",
        "AWS::RDS::OptionGroup": "OptionGroupName",
    },
    page="AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html",
    read="2026-11-30",
)
"""The property that has the name of a resource, by type."""

_CACHE = {"CacheSubnetGroupName": "AWS::ElastiCache::SubnetGroup"}
_LOG_GROUP = {"LogGroupName": "AWS::Logs::LogGroup"}

_NEEDED: Mapping[str, Mapping[str, str]] = fact(
    {
        "AWS::CodeDeploy::DeploymentGroup": {
            "ApplicationName": "AWS::CodeDeploy::Application",
            "ECSServices.ServiceName": "AWS::ECS::Service",
        },
        "AWS::ECS::Service": {"Cluster": "AWS::ECS::Cluster"},
        "AWS::ElastiCache::CacheCluster": _CACHE,
        "AWS::ElastiCache::ReplicationGroup": _CACHE,
        "AWS::Logs::MetricFilter": _LOG_GROUP,
        "AWS::Logs::SubscriptionFilter": _LOG_GROUP,
        "AWS::RDS::DBCluster": {
            "DBClusterParameterGroupName": "AWS::RDS::DBClusterParameterGroup",
            "DBSubnetGroupName": "AWS::RDS::DBSubnetGroup",
        },
        "AWS::RDS::DBInstance": {
            "DBParameterGroupName": "AWS::RDS::DBParameterGroup",
            "DBSubnetGroupName": "AWS::RDS::DBSubnetGroup",
            "OptionGroupName": "AWS::RDS::OptionGroup",
        },
    },
    page="AmazonRDS/latest/APIReference/API_CreateDBInstance.html",
    read="2026-11-30",
)
"""By type and property, the type of what AWS refuses to create a resource without. Of others than databases: the errors
of the calls that create them, such as codedeploy/latest/APIReference/API_CreateDeploymentGroup.html."""


@record(frozen=True, eq=False)
class Unawaited:
    """What a resource names by a text. value: the text. needed: the resource of this template that has the name."""

    value: Value
    needed: Resource

    @property
    def name(self) -> Value:
        """The name of what is needed, as its resource sets it."""
        return self.needed.get(_NAMES[self.needed.type])

    @property
    def is_of_any_value(self) -> bool:
        """Whether both are the same whatever parameters are given. Those of two parameters may be by their defaults."""
        return set(self.value.origin.defaults) == set(self.name.origin.defaults)


def unawaited(resource: Resource) -> Iterator[Unawaited]:
    """What a resource names that has to be there before, and for which CloudFormation surely does not wait."""
    for path, type_ in _NEEDED[resource.type].items():
        for value in each(resource, path):
            needed = _named(resource, value, type_)
            if needed is not None and waits_for(resource, partial(is_, needed)) is False:
                yield Unawaited(value, needed)


def _named(resource: Resource, value: Value, type_: str) -> Resource | None:
    """The resource of the same stack that has a name, if the value has no reference to it; else None."""
    for other in resource.deployment.own_of_type(type_):
        is_told = any(link.resource == other.name for link in value.mentions())
        if not is_told and stack(other) == stack(resource) and value.is_same_as(other.get(_NAMES[type_])):
            return other
    return None
