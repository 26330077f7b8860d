"""How sure findings are: what commands and formats say of it, and what --min-confidence leaves out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from bench import confidence as readings
from tests.cases import each_case
from tests.command import invoke, printed
from tests.readers.workspace import write
from tests.repositories import made, needs_git

from awslint_memo.files.rule_files import packaged
from awslint_memo.manual.confidence import FILE, Measure

pytestmark = pytest.mark.usefixtures("polled_queues")

SURE, UNSURE, UNMEASURED = "alarm-missing-data", "sqs-batch-size", "alarm-refused"
GROUP, POLLING = "autoscaling-health-check", "sqs-long-polling"
TEMPLATE = """
Resources:
  Prices: {Type: AWS::AutoScaling::AutoScalingGroup, Properties: {MinSize: "1", MaxSize: "2", TargetGroupARNs: [t]}}
  Orders: {Type: AWS::SQS::Queue}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"t.yaml": TEMPLATE})
    return tmp_path


def lint(*arguments: str) -> tuple[int, list[str], list[str]]:
    """The exit code, the rules of the findings and the notices about confidence."""
    result = invoke("lint", "--format", "json", "--select", f"{GROUP},{POLLING}", *arguments)
    report: dict[str, Any] = json.loads(result.stdout)
    notices = [notice for notice in report["summary"]["notices"] if "--min-confidence" in notice]
    return result.exit_code, [finding["rule"] for finding in report["findings"]], notices


def test_the_file_of_the_package_is_what_the_readings_say() -> None:
    assert packaged(FILE).text == readings.text(), "run python -m bench.confidence"


def test_what_is_mended_was_false_and_its_page_says_so() -> None:
    false = {key for key, answer in readings.readings() if answer == "false"}
    assert readings.mended() <= false
    pages = {row["page"] for row in readings._rows(readings.AUDITS / readings.MENDED)}
    assert all((readings.AUDITS / page).is_file() for page in pages)


@each_case(
    ("measure", "confidence"),
    [
        (Measure(9, 9, 0, 0, 0), None),
        (Measure(10, 10, 0, 0, 0), "high"),
        (Measure(20, 17, 3, 0, 0), "high"),
        (Measure(20, 16, 4, 0, 0), "medium"),
        (Measure(20, 19, 0, 1, 0), "medium"),
        (Measure(21, 20, 0, 1, 1), "high"),
        (Measure(10, 6, 4, 0, 0), "medium"),
        (Measure(10, 5, 5, 0, 0), "low"),
        (Measure(10, 8, 0, 2, 0), "low"),
        (Measure(12, 9, 0, 3, 3), None),
    ],
)
def test_what_a_confidence_is(measure: Measure, confidence: str | None) -> None:
    assert measure.confidence == confidence


@each_case(
    ("measure", "words"),
    [
        (Measure(), "Not measured: none of its findings was read in public repositories."),
        (
            Measure(1, 1, 0, 0, 0),
            "Not measured, as fewer than 10 count: of 1 finding that was read in public repositories 1 was true, "
            "0 debatable, 0 false.",
        ),
        (
            Measure(20, 18, 1, 1, 1),
            "High: of 20 findings that were read in public repositories 18 were true, 1 debatable, 1 false; "
            "the false one is mended since.",
        ),
        (
            Measure(20, 10, 6, 4, 2),
            "Low: of 20 findings that were read in public repositories 10 were true, 6 debatable, 4 false; "
            "2 of the false ones are mended since.",
        ),
    ],
)
def test_what_a_page_says_of_it(measure: Measure, words: str) -> None:
    assert measure.words == words


def test_explain_says_how_many_were_read() -> None:
    for rule, beginning in ((SURE, "High: of"), (UNSURE, "Low: of"), (UNMEASURED, "Not measured, as fewer than 10")):
        assert f"CONFIDENCE\n\n  {beginning}" in printed("explain", rule)
    assert "CONFIDENCE" not in printed("explain", "suppression-unused")


def test_the_list_of_rules_says_it() -> None:
    lines = printed("rules", SURE, UNMEASURED).splitlines()
    words = {line.split()[0]: line.split()[2] for line in lines if line.startswith("  ")}
    assert words == {SURE: "high", UNMEASURED: "-"}
    rules = {rule["id"]: rule for rule in json.loads(printed("rules", "--format", "json"))["rules"]}
    assert rules[SURE]["confidence"] == "high"
    assert rules[SURE]["read"]["findings"] >= 10
    assert rules[UNMEASURED]["confidence"] is None
    assert rules[UNMEASURED]["read"]["findings"] < 10
    assert rules["suppression-unused"]["read"] is None


def test_formats_for_programs_say_it(folder: Path) -> None:
    report = json.loads(invoke("lint", "--format", "json", "--select", f"{GROUP},{POLLING}").stdout)
    assert {each["rule"]: each["confidence"] for each in report["findings"]} == {GROUP: "low", POLLING: "medium"}
    log = json.loads(invoke("lint", "--format", "sarif", "--select", f"{GROUP},{POLLING}").stdout)
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert {each["id"]: each["properties"]["precision"] for each in rules} == {GROUP: "low", POLLING: "medium"}


def test_what_is_less_sure_is_left_out_and_counted(folder: Path) -> None:
    assert lint() == (1, [GROUP, POLLING], [])
    assert lint("--min-confidence", "low") == (1, [GROUP, POLLING], [])
    told = ["--min-confidence medium: 1 warning is left out (1 of low confidence)"]
    assert lint("--min-confidence", "medium") == (1, [POLLING], told)
    told = ["--min-confidence high: 2 warnings are left out (1 of medium confidence and 1 of low confidence)"]
    assert lint("--min-confidence", "high") == (0, [], told)
    shown = invoke("lint", "--min-confidence", "high", "--select", f"{GROUP},{POLLING}")
    assert told[0] in shown.output


def test_what_is_not_measured_is_left_out_too(folder: Path) -> None:
    write(
        folder, {"t.yaml": "Resources: {Old: {Type: AWS::KinesisAnalytics::Application, Properties: {Inputs: []}}}\n"}
    )
    rules = json.loads(printed("rules", "--format", "json"))["rules"]
    unmeasured = {rule["id"] for rule in rules if rule["confidence"] is None}
    report = json.loads(invoke("lint", "--format", "json", "--advice", "--min-confidence", "low").stdout)
    assert report["findings"] == []
    assert "1 of rules that are not measured" in report["summary"]["notices"][-1]
    every = json.loads(invoke("lint", "--format", "json", "--advice").stdout)
    assert {finding["rule"] for finding in every["findings"]} <= unmeasured


def test_no_rule_that_a_policy_locks_is_left_out(folder: Path) -> None:
    policy = {"policy.yaml": f"policy: {{locked: [{GROUP}]}}\n", ".awslint-memo.yaml": "extends: ./policy.yaml\n"}
    write(folder, policy)
    told = ["--min-confidence high: 1 warning is left out (1 of medium confidence)"]
    assert lint("--min-confidence", "high") == (1, [GROUP], told)


@needs_git
def test_a_gate_sees_all(folder: Path) -> None:
    repository = made(folder)
    repository.commit({"t.yaml": "Resources: {}\n"})
    write(folder, {"t.yaml": TEMPLATE})
    told = ["--min-confidence high leaves nothing out, since the gate counts findings of every confidence"]
    assert lint("--min-confidence", "high", "--against", "HEAD", "--gate") == (1, [GROUP, POLLING], told)
    assert lint("--min-confidence", "medium", "--against", "HEAD")[:2] == (1, [POLLING])
    assert lint("--min-confidence", "high", "--against", "HEAD")[:2] == (0, [])


def test_own_rules_and_rules_of_suppressions_stay(folder: Path) -> None:
    write(
        folder,
        {"t.yaml": f"Resources:\n  # awslint-memo: ignore[{POLLING}] nothing to see\n  T: {{Type: AWS::S3::Bucket}}\n"},
    )
    report = json.loads(invoke("lint", "--format", "json", "--min-confidence", "high").stdout)
    assert [finding["rule"] for finding in report["findings"]] == ["suppression-unused"]
    assert report["findings"][0]["confidence"] is None


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--fix",), "--min-confidence does not go with --fix or --diff; mend first, then run again with it"),
        (("--write-baseline", "b.json"), "a baseline is written of all findings; leave --min-confidence out"),
    ],
)
def test_what_it_does_not_go_with(folder: Path, arguments: tuple[str, ...], words: str) -> None:
    result = invoke("lint", "--min-confidence", "high", *arguments)
    assert (result.exit_code, words in result.stderr) == (2, True)
    assert not Path("b.json").exists()
