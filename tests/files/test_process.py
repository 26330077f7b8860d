"""A container may leave a process fewer processors than the machine has."""

import os
import sys
from pathlib import Path

import pytest

from awslint_memo.files import process


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one")
@pytest.mark.parametrize(
    ("new", "quota", "period", "number"),
    [
        ("200000 100000", "", "", 2),
        ("150000 100000", "", "", 1),
        ("50000 100000", "", "", 1),
        ("900000 100000", "", "", 4),
        ("max 100000", "", "", 4),
        ("", "300000", "100000", 3),
        ("", "-1", "100000", 4),
        ("", "", "", 4),
        ("x", "", "", 4),
        ("100000 0", "", "", 4),
    ],
)
def test_quotas(
    new: str, quota: str, period: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in (("_QUOTA", new), ("_QUOTA_OF_V1", quota), ("_PERIOD_OF_V1", period)):
        path = tmp_path / name
        if text:
            path.write_text(f"{text}\n")
        monkeypatch.setattr(process, name, str(path))
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3})
    assert process.processors() == number


def test_other_systems_have_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert process.processors() == 1
