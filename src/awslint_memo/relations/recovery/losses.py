"""What is lost of a store after a disruption, as one figure of a kind, and in words."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from awslint_memo.model.durations import compact
from awslint_memo.model.record import record, replace
from awslint_memo.relations.recovery.recovery_paths import Bound, Path

EVERYTHING, BOUND, TYPICAL, EXPECTED, LEAST, NONE = "everything", "bound", "typical", "expected", "least", "none"
"""The kinds of a figure: nothing comes back; surely not exceeded; as AWS documents it; by arithmetic, from a schedule
and the time in which a backup starts; only what is lost at least; no figure."""


@record(frozen=True)
class Figure:
    """What is told of a loss.

    seconds: None where there are AWS's words, or no figure. is_least: whether more may add to it by arithmetic. most:
    what is surely not exceeded, beside what is typical or expected. may_be_less: whether something that is not known
    may lose less. page: AWS's; empty where a person declares it.
    """

    kind: str
    seconds: float | None = None
    quoted: str = ""
    is_least: bool = False
    most: float | None = None
    may_be_less: bool = False
    page: str = ""

    @property
    def words(self) -> str:
        """The figure for people: nothing, 5m typically, 32h expected, 24h or more, everything, not told."""
        return ", ".join(self._parts())

    @property
    def brief(self) -> str:
        """The same without what is surely not exceeded beside it."""
        return replace(self, most=None).words

    def _parts(self) -> Iterator[str]:
        length = "" if self.seconds is None else compact(self.seconds)
        if self.kind == EVERYTHING:
            yield "everything"
        elif self.kind == BOUND:
            yield "nothing" if self.seconds == 0 else f"{length} at most"
        elif self.kind == TYPICAL:
            yield self.quoted or ("nothing typically" if self.seconds == 0 else f"{length} typically")
        elif self.kind == EXPECTED:
            yield f"{length} or more expected" if self.is_least else f"{length} expected"
        else:
            yield f"{length} or more" if self.kind == LEAST else "not told"
        if self.most is not None:
            yield f"{compact(self.most)} at most"
        if self.may_be_less:
            yield "or less"


def figure(bound: Bound) -> Figure:
    """What is told of a loss: by the ways that surely exist, the figure that is least; else what is lost at least."""
    if not bound.ways:
        return Figure(EVERYTHING)
    told = min(map(_of_way, bound.sure), key=_rank, default=Figure(NONE))
    ceiling = bound.ceiling
    if ceiling is not None and (told.kind in (NONE, LEAST) or ceiling <= _least(told)):
        page = next(way.source for way in bound.sure if way.ceiling == ceiling)
        return Figure(BOUND, ceiling, page=page)
    if told.kind in (NONE, LEAST):
        floor = Bound(bound.sure or bound.ways).floor
        known = min(bound.sure or bound.ways, key=lambda way: way.floor)
        told = Figure(LEAST, floor, page=known.source) if 0 < floor < inf else told
    may_be_less = told.kind != NONE and bool(bound.sure) and _may_be_less(bound, told)
    return replace(told, may_be_less=may_be_less)


def by_reach(bound: Bound) -> list[tuple[Figure, float | None]]:
    """What is lost by how far one goes back, the nearest first: each figure with the seconds up to which it holds, and
    None for ways of which it is not known how far they reach. What loses no more reaches farther: it is one of them."""
    whole = figure(bound)
    found: list[tuple[Figure, float | None]] = [(whole, None)]
    for reach in sorted({way.reach for way in bound.sure if way.reach is not None}):
        ways = [way for way in bound.ways if not way.sure or (way.reach is not None and way.reach >= reach)]
        told = figure(Bound(ways))
        if told.words == found[-1][0].words:
            found.pop()
        found.append((told, reach))
    return found


def _of_way(way: Path) -> Figure:
    """The figure of one way, with its own bound."""
    if way.usual is not None:
        return Figure(TYPICAL, way.typical, way.quoted, most=way.ceiling, page=way.source)
    if way.expected is not None:
        least, most = way.expected
        seconds = least if most is None else most
        return Figure(EXPECTED, seconds, is_least=most is None, most=way.ceiling, page=way.source)
    return Figure(LEAST, way.floor, page=way.source) if 0 < way.floor < inf else Figure(NONE, page=way.source)


def _rank(figure: Figure) -> tuple[bool, float]:
    return figure.kind in (NONE, LEAST), _least(figure)


def _least(figure: Figure) -> float:
    return inf if figure.seconds is None and not figure.quoted else figure.seconds or 1


def _may_be_less(bound: Bound, told: Figure) -> bool:
    """Whether a way that a template speaks of, and that may exist or has no figure, loses less than what is told."""
    return any(way.least() < _least(told) for way in bound.seen if not _is_told(way))


def _is_told(way: Path) -> bool:
    """Whether a way surely exists and its figure is at most what is told of it."""
    return way.sure and (way.usual is not None or (way.expected is not None and way.expected[1] is not None))
