"""What a family has in its primary Region and in another one, and what a strategy lacks there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record, replace
from awslint_memo.relations.recovery import computing, stores, traffic
from awslint_memo.relations.recovery.families import Family, Member
from awslint_memo.relations.recovery.ways import Way

STACK_SETS = ("AWS::CloudFormation::StackSet",)


@record(frozen=True)
class Link:
    """What a strategy needs and does not surely have. sure: whether that is surely missing, as far as was read.

    resource: the store, or what does not run; None for what is not there at all. is_data: whether it is a store.
    """

    words: str
    resource: Resource | None = None
    sure: bool = True
    is_data: bool = False


@record(frozen=True)
class Held:
    """A store with data, and the ways back that are seen when its Region is lost."""

    resource: Resource
    sure: bool
    ways: Sequence[Way]


@record(frozen=True)
class Sides:
    """What a family has, seen from its primary Region. region: the other Region; None if it has no name.

    held: the stores with data. primary: the name of the Region; None if it has none. sets: the stack sets. has_stores:
    whether something is there that keeps data, also if they can be made again.
    """

    family: Family
    primary: str | None
    region: str | None
    held: Sequence[Held]
    computers: Sequence[computing.Computing]
    entries: Sequence[tuple[Member, str | None]]
    leads: Sequence[traffic.Lead]
    sets: Sequence[Resource]
    has_stores: bool

    @classmethod
    def of(cls, family: Family, primary: str | None, held: Sequence[Member]) -> Sides:
        """What a family has; the other Region is not chosen yet."""
        here = [one for one in held if family.region(one.resource) in (primary, None)]
        ways = [Held(one.resource, one.sure, stores.bound(one.resource, "region").seen) for one in here]
        sets = [one.resource for one in family.members(*STACK_SETS)]
        has_stores = any(family.owns(one.resource) for one in family.members(*stores.WAYS))
        found = computing.computing(family), computing.entries(family), traffic.leads(family)
        return cls(family, primary, None, ways, *found, sets, has_stores)

    def towards(self, region: str | None) -> Sides:
        """The same with another Region chosen."""
        return replace(self, region=region)

    @property
    def others(self) -> list[str]:
        """The names of the Regions beside the primary one: those declared, else those in which something stands."""
        recovery = self.family.deployment.declared.recovery
        if recovery is not None and len(recovery.regions) > 1:
            return list(recovery.regions[1:])
        named: list[str | None] = [one.region for one in self.computers]
        named += [region for _, region in self.entries]
        named += [self.family.region(one.resource) for one in self.family.members(*stores.WAYS)]
        named += [one.region for one in self.leads]
        for one in self.held:
            named += [way.region for way in one.ways]
        return [one for one in dict.fromkeys(named) if one is not None and one != self.primary]

    @property
    def there(self) -> str:
        """The other Region, for a message."""
        return self.region or "another Region"

    @property
    def here(self) -> str:
        """The primary Region, for a message."""
        return self.primary or "the primary Region"

    def is_there(self, region: str | None, resource: Resource) -> bool | None:
        """Whether a resource with a Region, if it is known, stands in the other one; None if that is not known."""
        if region is not None:
            return region == self.region
        # A stack alone is in one Region, which is where its data are.
        return False if resource.language != "terraform" and not self.family.kin else None

    def computes(self, *, there: bool | None) -> list[computing.Computing]:
        """What computes in the other Region (True), surely not there (False), or perhaps (None)."""
        return [one for one in self.computers if self.is_there(one.region, one.member.resource) is there]

    def at_home(self) -> list[computing.Computing]:
        """What computes in the primary Region, and is not surely off."""
        return [one for one in self.computes(there=False) if self._is_home(one.region) and one.size.runs is not False]

    def _is_home(self, region: str | None) -> bool:
        return region in (self.primary, None)

    def has_entry(self, *, there: bool | None) -> bool:
        """Whether something takes requests in the other Region (True), in the primary one (False), or perhaps there."""
        found = [(one, region) for one, region in self.entries if self.is_there(region, one.resource) is there]
        if there is False:
            return any(self._is_home(region) for _, region in found)
        return any(one.sure for one, _ in found) if there else bool(found)

    def is_led_elsewhere(self, lead: traffic.Lead) -> bool:
        """Whether something surely leads requests to another place than the other Region."""
        if lead.region is not None:
            return lead.region != self.region
        return lead.target is not None and self.is_there(None, lead.target) is False

    def stack_sets(self) -> list[Resource]:
        """Stack sets that may deploy what was not read in the other Region."""
        return [one for one in self.sets if self.region is None or _may_reach(one, self.region)]


def _may_reach(stack_set: Resource, region: str) -> bool:
    """Whether a stack set deploys to a Region, or may."""
    groups = stack_set.get("StackInstancesGroup")
    if groups.is_absent:
        return stack_set.language == "terraform"  # Its instances are resources of their own.
    named = [one.get("Regions") for one in groups.items]
    return not groups.items or any(one.is_unknown or _holds(one.items, region) for one in named)


def _holds(items: Iterable[object], region: str) -> bool:
    return any(getattr(one, "text", None) in (region, None) for one in items)
