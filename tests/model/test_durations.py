"""Parsing of durations."""

import pytest

from awslint_memo.model.durations import format_duration, seconds


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (45, 45),
        (0.5, 0.5),
        ("45", 45),
        ("45s", 45),
        (" 2 m ", 120),
        ("1h", 3600),
        ("1d", 86400),
        ("500ms", 0.5),
        ("1h 30m", 5400),
        ("1.5H", 5400),
    ],
)
def test_a_length_of_time_in_seconds(written: object, expected: float) -> None:
    assert seconds(written) == expected


@pytest.mark.parametrize(
    "written",
    ["", "s", "soon", "45 apples", "1h and a bit", "-5s", "PT45S", 0, -1, float("inf"), float("nan"), True, None, [45]],
)
def test_invalid_durations(written: object) -> None:
    assert seconds(written) is None


@pytest.mark.parametrize(("length", "said"), [(30, "30 s"), (86399, "86399 s"), (86400, "1 day"), (345600, "4 days")])
def test_a_length_in_the_words_of_a_message(length: float, said: str) -> None:
    assert format_duration(length) == said
