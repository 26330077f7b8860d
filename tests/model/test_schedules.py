"""The longest gap of schedules, compared with one found minute by minute."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

import pytest
from tests.cases import each_case

from awslint_memo.model.schedules import average_gap, cron, longest_gap, shortest_wait

HOUR, DAY = 3600, 86400


@each_case(
    ("written", "gap"),
    [
        ("cron(0 5 ? * * *)", DAY),
        ("cron(0 5 ? * MON-FRI *)", 3 * DAY),
        ("cron(0 5 ? * 2-6 *)", 3 * DAY),
        ("cron(0 5 ? * FRI-MON *)", 4 * DAY),
        ("cron(0 5 ? * sat,SUN *)", 6 * DAY),
        ("cron(0 */6 * * ? *)", 6 * HOUR),
        ("cron(0 1/6 * * ? *)", 6 * HOUR),
        ("cron(0 9-17/2 * * ? *)", 16 * HOUR),
        ("cron(15,45 * * * ? *)", HOUR / 2),
        ("cron(0 5 1 * ? *)", 31 * DAY),
        ("cron(0 5 L * ? *)", 31 * DAY),
        ("cron(0 5 31 * ? *)", 61 * DAY),
        ("cron(0 5 1,15 * ? *)", 17 * DAY),
        ("cron(0 5 1 1/3 ? *)", 92 * DAY),
        ("cron(0 5 1 JAN,JUL ? *)", 184 * DAY),
        ("cron(0 5 29 2 ? *)", 1461 * DAY),
        ("cron(0 5 ? * 6L *)", 35 * DAY),
        ("cron(0 5 ? * FRI#1 *)", 35 * DAY),
        ("cron(0 5 ? * L *)", 7 * DAY),
        ("rate(12 hours)", 12 * HOUR),
        ("rate(1 day)", DAY),
        (" rate(5 minutes) ", 300),
    ],
)
def test_the_longest_gap(written: str, gap: float) -> None:
    assert longest_gap(written) == gap


@each_case(
    "written",
    [
        "", "daily", "at(2026-01-01T00:00:00)", "cron(0 5 * * * *)", "cron(0 5 ? * ? *)", "cron(0 5 ? * * 2026)",
        "cron(0 5 ? * *)", "cron(60 5 ? * * *)", "cron(0 24 ? * * *)", "cron(0 5 ? * 8 *)", "cron(0 5 ? * FRI#6 *)",
        "cron(0 5 32 * ? *)", "cron(0 5 XW * ? *)", "cron(0 5 30 2 ? *)", "cron(a 5 ? * * *)", "rate(0 hours)",
        "rate(1.5 hours)", "cron(0 5 1 * ? *) x", "cron(0/0 5 ? * * *)",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_not_told(written: str) -> None:
    assert longest_gap(written) is None


def test_several_schedules_are_put_together() -> None:
    assert longest_gap("cron(0 0 ? * * *)", "cron(0 12 ? * * *)") == 12 * HOUR
    assert longest_gap("cron(0 5 1 * ? *)", "cron(0 5 ? * SUN *)") == 7 * DAY
    assert longest_gap("cron(0 0 ? * * *)", "rate(1 day)") is None
    assert longest_gap("cron(0 0 ? * * *)", "daily") is None
    assert longest_gap() is None


DAYS: Mapping[str, Callable[[date], bool]] = {
    "15W": lambda day: day.weekday() < 5 and any(
        near.month == day.month and (near == day or near.weekday() >= 5) and near.day == 15
        for near in (day, day + timedelta(1), day - timedelta(1))
        if near == day or (near.weekday() == 5 and near > day) or (near.weekday() == 6 and near < day)
    ),
    "L": lambda day: (day + timedelta(1)).month != day.month,
    "10-20/3": lambda day: day.day in (10, 13, 16, 19),
    "*/7": lambda day: day.day in (1, 8, 15, 22, 29),
}  # fmt: skip


@each_case("field", DAYS)
def test_the_days_of_a_month_are_those_that_a_calendar_shows(field: str) -> None:
    made = cron(f"cron(0 5 {field} * ? *)")
    assert made is not None
    first = date(2024, 1, 1)
    every = [first + timedelta(number) for number in range((date(2030, 1, 1) - first).days)]
    assert [first + timedelta(day) for day in made.days] == [day for day in every if DAYS[field](day)]


@pytest.mark.parametrize(
    "written", ["cron(0,20 3-5 ? * TUE,THU *)", "cron(10 */5 1-7 3,9 ? *)", "cron(5 0 ? * MON#2 *)"]
)
def test_times_are_those_found_minute_by_minute(written: str) -> None:
    made = cron(written)
    assert made is not None
    start = datetime(2024, 1, 1)
    found = {start + timedelta(minutes=time) for time in made.times() if time < 366 * 24 * 60}
    wanted = {moment for day in range(366) for moment in _fires(written, start + timedelta(day))}
    assert found == wanted


def _fires(written: str, day: datetime) -> set[datetime]:
    """The times of a day at which one of the schedules above fires, by what its words mean."""
    hours, minutes, holds = {
        "cron(0,20 3-5 ? * TUE,THU *)": ((3, 4, 5), (0, 20), day.weekday() in (1, 3)),
        "cron(10 */5 1-7 3,9 ? *)": ((0, 5, 10, 15, 20), (10,), day.month in (3, 9) and day.day <= 7),
        "cron(5 0 ? * MON#2 *)": ((0,), (5,), day.weekday() == 0 and 8 <= day.day <= 14),
    }[written]
    return {day.replace(hour=hour, minute=minute) for hour in hours for minute in minutes if holds}


@each_case(
    ("written", "average"),
    [
        (["cron(0 5 ? * * *)"], DAY),
        (["cron(0 5,17 ? * * *)"], DAY / 2),
        (["rate(6 hours)"], DAY / 4),
        (["cron(0 5 ? * * *)", "cron(0 17 ? * * *)"], DAY / 2),
        (["cron(0 5 ? * MON-FRI *)"], 7 * DAY / 5),
        (["cron(0 5 ? * * *)", "soon"], None),
        (["cron(0 5 ? * * 2026)"], None),
        ([], None),
    ],
)
def test_the_average_gap(written: list[str], average: float | None) -> None:
    assert average_gap(*written) == (None if average is None else pytest.approx(average, rel=1e-3))


@pytest.mark.parametrize(
    ("later", "earlier", "wait"),
    [
        ("cron(0 6 ? * THU *)", ["cron(0 1 ? * SUN *)"], 4 * DAY + 5 * HOUR),
        ("cron(0 6 ? * THU *)", ["cron(0 1 ? * SUN *)", "cron(0 4 ? * WED *)"], DAY + 2 * HOUR),
        ("cron(0 6 ? * * *)", ["cron(0 1 ? * SUN *)"], 5 * HOUR),
        ("cron(0 6 ? * SUN *)", ["cron(0 6 ? * SUN *)"], 0),
        ("rate(7 days)", ["cron(0 1 ? * SUN *)"], None),
        ("cron(0 6 ? * THU *)", ["rate(7 days)"], None),
        ("cron(0 6 ? * THU *)", [], None),
        ("cron(* * ? * * *)", ["cron(0 1 ? * SUN *)"], None),
    ],
)
def test_the_shortest_wait_behind_another(later: str, earlier: list[str], wait: float | None) -> None:
    assert shortest_wait(later, *earlier) == wait
