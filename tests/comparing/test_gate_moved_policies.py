"""What a policy of a folder locked stays locked for what moves out of the folder, or moves with the policy gone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

Files: TypeAlias = "Mapping[str, str]"

RULE = "rds-backup-retention"
DATABASE = """\
{head}Resources:
  {name}:{comment}
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {{Engine: postgres, DBInstanceClass: db.m5.large, MultiAZ: true, BackupRetentionPeriod: {days}}}
"""
TERRAFORM = """\
terraform {{
  backend "s3" {{}}
}}
{comment}resource "aws_db_instance" "{name}" {{
  engine                  = "postgres"
  instance_class          = "db.m5.large"
  multi_az                = true
  backup_retention_period = 0
}}
"""
IGNORED = f" # awslint-memo: ignore[{RULE}] as agreed"
CONDITION = "Conditions: {Other: !Equals [!Ref AWS::StackName, zz]}\n"
POLICY = {"infra/.awslint-memo.yaml": "extends: ./pol.yaml\n", "infra/pol.yaml": 'policy: {locked: ["*"]}\n'}


def template(name: str = "Db", comment: str = "", days: str = "0", head: str = "") -> str:
    return DATABASE.format(head=head, name=name, comment=comment, days=days)


def gate(path: Path, before: Files, after: Files, gone: tuple[str, ...] = (), more: str = "--gate") -> tuple[int, str]:
    """The exit code, and what the gate misses by the settings of the revision or finds lesser."""
    repository = made(path)
    repository.commit({**POLICY, **before})
    repository.git("rm", "-q", *gone)
    write(path, after)
    repository.git("add", "--all")
    result = invoke("lint", "--against", "HEAD", more, "--format", "json")
    told = json.loads(result.stdout)["gate"]
    return result.exit_code, " ".join(kind for kind in ("lost", "lowered") if told and told[kind])


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


MOVED: dict[str, Files] = {
    "a comment": {"t.yaml": template(comment=IGNORED)},
    "another resource in a new file": {"other.yaml": template("Other", IGNORED)},
    "a configuration": {"t.yaml": template(), ".awslint-memo.yaml": f"suppress: [{{rules: [{RULE}], reason: old}}]\n"},
    "a rule that is off": {"t.yaml": template(), ".awslint-memo.yaml": f"ignore: [{RULE}]\n"},
    "a folder with another policy": {
        "b/t.yaml": template(comment=IGNORED),
        "b/.awslint-memo.yaml": 'policy: {locked: ["*"], allow: {suppress: with-reason}}\n',
    },
}


@pytest.mark.parametrize("name", MOVED)
def test_what_leaves_the_folder_of_a_policy_stays_locked(name: str, path: Path) -> None:
    assert gate(path, {"infra/t.yaml": template()}, MOVED[name], ("infra/t.yaml",)) == (1, "lost")


def test_a_file_that_was_there_takes_it_over(path: Path) -> None:
    before = {"infra/t.yaml": template(), "t.yaml": "Resources:\n  Topic: {Type: AWS::SNS::Topic}\n"}
    after = {"t.yaml": template(comment=IGNORED) + "  Topic: {Type: AWS::SNS::Topic}\n"}
    assert gate(path, before, after, ("infra/t.yaml",)) == (1, "lost")


@pytest.mark.parametrize("more", ["--gate", "--verbose"], ids=["asked for", "by the policy"])
def test_a_folder_that_moves_without_its_policy(more: str, path: Path) -> None:
    gone = ("infra/t.yaml", *POLICY)
    assert gate(path, {"infra/t.yaml": template()}, {"x/t.yaml": template(comment=IGNORED)}, gone, more) == (1, "lost")


def test_advice_by_a_condition_is_lesser_there(path: Path) -> None:
    after = {"t.yaml": template(days="!If [Other, 7, 0]", head=CONDITION)}
    assert gate(path, {"infra/t.yaml": template()}, after, ("infra/t.yaml",)) == (1, "lowered")


def test_terraform_moves_to_another_root(path: Path) -> None:
    before = {"infra/main.tf": TERRAFORM.format(comment="", name="db")}
    after = {"live/main.tf": TERRAFORM.format(comment=f"#{IGNORED[2:]}\n", name="db")}
    assert gate(path, before, after, ("infra/main.tf",)) == (1, "lost")


@pytest.mark.parametrize(
    "after",
    [
        {"t.yaml": template(days="7")},
        {"t.yaml": template()},
        {
            "other/.awslint-memo.yaml": f"ignore: [{RULE}]\n",
            "other/q.yaml": "Resources: {Q: {Type: AWS::SQS::Queue}}\n",
        },
    ],
    ids=["mended", "found as before", "gone"],
)
def test_a_move_alone_shuts_nothing(after: Files, path: Path) -> None:
    _, told = gate(path, {"infra/t.yaml": template()}, after, ("infra/t.yaml",))
    assert told == ""


def test_a_comment_on_what_was_outside_is_free(path: Path) -> None:
    before = {"infra/t.yaml": template(days="7"), "u.yaml": template("Other")}
    assert gate(path, before, {"u.yaml": template("Other", IGNORED)}, ("infra/t.yaml",)) == (0, "")
