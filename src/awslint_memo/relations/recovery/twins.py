"""What may stand for something in another Region: of the same type, and a twin where it has the same name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from awslint_memo.model.dependencies import note, noted
from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import record
from awslint_memo.relations.recovery import regions
from awslint_memo.relations.recovery.families import Family

TWINS = ("AWS::KMS::Key", "AWS::SecretsManager::Secret")
"""What another template of the run may make under the same name, for what it deploys in another Region."""


@record(frozen=True)
class Others:
    """What of a type is in another Region, by the ends of names. is_unclear: whether that of some is not known."""

    by_tail: Mapping[str, Resource]
    is_unclear: bool


class _Known:
    """What is in other Regions, by application, type and Region."""

    def __init__(self) -> None:
        self._known: dict[tuple[str | None, str, str], Others] = {}

    def of(self, family: Family, type_: str, region: str) -> Others:
        """What of a type a family has in a Region."""
        key = (family.application, type_, region)
        if key not in self._known:
            members = [(member.resource, family.region(member.resource)) for member in family.members(type_)]
            there = {tail(resource): resource for resource, where in members if where == region}
            self._known[key] = Others(there, any(where is None for _, where in members))
        return self._known[key]


def of_type(family: Family, type_: str, region: str) -> Others:
    """What of a type a family has in a Region."""
    return family.deployment.once(_known).of(family, type_, region)


def of_run(target: Resource, region: str) -> str | None:
    """What has the same name in another template of the run, and may be in a Region, in words; None where nothing has.

    Whether it is a twin is not known, as the two are not one family.
    """
    whole = target.deployment.declared.landscape
    if whole is None:
        return None
    note(("kin",), target.deployment.name)
    known: Mapping[tuple[str, str], Sequence[Resource]] = whole.once(_of_run)
    own = {id(one) for one in whole.own}
    with noted():
        for other in known.get((target.type, tail(target)), ()):
            told = None if id(other.deployment) in own else regions.told(other)
            if id(other.deployment) not in own and (told is None or told.text in (region, None)):
                where = f"{other.title} of {other.place.span.path}"
                return f"whether {where} stands there; declare both as one application"
    return None


def _of_run(templates: Iterable[Sequence[Deployment]]) -> Mapping[tuple[str, str], Sequence[Resource]]:
    """By type and by the ends of names, what may stand for something, of each template of the run."""
    found: dict[tuple[str, str], list[Resource]] = {}
    with noted():
        for deployments in templates:
            for deployment in deployments[:1]:
                for resource in deployment.own_of_type(*TWINS):
                    found.setdefault((resource.type, tail(resource)), []).append(resource)
    return found


def _known(_: Deployment) -> _Known:
    return _Known()


def tail(resource: Resource) -> str:
    """The name of a resource without the module in which it is, and without its instance."""
    parts = without_instance_keys(resource.name).split(".")
    return ".".join(parts[-2:]) if resource.language == "terraform" else resource.name
