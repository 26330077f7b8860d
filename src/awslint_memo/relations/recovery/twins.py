"""What may stand for something in another Region: of the same type, and a twin where it has the same name."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Deployment, Resource
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import record
from awslint_memo.relations.recovery.families import Family


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


def _known(_: Deployment) -> _Known:
    return _Known()


def tail(resource: Resource) -> str:
    """The name of a resource without the module in which it is, and without its instance."""
    parts = without_instance_keys(resource.name).split(".")
    return ".".join(parts[-2:]) if resource.language == "terraform" else resource.name
