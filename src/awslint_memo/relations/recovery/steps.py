"""What each strategy needs beside the one before it, and what of it is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from awslint_memo.relations.recovery import computing
from awslint_memo.relations.recovery.links import Link, Sides
from awslint_memo.relations.recovery.ways import Back, Way


def _copied(sides: Sides) -> Iterator[Link]:
    """Each store has a copy in the other Region."""
    yield from _data(sides, Back.RESTORE, "copy")


def _live(sides: Sides) -> Iterator[Link]:
    """Each store is live in the other Region."""
    yield from _data(sides, Back.START, "live copy")


def _data(sides: Sides, hardest: Back, what: str) -> Iterator[Link]:
    if not sides.held and not sides.has_stores:
        yield Link("no store of data is in what was read", sure=False)
    for one in sides.held:
        ways = [way for way in one.ways if way.back <= hardest]
        near = [way for way in ways if sides.region is None or way.region in (sides.region, None)]
        if any(_is_certain(way, sides.region) for way in near):
            continue
        title = one.resource.title
        # What was not read may hold a live copy too, while the ways of it are those of backups.
        if near or not one.sure or one.resource.is_open:
            yield Link(
                f"whether {title} has a {what} in {sides.there} is not told", one.resource, sure=False, is_data=True
            )
        else:
            words = f"{title} has no {what} in {sides.there}"
            yield Link(words, one.resource, sure=not sides.stack_sets(), is_data=True)


def _is_certain(way: Way, region: str | None) -> bool:
    return way.sure and (region is None or way.region == region)


def _running(sides: Sides) -> Iterator[Link]:
    """What computes in the primary Region runs in the other one too, and something takes requests there."""
    home = computing.by_kind(sides.at_home())
    if not home:
        yield Link(f"what runs in {sides.here} is not in what was read", sure=False)
    states = {kind: _state(sides, kind) for kind in home}
    is_dark = all(state is False for state in states.values()) and not sides.stack_sets()
    for kind, state in states.items():
        if state is not True:
            yield _not_running(sides, kind, state, is_dark=is_dark)
    if sides.has_entry(there=True):
        return
    is_sure = sides.has_entry(there=False) and not sides.has_entry(there=None) and not sides.stack_sets()
    yield Link(f"no load balancer, API or function URL takes requests in {sides.there}", sure=is_sure)


def _state(sides: Sides, kind: str) -> bool | None:
    """Whether something of a kind runs in the other Region."""
    there = computing.by_kind(sides.computes(there=True)).get(kind, [])
    state = computing.is_running(there)
    unclear = computing.by_kind(sides.computes(there=None)).get(kind)
    return None if unclear and not state else state


def _not_running(sides: Sides, kind: str, state: bool | None, *, is_dark: bool) -> Link:
    off = [one for one in sides.computes(there=True) if one.kind == kind]
    if state is None:
        return Link(f"whether {kind} run in {sides.there} is not told", sure=False)
    if off:
        names = ", ".join(dict.fromkeys(one.member.resource.title for one in off))
        return Link(f"{names} runs nothing in {sides.there}", off[0].member.resource, sure=is_dark)
    return Link(f"no {kind} run in {sides.there}", sure=is_dark)


def _as_large(sides: Sides) -> Iterator[Link]:
    """What computes in the other Region is not smaller than in the primary one."""
    home = computing.by_kind(sides.at_home())
    there = computing.by_kind(sides.computes(there=True))
    unclear = computing.by_kind(sides.computes(there=None))
    for kind, here in home.items():
        if not there.get(kind):
            continue  # That nothing runs was missed before.
        more = unclear.get(kind, [])  # Which may stand on either side.
        if computing.is_smaller(there[kind], [*here, *more]) is False:
            continue
        if computing.is_smaller([*there[kind], *more], here):
            words = f"the {kind} in {sides.there} are smaller"
            yield Link(words, there[kind][0].member.resource, sure=not sides.stack_sets())
        else:
            yield Link(f"whether there are as many {kind} in {sides.there} is not told", sure=False)


def _visited(sides: Sides) -> Iterator[Link]:
    """Requests are led to the other Region while all is well."""
    there = [one for one in sides.leads if one.region is not None and one.region == sides.region]
    if any(one.carries and one.sure for one in there):
        return
    elsewhere = [one for one in sides.leads if one not in there and one.carries is not False]
    is_dark = all(one.carries is False for one in there)
    is_sure = bool(elsewhere) and is_dark and all(map(sides.is_led_elsewhere, elsewhere))
    yield Link(f"no record or accelerator leads requests to {sides.there}", sure=is_sure)


STEPS: tuple[Callable[[Sides], Iterator[Link]], ...] = (_copied, _live, _running, _as_large, _visited)
"""For each strategy, the cheapest first, what of it is missing."""
