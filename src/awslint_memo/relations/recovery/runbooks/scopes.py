"""What a runbook is of: one deployment of a template, with what takes over from it in another Region."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.model.dependencies import noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import record, replace
from awslint_memo.relations.recovery import regions, strategies
from awslint_memo.relations.recovery.families import Family, Kin, Member


@record(frozen=True)
class Scope:
    """One deployment. family: it, and what is looked at together with it. held: its stores with data of their own."""

    family: Family
    held: Sequence[Member]

    @property
    def names(self) -> list[str]:
        """The names of its deployments, as far as they have any."""
        every = (self.family.deployment, *(kin.deployment for kin in self.family.kin))
        return list(dict.fromkeys(each.name for each in every if each.name and not each.is_supposed))

    @property
    def key(self) -> object:
        """What is the same for the same deployments, from whichever of them it is seen."""
        every = [self.family.deployment, *(kin.deployment for kin in self.family.kin)]
        return self.family.application, frozenset((path(each), root(each), each.name) for each in every)


def of(family: Family, primary: str | None) -> Scope | None:
    """The deployment at hand with what is beside it; None where the runbook is that of another deployment.

    Other deployments of its template are beside it in other Regions. Those that are in the same one, or of which
    nobody tells the Region, are other environments: what is lost with them is their own.
    """
    own = path(family.deployment)
    home = region_of(family.deployment)
    kept: list[Kin] = []
    apart: set[int] = set()
    for kin in family.kin:
        where = region_of(kin.deployment)
        if path(kin.deployment) != own:
            kept.append(kin)
        elif where is None or where == home:
            apart.add(id(kin.deployment))
        else:
            kept.append(kin)
            if where == primary and home is not None:
                return None
    held = [member for member in strategies.data(family) if id(member.resource.deployment) not in apart]
    return Scope(replace(family, kin=kept, known={}) if apart else family, held)


def path(deployment: Deployment) -> str:
    """The file of a deployment's template; empty where it has nothing."""
    return next((resource.place.span.path for resource in deployment.own.values()), "")


def root(deployment: Deployment) -> str:
    """The folder of a root of Terraform: several may have all they have from one module."""
    first = next((each for each in deployment.own.values() if each.language == "terraform"), None)
    return "" if first is None else os.path.dirname(next(iter(first.callers), first.place.span.path))


def region_of(deployment: Deployment) -> str | None:
    """The Region of a deployment: that of the first resource of which it is told."""
    with noted():
        return next(_told(deployment.own.values()), None)


def _told(resources: Iterable[Resource]) -> Iterator[str]:
    for resource in resources:
        value = regions.told(resource)
        if value is not None and value.text is not None:
            yield value.text
