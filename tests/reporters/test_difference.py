"""The unified diff of long texts, whose lines are mostly like others."""

from __future__ import annotations

import cProfile
import pstats

import pytest

from awslint_memo.reporters.difference import ShownLines, hunks

PART = "  Queue{0}:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: {1}\n      DelaySeconds: 1\n"


def texts(number: int) -> tuple[ShownLines, ShownLines]:
    """A template with so many queues, and the same with another time in each tenth, one more and one less."""
    old = [PART.format(each, 60) for each in range(number)]
    new = [PART.format(each, 360 if each % 10 == 5 else 60) for each in range(number)]
    return ShownLines("".join(old)), ShownLines("".join([*new[:20], PART.format("New", 1), *new[20:-1]]))


def made(old: ShownLines, new: ShownLines) -> list[str]:
    return list(hunks(old, new, (0, len(old.lines)), (0, len(new.lines))))


@pytest.mark.parametrize("number", [100, 400])
def test_only_what_changed_is_in_a_diff(number: int) -> None:
    lines = made(*texts(number))
    changed = [line for line in lines if line[0] in "+-"]
    assert len(changed) == number // 10 * 2 + 5 + 5
    assert lines[:8] == [
        "@@ -26,7 +26,7 @@",
        "   Queue5:",
        "     Type: AWS::SQS::Queue",
        "     Properties:",
        "-      VisibilityTimeout: 60",
        "+      VisibilityTimeout: 360",
        "       DelaySeconds: 1",
        "   Queue6:",
    ]
    assert [line for line in lines if "New" in line] == ["+  QueueNew:"]


def test_what_a_diff_takes_grows_with_the_text() -> None:
    calls = []
    for number in (400, 800):
        profile = cProfile.Profile()
        profile.runcall(made, *texts(number))
        calls.append(sum(each[1] for each in pstats.Stats(profile).stats.values()))  # type: ignore[attr-defined]
    assert calls[1] < 2.5 * calls[0]
