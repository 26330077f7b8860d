"""Which resources of a deployment are mentioned by others of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from awslint_memo.model.deployment import Deployment, Resource


def mentioning(resource: Resource) -> Collection[str]:
    """The types of the other resources of the deployment that mention a resource, in whatever property; Terraform's own
    for what CloudFormation has no words for."""
    return resource.deployment.once(_mentioned).get(resource.name, ())


def mentioned(holders: Iterable[Resource]) -> Collection[str]:
    """The names of the resources that some others mention, in whatever property."""
    return {name for holder in holders for name in _names(holder)}


def _mentioned(deployment: Deployment) -> Mapping[str, Collection[str]]:
    types: dict[str, set[str]] = {}
    for holder in (*deployment.resources.values(), *deployment.untranslated(deployment)):
        for name in _names(holder):
            types.setdefault(name, set()).add(holder.type)
    return types


def _names(holder: Resource) -> Iterator[str]:
    links = (link for _, value in holder.everything() for link in value.mentions())
    return (link.resource for link in links if link.resource != holder.name)


def holders(resource: Resource) -> dict[str, list[str]]:
    """The titles of the other resources of the deployment that mention a resource, each with the attributes by which,
    in CloudFormation's words."""
    found: dict[str, list[str]] = {}
    for holder in (*resource.deployment.resources.values(), *resource.deployment.untranslated(resource.deployment)):
        for _, value in holder.everything() if holder.name != resource.name else ():
            named = [link.attribute for link in value.mentions() if link.resource == resource.name]
            if named:
                known = found.setdefault(holder.title, [])
                known += [attribute for attribute in dict.fromkeys(named) if attribute not in known]
    return found
