"""What is said of recovery may take findings away: it is told, and has no effect where a policy locks these rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write

from awslint_memo.settings.settings import asks_objectives

OBJECTIVES = "rpo: 1h, rto: 1h, complete: true, regions: [eu-west-1, eu-central-1]"
TABLE = """\
Resources:
  Carts:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: carts
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      BillingMode: PAY_PER_REQUEST
"""
MODULE = """\
provider "aws" {
  region = "eu-west-1"
}
resource "aws_dynamodb_table" "carts" {
  name = "carts"
  hash_key = "id"
  billing_mode = "PAY_PER_REQUEST"
  point_in_time_recovery {
    enabled = true
  }
}
"""
RULE = "recovery-region-unprotected"
ALLOWING = "policy: {locked: ['*'], allow: {settings: [recovery]}}\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "r")
    write(tmp_path, {"lock.yaml": "policy: {locked: ['*']}\n", "allow.yaml": ALLOWING})
    write(Path(), {".awslint-memo.yaml": f"recovery: {{{OBJECTIVES}}}\n", "s/t.yaml": TABLE})
    return tmp_path


def lint(*arguments: str) -> tuple[int, str]:
    result = invoke("lint", *arguments)
    return result.exit_code, result.output


STATED = {
    "rebuildable": "{rebuildable: the shop makes it again}",
    "none": "{region: {rpo: none, rto: none}}",
    "all none": "{rpo: none, rto: none}",
}


@pytest.mark.parametrize("stated", STATED.values(), ids=STATED)
def test_a_template_that_asks_for_less(stated: str) -> None:
    write(Path(), {"s/t.yaml": f"{TABLE}    Metadata: {{awslint-memo: {{recovery: {stated}}}}}\n"})
    code, printed = lint()
    assert (code, RULE in printed) == (0, False)
    assert "s/t.yaml: the template lowers what is asked of the recovery of Carts (s/t.yaml:8)" in printed
    code, printed = lint("--policy", "../lock.yaml")
    assert (code, RULE in printed) == (1, True)
    assert "; the policy ../lock.yaml does not allow it, so it has no effect" in printed
    assert lint("--policy", "../allow.yaml")[0] == 0


def test_a_comment_of_terraform_that_asks_for_less() -> None:
    Path("s/t.yaml").unlink()
    comment = 'resource "aws_dynamodb_table" "carts" { # awslint-memo: recovery[rebuildable=it is made again]'
    write(Path(), {"s/main.tf": MODULE.replace('resource "aws_dynamodb_table" "carts" {', comment)})
    code, printed = lint()
    assert (code, RULE in printed) == (0, False)
    assert "the template lowers what is asked of the recovery of aws_dynamodb_table.carts (s/main.tf:4)" in printed
    assert lint("--policy", "../lock.yaml")[0] == 1


def test_what_asks_for_more_is_not_told_and_counts(folder: Path) -> None:
    stated = "    Metadata: {awslint-memo: {recovery: {rpo: 1m, region: {rto: 5m}}}}\n"
    write(Path(), {"s/t.yaml": TABLE + stated})
    for arguments in ((), ("--policy", "../lock.yaml")):
        code, printed = lint(*arguments)
        assert (code, "lowers" in printed) == (1, False)
        assert "s/t.yaml:8" in printed


CONFIGURED = {
    "an application that is made again": "applications: {a: {resources: ['*'], rebuildable: yes it is}}",
    "an application without objectives": "applications: {a: {paths: ['**'], rpo: none, rto: none}}",
    "backups elsewhere": "elsewhere: [{every: 1m, copies: [eu-central-1]}]",
}


@pytest.mark.parametrize("more", CONFIGURED.values(), ids=CONFIGURED)
def test_a_configuration_that_asks_for_less(more: str) -> None:
    write(Path(), {".awslint-memo.yaml": f"recovery: {{{OBJECTIVES}, {more}}}\n"})
    _, printed = lint()
    assert ".awslint-memo.yaml: this configuration lowers what is reported: " in printed
    code, printed = lint("--policy", "../lock.yaml")
    assert (code, RULE in printed) == (1, True)
    assert "error[configuration-refused] recovery is set so that it asks for less (" in printed
    assert "but the policy ../lock.yaml locks rules of recovery, so that has no effect; remove it" in printed
    assert lint("--policy", "../allow.yaml")[0] == 0


def test_a_nested_configuration_without_objectives() -> None:
    write(Path(), {"s/.awslint-memo.yaml": "fail-on: warning\n"})
    code, printed = lint()
    assert (code, RULE in printed) == (0, False)
    assert "s/.awslint-memo.yaml: this configuration lowers what is reported: no objectives of recovery" in printed
    code, printed = lint("--policy", "../lock.yaml")
    assert (code, RULE in printed) == (1, True)


def test_a_nested_configuration_with_lesser_objectives() -> None:
    write(Path(), {"s/.awslint-memo.yaml": "recovery: {rpo: 24h}\n"})
    assert "lowers what is reported: lesser objectives of recovery" in lint()[1]
    code, printed = lint("--policy", "../lock.yaml")
    assert (code, RULE in printed) == (1, True)
    assert "s/.awslint-memo.yaml:1:1: error[configuration-refused] recovery is set so that it asks for less" in printed


def test_a_policy_that_locks_other_rules_does_not_matter(folder: Path) -> None:
    write(folder, {"lock.yaml": "policy: {locked: ['rds-*']}\n"})
    write(Path(), {"s/t.yaml": f"{TABLE}    Metadata: {{awslint-memo: {{recovery: {{rebuildable: yes it is}}}}}}\n"})
    assert lint("--policy", "../lock.yaml")[0] == 0


def test_the_rules_that_ask_for_objectives_are_known_by_their_names() -> None:
    rules = Path(__file__).resolve().parents[2] / "rules"
    asking = [path for path in rules.rglob("*.py") if re.search(r"\bobjectives\b|rebuildable", path.read_text())]
    names = [f"{path.parent.name}-{path.stem}".replace("_", "-") for path in asking]
    assert names
    assert [name for name in names if not asks_objectives(name)] == []
