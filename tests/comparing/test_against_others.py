"""`lint --against` with a plan's prior state, and with an earlier JSON report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed
from tests.readers.workspace import write
from tests.reporters.test_json_format import REPORTS

pytestmark = pytest.mark.usefixtures("polled_queues")

SHORT = """\
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: {RedrivePolicy: {deadLetterTargetArn: "arn:aws:sqs:eu-west-1:1:dead", maxReceiveCount: 5}}
"""
SOUND = SHORT.replace("{Redrive", "{ReceiveMessageWaitTimeSeconds: 20, Redrive")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def changes(*arguments: str, stdin: str | None = None) -> dict[str, list[str]]:
    """The rule and resource of what changed, by kind."""
    made = json.loads(invoke("lint", "--format", "json", *arguments, stdin=stdin).stdout)
    REPORTS.validate(made)
    kinds = {kind: told for kind, told in made["against"].items() if isinstance(told, list) and told}
    return {kind: [f"{one['rule']} {one['resource']}" for one in told] for kind, told in kinds.items()}


def queue(name: str, wait: int, **more: Any) -> dict[str, Any]:
    return {
        "address": f"aws_sqs_queue.{name}",
        "mode": "managed",
        "type": "aws_sqs_queue",
        "name": name,
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "values": {"receive_wait_time_seconds": wait, "redrive_policy": '{"maxReceiveCount":5}', "arn": f"arn:{name}"},
        "sensitive_values": {},
        **more,
    }


def plan(before: list[dict[str, Any]] | None, after: list[dict[str, Any]], **more: Any) -> str:
    """A plan from some resources to others. before: None for a plan without a prior state."""
    changed = [
        {
            **{key: value for key, value in one.items() if not key.endswith("values")},
            "change": {"actions": ["update"], "before": {}, "after": one["values"], "after_unknown": {}},
        }
        for one in after
    ]
    values = {"root_module": {"resources": after}}
    state = {} if before is None else {"prior_state": {"values": {"root_module": {"resources": before}}}}
    return json.dumps(
        {
            "format_version": "1.2",
            "planned_values": values,
            "resource_changes": changed,
            "configuration": {},
            **state,
            **more,
        }
    )


def test_a_plan_is_compared_with_its_prior_state(folder: Path) -> None:
    before = [queue("better", 0), queue("worse", 20), queue("same", 0), queue("gone", 0)]
    after = [queue("better", 20), queue("worse", 0), queue("same", 0), queue("new", 0)]
    text = plan(before, after)
    write(folder, {"plan.json": text})
    found = {
        "new": ["sqs-long-polling aws_sqs_queue.new", "sqs-long-polling aws_sqs_queue.worse"],
        "mended": ["sqs-long-polling aws_sqs_queue.better"],
        "gone": ["sqs-long-polling aws_sqs_queue.gone"],
    }
    select = ("--select", "sqs-long-polling", "--against", "prior")
    assert {kind: sorted(told) for kind, told in changes("plan.json", *select).items()} == found
    assert {kind: sorted(told) for kind, told in changes("-", *select, stdin=text).items()} == found


def test_the_prior_state_has_modules_and_no_deposed_objects(folder: Path) -> None:
    inner = queue("q", 0, address="module.m[0].aws_sqs_queue.q")
    deposed = queue("old", 0, deposed_key="abc")
    state = {
        "root_module": {"resources": [deposed], "child_modules": [{"address": "module.m[0]", "resources": [inner]}]}
    }
    write(folder, {"plan.json": plan(None, [], prior_state={"values": state})})
    select = ("--select", "sqs-long-polling", "--against", "prior")
    assert changes("plan.json", *select) == {"gone": ["sqs-long-polling module.m[0].aws_sqs_queue.q"]}


def test_the_first_plan_has_nothing_before_it(folder: Path) -> None:
    write(folder, {"plan.json": plan(None, [queue("q", 0)])})
    text = printed("lint", "plan.json", "--select", "sqs-long-polling", "--against", "prior", exits=1)
    assert "note: plan.json: the plan has no prior state, so all that is found in it counts as new\n" in text
    assert text.endswith("\n1 new warning against prior; 0 findings as before in 1 file\n")


def test_what_the_prior_state_marks_as_sensitive_is_not_judged(folder: Path) -> None:
    marked = queue("q", 0, sensitive_values={"receive_wait_time_seconds": True})
    write(folder, {"plan.json": plan([marked], [queue("q", 20)])})
    select = ("--select", "sqs-long-polling", "--against", "prior")
    assert changes("plan.json", *select) == {}, "it is not known what it was"


def test_only_a_plan_has_a_prior_state(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT})
    result = invoke("lint", "--against", "prior")
    sentence = "q.yaml:1:1: this is no plan, and only a plan has a prior state; name plans, or a revision\n"
    assert (result.exit_code, result.stderr) == (2, sentence)


def test_an_earlier_report_is_compared(folder: Path) -> None:
    write(folder, {"q.yaml": SHORT, "p.yaml": SHORT, "o.yaml": SOUND, "s.yaml": SHORT})
    report = invoke("lint", "--format", "json").stdout
    write(folder, {"old.json": report, "q.yaml": SOUND, "o.yaml": SHORT})
    write(folder, {"s.yaml": SHORT.replace("Orders:", "Orders: # awslint-memo: ignore[sqs-long-polling] drained")})
    (folder / "p.yaml").unlink()
    polling = ["sqs-long-polling Orders"]
    expected = {"new": polling, "mended": polling, "suppressed": polling, "gone": polling}
    assert changes("--against", "old.json") == expected
    again = invoke("lint", "--format", "json").stdout
    write(folder, {"old.json": again})
    assert changes("--against", "old.json") == {}, "what is suppressed in both is not newly suppressed"
    assert invoke("lint", "--against", "old.json").exit_code == 0


def test_findings_that_are_told_together_are_the_same_in_a_report(folder: Path) -> None:
    functions = "".join(
        f"  F{number}: {{Type: AWS::Lambda::Function, Properties: {{Timeout: 9}}}}\n" for number in range(3)
    )
    write(folder, {"f.yaml": f"Resources:\n{functions}"})
    sound = "TracingConfig: {Mode: Active}"
    select = ("--select", "xray-lambda-tracing", "--advice")
    write(folder, {"old.json": invoke("lint", *select, "--format", "json").stdout})
    assert len(json.loads((folder / "old.json").read_text())["findings"][0]["resources"]) == 3
    assert changes(*select, "--against", "old.json") == {}
    write(folder, {"f.yaml": f"Resources:\n{functions.replace('Timeout: 9', sound)}"})
    assert list(changes(*select, "--against", "old.json")) == ["mended"]
    write(folder, {"f.yaml": f"Resources:\n{functions.replace('  F', '  G').replace('Timeout: 9', sound)}"})
    assert list(changes(*select, "--against", "old.json")) == ["gone"]


def test_a_report_without_advice_or_with_errors_says_what_it_lacks(folder: Path) -> None:
    conditional = SOUND.replace(": 20,", ": !Ref Wait,")
    parameter = "Parameters: {Wait: {Type: Number, AllowedValues: [0, 20]}}\n"
    write(folder, {"q.yaml": parameter + conditional, "broken.yaml": SHORT.replace("    Type", "\tType")})
    write(folder, {"old.json": invoke("lint", "--format", "json").stdout, "broken.yaml": SOUND})
    text = printed("lint", "--advice", "--against", "old.json", exits=0)
    assert "note: broken.yaml could not be read at old.json, so what is found in it now counts as new\n" in text
    assert "note: old.json: the earlier report was made without --advice, so all advice of now counts as new\n" in text


FINDING = {
    "rule": "r",
    "level": "error",
    "message": "m",
    "path": "p",
    "line": 1,
    "column": 1,
    "resource": "R",
    "route": "",
    "root": "p",
    "fingerprint": "0" * 16,
}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "old.json:1:1: "),
        ("[]", "old.json:1:1: this is no JSON report of awslint-memo; make it again with --format json\n"),
        ('{"version": "2.1.0", "runs": []}', "old.json:1:1: this is no JSON report of awslint-memo; make it again"),
        (
            '{"version": 2,\n"findings": [], "summary": {}}',
            "old.json:1:13: the report has version 2, not 1; make it again with --format json\n",
        ),
        ('{"version": 1, "summary": {},\n"findings": 1}', "old.json:2:13: the findings are no list; make it again"),
        ('{"version": 1, "summary": {}, "findings": [\n1]}', "old.json:2:1: this is no finding; make it again"),
        (
            json.dumps({"version": 1, "summary": {}, "findings": [{**FINDING, "fingerprint": 1}]}),
            "old.json:1:44: the finding has no fingerprint; make it again with --format json\n",
        ),
        (
            json.dumps({"version": 1, "summary": {}, "findings": [{**FINDING, "level": "grave"}]}),
            "old.json:1:44: the finding has no level; make it again with --format json\n",
        ),
        (
            json.dumps({"version": 1, "summary": {}, "findings": [], "suppressed": [{}]}),
            "old.json:1:",
        ),
    ],
)
def test_a_file_that_is_no_report_ends_the_run(folder: Path, text: str, sentence: str) -> None:
    write(folder, {"q.yaml": SHORT, "old.json": text})
    result = invoke("lint", "q.yaml", "--against", "old.json")
    assert result.exit_code == 2
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1


def test_members_that_a_report_may_lack_are_not_asked_for(folder: Path) -> None:
    report = {"version": 1, "summary": 1, "findings": [{**FINDING, "resources": 1, "line": "x", "generated": 1}]}
    write(folder, {"q.yaml": SOUND, "old.json": json.dumps({**report, "errors": [1, {"path": "x"}]})})
    assert changes("q.yaml", "--against", "old.json") == {"gone": ["r R"]}
