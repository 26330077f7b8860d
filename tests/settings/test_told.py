"""A configuration that silences a run is told, as it may be part of what is linted."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke, report

from awslint_memo import api

QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}\n"
ALL = len([rule for rule in api.rules().values() if rule.service != "suppression"])


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name in ("a.yaml", "b/c.yaml", "node_modules/d.yaml", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(QUEUE)


@pytest.mark.parametrize(
    ("exclude", "told"),
    [
        ("['**']", "a.yaml and b"),
        ("[a.yaml]", "a.yaml"),
        ("[b]", "b"),
        ("['b/*.yaml']", "b/c.yaml"),
        ("[c.yaml, a.yaml]", "a.yaml and b/c.yaml"),
    ],
)
def test_what_exclude_leaves_out(exclude: str, told: str) -> None:
    Path(".awslint-memo.yaml").write_text(f"profile: memo\nexclude: {exclude}\n")
    said = f".awslint-memo.yaml:2: not checked: {told}, left out by exclude"
    assert report()["summary"]["notices"] == [said]
    assert f"note: {said}" in invoke("lint").stdout
    assert said in invoke("lint", "--format", "sarif").stdout


@pytest.mark.parametrize("exclude", ["[notes.txt]", "[node_modules]", "[nothing]"])
def test_what_would_not_be_checked_anyway_needs_no_word(exclude: str) -> None:
    Path(".awslint-memo.yaml").write_text(f"exclude: {exclude}\n")
    assert report()["summary"]["notices"] == []


def test_a_file_that_a_person_names_is_not_excluded() -> None:
    Path(".awslint-memo.yaml").write_text("exclude: ['**']\n")
    assert report("a.yaml")["summary"] == {**report("a.yaml")["summary"], "files": 1, "notices": []}


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("ignore: ['*']", "no rule is"),
        ("select: [sqs-long-polling]", f"1 of {ALL} rules is"),
        ("select: [sqs-long-polling]\nrules: {sqs-long-polling: off}", "no rule is"),
        ("rules: {sqs-long-polling: off}", ""),
        ("profile: core", ""),
    ],
)
def test_most_rules_are_turned_off(settings: str, told: str) -> None:
    Path(".awslint-memo.yaml").write_text(settings)
    said = f".awslint-memo.yaml: {told} applied by select, ignore and rules of this configuration"
    assert report()["summary"]["notices"] == ([said] if told else [])


def test_rules_that_a_person_selects_need_no_word() -> None:
    Path(".awslint-memo.yaml").write_text("select: [sqs-long-polling]")
    assert report("--select", "sqs-long-polling")["summary"]["notices"] == []
