"""Which resources of a deployment are mentioned by others of it."""

from __future__ import annotations

from awslint_memo.model.deployment import Deployment, Resource


def is_mentioned(resource: Resource) -> bool:
    """Whether another resource of the deployment mentions a resource, in whatever property, or something of a name that
    is not known may be it. What Terraform has no words for counts."""
    return resource.name in resource.deployment.once(_mentioned)


def _mentioned(deployment: Deployment) -> frozenset[str]:
    holders = (*deployment.resources.values(), *deployment.untranslated(deployment))
    return frozenset(
        link.resource
        for holder in holders
        for _, value in holder.everything()
        for link in value.mentions()
        if link.resource != holder.name
    )
