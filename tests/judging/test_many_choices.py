"""Where deployments are too many to look at all, each resource is judged, and findings say where they hold."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from tests.command import invoke

from awslint_memo import api
from awslint_memo.judging.report import Report
from awslint_memo.model import budget
from awslint_memo.readers.cloudformation import variations

pytestmark = pytest.mark.usefixtures("polled_queues")

Json: TypeAlias = Any
QUEUE = {"Type": "AWS::SQS::Queue"}
POLLING = "sqs-long-polling"


def undecided(count: int, resources: int | None = None) -> Json:
    conditions = {f"C{n}": {"Fn::Equals": [{"Fn::ImportValue": f"e{n}"}, "x"]} for n in range(count)}
    made = {f"Q{n}": {**QUEUE, "Condition": f"C{n % count}"} for n in range(resources or count)}
    return {"Conditions": conditions, "Resources": made}


def of_parameters(count: int) -> Json:
    conditions = {f"C{n}": {"Fn::Equals": [{"Ref": f"P{n}"}, "x"]} for n in range(count)}
    resources = {f"Q{n}": {**QUEUE, "Condition": f"C{n}"} for n in range(count)}
    parameters = {f"P{n}": {"Type": "String"} for n in range(count)}
    return {"Parameters": parameters, "Conditions": conditions, "Resources": resources}


def of_one_parameter(count: int) -> Json:
    conditions = {f"C{n}": {"Fn::Equals": [{"Ref": "P"}, f"v{n}"]} for n in range(count)}
    resources = {f"Q{n}": {**QUEUE, "Condition": f"C{n}"} for n in range(count)}
    return {"Parameters": {"P": {"Type": "String"}}, "Conditions": conditions, "Resources": resources}


def linted(folder: Path, document: Json, *select: str) -> Report:
    path = folder / "template.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    report = api.lint([str(path)], advice=True, select=select)
    assert not [one for one in report.errors if "internal" in one.message]
    return report


@pytest.fixture
def few_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Little of the budget, so that few resources are looked at in all deployments."""
    few: dict[budget.Kind, tuple[int, float]] = {"looks": (3_000, 0)}
    monkeypatch.setattr(budget, "_LIMITS", budget._LIMITS | few)


@pytest.mark.parametrize(
    ("make", "count"),
    [(undecided, 9), (undecided, 40), (of_parameters, 9), (of_parameters, 30), (of_one_parameter, 140)],
)
def test_each_resource_has_its_findings(tmp_path: Path, make: Any, count: int) -> None:
    report = linted(tmp_path, make(count), POLLING, "sqs-dead-letter-queue")
    assert len(report.findings) == 2 * count
    assert {one.resource for one in report.findings} == {f"Q{n}" for n in range(count)}
    # What holds wherever a queue exists is no less than the rule says.
    assert {one.level for one in report.findings} == {"warning"}
    assert all(one.deployment for one in report.findings)


@pytest.fixture
def few_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """So little of the budget that some resources are looked at in one deployment only."""
    few: dict[budget.Kind, tuple[int, float]] = {"looks": (500, 0), "samples": (2_000, 0)}
    monkeypatch.setattr(budget, "_LIMITS", budget._LIMITS | few)


@pytest.mark.usefixtures("few_samples")
def test_what_is_looked_at_in_one_deployment_only_is_told_and_fails_no_run(tmp_path: Path) -> None:
    report = linted(tmp_path, undecided(6, 120), POLLING, "sqs-dead-letter-queue")
    assert {one.resource for one in report.findings} == {f"Q{n}" for n in range(120)}
    assert (report.errors, report.exit_code) == ([], 1)
    [notice] = report.notices
    assert "pairs of them (some resources in one only); name yours" in notice


@pytest.mark.usefixtures("few_samples")
def test_what_a_policy_locks_is_not_looked_at_in_one_deployment_only(tmp_path: Path) -> None:
    """A file of a pull request could make a template too large for more, with the default that has no finding."""
    (tmp_path / ".awslint-memo.yaml").write_text(f"policy: {{locked: [{POLLING}]}}\n")
    report = linted(tmp_path, undecided(6, 120), POLLING)
    [error] = report.errors
    assert (report.exit_code, "checked in one deployment only" in error.message) == (2, True)


def test_fewer_resources_are_judged_where_deployments_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few: dict[budget.Kind, tuple[int, float]] = {"terse": (0, 0), "judged": (6_000, 0)}
    monkeypatch.setattr(budget, "_LIMITS", budget._LIMITS | few)
    assert linted(tmp_path, {"Resources": {f"Q{n}": QUEUE for n in range(3_100)}}, POLLING).errors == []
    [error] = linted(tmp_path, undecided(1, 3_100), POLLING).errors
    assert error.left_out is not None
    assert error.left_out.count == 100


@pytest.mark.usefixtures("few_looks")
@pytest.mark.parametrize("make", [undecided, of_parameters])
def test_what_is_not_looked_at_everywhere_keeps_its_findings(tmp_path: Path, make: Any) -> None:
    report = linted(tmp_path, make(60), POLLING, "sqs-dead-letter-queue")
    assert {one.resource for one in report.findings if one.rule == POLLING} == {f"Q{n}" for n in range(60)}
    assert {one.resource for one in report.findings if one.rule != POLLING} == {f"Q{n}" for n in range(60)}
    assert (report.exit_code, report.errors) == (1, [])
    [notice] = report.notices
    example = "P[0-9]+=x" if make is of_parameters else "NAME=VALUE"
    assert re.fullmatch(
        r".*template.json: [0-9]+ of its possible deployments were looked at, with each choice and pairs of them; "
        rf"name yours, for example --parameters {example}",
        notice,
    )
    for one in report.findings:
        number = one.resource.removeprefix("Q")
        assert re.search(rf"for example when (condition C{number} holds|P{number} is x)\b", one.deployment or "")


@pytest.mark.usefixtures("few_looks")
def test_what_is_always_there_keeps_its_level(tmp_path: Path) -> None:
    document = undecided(60)
    document["Resources"]["Always"] = QUEUE
    found = {one.resource: one for one in linted(tmp_path, document, "sqs-dead-letter-queue").findings}
    assert (found["Always"].level, found["Always"].deployment) == ("warning", None)
    assert found["Q7"].level == "warning"


@pytest.mark.usefixtures("few_looks")
def test_what_one_of_many_choices_decides_is_told_with_it(tmp_path: Path) -> None:
    """Each queue waits in one of the two results of its condition, and there are too many for all combinations."""
    document = undecided(60, 1)
    document["Resources"] = {
        f"Q{n}": {**QUEUE, "Properties": {"ReceiveMessageWaitTimeSeconds": {"Fn::If": [f"C{n}", 20, 0]}}}
        for n in range(60)
    }
    # A rule that looks at all queues, or at what names them, asks for all conditions.
    report = linted(tmp_path, document, POLLING, "sqs-dead-letter-queue")
    polling = {one.resource: one for one in report.findings if one.rule == POLLING}
    assert set(polling) == {f"Q{n}" for n in range(60)}
    assert {one.level for one in polling.values()} == {"advice"}
    assert all(f"condition C{name[1:]} does not hold" in (one.deployment or "") for name, one in polling.items())


@pytest.mark.usefixtures("few_looks")
@pytest.mark.parametrize("make", [undecided, of_parameters])
def test_more_choices_than_any_ordinary_template_has_fail_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Any
) -> None:
    for module in (budget, variations):
        monkeypatch.setattr(module, "ORDINARY_CHOICES", 59)
    report = linted(tmp_path, make(60), "sqs-dead-letter-queue")
    assert report.exit_code == 2
    assert any("more deployments than are looked at" in one.message for one in report.errors)


@pytest.mark.usefixtures("few_looks")
def test_many_choices_fail_no_run_that_findings_do_not_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither with --fail-on never, nor with a baseline, nor compared with a revision."""
    monkeypatch.chdir(tmp_path)
    git = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com")
    Path("template.json").write_text(json.dumps(of_parameters(60)), encoding="utf-8")
    for words in (("init", "-q"), ("add", "."), ("commit", "-q", "-m", "first")):
        subprocess.run([*git, *words], check=True)
    assert invoke("lint", "--select", POLLING, ".").exit_code == 1
    assert invoke("lint", "--select", POLLING, "--fail-on", "never", ".").exit_code == 0
    assert invoke("lint", "--select", POLLING, "--against", "HEAD", ".").exit_code == 0
    assert invoke("lint", "--select", POLLING, "--write-baseline", "known.yaml", ".").exit_code == 0
    assert invoke("lint", "--select", POLLING, "--baseline", "known.yaml", ".").exit_code == 0


@pytest.mark.parametrize("count", [3, 7, 8, 30])
def test_a_finding_that_one_condition_decides_is_told_with_it(tmp_path: Path, count: int) -> None:
    document = undecided(count)
    document["Resources"] = {
        f"Q{n}": {**QUEUE, "Properties": {"ReceiveMessageWaitTimeSeconds": {"Fn::If": [f"C{n}", 20, 0]}}}
        for n in range(count)
    }
    # A rule that looks at all queues would ask for all conditions.
    found = {one.resource: one for one in linted(tmp_path, document, POLLING).findings}
    assert len(found) == count
    for number in range(count):
        assert f"condition C{number} does not hold" in (found[f"Q{number}"].deployment or "")


@pytest.mark.parametrize("count", [8, 20])
def test_conditions_that_exclude_each_other(tmp_path: Path, count: int) -> None:
    """Nothing equals two texts: an import is at most one of them."""
    compared = {f"C{n}": {"Fn::Equals": [{"Fn::ImportValue": "e"}, f"v{n}"]} for n in range(count)}
    others = {f"D{n}": {"Fn::Not": [{"Condition": f"C{n}"}]} for n in range(count)}
    both = {f"B{n}": {"Fn::And": [{"Condition": f"C{n}"}, {"Condition": f"C{n + 1}"}]} for n in range(count - 1)}
    kinds = {"C": count, "D": count, "B": count - 1}
    resources = {f"{kind}{n}": {**QUEUE, "Condition": f"{kind}{n}"} for kind in kinds for n in range(kinds[kind])}
    document = {"Conditions": {**compared, **others, **both}, "Resources": resources}
    found = {one.resource for one in linted(tmp_path, document, POLLING).findings}
    assert found == {f"{kind}{n}" for kind in "CD" for n in range(count)}


def test_a_chain_of_conditions_in_any_order(tmp_path: Path) -> None:
    document = undecided(12)
    chain = {f"N{n}": {"Fn::Not": [{"Condition": f"N{n + 1}" if n < 40 else "C3"}]} for n in range(41)}
    document["Conditions"] = {**chain, **document["Conditions"]}
    document["Resources"] |= {f"N{n}": {**QUEUE, "Condition": f"N{n}"} for n in range(41)}
    found = {one.resource for one in linted(tmp_path, document, POLLING).findings}
    assert found == set(document["Resources"])


def test_variables_of_a_root_module(tmp_path: Path) -> None:
    count = 140
    variables = "".join(f'variable "v{n}" {{\n  type = bool\n}}\n' for n in range(count))
    queues = "".join(f'resource "aws_sqs_queue" "q{n}" {{\n  count = var.v{n} ? 1 : 0\n}}\n' for n in range(count))
    path = tmp_path / "main.tf"
    path.write_text(variables + queues, encoding="utf-8")
    report = api.lint([str(path)], advice=True, select=[POLLING])
    assert {one.resource for one in report.findings} == {f"aws_sqs_queue.q{n}[0]" for n in range(count)}


def test_deployments_of_the_configuration_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few: dict[budget.Kind, tuple[int, float]] = {"looks": (10_000, 0)}
    monkeypatch.setattr(budget, "_LIMITS", budget._LIMITS | few)
    lines = "".join(f'd{n} = {{ P = "x" }}\n' for n in range(300))
    (tmp_path / "awslint-memo.toml").write_text(f"[deployments]\n{lines}", encoding="utf-8")
    document = {"Parameters": {"P": {"Type": "String"}}, "Resources": {"Q": QUEUE}}
    (tmp_path / "pyproject.toml").write_text(f"[tool.awslint-memo.deployments]\n{lines}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    report = linted(tmp_path, document, "sqs-dead-letter-queue")
    assert [one.resource for one in report.findings] == ["Q"]
    assert any("names more deployments than are looked at" in one.message for one in report.errors)


@pytest.mark.parametrize("kind", ["judged", "checks"])
def test_more_resources_than_are_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: budget.Kind) -> None:
    few: dict[budget.Kind, tuple[int, float]] = {"terse": (0, 0), kind: (20, 0)}
    monkeypatch.setattr(budget, "_LIMITS", budget._LIMITS | few)
    report = linted(tmp_path, {"Resources": {f"Q{n}": QUEUE for n in range(30)}}, POLLING)
    assert [one.resource for one in report.findings] == [f"Q{n}" for n in range(20)]
    [error] = report.errors
    assert "more resources than are looked at" in error.message


def test_many_checks_of_few_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A topic has none of the checks that are run, so it takes no room from the queues."""
    few: dict[budget.Kind, tuple[int, float]] = {"checks": (20, 0), "terse": (0, 0)}
    monkeypatch.setattr(budget, "_LIMITS", budget._LIMITS | few)
    topics = {f"T{n}": {"Type": "AWS::SNS::Topic"} for n in range(30)}
    queues = {f"Q{n}": QUEUE for n in range(12)}
    report = linted(tmp_path, {"Resources": {**topics, **queues}}, POLLING, "sqs-dead-letter-queue")
    assert {one.resource for one in report.findings} == {f"Q{n}" for n in range(10)}
    [error] = report.errors
    assert "more resources than are looked at" in error.message


@pytest.mark.usefixtures("few_looks")
def test_the_workspace_is_an_example_beside_files_of_values(tmp_path: Path) -> None:
    queues = "".join(
        f'resource "aws_sqs_queue" "q{n}" {{\n  count = terraform.workspace == "w{n}" ? 1 : 0\n}}\n' for n in range(140)
    )
    (tmp_path / "main.tf").write_text('variable "a" {}\n' + queues)
    for name in ("dev", "prod"):
        (tmp_path / f"{name}.tfvars").write_text(f'a = "{name}"\n')
    report = api.lint([str(tmp_path)], advice=True, select=["sqs-dead-letter-queue"])
    [notice] = [one for one in report.notices if "possible deployments" in one]
    assert re.search(r"for example --parameters terraform\.workspace=w\d+$", notice)
