"""Families: the deployments that belong together, so that one of them can take over from another.

They are the named deployments of one template, the stacks of a CDK assembly, and what the configuration calls an
application. Stacks that import from each other are one deployment already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from awslint_memo.model.dependencies import note, noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.value import Known
from awslint_memo.relations import naming
from awslint_memo.relations.recovery import application_parts, regions, store_objectives

MOST = 100
"""The maximum number of other deployments that a family is looked over for, since each looks at all of the others."""

_ASSEMBLY = "cdk.out"
"""The folder into which the CDK writes the templates of an app."""


_OF_STAGE = "assembly-"
"""How the folder of a stage's assembly begins, before the stage's name."""


@record(frozen=True)
class Kin:
    """Another deployment of a family. sure: False if it is one of several that its template may be deployed as, or one
    that only a condition speaks of."""

    deployment: Deployment
    sure: bool


@record(frozen=True)
class Member:
    """A resource of a family. sure: whether it surely exists."""

    resource: Resource
    sure: bool


@record(frozen=True)
class Family:
    """What a resource is looked at together with. application: the one that it is part of; None if it is in none."""

    deployment: Deployment
    application: str | None
    kin: Sequence[Kin]
    known: dict[tuple[str, ...], list[Member]] = field(default_factory=dict, compare=False)
    """What the other deployments have, by the types that were asked for."""

    def members(self, *types: str) -> list[Member]:
        """The resources of these types, first those of the deployment at hand. What it imports is there once: as a
        resource of the deployment that makes it, where that is of the family too."""
        away = self.elsewhere(*types)
        made = {(member.resource.place.span, member.resource.type) for member in away}
        own = self.deployment.own if made else None
        here = [
            member
            for member in self._own(types)
            if own is None
            or member.resource.name in own
            or (member.resource.place.span, member.resource.type) not in made
        ]
        return [*here, *away]

    def _own(self, types: tuple[str, ...]) -> Iterator[Member]:
        """Those of the deployment at hand: of the application, and of none."""
        every = self.deployment.of_type(*types)
        known = self.deployment.once(_by_application)
        self.deployment.once(_by_resource)  # What is known is read of that, whoever asked first.
        if types not in known:
            by_name = known[types] = {}
            for number, resource in enumerate(every):
                names: Sequence[str | None] = _applications(resource) or (None,)
                for name in names:
                    by_name.setdefault(name, {})[number] = resource
        here = {**known[types].get(None, {}), **known[types].get(self.application, {})}
        return (Member(here[number], bool(here[number].copies.number)) for number in sorted(here))

    def elsewhere(self, *types: str) -> list[Member]:
        """The resources of these types in the other deployments."""
        if types not in self.known:
            members = self.known[types] = []
            with noted():  # What is read of others is no question about the deployment at hand.
                for kin in self.kin:
                    there = kin.deployment.own_of_type(*types)
                    members += [
                        Member(resource, kin.sure and bool(resource.copies.number))
                        for resource in there
                        if self.has(resource)
                    ]
        return self.known[types]

    def has(self, resource: Resource) -> bool:
        """Whether a resource belongs here: it is part of no application, or of this one."""
        names = _applications(resource)
        return not names or self.application in names

    @property
    def told(self) -> Family:
        """The same without the deployments of which only a condition speaks."""
        kin = [each for each in self.kin if not each.deployment.is_supposed]
        return self if len(kin) == len(self.kin) else replace(self, kin=kin, known={})

    def is_declared(self, resource: Resource) -> bool:
        """Whether the configuration says that a resource belongs here, though it may be in another template."""
        return self.application is not None and self.application in _applications(resource)

    def owns(self, resource: Resource) -> bool:
        """Whether a resource is part of the very application, so that its data are the family's."""
        names = _applications(resource)
        return self.application in names if names else self.application is None

    def region(self, resource: Resource) -> str | None:
        """The name of the Region of a resource; None if it is not known.

        Of several stacks, one whose Region nobody gives may be in any.
        """
        if not self.kin:
            return regions.name(resource)
        if resource.deployment is self.deployment:
            region = regions.told(resource)
        else:
            with noted():
                region = regions.told(resource)
        return None if region is None else region.text


def application(resource: Resource) -> str | None:
    """The application that a resource is part of: the last one in the configuration; None if it is in none."""
    names = _applications(resource)
    return names[-1] if names else None


def family(deployment: Deployment, name: str | None) -> Family:
    """What the resources of an application, or those of none, are looked at together with."""
    every = kin(deployment) if deployment.declared.landscape is not None else ()
    families = deployment.once(_families)
    if name not in families:
        families[name] = Family(deployment, name, [kin for kin, named in every if not named or name in named])
    return families[name]


def family_of(resource: Resource) -> Family:
    """What a resource is looked at together with."""
    return family(resource.deployment, application(resource))


def _by_application(_: Deployment) -> dict[tuple[str, ...], dict[str | None, dict[int, Resource]]]:
    """By types that were asked for and by application, the resources of a deployment by their places."""
    return {}


def _families(_: Deployment) -> dict[str | None, Family]:
    return {}


def kin(deployment: Deployment) -> Sequence[tuple[Kin, frozenset[str]]]:
    """The other deployments that may stand in one family, each with the applications by which; none: by all."""
    return deployment.once(_kin)


def _kin(deployment: Deployment) -> list[tuple[Kin, frozenset[str]]]:
    note(("kin",), deployment.name)
    whole = deployment.declared.landscape
    if whole is None:
        return []
    related = [(other, frozenset[str]()) for other in _named(deployment, whole.own)]
    if deployment.once(_assembly) is None and not deployment.once(applications_in):
        return related  # Each of thousands of templates would be compared with each other one.
    for deployments in cast("list[list[Deployment]]", whole())[1:]:
        shared = frozenset[str]() if _is_one_assembly(deployment, deployments) else _shared(deployment, deployments)
        if shared is None:
            continue
        if len(related) >= MOST:
            whole.left_out.update(shared or {""})
            break
        related += [(other, shared) for other in _of_stage(deployment, deployments)]
    return related


def _named(deployment: Deployment, own: Sequence[Deployment]) -> Iterator[Kin]:
    """The other named deployments of the same template."""
    others = [other for other in own if other.name and other.name != deployment.name]
    return _of_stage(deployment, others if deployment.name else ())


def _of_stage(deployment: Deployment, others: Sequence[Deployment]) -> Iterator[Kin]:
    """Those of other deployments that are of production if this one is; sure where a name has one only."""
    is_test = is_development(deployment)
    names = [other.name for other in others]
    for other in others:
        if is_development(other) == is_test:
            yield Kin(other, names.count(other.name) == 1 and not other.is_supposed)


def is_development(deployment: Deployment) -> bool:
    """Whether a deployment is of development, by its name or that of its stage."""
    return deployment.once(_is_of_development)


def _is_of_development(deployment: Deployment) -> bool:
    note(("kin",), deployment.name)
    place = next((resource.place for resource in deployment.own.values()), None)
    names = () if place is None else (deployment.name, _stage(place.span.path))
    return place is not None and any(naming.is_development(deployment, Known(name, place)) for name in names)


def _stage(path: str) -> str:
    """The name of the CDK's stage that a template is of, from the folder of its assembly; empty if it is of none."""
    _, is_in, inner = f"/{path}".replace("\\", "/").rpartition(f"/{_ASSEMBLY}/")
    folder = inner.rpartition("/")[0].rpartition("/")[2]
    return folder.removeprefix(_OF_STAGE) if is_in and folder.startswith(_OF_STAGE) else ""


def _is_one_assembly(deployment: Deployment, others: Sequence[Deployment]) -> bool:
    mine, its = deployment.once(_assembly), others[0].once(_assembly) if others else None
    return mine is not None and mine == its


def _assembly(deployment: Deployment) -> str | None:
    """The folder of the CDK assembly that a template is part of."""
    path = next((resource.place.span.path for resource in deployment.own.values()), "").replace("\\", "/")
    before, folder, _ = f"/{path}".rpartition(f"/{_ASSEMBLY}/")
    return f"{before}{folder}" if folder else None


def _shared(deployment: Deployment, others: Sequence[Deployment]) -> frozenset[str] | None:
    """The applications that a deployment and another template have in common; None if they have none."""
    mine = deployment.once(applications_in)
    with noted():
        its = frozenset[str]().union(*(other.once(applications_in) for other in others)) if mine else frozenset[str]()
    return (mine & its) or None


def applications_in(deployment: Deployment) -> frozenset[str]:
    """The applications of which a deployment has a part."""
    recovery = deployment.declared.recovery
    if recovery is None or not recovery.applications:
        return frozenset()
    return frozenset(name for names in deployment.once(_by_resource).values() for name in names)


def _by_resource(deployment: Deployment) -> dict[str, list[str]]:
    """The applications of each resource."""
    return {} if deployment.declared.recovery is None else application_parts.by_resource(deployment)


def _applications(resource: Resource) -> list[str]:
    """The applications that a resource is part of, in the order of the configuration."""
    recovery = resource.deployment.declared.recovery
    if recovery is None or not recovery.applications:
        return []
    if resource.name in resource.deployment.own:
        return resource.deployment.once(_by_resource).get(resource.name, [])
    return [named.name for named in store_objectives.applications(resource, recovery)]
