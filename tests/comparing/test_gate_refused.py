"""What Terraform or CloudFormation refuses is not deployed, so it mends nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.comparing.test_gate_unmade import QUEUE, ROOT, policy
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

TEMPLATE = """\
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: postgres, DBInstanceClass: db.t4g.medium, MultiAZ: true, BackupRetentionPeriod: 0}
  Told: {Type: AWS::SNS::Topic}
"""
MENDED = TEMPLATE.replace("BackupRetentionPeriod: 0", "BackupRetentionPeriod: 7")
CONDITION = 'lifecycle {\n    %s {\n      condition     = %s\n      error_message = "No."\n    }\n  }'
REMOVED = "removed {\n  from = aws_sqs_queue_policy.%s\n  lifecycle {\n    destroy = false\n  }\n}\n"
WAYS = {
    "precondition": (CONDITION % ("precondition", "false"), ""),
    "postcondition": (CONDITION % ("postcondition", "false"), ""),
    "removed": ("", REMOVED % "p"),
    "a value": ("", 'variable "m" {\n  default = 1\n  validation {\n    condition     = false\n  }\n}\n'),
}
RIGHT = {"precondition": (CONDITION % ("precondition", "true"), ""), "removed": ("", REMOVED % "old")}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def gate(*rules: str) -> tuple[int, str]:
    select = [word for rule in rules for word in ("--select", rule)]
    result = invoke("lint", "--against", "HEAD", "--gate", *select)
    return result.exit_code, result.output


@needs_git
@pytest.mark.parametrize("way", WAYS)
def test_what_terraform_refuses_mends_nothing(repository: Repository, way: str) -> None:
    repository.commit({"main.tf": ROOT + QUEUE})
    inner, beside = WAYS[way]
    write(repository.path, {"more.tf": policy(inner) + beside})
    code, output = gate("delivery-not-allowed")
    assert code == 1, output
    assert "so that it is refused and what is deployed stays as it was" in output


@needs_git
@pytest.mark.parametrize("way", RIGHT)
def test_what_terraform_takes_mends(repository: Repository, way: str) -> None:
    repository.commit({"main.tf": ROOT + QUEUE})
    inner, beside = RIGHT[way]
    write(repository.path, {"more.tf": policy(inner) + beside})
    code, output = gate("delivery-not-allowed")
    assert (code, "mended" in output) == (0, True), output


@needs_git
@pytest.mark.parametrize("name", ["Nothing", "Told"])
def test_a_template_that_depends_on_nothing_mends_nothing(repository: Repository, name: str) -> None:
    repository.commit({"a.yaml": TEMPLATE})
    write(
        repository.path, {"a.yaml": MENDED.replace("    DeletionPolicy", f"    DependsOn: {name}\n    DeletionPolicy")}
    )
    code, output = gate("rds-backup-retention")
    assert code == (1 if name == "Nothing" else 0), output
    assert ("Db in a.yaml depends on Nothing, which is not there" in output) is (name == "Nothing")


@needs_git
def test_what_was_refused_before_is_no_doubt(repository: Repository) -> None:
    lost = "  Other: {Type: AWS::SNS::Topic, DependsOn: Nothing}\n"
    repository.commit({"a.yaml": TEMPLATE + lost})
    write(repository.path, {"a.yaml": MENDED + lost})
    code, output = gate("rds-backup-retention")
    assert (code, "mended" in output) == (0, True), output


@needs_git
@pytest.mark.parametrize("type_", ["AWS::RDS::DbInstance", "AWS::RDS::DBInstanceX", "AWS::CloudWatch::Alarmx"])
def test_a_type_that_does_not_exist_mends_nothing(repository: Repository, type_: str) -> None:
    repository.commit({"a.yaml": TEMPLATE})
    write(repository.path, {"a.yaml": TEMPLATE.replace("AWS::RDS::DBInstance", type_)})
    code, output = gate()
    assert (code, "mended" in output) == (1, False), output
    assert "gone: a.yaml:6: rds-backup-retention on Db (its resource has another type)" in output
    assert f"its type is {type_} now, which no rule judges" in output


@needs_git
@pytest.mark.parametrize("type_", ["aws_sns_topic_subscriptions", "AWS_sns_topic_subscription"])
def test_a_type_of_terraform_that_does_not_exist_mends_nothing(repository: Repository, type_: str) -> None:
    repository.commit({"main.tf": ROOT + QUEUE})
    write(repository.path, {"main.tf": (ROOT + QUEUE).replace('"aws_sns_topic_subscription"', f'"{type_}"')})
    code, output = gate()
    assert (code, "mended" in output) == (1, False), output
    assert f"it is {type_}.s now, of a type that no rule knows" in output


@needs_git
def test_what_sam_makes_of_a_function_may_go(repository: Repository) -> None:
    """A rule and a role that SAM makes have the name of the function; without an event, the rule is gone."""
    function = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: a.b
      CodeUri: src
"""
    event = "      Events: {Nightly: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}\n"
    repository.commit({"a.yaml": function + event})
    write(repository.path, {"a.yaml": function})
    code, output = gate()
    assert code == 0, output
