"""Which resources of a deployment are mentioned by others of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from awslint_memo.model.deployment import Deployment, Resource


def mentioning(resource: Resource) -> Collection[str]:
    """The types of the other resources of the deployment that mention a resource, in whatever property; Terraform's own
    for what CloudFormation has no words for."""
    return resource.deployment.once(_mentioned).get(resource.name, ())


def _mentioned(deployment: Deployment) -> Mapping[str, Collection[str]]:
    types: dict[str, set[str]] = {}
    for holder in (*deployment.resources.values(), *deployment.untranslated(deployment)):
        for _, value in holder.everything():
            for link in value.mentions():
                if link.resource != holder.name:
                    types.setdefault(link.resource, set()).add(holder.type)
    return types
