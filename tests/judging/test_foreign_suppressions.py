"""Tests for suppressions that are written for other linters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import printed, report

from awslint_memo.judging.foreign_rules import FOREIGN_RULES, PAGES, ours
from awslint_memo.judging.registry import rules

TABLE = 'resource "aws_dynamodb_table" "t" {%s\n  name         = "t"\n  billing_mode = "PAY_PER_REQUEST"\n}\n'
QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"ReceiveMessageWaitTimeSeconds": 20}}
RULES = "dynamodb-point-in-time-recovery,sqs-dead-letter-queue,rds-backup-retention"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def hidden(text: str, name: str = "main.tf") -> tuple[int, list[tuple[str, str, str]]]:
    """How many findings are left, and the suppressed ones with reason and tool."""
    Path(name).write_text(text)
    made = report("--select", RULES, name)
    found = [(one["rule"], one["reason"], one.get("tool", "")) for one in made["suppressed"]]
    return made["summary"]["findings"], found


@pytest.mark.parametrize(
    ("comment", "tool", "reason"),
    [
        ("\n  # checkov:skip=CKV_AWS_28:made anew each night", "checkov", "made anew each night"),
        ("\n  #checkov:skip=CKV_AWS_28", "checkov", "checkov CKV_AWS_28"),
        ("\n  #trivy:ignore:AVD-AWS-0024", "trivy", "trivy AVD-AWS-0024"),
        ("\n  # tfsec:ignore:aws-dynamodb-enable-recovery:exp:2999-01-01", "tfsec", None),
    ],
)
def test_a_comment_in_the_block(comment: str, tool: str, reason: str | None) -> None:
    left, found = hidden(TABLE % comment)
    reason = reason or "tfsec aws-dynamodb-enable-recovery"
    assert (left, found) == (0, [("dynamodb-point-in-time-recovery", reason, tool)])


def test_a_comment_above_the_block() -> None:
    assert hidden("# trivy:ignore:AWS-0024 no need\n" + TABLE % "")[0] == 0
    assert hidden("#tfsec:ignore:AVD-AWS-0024\n" + TABLE % "")[0] == 0


@pytest.mark.parametrize(
    "comment",
    [
        "checkov:skip=CKV_AWS_119:another id",
        "checkov:skip=CKV_AWS_280:a longer one",
        "tfsec:ignore:*",
        "trivy:ignore:AVD-AWS-0025",
        "tfsec:ignore:aws-dynamodb-enable-recovery:exp:2020-01-01",
        "it has checkov:skip in a sentence",
    ],
)
def test_what_is_not_mapped_or_expired_does_nothing(comment: str) -> None:
    assert hidden(TABLE % f"\n  # {comment}") == (1, [])


def test_it_covers_its_own_resource_only() -> None:
    other = TABLE.replace('"t"', '"other"') % ""
    assert hidden(TABLE % "\n  # checkov:skip=CKV_AWS_28:no" + other)[0] == 1


@pytest.mark.parametrize(
    "metadata",
    [
        {"cdk_nag": {"rules_to_suppress": [{"id": "AwsSolutions-SQS3", "reason": "why"}]}},
        {"cdk_nag": {"rules_to_suppress": [{"id": "Serverless-SQSRedrivePolicy", "reason": "why"}]}},
    ],
)
def test_metadata_of_a_resource(metadata: dict[str, Any]) -> None:
    text = json.dumps({"Resources": {"Q": {**QUEUE, "Metadata": metadata}}})
    assert hidden(text, "t.json") == (0, [("sqs-dead-letter-queue", "why", "cdk_nag")])


def test_metadata_of_cfn_nag_and_checkov() -> None:
    table = {"Type": "AWS::DynamoDB::Table", "Properties": {"BillingMode": "PAY_PER_REQUEST"}}
    nag = {"cfn_nag": {"rules_to_suppress": [{"id": "W78", "reason": "why"}, {"id": "W74"}, "odd"]}}
    checkov = {"checkov": {"skip": [{"id": "CKV_AWS_28", "comment": "why"}]}}
    resources = {"A": {**table, "Metadata": nag}, "B": {**table, "Metadata": checkov}, "C": table}
    left, found = hidden(json.dumps({"Resources": resources}), "t.json")
    assert (left, sorted(tool for _, _, tool in found)) == (1, ["cfn_nag", "checkov"])


def test_metadata_of_cfn_lint() -> None:
    resources = {
        "Q": {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 30}},
        "F": {"Type": "AWS::Lambda::Function", "Properties": {"Timeout": 60}},
        "M": {
            "Type": "AWS::Lambda::EventSourceMapping",
            "Properties": {"EventSourceArn": {"Fn::GetAtt": ["Q", "Arn"]}, "FunctionName": {"Ref": "F"}},
        },
    }
    ignored = {"cfn-lint": {"config": {"ignore_checks": ["E3505"]}}}
    Path("t.json").write_text(json.dumps({"Metadata": ignored, "Resources": resources}))
    made = report("--select", "sqs-visibility-below-processing-time", "t.json")
    assert [one["tool"] for one in made["suppressed"]] == ["cfn-lint"]


def test_each_id_is_told_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "suppressing.md").read_text(encoding="utf-8")
    assert [id_ for each in FOREIGN_RULES for id_ in each.ids if f"`{id_}`" not in text] == []


def test_metadata_of_cfn_guard() -> None:
    table = {"Type": "AWS::DynamoDB::Table", "Properties": {"BillingMode": "PAY_PER_REQUEST"}}
    suppressed = {"guard": {"SuppressedRules": ["LAMBDA_INSIDE_VPC", "DYNAMODB_PITR_ENABLED"]}}
    Path("t.json").write_text(json.dumps({"Resources": {"T": {**table, "Metadata": suppressed}, "U": table}}))
    made = report("--select", "dynamodb-point-in-time-recovery", "t.json")
    assert [(one["tool"], one["resource"]) for one in made["suppressed"]] == [("cfn-guard", "T")]
    assert [one["resource"] for one in made["findings"]] == ["U"]


def test_the_last_line_counts_them_and_the_configuration_switches_them_off() -> None:
    Path("main.tf").write_text(TABLE % "\n  # checkov:skip=CKV_AWS_28:no")
    chosen = ("lint", "--select", RULES)
    assert printed(*chosen, exits=0).endswith("; 1 suppressed, 1 by comments of other tools\n")
    Path(".awslint-memo.yaml").write_text("foreign-suppressions: false\n")
    assert "suppressed" not in printed(*chosen, exits=1)


def test_a_policy_that_locks_a_rule_holds() -> None:
    Path("main.tf").write_text(TABLE % "\n  # checkov:skip=CKV_AWS_28:no")
    locked = "policy: {locked: [dynamodb-*], suppressions: {of-locked: false}}\n"
    Path("policy.yaml").write_text(locked)
    assert report("--select", RULES, "--policy", "policy.yaml")["summary"]["findings"] == 1


def test_one_for_us_is_not_unused_because_of_them() -> None:
    both = "\n  # checkov:skip=CKV_AWS_28:no\n  # awslint-memo: ignore[dynamodb-point-in-time-recovery] no need"
    assert hidden(TABLE % both) == (0, [("dynamodb-point-in-time-recovery", "no need", "")])


def test_the_table_names_rules_and_tools_that_exist() -> None:
    assert {one.rule for one in FOREIGN_RULES} <= set(rules())
    assert {one.tool for one in FOREIGN_RULES} <= set(PAGES)
    assert ours("cdk_nag", "SQS3") == ()
