"""A file that gives a parameter a wrong value is a doubt in whichever format it writes the name beside the value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

DATABASE = """\
{}Resources:
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {{Engine: postgres, DBInstanceClass: db.m5.large, MultiAZ: true, BackupRetentionPeriod: {}}}
"""
BEFORE, AFTER = DATABASE.format("", 0), DATABASE.format("Parameters: {KeptDays: {Default: 7}}\n", "!Ref KeptDays")
LOOP = """\
Transform: AWS::LanguageExtensions
Resources:
  Child:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: https://b.s3.amazonaws.com/x.yaml
      Parameters: {{"Fn::ForEach::P": [N, [{}], {{"${{N}}Days": 0}}]{}}}
"""
GIVING = {
    "c.properties": "KeptDays 0\n",
    "c.csv": "name,value\nKeptDays,0\n",
    "d.tsv": '"KeptDays"\t"0"\n',
    "d.sh": 'aws cloudformation deploy --parameter-overrides Kept"Days"=0\n',
    "e.sh": "aws cloudformation deploy --parameter-overrides 'Kept'Days=$DAYS\n",
    "p.jsonnet": "{Parameters: {KeptDays: std.toString(0)}}\n",
    "parameters/app.yml": "kept_days: 0\n",
    "loop.yaml": LOOP.format("Kept", ""),
}
OTHER = {
    "c.properties": "KeptDays 7\nMyKeptDays 0\n",
    "c.csv": "name,value\nKeptDays,14\nKeptDaysOfAll,0\n",
    "c.txt": "KeptDays: 7\n",
    "parameters/app.yml": "kept_days: 7\nall_kept_days: 0\n",
    "loop.yaml": LOOP.format("Kept", ", Size: 1"),
}


def gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> tuple[int, list[str]]:
    """The exit code, and what the gate doubts."""
    monkeypatch.chdir(tmp_path)
    repository = made(tmp_path)
    repository.commit({"t.yaml": BEFORE})
    write(tmp_path, {"t.yaml": AFTER, name: text})
    repository.git("add", "--all")
    result = invoke("lint", "--against", "HEAD", "--gate", "--format", "json", "--select", "rds-backup-retention")
    return result.exit_code, [each["why"] for each in json.loads(result.stdout)["gate"]["doubted"]]


@pytest.mark.parametrize("name", GIVING)
def test_a_wrong_value_is_seen(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, why = gate(tmp_path, monkeypatch, name, GIVING[name])
    assert (code, [each.startswith(f"{name} gives KeptDays a") for each in why]) == (1, [True])


@pytest.mark.parametrize("name", OTHER)
def test_a_right_value_or_another_name_is_none(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert gate(tmp_path, monkeypatch, name, OTHER[name]) == (0, [])
