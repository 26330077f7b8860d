"""Drawing edits of fixes for people to read, as `bench/fix_review.py` does."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bench import fix_review

TEMPLATE = "Resources:\n  %s:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      BillingMode: PAY_PER_REQUEST\n"
TOPIC = "Resources:\n  %s:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 30\n"


def drawn(folder: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> dict[str, str]:
    """The files that are written, by their names, for two repositories."""
    for owner, name in (("a", "Orders"), ("b", "Items"), ("c", "Orders")):
        repository = folder / f"{owner}+shop"
        repository.mkdir(exist_ok=True)
        (repository / "t.yaml").write_text(TEMPLATE % name + (TOPIC % "Queue").partition("\n")[2])
    dest = folder / "drawn"
    folders = [str(folder / f"{owner}+shop") for owner in "abc"]
    monkeypatch.setattr(sys, "argv", ["fix_review", *options, str(dest), "1", *folders])
    fix_review.main()
    return {str(path.relative_to(dest)): path.read_text() for path in sorted(dest.rglob("*.*"))}


def test_edits_that_differ_are_drawn_each_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = drawn(tmp_path, monkeypatch)
    [*diffs] = (text for name, text in files.items() if name.startswith("safe/"))
    recovery = [text for text in diffs if "dynamodb-point-in-time-recovery" in text]
    # Those of the other repositories add the same lines.
    assert len(recovery) == 1
    assert "+++ b/t.yaml" in recovery[0]
    assert "+        PointInTimeRecoveryEnabled: true" in recovery[0]
    assert all("shop/t.yaml" not in text for text in diffs)
    assert "| safe/001.diff | " in files["INDEX.md"]
    assert all("# why a person should decide: " in text for name, text in files.items() if name.startswith("unsafe/"))


def test_a_draw_is_the_same_for_its_seed_and_no_larger_than_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = drawn(tmp_path, monkeypatch, "--safe", "1", "--unsafe", "1")
    assert first == drawn(tmp_path, monkeypatch, "--safe", "1", "--unsafe", "1")
    assert sorted(first) == ["INDEX.md", "safe/001.diff", "unsafe/001.diff"]


def test_a_repository_that_takes_too_long_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(drawn(tmp_path, monkeypatch, "--seconds", "0.001")) == ["INDEX.md"]
    assert capsys.readouterr().err.count("took too long, and is left") == 3


def test_a_diff_shows_no_line_that_stays_as_changed() -> None:
    table = TEMPLATE.partition("\n")[2]
    text = "Resources:\n" + "".join(table % f"Table{number}" for number in range(60))
    last = "  Last:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: %d\n" + table % "End"
    diff = fix_review._diff("t.yaml", text + last % 30, text + last % 180)
    changed = [line for line in diff.splitlines() if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["-      VisibilityTimeout: 30", "+      VisibilityTimeout: 180"]
