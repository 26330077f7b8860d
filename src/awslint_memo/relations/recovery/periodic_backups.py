"""Recovery paths by backups that are made from time to time: how far these are apart, and how soon each begins."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.facts import Fact
from awslint_memo.model.record import replace
from awslint_memo.model.schedules import average_gap, longest_gap
from awslint_memo.model.value import Value
from awslint_memo.relations.recovery.recovery_paths import Method, Path, Reasons, at_least, days


def periodic(
    how: str,
    figure: Fact[int],
    maker: str,
    kept: Value,
    reasons: Reasons,
    disruption: str,
    *,
    window: float | None = None,
) -> Path:
    """Backups that a service makes from time to time (figure: seconds) and keeps for the days of a setting.

    maker: who makes them, as `every` has it. window: the seconds in which one begins; None if that is not known.
    """
    path = at_least(how, figure, Method.RESTORE, reasons, sure=kept.number is not None)
    expected = (float(figure.value), None) if window is None else (figure.value + window, figure.value + window)
    reach = days(kept) if disruption == "software" else None
    return replace(path, reach=reach, every=(maker, figure.value), expected=expected)


def gaps_between(
    expressions: Sequence[str | None], least: Fact[int], *, is_one_zone: bool = True
) -> tuple[float, float]:
    """The longest and the average time between two backups by all of some schedules together.

    least: what there is at least, which also stands for what is not known. is_one_zone: whether all schedules are in
    one time zone, without which the longest time is not known.
    """
    known = [expression for expression in expressions if expression is not None]
    is_whole = len(known) == len(expressions)
    longest = longest_gap(*known) if is_whole and is_one_zone else None
    average = average_gap(*known) if is_whole else None
    return float(least.value) if longest is None else longest, float(least.value) if average is None else average


def expected(
    gap: float | None, start: float | None, floor: float, *, is_copied: bool = False
) -> tuple[float, float | None]:
    """What is lost by arithmetic, at least and at most: the longest time between two backups of a schedule (gap), and
    the time in which one begins (start); None where these are not known.

    floor: the longest time between two backups of all schedules, which is the least, if they begin on time. is_copied:
    whether the backup has to be copied, which takes as long as no page says.
    """
    if gap is None or start is None:
        return floor, None
    own = gap + start
    return own if gap == floor else floor, None if is_copied else own
