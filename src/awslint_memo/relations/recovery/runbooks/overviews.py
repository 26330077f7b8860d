"""Regions side by side: what of an application stands in each, what is dark, and how data and requests get there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record, replace
from awslint_memo.relations.recovery import stores
from awslint_memo.relations.recovery.capacity import Computing, Lead
from awslint_memo.relations.recovery.gaps import Held, Sides
from awslint_memo.relations.recovery.recovery_paths import Bound, Method, Path
from awslint_memo.relations.recovery.runbooks import capacity_tasks, entry_tasks
from awslint_memo.relations.recovery.runbooks.partners import partners
from awslint_memo.relations.recovery.verdicts import loss

MOST_REGIONS = 4
"""So many Regions are shown beside each other."""

_HUMPS = regex(r"(?<=[a-z])(?=[A-Z])")


@record(frozen=True)
class Cell:
    """What stands in one Region. state: live (it works, or takes requests), standby (it waits, with what is needed),
    copy (data that are restored first), dark (it is there, and off), none, or unknown. words: what of it is known.
    link: how data get there, or what comes there; empty where nothing does."""

    state: str
    words: str = ""
    link: str = ""


@record(frozen=True)
class Row:
    """One thing in each Region. group: requests, entries, compute or data. title, kind: what it is. cells: in the order
    of the Regions."""

    group: str
    title: str
    kind: str
    cells: Sequence[Cell]


@record(frozen=True)
class Overview:
    """Regions beside each other. regions: their names, the primary one first. left_out: Regions that are not shown."""

    regions: Sequence[str]
    rows: Sequence[Row]
    left_out: Sequence[str] = ()


NOTHING = Cell("none")


def overview(sides: Sides) -> Overview | None:
    """What an application has in each Region; None where there is only one."""
    others = sides.others
    if not others:
        return None
    shown = others[: MOST_REGIONS - 1]
    every = [sides.towards(region) for region in shown]
    rows = [*_requests(sides, shown), *_entries(sides, shown), *_compute(every), *_data(sides, shown)]
    return Overview([sides.here, *shown], rows, others[len(shown) :])


def _requests(sides: Sides, others: Sequence[str]) -> Iterator[Row]:
    """The names and accelerators that lead requests, each with what leads to which Region."""
    by_name: dict[tuple[object, ...], list[Lead]] = {}
    for lead in sides.leads:
        if lead.region is not None or lead.target is not None:
            by_name.setdefault(entry_tasks.key(lead), []).append(lead)
    for leads in by_name.values():
        first = leads[0]
        title = first.holder.title if first.record is None else first.record.name.shown or first.holder.title
        kind = "record" if first.record is not None else _kind(first.holder.type)
        cells = [_led(leads, region, sides) for region in (sides.primary, *others)]
        yield Row("requests", title, kind, cells)


def _led(leads: Sequence[Lead], region: str | None, sides: Sides) -> Cell:
    here = [lead for lead in leads if (lead.region or sides.primary) == region]
    if not here:
        return NOTHING
    if any(lead.carries for lead in here):
        return Cell("live", "requests are led here")
    if all(lead.carries is False for lead in here):
        is_failover = all(lead.record is not None and not lead.record.get("Failover").is_absent for lead in here)
        return Cell("standby", "takes over when the others fail" if is_failover else "no requests are led here")
    return Cell("unknown", "whether requests are led here")


def _entries(sides: Sides, others: Sequence[str]) -> Iterator[Row]:
    """What takes requests, by its kind."""
    by_kind: dict[str, list[tuple[str, str | None]]] = {}
    for member, region in sides.entries:
        by_kind.setdefault(_kind(member.resource.type), []).append((member.resource.title, region))
    for kind, known in by_kind.items():
        cells = []
        for region in (sides.primary, *others):
            titles = list(dict.fromkeys(title for title, own in known if (own or sides.primary) == region))
            cells.append(Cell("live", ", ".join(titles)) if titles else NOTHING)
        yield Row("entries", kind, "takes requests", cells)


def _kind(type_: str) -> str:
    """The last part of a type in words: load balancer."""
    return _HUMPS.sub(" ", type_.rpartition("::")[2]).lower()


def _compute(every: Sequence[Sides]) -> Iterator[Row]:
    """What computes at home, with what does the same elsewhere."""
    met: set[int] = set()
    computers = every[0].at_home()
    pairs = [partners(sides, computers) for sides in every]
    for home in computers:
        cells = [_running(home)]
        for sides, known in zip(every, pairs, strict=True):
            partner = known.get(id(home))
            met |= set() if partner is None else {id(partner.member.resource)}
            unclear = partner is None and any(other.kind == home.kind for other in sides.computes(there=None))
            cells.append(
                Cell("unknown", home.kind) if unclear else NOTHING if partner is None else _beside(home, partner)
            )
        yield Row("compute", home.member.resource.title, home.kind, cells)
    for number, sides in enumerate(every):
        for computing in sides.computes(there=True):
            if id(computing.member.resource) not in met:
                blank = [NOTHING] * (len(every) + 1)
                blank[number + 1] = _running(computing)
                yield Row("compute", computing.member.resource.title, computing.kind, blank)


def _beside(home: Computing, partner: Computing) -> Cell:
    cell = _running(partner)
    mine, own = capacity_tasks.numbers(partner), capacity_tasks.numbers(home)
    pairs = list(zip(mine, own, strict=True))
    is_smaller = any(less is not None and more is not None and less < more for less, more in pairs)
    return replace(cell, words=f"{cell.words}, smaller") if cell.state == "live" and is_smaller else cell


def _running(computing: Computing) -> Cell:
    size = computing.size
    words = "scales by itself" if size.by_itself else capacity_tasks.sized(capacity_tasks.numbers(computing))
    if size.runs is None or not computing.member.sure:
        return Cell("unknown", words)
    return Cell("live", words) if size.runs else Cell("dark", words)


def _data(sides: Sides, others: Sequence[str]) -> Iterator[Row]:
    """The stores, with the copies of each."""
    for held in sides.held:
        store = stores.store(held.resource)
        home = Cell("live" if held.sure else "unknown", "" if store is None else store.kind)
        yield Row("data", held.resource.title, "", [home, *(_copied(held, region) for region in others)])


_STATES: Mapping[Method, str] = {Method.NOTHING: "live", Method.RESTORE: "copy"}


def _copied(held: Held, region: str) -> Cell:
    ways = [way for way in held.ways if way.region in (region, None)]
    way = min(ways, key=lambda each: (not each.sure, each.region is None, each.back, each.floor), default=None)
    if way is None:
        return NOTHING
    state = _STATES.get(way.back, "standby") if way.sure else "unknown"
    return Cell(state, way.by.title if way.by is not None and way.back != Method.RESTORE else way.how, _link(way))


def _link(way: Path) -> str:
    """What is behind, or lost, and what has to be done."""
    words = loss(Bound([replace(way, sure=True)]))
    lost = "loss not told" if words == "not told" else f"loses {words}"
    back = "" if way.back == Method.NOTHING else f", {way.back.word}"
    return f"{lost}{back}"
