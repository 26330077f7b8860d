"""What is written in place of a value and is not known to be right mends nothing: a default of a mapping, no number."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

DATABASE = """\
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: postgres, DBInstanceClass: db.t4g.medium, MultiAZ: true, BackupRetentionPeriod: %s}
"""
ROWS = "Transform: AWS::LanguageExtensions\nMappings: {M: {us-east-1: {x: 7}}}\n"
FREE = "Parameters: {P: {Type: String}}\n"
ZERO = "Parameters: {Zero: {Type: Number, Default: 0}}\n"
OPEN = {
    "the Region": ("", "!FindInMap [M, !Ref AWS::Region, x, {DefaultValue: 0}]"),
    "the account": ("", "!FindInMap [M, !Ref AWS::AccountId, x, {DefaultValue: 0}]"),
    "the stack": ("", "!FindInMap [M, !Ref AWS::StackName, x, {DefaultValue: 0}]"),
    "a parameter": (FREE, "!FindInMap [M, !Ref P, x, {DefaultValue: 0}]"),
    "with a default": (FREE.replace("}}", ", Default: us-east-1}}"), "!FindInMap [M, !Ref P, x, {DefaultValue: 0}]"),
    "the second key": (FREE, "!FindInMap [M, us-east-1, !Ref P, {DefaultValue: 0}]"),
    "a reference": (ZERO, "!FindInMap [M, !Ref AWS::Region, x, {DefaultValue: !Ref Zero}]"),
    "a text": (ZERO, '!FindInMap [M, !Ref AWS::Region, x, {DefaultValue: !Sub "${Zero}"}]'),
    "made of others": ("", '!FindInMap [M, !Sub "${AWS::Region}", x, {DefaultValue: 0}]'),
    "in a condition": (
        "Conditions: {C: !Equals [!FindInMap [M, !Ref AWS::Region, x, {DefaultValue: 0}], 0]}\n",
        "!If [C, 0, 7]",
    ),
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    repository: Repository = made(tmp_path)
    repository.commit({"app/a.yaml": DATABASE % 0, "policy.yaml": 'policy:\n  locked: ["*"]\n'})
    return repository


def gate(rule: str = "rds-backup-retention") -> tuple[int, str]:
    result = invoke("lint", "--against", "HEAD", "--policy", "policy.yaml", "--select", rule, "--advice", "app")
    return result.exit_code, result.output


@needs_git
@pytest.mark.parametrize("way", OPEN)
def test_a_default_of_a_mapping_may_be_what_is_found(repository: Repository, way: str) -> None:
    sections, value = OPEN[way]
    write(repository.path, {"app/a.yaml": ROWS + sections + DATABASE % value})
    code, output = gate()
    assert (code, "mended" in output) == (1, False), output


@needs_git
def test_a_default_of_a_mapping_that_is_right_mends(repository: Repository) -> None:
    value = "!FindInMap [M, !Ref AWS::Region, x, {DefaultValue: 14}]"
    write(repository.path, {"app/a.yaml": ROWS + DATABASE % value})
    code, output = gate()
    assert (code, "mended" in output) == (0, True), output


@needs_git
def test_a_key_that_is_written_needs_no_default(repository: Repository) -> None:
    write(repository.path, {"app/a.yaml": ROWS + DATABASE % "!FindInMap [M, us-east-1, x, {DefaultValue: 0}]"})
    code, output = gate()
    assert (code, "mended" in output) == (0, True), output


NO_NUMBERS = ("1e400", ".inf", "-.inf", ".nan", "'1e400'", "many", "[7]", "{days: 7}", "true", "'\u0667'")
ODD_NUMBERS = (
    *("0x7", "'0x7'", "1_4", "'1_4'", "' 7 '", "'7 '", "'7\t'", "+7", "'+7'", "007", "'07'", "0o7", "0b111", "1:00"),
    *("7.0", "'7.0'", "7.5", "'7.5'", "7e0", "'7e0'", "1e1"),
)
"""What CloudFormation or the service may refuse, or count otherwise."""


@needs_git
@pytest.mark.parametrize("value", [*NO_NUMBERS, *ODD_NUMBERS])
def test_what_is_no_number_mends_nothing(repository: Repository, value: str) -> None:
    write(repository.path, {"app/a.yaml": DATABASE % value})
    code, output = gate()
    assert code == 1, output
    assert "BackupRetentionPeriod of Db is no number any more" in output


@needs_git
@pytest.mark.parametrize("value", ["7", "'7'", "14"])
def test_a_number_in_digits_mends(repository: Repository, value: str) -> None:
    write(repository.path, {"app/a.yaml": DATABASE % value})
    code, output = gate()
    assert (code, "mended" in output) == (0, True), output


WAITS = """\
provider "aws" {}
resource "aws_sqs_queue" "q" {
  name                       = "orders"
  receive_wait_time_seconds  = 20
  %s
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::123456789012:role/r"
  runtime       = "python3.13"
  handler       = "a.b"
  filename      = "x.zip"
  timeout       = 60
}
resource "aws_lambda_event_source_mapping" "m" {
  function_name    = aws_lambda_function.f.arn
  event_source_arn = aws_sqs_queue.q.arn
}
"""


@needs_git
@pytest.mark.parametrize("before", ["", "visibility_timeout_seconds = 30"])
@pytest.mark.parametrize(
    ("value", "is_mended"),
    [
        *((value, True) for value in ("360", '"360"', "360.0", "3.6e2", "tostring(360)")),
        *((value, False) for value in ("360.5", '"360.5"', '"0x168"', '" 360 "', '"3_60"', '"0360"', "true")),
    ],
)
def test_only_a_whole_number_of_terraform_mends(
    repository: Repository, before: str, value: str, is_mended: bool
) -> None:
    repository.commit({"app/main.tf": WAITS % before})
    write(repository.path, {"app/main.tf": WAITS % f"visibility_timeout_seconds = {value}"})
    code, output = gate("sqs-visibility-below-processing-time")
    assert (code, "is no number any more" not in output) == (not is_mended, is_mended), output
