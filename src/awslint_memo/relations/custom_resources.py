"""What the programs behind custom resources are given, which may make anything that the template does not show."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.identity import name_index
from awslint_memo.model.value import Value
from awslint_memo.relations.lambda_.namings import leaves

_TYPE = "AWS::CloudFormation::CustomResource"


def name(resource: Resource) -> bool:
    """Whether a custom resource of this deployment names a resource, by reference, name, ARN or URL.

    What is not known is taken to name nothing of here.
    """
    return resource.name in resource.deployment.once(_named)


def _named(deployment: Deployment) -> frozenset[str]:
    return name_index(deployment, _given(deployment)).names


def _given(deployment: Deployment) -> Iterator[Value]:
    for resource in deployment.resources.values():
        if resource.type == _TYPE or resource.type.startswith("Custom::"):
            yield from (leaf.value for leaf in leaves(dict(resource.everything())))
