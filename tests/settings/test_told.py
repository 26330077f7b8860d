"""A configuration that silences a run is told, as it may be part of what is linted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke, report

from awslint_memo import api
from awslint_memo.judging.suppression_rules import ENGINE_RULES

QUEUE = "Resources: {Q: {Type: AWS::SQS::Queue}}\n"
ALL = len([rule for rule in api.rules() if rule not in ENGINE_RULES])


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    for name in ("a.yaml", "b/c.yaml", "node_modules/d.yaml", "notes.md"):
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


@pytest.mark.parametrize("exclude", ["[notes.md]", "[node_modules]", "[nothing]"])
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
    ],
)
def test_most_rules_are_turned_off(settings: str, told: str) -> None:
    Path(".awslint-memo.yaml").write_text(settings)
    said = f".awslint-memo.yaml: {told} applied by select, ignore and rules of this configuration"
    assert report()["summary"]["notices"] == [said]


def told_of() -> list[str]:
    notices: list[str] = json.loads(invoke("lint", "--format", "json").stdout)["summary"]["notices"]
    return notices


LOWERS = ".awslint-memo.yaml: this configuration lowers what is reported: "


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("rules: {sqs-long-polling: off}", "1 rule off (sqs-long-polling)"),
        ("ignore: ['sqs-*-polling', sqs-batch-size]", "2 rules off (sqs-batch-size and sqs-long-polling)"),
        ("rules: {sqs-long-polling: advice}", "sqs-long-polling is advice"),
        ("rules: {sqs-visibility-margin: {factor: 1}}", "other options of sqs-visibility-margin"),
        ("profile: core", "profile core"),
        ("fail-on: never", "fail-on never"),
        ("fail-on: error", "fail-on error"),
        ("rules-as-of: 0.1", "rules-as-of 0.1"),
        ("environments: false", "other environments"),
        ("deployments: {a: {}, b: {}}", "only deployments a and b"),
        ("production: [live]\ndevelopment: [prod]", "other production and development"),
        ("rules: {sqs-long-polling: error}", ""),
        ("profile: all", ""),
        ("fail-on: advice", ""),
    ],
)
@pytest.mark.parametrize("folder", ["", "b/"])
def test_what_a_configuration_lowers_is_told_in_one_line(settings: str, told: str, folder: str) -> None:
    Path(f"{folder}.awslint-memo.yaml").write_text(settings)
    assert told_of() == ([f"{folder}{LOWERS}{told}"] if told else [])


def test_a_nested_configuration_is_compared_with_the_one_of_the_run() -> None:
    Path(".awslint-memo.yaml").write_text("fail-on: error\nrules: {sqs-long-polling: error}\n")
    Path("b/.awslint-memo.yaml").write_text("fail-on: error\n")
    assert told_of() == [f"{LOWERS}fail-on error"]
    Path("b/.awslint-memo.yaml").write_text("fail-on: error\nrules: {sqs-long-polling: warning}\n")
    assert told_of()[1:] == [f"b/{LOWERS}sqs-long-polling is warning"]


def test_rules_that_a_person_selects_need_no_word() -> None:
    Path(".awslint-memo.yaml").write_text("select: [sqs-long-polling]")
    assert report("--select", "sqs-long-polling")["summary"]["notices"] == []
