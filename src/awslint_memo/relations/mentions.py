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
    found = resource.deployment.once(_holders).get(resource.name, {})
    return {title: [*attributes] for title, attributes in found.items()}


def holders_in_turn(resources: Iterable[Resource]) -> list[str]:
    """The titles of what mentions what mentions some resources, at any remove: not of what does so itself."""
    own = [*resources]
    found = {each.name: each.title for each in own}
    direct = {title for each in own for title in holders(each)}
    waiting = [holder for each in own for holder in _of(each)]
    while waiting:
        holder = waiting.pop()
        if holder.name not in found:
            found[holder.name] = holder.title
            waiting += _of(holder)
    mine = {each.title for each in own}
    return [title for title in dict.fromkeys(found.values()) if title not in direct and title not in mine]


def _of(resource: Resource) -> Collection[Resource]:
    """What mentions a resource, each once."""
    return resource.deployment.once(_by_mentioned).get(resource.name, {}).values()


def _by_mentioned(deployment: Deployment) -> Mapping[str, Mapping[str, Resource]]:
    found: dict[str, dict[str, Resource]] = {}
    for holder in deployment.resources.values():
        for name in _names(holder):
            found.setdefault(name, {})[holder.name] = holder
    return found


def _holders(deployment: Deployment) -> Mapping[str, Mapping[str, Mapping[str, None]]]:
    found: dict[str, dict[str, dict[str, None]]] = {}
    for holder in (*deployment.resources.values(), *deployment.untranslated(deployment)):
        links = (link for _, value in holder.everything() for link in value.mentions())
        for link in links:
            if link.resource != holder.name:
                found.setdefault(link.resource, {}).setdefault(holder.title, {})[link.attribute] = None
    return found
