"""Schedules as EventBridge and AWS Backup read them, cron(…) and rate(…): when they fire, and the longest wait.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html (read on 2026-11-27)
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from awslint_memo.model.record import record
from awslint_memo.model.spelled import whole

_FIRST, _LAST = date(2024, 1, 1), date(2029, 12, 31)
"""The years that are looked at: each length of a month and each weekday of its first day occurs."""

_DAY = 24 * 60
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_CRON = re.compile(r"cron\(\s*(.*?)\s*\)", re.S)
_RATE = re.compile(r"rate\(\s*([1-9]\d*)\s+(minute|hour|day)s?\s*\)")
_UNITS = {"minute": 60, "hour": 3600, "day": 86400}
_PART = re.compile(r"(?:(\*)|(\w+)(?:-(\w+))?)(?:/([1-9]\d*))?")
_SHOWN = 18
"""How many digits of a number are shown."""

_MOST = 50_000
"""Times that are put together of several schedules; more are told by none."""


@record(frozen=True, slots=True)
class Schedule:
    """When something happens: the days, and the minutes of each day, in order. There is no summer time."""

    days: Sequence[int]
    minutes: Sequence[int]

    @property
    def count(self) -> int:
        """How often it happens in the years that are looked at."""
        return len(self.days) * len(self.minutes)

    def times(self) -> Iterator[int]:
        """All times, in minutes."""
        return (day * _DAY + minute for day in self.days for minute in self.minutes)


@lru_cache(maxsize=1024)
def longest_gap(*written: str) -> float | None:
    """The longest time in seconds between two fires of any of these expressions, all of one time zone.

    None if one is not understood, is limited to certain years, or fires less than twice in six years. When a rate fires
    depends on when it was created, so of several with a rate among them nothing is told.
    """
    if len(written) == 1 and (rate := _rate(written[0])) is not None:
        return rate
    schedules = [cron(one) for one in written]
    known = [schedule for schedule in schedules if schedule is not None]
    return _gap(known) if len(known) == len(schedules) else None


@lru_cache(maxsize=1024)
def average_gap(*written: str) -> float | None:
    """The average time in seconds between two fires of any of these expressions, or less, where some coincide.

    None if one is not understood or is limited to certain years.
    """
    rates = [_rate_of(one) for one in written]
    known = [rate for rate in rates if rate]
    return 1 / sum(known) if known and len(known) == len(rates) else None


@lru_cache(maxsize=256)
def shortest_wait(later: str, *earlier: str) -> float | None:
    """The shortest time in seconds from the last fire of any of the earlier expressions to a fire of a later one.

    None if one is no cron expression that is understood, or never fires behind another.
    """
    schedules = [cron(one) for one in earlier]
    known = [schedule for schedule in schedules if schedule is not None]
    after = cron(later)
    if after is None or not known or len(known) != len(schedules):
        return None
    if after.count + sum(schedule.count for schedule in known) > _MOST:
        return None
    times = sorted({time for schedule in known for time in schedule.times()})
    waits = ((fire, bisect_right(times, fire)) for fire in after.times())
    least = min((fire - times[place - 1] for fire, place in waits if place), default=None)
    return None if least is None else least * 60.0


def _rate_of(written: str) -> float | None:
    """How often an expression fires in a second."""
    every = _rate(written)
    if every is not None:
        return 1 / every
    schedule = cron(written)
    return None if schedule is None else schedule.count / (((_LAST - _FIRST).days + 1) * _DAY * 60)


def _gap(schedules: Sequence[Schedule]) -> float | None:
    if not schedules:
        return None
    if len(schedules) == 1:
        return _gap_of_one(schedules[0])
    if sum(schedule.count for schedule in schedules) > _MOST:
        return None
    times = sorted({time for schedule in schedules for time in schedule.times()})
    return max((later - earlier for earlier, later in pairwise(times)), default=0) * 60.0 or None


def _gap_of_one(schedule: Schedule) -> float | None:
    minutes, days = schedule.minutes, schedule.days
    inside = max((later - earlier for earlier, later in pairwise(minutes)), default=0)
    over_night = minutes[0] - minutes[-1]
    between = max(((later - earlier) * _DAY + over_night for earlier, later in pairwise(days)), default=0)
    return max(inside, between) * 60.0 or None


def _rate(written: str) -> float | None:
    match = _RATE.fullmatch(written.strip())
    return None if match is None else float(whole(match[1]) * _UNITS[match[2]])


@lru_cache(maxsize=256)
def cron(written: str) -> Schedule | None:
    """The schedule of an expression such as cron(0 5 ? * MON-FRI *); None if it is not understood or never fires."""
    match = _CRON.fullmatch(written.strip())
    fields = match[1].upper().split() if match is not None else []
    if len(fields) != 6 or fields[5] not in ("*", "?"):
        return None
    minutes, hours = _numbers(fields[0], 0, 59), _numbers(fields[1], 0, 23)
    months = _numbers(fields[3], 1, 12, _MONTHS)
    if minutes is None or hours is None or months is None or (fields[2] == "?") == (fields[4] == "?"):
        return None
    days = _days(fields[2], fields[4], months)
    return (
        Schedule(days, [hour * 60 + minute for hour in sorted(hours) for minute in sorted(minutes)]) if days else None
    )


_FIELDS = (
    ("minutes", 0, 59, ()),
    ("hours", 0, 23, ()),
    ("day of the month", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("day of the week", 1, 7, _WEEKDAYS),
)
"""What the fields of a cron expression are, with the least and the greatest number of each. Any year is taken, whatever
the guide says: https://github.com/badmintoncryer/cdk-preflight, pf-events-rule-cron-fields (read on 2026-11-29)."""


def cron_fault(fields: Sequence[str]) -> str | None:
    """Why the fields of a cron expression are refused or never fire, in words; None if nothing surely is wrong.

    What only some of the readers of such expressions understand, such as L and #, is not judged.
    """
    for field, (name, least, most, _) in zip(fields, _FIELDS, strict=False):
        numbers = re.findall(r"(?<![\w/#])0*(\d+)", field)
        wrong = next((one for one in numbers if not least <= whole(one) <= most), None)
        if wrong is not None:
            shown = wrong if len(wrong) <= _SHOWN else f"{wrong[:_SHOWN]}…"
            return f"has {shown} for the {name} ({least} to {most}), so it is refused"
    days, months = _numbers(fields[2], 1, 31), _numbers(fields[3].upper(), 1, 12, _MONTHS)
    if days and months and all(day > monthrange(_FIRST.year, month)[1] for day in days for month in months):
        return "names no day that any of its months has, so it never runs"
    return None


def _days(of_month: str, of_week: str, months: set[int]) -> list[int] | None:
    """The days of the years that are looked at, as numbers of days from a fixed one."""
    days: list[int] = []
    for year in range(_FIRST.year, _LAST.year + 1):
        for month in sorted(months):
            last = monthrange(year, month)[1]
            found = _of_week(of_week, year, month) if of_month == "?" else _of_month(of_month, year, month, last)
            if found is None:
                return None
            days += [(date(year, month, day) - _FIRST).days for day in sorted(found) if 1 <= day <= last]
    return days


def _of_month(field: str, year: int, month: int, last: int) -> set[int] | None:
    """The days that a field for the day of the month means in one month."""
    found: set[int] = set()
    for part in field.split(","):
        if part == "L":
            found.add(last)
        elif part == "LW":
            found.add(_nearest_workday(year, month, last))
        elif part.endswith("W"):
            day = _number(part[:-1], ())
            if day is None or not 1 <= day <= 31:
                return None
            if day <= last:
                found.add(_nearest_workday(year, month, day))
        else:
            days = _numbers(part, 1, 31)
            if days is None:
                return None
            found |= days
    return found


def _nearest_workday(year: int, month: int, day: int) -> int:
    """The workday nearest to a day, in the same month."""
    weekday = date(year, month, day).weekday()
    if weekday == 5:
        return day - 1 if day > 1 else day + 2
    if weekday == 6:
        return day + 1 if day < monthrange(year, month)[1] else day - 2
    return day


def _of_week(field: str, year: int, month: int) -> set[int] | None:
    """The days that a field for the day of the week means in one month."""
    first, last = date(year, month, 1), monthrange(year, month)[1]
    of = {number: [] for number in range(1, 8)}  # type: dict[int, list[int]]
    for day in range(1, last + 1):
        of[((first + timedelta(day - 1)).isoweekday() % 7) + 1].append(day)
    found: set[int] = set()
    for part in field.split(","):
        name, mark, number = part.partition("#")
        plain = name.removesuffix("L") if not mark and name not in _WEEKDAYS else name
        days = _numbers(plain or "SAT", 1, 7, _WEEKDAYS)
        if days is None or (mark and number not in ("1", "2", "3", "4", "5")):
            return None
        for one in days:
            if mark:
                found.update(of[one][int(number) - 1 : int(number)])
            else:
                found.update(of[one][-1:] if plain != name and plain else of[one])
    return found


def _numbers(field: str, least: int, most: int, names: Sequence[str] = ()) -> set[int] | None:
    """The numbers that a field means; None if it is not understood."""
    found: set[int] = set()
    for part in field.split(","):
        match = _PART.fullmatch(part)
        if match is None:
            return None
        every, first, last, step = match.groups()
        start = least if every else _number(first, names)
        end = most if every or (step and last is None) else _number(last or first, names)
        if start is None or end is None or not (least <= start <= most and least <= end <= most):
            return None
        # A range may go over the end: FRI-MON.
        numbers = range(start, end + 1) if start <= end else [*range(start, most + 1), *range(least, end + 1)]
        found.update(list(numbers)[:: whole(step or "1")])
    return found


def _number(written: str, names: Sequence[str]) -> int | None:
    if written in names:
        return names.index(written) + 1
    return whole(written) if written.isdecimal() else None
