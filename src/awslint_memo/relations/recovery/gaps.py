"""What a family has in its primary Region and in another one, what each strategy needs beside the one before it, and
what of it is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record, replace
from awslint_memo.relations.recovery import capacity, regions, store_objectives, stores, unjudged
from awslint_memo.relations.recovery.families import Family, Member
from awslint_memo.relations.recovery.recovery_paths import Method, Path

STACK_SETS = ("AWS::CloudFormation::StackSet",)


@record(frozen=True)
class Gap:
    """What a strategy needs and does not surely have. sure: whether that is surely missing, as far as was read.

    resource: the store, or what does not run; None for what is not there at all. is_data: whether it is a store.
    is_read: False if nothing of the kind was read, in any Region: then no more can be said to be reached.
    """

    words: str
    resource: Resource | None = None
    sure: bool = True
    is_data: bool = False
    is_read: bool = True


@record(frozen=True)
class Held:
    """A store with data, and the ways back that are seen when its Region is lost."""

    resource: Resource
    sure: bool
    ways: Sequence[Path]


@record(frozen=True)
class Sides:
    """What a family has, seen from its primary Region. region: the other Region; None if it has no name.

    held: the stores with data. primary: the name of the Region; None if it has none. sets: the stack sets. has_stores:
    whether something is there that keeps data, also if they can be made again. is_away: whether all stores
    with data are in other Regions.
    """

    family: Family
    primary: str | None
    region: str | None
    held: Sequence[Held]
    computers: Sequence[capacity.Computing]
    entries: Sequence[tuple[Member, str | None]]
    leads: Sequence[capacity.Lead]
    sets: Sequence[Resource]
    has_stores: bool
    is_away: bool

    @classmethod
    def of(cls, family: Family, primary: str | None, held: Sequence[Member]) -> Sides:
        """What a family has; the other Region is not chosen yet."""
        here = [one for one in held if family.region(one.resource) in (primary, None)]
        ways = [Held(one.resource, one.sure, stores.bound(one.resource, "region").seen) for one in here]
        sets = [member.resource for member in family.members(*STACK_SETS)]
        has_stores = any(family.owns(member.resource) for member in family.members(*stores.TYPES))
        # Whether a template runs where a condition speaks of it is asked, as of each whose Regions nobody tells.
        told = family.told
        found = capacity.computing(told), capacity.entries(told), capacity.leads(told)
        return cls(family, primary, None, ways, *found, sets, has_stores, bool(held) and not here)

    def towards(self, region: str | None) -> Sides:
        """The same with another Region chosen."""
        return replace(self, region=region)

    @property
    def others(self) -> list[str]:
        """The names of the Regions beside the primary one: those declared, else those in which something stands, by
        name, as the order of a file must not choose."""
        recovery = self.family.deployment.declared.recovery
        if recovery is not None and len(recovery.regions) > 1:
            return list(recovery.regions[1:])
        named: list[str | None] = [computer.region for computer in self.computers]
        named += [region for _, region in self.entries]
        named += [self.family.region(member.resource) for member in self.family.members(*stores.TYPES)]
        named += [lead.region for lead in self.leads]
        for one in self.held:
            named += [way.region for way in one.ways]
        return sorted({one for one in named if one is not None and one != self.primary})

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

    def may_be_there(self, store: Resource) -> bool:
        """Whether a store itself may stand in the other Region, as nobody tells its own: a variable of a provider has
        no value, or one of several stacks is in no Region that is known."""
        if self.region is None or self.family.region(store) is not None:
            return False
        return bool(self.family.kin) or regions.told(store) is not None

    def computes(self, *, there: bool | None) -> list[capacity.Computing]:
        """What computes in the other Region (True), surely not there (False), or perhaps (None)."""
        return [
            computer for computer in self.computers if self.is_there(computer.region, computer.member.resource) is there
        ]

    def at_home(self) -> list[capacity.Computing]:
        """What computes in the primary Region, and is not surely off."""
        return [compute for compute in self.own() if compute.size.runs is not False]

    def off_at_home(self) -> list[Resource]:
        """What is there to compute in the primary Region, and surely is off."""
        return [compute.member.resource for compute in self.own() if compute.size.runs is False]

    def own(self) -> list[capacity.Computing]:
        """What there is to compute in the primary Region."""
        return [compute for compute in self.computes(there=False) if self._is_home(compute.region)]

    def entries_at_home(self) -> list[Resource]:
        """What takes requests in the primary Region."""
        return [member.resource for member, region in self.entries if self._is_home(region)]

    def _is_home(self, region: str | None) -> bool:
        return region in (self.primary, None)

    def has_entry(self, *, there: bool | None) -> bool:
        """Whether something takes requests in the other Region (True), in the primary one (False), or perhaps there."""
        found = [(member, region) for member, region in self.entries if self.is_there(region, member.resource) is there]
        if there is False:
            return any(self._is_home(region) for _, region in found)
        return any(member.sure for member, _ in found) if there else bool(found)

    def is_led_elsewhere(self, lead: capacity.Lead) -> bool:
        """Whether something surely leads requests to another place than the other Region."""
        if lead.region is not None:
            return lead.region != self.region
        return lead.target is not None and self.is_there(None, lead.target) is False

    def stack_sets(self) -> list[Resource]:
        """Stack sets that may deploy what was not read in the other Region."""
        return [resource for resource in self.sets if self.region is None or _may_reach(resource, self.region)]


def _may_reach(stack_set: Resource, region: str) -> bool:
    """Whether a stack set deploys to a Region, or may."""
    groups = stack_set.get("StackInstancesGroup")
    if groups.is_absent:
        return stack_set.language == "terraform"  # Its instances are resources of their own.
    named = [item.get("Regions") for item in groups.items]
    return not groups.items or any(value.is_unknown or _holds(value.items, region) for value in named)


def _holds(items: Iterable[object], region: str) -> bool:
    return any(getattr(item, "text", None) in (region, None) for item in items)


def _copied(sides: Sides) -> Iterator[Gap]:
    """Each store has a copy in the other Region."""
    yield from _data(sides, Method.RESTORE, "copy")


def _live(sides: Sides) -> Iterator[Gap]:
    """Each store is live in the other Region."""
    yield from _data(sides, Method.START, "live copy")


def _data(sides: Sides, hardest: Method, what: str) -> Iterator[Gap]:
    if not sides.held and sides.is_away:
        yield Gap(f"no store of data in {sides.here} is in what was read", sure=False)
    if not sides.held and not sides.has_stores and not store_objectives.is_complete(sides.family.deployment):
        yield Gap("no store of data is in what was read (declare `complete: true` if there is none)", sure=False)
    for one in sides.held:
        ways = [way for way in one.ways if way.back <= hardest]
        near = [way for way in ways if sides.region is None or way.region in (sides.region, None)]
        if any(_is_certain(way, sides.region) for way in near):
            continue
        title = one.resource.title
        # What was not read may hold a live copy too, while the ways of it are those of backups.
        if near or not one.sure or one.resource.is_open or sides.may_be_there(one.resource):
            yield Gap(
                f"whether {title} has a {what} in {sides.there} is not told", one.resource, sure=False, is_data=True
            )
        else:
            words = f"{title} has no {what} in {sides.there}"
            if not store_objectives.is_complete(sides.family.deployment):
                words += " by what was read"
            yield Gap(words, one.resource, sure=not sides.stack_sets(), is_data=True)


def _is_certain(way: Path, region: str | None) -> bool:
    return way.sure and (region is None or way.region == region)


def _running(sides: Sides) -> Iterator[Gap]:
    """What computes in the primary Region runs in the other one too, and something takes requests there."""
    yield from _absent(sides)
    if unable := unjudged.sign_in(sides.family, sides.primary, sides.region):
        yield Gap(unable, sure=False)
    if sides.has_entry(there=True):
        return
    is_sure = sides.has_entry(there=False) and not sides.has_entry(there=None) and not sides.stack_sets()
    what = f"load balancer, API or function URL takes requests in {sides.there}"
    yield Gap(f"no {what}" if is_sure else f"whether a {what} is not told", sure=is_sure)


def _absent(sides: Sides) -> Iterator[Gap]:
    """The kinds of what computes in the primary Region that do not surely run in the other one."""
    states = {kind: _state(sides, kind) for kind in capacity.by_kind(sides.at_home())}
    if not states:
        words = f"what runs in {sides.here} is not in what was read"
        if any(computing.region is None for computing in sides.computers):
            words = f"whether what computes runs in {sides.here} is not told"
        yield Gap(words, sure=False, is_read=bool(sides.computers))
    is_dark = all(state is False for state in states.values()) and not sides.stack_sets()
    for kind, state in states.items():
        if state is not True:
            yield _not_running(sides, kind, state, is_dark=is_dark)
    yield from _off_in_both(sides)


def _off_in_both(sides: Sides) -> Iterator[Gap]:
    """What is at 0 in the primary Region too, and raised by something else; left over where what has a size runs."""
    if any(not compute.size.by_itself for compute in sides.at_home()):
        return
    for kind, off in capacity.by_kind([each for each in sides.own() if each.size.runs is False]).items():
        if _state(sides, kind) is not True:
            first, here = off[0].member.resource, sides.here
            words = f"whether {kind} run in {sides.there} is not told, as {first.title} runs nothing in {here} either"
            yield Gap(words, first, sure=False)


def _state(sides: Sides, kind: str) -> bool | None:
    """Whether something of a kind runs in the other Region."""
    there = capacity.by_kind(sides.computes(there=True)).get(kind, [])
    state = capacity.is_running(there)
    unclear = capacity.by_kind(sides.computes(there=None)).get(kind)
    return None if unclear and not state else state


def _not_running(sides: Sides, kind: str, state: bool | None, *, is_dark: bool) -> Gap:
    off = [compute for compute in sides.computes(there=True) if compute.kind == kind]
    if state is None:
        return Gap(f"whether {kind} run in {sides.there} is not told", sure=False)
    if off:
        names = ", ".join(dict.fromkeys(computing.member.resource.title for computing in off))
        return Gap(f"{names} runs nothing in {sides.there}", off[0].member.resource, sure=is_dark)
    return Gap(f"no {kind} run in {sides.there}", sure=is_dark)


def _as_large(sides: Sides) -> Iterator[Gap]:
    """What computes in the other Region is not smaller than in the primary one."""
    home = capacity.by_kind(sides.at_home())
    there = capacity.by_kind(sides.computes(there=True))
    unclear = capacity.by_kind(sides.computes(there=None))
    yield from _absent(sides)
    for kind, here in home.items():
        if not there.get(kind):
            continue
        more = unclear.get(kind, [])  # Which may stand on either side.
        if capacity.is_smaller(there[kind], [*here, *more]) is False:
            continue
        if capacity.is_smaller([*there[kind], *more], here):
            is_less = capacity.least_is_smaller([*there[kind], *more], here)
            words = f"the {kind} in {sides.there} {'are smaller' if is_less else 'may grow to fewer'}"
            yield Gap(words, there[kind][0].member.resource, sure=not sides.stack_sets())
        else:
            yield Gap(f"whether there are as many {kind} in {sides.there} is not told", sure=False)


def _visited(sides: Sides) -> Iterator[Gap]:
    """Requests are led to the other Region while all is well."""
    there = [lead for lead in sides.leads if lead.region is not None and lead.region == sides.region]
    if any(one.carries and one.sure for one in there):
        return
    elsewhere = [lead for lead in sides.leads if lead not in there and lead.carries is not False]
    is_dark = all(one.carries is False for one in there)
    is_sure = bool(elsewhere) and is_dark and all(map(sides.is_led_elsewhere, elsewhere))
    words = f"no record or accelerator leads requests to {sides.there}"
    is_read = bool(sides.leads)
    yield Gap(f"{words} while all is well" if is_read else f"{words}, as none was read", sure=is_sure, is_read=is_read)


STEPS: tuple[Callable[[Sides], Iterator[Gap]], ...] = (_copied, _live, _running, _as_large, _visited)
"""For each strategy, the cheapest first, what of it is missing."""
