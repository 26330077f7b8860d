"""CloudFormation gives no resource another type: it refuses the template, so what was deployed stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

TEMPLATE = """\
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {Engine: postgres, DBInstanceClass: db.t4g.medium, MultiAZ: true, BackupRetentionPeriod: 0}
  Told: {Type: AWS::SNS::Topic}
"""
OTHER = "  Db: {Type: AWS::SQS::Queue, Properties: {ReceiveMessageWaitTimeSeconds: 20, QueueName: db-dlq}}\n"
CHANGED = f"Resources:\n{OTHER}  Told: {{Type: AWS::SNS::Topic}}\n"
SAYS = "its type is AWS::SQS::Queue now, and CloudFormation refuses to change one"

SAM = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::{type}
    Properties: {{Runtime: python3.8, Handler: a.b, {code}}}
"""
SERVERLESS = SAM.format(type="Serverless::Function", code="CodeUri: src")
PLAIN = SAM.format(type="Lambda::Function", code="Code: {S3Bucket: b, S3Key: k}, Role: !Ref R")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def gate() -> tuple[int, str]:
    result = invoke("lint", "--against", "HEAD", "--gate")
    return result.exit_code, result.output


def test_another_type_in_place_of_a_resource_mends_nothing(repository: Repository) -> None:
    repository.commit({"a.yaml": TEMPLATE})
    write(repository.path, {"a.yaml": CHANGED})
    code, output = gate()
    assert (code, "mended" in output, SAYS in output) == (1, False, True), output
    assert "gone: a.yaml:6: rds-backup-retention on Db (its resource has another type)" in output


@pytest.mark.parametrize("other", ["b.yaml", "deploy/a.json.yaml"])
def test_so_does_one_in_a_template_that_is_called_otherwise(repository: Repository, other: str) -> None:
    repository.commit({"a.yaml": TEMPLATE})
    (repository.path / "a.yaml").unlink()
    write(repository.path, {other: CHANGED})
    repository.git("add", "-A")
    code, output = gate()
    assert (code, "mended" in output, SAYS in output) == (1, False, True), output


def test_another_type_hides_nothing_of_what_was_right(repository: Repository) -> None:
    repository.commit({"a.yaml": TEMPLATE.replace("BackupRetentionPeriod: 0", "BackupRetentionPeriod: 7")})
    write(repository.path, {"a.yaml": CHANGED})
    code, output = gate()
    assert code == 0, output


@pytest.mark.parametrize(("then", "now"), [(SERVERLESS, PLAIN), (PLAIN, SERVERLESS)])
def test_what_sam_makes_of_a_type_is_the_same(repository: Repository, then: str, now: str) -> None:
    repository.commit({"a.yaml": then})
    write(repository.path, {"a.yaml": now.replace("python3.8", "python3.13")})
    code, output = gate()
    assert (code, "another type" in output) == (0, False), output
