"""Which applications of the configuration set something apart, and which only say what holds for some stores of others:
these have no strategy and no runbook of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.objectives import Application
from awslint_memo.relations.recovery import service_types, store_objectives

_SERVING = (*service_types.COMPUTING, *service_types.ENTRIES, *service_types.HOLDERS)


def by_resource(deployment: Deployment) -> dict[str, list[str]]:
    """The applications that a deployment is divided into, by the names of its resources."""
    every = deployment.once(_named)
    parts = {each.name for named in every.values() for each in named if _is_part(deployment, each)}
    return {key: [each.name for each in named if each.name not in parts] for key, named in every.items()}


def _named(deployment: Deployment) -> Mapping[str, Sequence[Application]]:
    """All applications of each resource."""
    recovery = deployment.declared.recovery
    if recovery is None or not recovery.applications:
        return {}
    return {key: store_objectives.applications(each, recovery) for key, each in deployment.own.items()}


def _is_part(deployment: Deployment, application: Application) -> bool:
    """Whether an application is but some stores of a deployment: it names resources alone, and these can be made again,
    or are all of another application, or nothing of them serves requests while others do, and nothing elsewhere belongs
    to them."""
    if application.paths or application.stacks or not application.resources:
        return False
    if application.layer.entries.get("rebuildable") is not None:
        return True
    if application.layer.entries.get("strategy") is not None:
        return False
    named, members = deployment.once(_named), deployment.once(_members).get(application.name, ())
    if members and all(any(other.paths or other.stacks for other in named[each]) for each in members):
        return True  # All that it names here is also of one that names what it has by more than that.
    serving = deployment.once(_serving)
    whole = deployment.declared.landscape
    # What serves in no other application is where these stores are used.
    is_inside = serving.isdisjoint(members) and not all(map(named.__getitem__, serving))
    return is_inside and (whole is None or whole.once(_templates).get(application.name, 0) < 2)


def _members(deployment: Deployment) -> Mapping[str, Sequence[str]]:
    """The names of the resources of each application, by its name: there may be thousands of both."""
    members: dict[str, list[str]] = {}
    for name, applications in deployment.once(_named).items():
        for each in applications:
            members.setdefault(each.name, []).append(name)
    return members


def _serving(deployment: Deployment) -> frozenset[str]:
    """The names of the resources that serve requests."""
    named = deployment.once(_named)
    return frozenset(each.name for each in deployment.own_of_type(*_SERVING) if each.name in named)


def _templates(every: Iterable[Sequence[Deployment]]) -> dict[str, int]:
    """How many templates have something of each application."""
    counts: dict[str, int] = {}
    with noted():  # What is read of others is no question about the deployment at hand.
        for deployments in every:
            names = {
                application.name
                for deployment in deployments
                for named in deployment.once(_named).values()
                for application in named
            }
            for name in names:
                counts[name] = counts.get(name, 0) + 1
    return counts
