"""Why an objective is neither met nor missed, and what would tell: one reason for the loss, one for the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record
from awslint_memo.model.value import Unknown
from awslint_memo.relations.recovery import database_paths, losses, regions, remedies
from awslint_memo.relations.recovery.recovery_paths import Method, Path
from awslint_memo.relations.recovery.verdicts import Judged

MADE_ELSEWHERE = "what other stacks and programs back up"
DECLARE_ELSEWHERE = "declare `complete: true`, or `elsewhere`"
MEASURE = "declare `measured`"

_TAKES = {
    Method.FAILOVER: "a failover",
    Method.PROMOTE: "a promotion",
    Method.START: "a start of what is missing",
    Method.RESTORE: "a restore",
}


@record(frozen=True)
class Untold:
    """What of a row is not told. objective: rpo, keep or rto, also where none is declared. why: what is not known. do:
    what tells it."""

    objective: str
    why: str
    do: str

    @property
    def words(self) -> str:
        """Both, for people."""
        return f"{self.why} ({self.do})"


def reasons(row: Judged) -> list[Untold]:
    """Why something of a store after a disruption is not told; one reason for all that has the same."""
    known: dict[str, Untold] = {}
    for untold in _reasons(row):
        known.setdefault(untold.words, untold)
    return list(known.values())


_VARIABLE = "var."
"""How the key of the value of a root's variable begins."""


def region_of(resources: Sequence[Resource]) -> str:
    """What to do so that the Region of each of some resources is told, of which none is known."""
    ways, variables, others = dict[str, None](), dict[str, None](), dict[str, None]()
    for resource in resources:
        if resource.language != "terraform":
            ways["give AWS::Region as a parameter"] = None
        elif resource.terraform.region.is_absent:
            ways["give `region` of the provider a value"] = None
        elif broken := remedies.of_region(resource):
            ways[broken] = None
        else:
            region = resource.terraform.region
            keys = [piece.key for piece in region.pieces if isinstance(piece, Unknown)] + [regions.supposed(region)]
            variables.update((key, None) for key in keys if key.startswith(_VARIABLE))
            others.update((key, None) for key in keys if key and not key.startswith(_VARIABLE))
    if others:
        ways[f"write the Region in the provider, in place of {listed(list(others), _MOST)}"] = None
    if variables:
        ways[f"give {listed(list(variables), _MOST)} by --var-file"] = None
    if not any(map(_names_regions, resources)):
        ways["declare `regions`"] = None
    return ", or ".join(ways or ["give `region` of the provider a value"])


def _names_regions(resource: Resource) -> bool:
    """Whether the configuration names Regions: then that has told all that it can."""
    recovery = resource.deployment.declared.recovery
    return recovery is not None and bool(recovery.regions)


_MOST = 3
"""How many variables are named."""


def less(row: Judged) -> Untold | None:
    """Why less may be lost than the figure that is told, as "5m typically, or less" says; None where it doesn't, or
    where the reasons say it."""
    figure = losses.figure(row.bound)
    if not figure.may_be_less or row.rpo_verdict == "unknown":
        return None
    way = min(row.bound.seen, key=lambda way: (way.least(), way.sure))
    why = _of_way(row, "rpo", way, f"how much is lost with {way.named}")
    return None if any(why.words == other.words for other in reasons(row)) else why


def farther(row: Judged) -> str:
    """What may go farther back than is told, and what tells whether it does; empty where nothing that was read may, or
    where the reasons say it."""
    reach = row.bound.reach
    if row.disruption != "software" or reach is None:
        return ""
    ways = [way for way in row.bound.seen if not way.sure and way.doubt and (way.reach or 0) > reach]
    way = max(ways, key=lambda way: way.reach or 0, default=None)
    if way is None or way.doubt is None:
        return ""
    words = Untold("keep", *way.doubt).words
    return "" if any(words == other.words for other in reasons(row)) else f"{way.named}: {words}"


def _reasons(row: Judged) -> Iterator[Untold]:
    if row.rpo_verdict == "unknown" or (row.rpo is None and losses.figure(row.bound).kind == losses.NONE):
        yield _of_loss(row)
    if row.keep_verdict == "unknown":
        # One that may not be there is a reason too, however far back it goes.
        ways = [way for way in row.bound.ways if way.reach is None] or list(row.bound.ways)
        way = min(ways, key=_nearest)
        yield _of_way(row, "keep", way, f"how far back one can go by {way.named}")
    if row.rto_verdict == "unknown":
        yield _of_time(row)


def _of_loss(row: Judged) -> Untold:
    """The way that may meet the objective: one that a template speaks of rather than one that nobody shows."""
    rpo = row.rpo or 0
    able = [way for way in row.bound.ways if way.least() <= rpo] or list(row.bound.ways)
    way = min(able, key=_nearest)
    return _of_way(row, "rpo", way, f"how much is lost with {way.named}")


def _of_time(row: Judged) -> Untold:
    way = row.bound.way
    if way is None:
        way = min(row.bound.ways, key=_nearest)
        return _of_way(row, "rto", way, f"whether there is {way.named}")
    if way.back_typical is not None:
        easier = min((path for path in row.bound.seen if not path.sure), key=lambda path: path.back)
        return _of_way(row, "rto", easier, f"whether there is {easier.named}")
    if way.back_quoted:
        return Untold("rto", time_of(way), f"ask for 1h or more, or {MEASURE}")
    if way.doubt and way.ceiling == 0:
        return Untold("rto", *way.doubt)
    return Untold("rto", time_of(way), MEASURE)


_A_MINUTE = 60
"""Seconds of which AWS says "seconds", at the most."""


def _tells_copy(store: Resource, way: Path) -> str:
    """What tells whether a copy is there, and in which Region."""
    nowhere = [each for each in (store, way.by) if each is not None and regions.told(each) is None]
    return region_of(nowhere) if nowhere and way.by is not None else remedies.of_value(store)


def time_of(way: Path) -> str:
    """That it is not known how long a way back takes, with what AWS says of it where that is no figure."""
    said = f': AWS says "{way.back_quoted}"' if way.back_quoted else ""
    what = "it" if way.how == database_paths.BACKTRACKING else _TAKES.get(way.back, "it")
    return f"how long {what} takes{said}"


def _nearest(way: Path) -> tuple[bool, bool, float, bool]:
    """What speaks for the reason by a way: a template does, it is not sure, it loses least, and the copy was read."""
    return not way.seen, way.sure, way.least(), way.by is None


def _of_way(row: Judged, objective: str, way: Path, question: str) -> Untold:
    if not way.seen:
        return Untold(objective, MADE_ELSEWHERE, DECLARE_ELSEWHERE)
    words = "; ".join(words for _, words in way.because[:1])
    if way.quoted and not way.sure and (objective == "rto" or (objective == "rpo" and (row.rpo or 0) >= _A_MINUTE)):
        # What AWS says in words is enough then; whether the copy is there is what is not known.
        asked = f"whether {way.named} is there, in another Region: {words}"
        return Untold(objective, asked, _tells_copy(row.store.resource, way))
    if way.doubt:
        return Untold(objective, *way.doubt)
    if "not known" in words:
        return Untold(objective, words, remedies.of_value(row.store.resource, words))
    if not way.sure:
        return Untold(objective, f"whether there is {way.named}: {words}", "declare it under `elsewhere`")
    return Untold(objective, question, "AWS documents no figure; declare `elsewhere` what you rely on")
