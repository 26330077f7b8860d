"""A default that another stack exports mends nothing while a file gives its parameter a wrong value."""

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

DATABASE = """\
{}Resources:
  Db:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Snapshot
    UpdateReplacePolicy: Snapshot
    Properties: {{Engine: postgres, DBInstanceClass: db.m5.large, MultiAZ: true, BackupRetentionPeriod: {}}}
"""
IMPORTING = DATABASE.format("", "!ImportValue days")
EXPORTER = """\
Parameters:
  Days: {{Type: Number, Default: 7}}
  Mode: {{Type: String, Default: long}}
Conditions: {{IsLong: !Equals [!Ref Mode, long]}}
Mappings: {{Kept: {{long: {{days: 7}}, short: {{days: 0}}}}}}
Resources: {{Topic: {{Type: AWS::SNS::Topic}}}}
Outputs: {{Days: {{Value: {}, Export: {{Name: days}}}}}}
"""
DIRECT, CHOSEN, MAPPED = "!Ref Days", "!If [IsLong, 7, 0]", "!FindInMap [Kept, !Ref Mode, days]"
DEPLOY = "aws cloudformation deploy --template-file e.yaml --stack-name e --parameter-overrides {}\n"
SAMCONFIG = '[default.deploy.parameters]\ntemplate_file = "e.yaml"\nparameter_overrides = "Days=0"\n'
PARENT = """\
Resources:
  Child: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {}, Parameters: {{Days: {}}}}}}}
"""
PASSED = """\
Resources: {Topic: {Type: AWS::SNS::Topic}}
Outputs: {Days: {Value: !ImportValue inner, Export: {Name: days}}}
"""


def gate(path: Path, before: Files, after: Files) -> tuple[int, list[str], int]:
    """The exit code, what the gate doubts, and how many findings there are."""
    repository = made(path)
    repository.commit(before)
    write(path, after)
    repository.git("add", "--all")
    result = invoke("lint", "--against", "HEAD", "--gate", "--format", "json", "--select", "rds-backup-retention")
    report = json.loads(result.stdout)
    why = [finding["why"].partition(", with")[0] for finding in report["gate"]["doubted"]]
    return result.exit_code, why, len(report["findings"])


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


GIVING: dict[str, tuple[str, Files]] = {
    "a command": (DIRECT, {"d.sh": DEPLOY.format("Days=0")}),
    "a command with a variable of the shell": (DIRECT, {"d.sh": DEPLOY.format("Days=$DAYS")}),
    "a command that decides a condition": (CHOSEN, {"d.sh": DEPLOY.format("Mode=short")}),
    "a command that chooses a row": (MAPPED, {"d.sh": DEPLOY.format("Mode=short")}),
    "one of two commands": (DIRECT, {"d.sh": DEPLOY.format("Days=14"), "e.sh": DEPLOY.format("Days=0")}),
    "a samconfig": (DIRECT, {"samconfig.toml": SAMCONFIG}),
    "a file of Git sync": (DIRECT, {"sync.yaml": "template-file-path: e.yaml\nparameters: {Days: 0}\n"}),
    "a list of parameters": (DIRECT, {"p.json": '[{"ParameterKey": "Days", "ParameterValue": "0"}]'}),
    "a parent": (DIRECT, {"p.yaml": PARENT.format("./e.yaml", 0)}),
    "a parent that is not followed": (DIRECT, {"p.yaml": PARENT.format("https://b.s3.amazonaws.com/x.yaml", 0)}),
}
RIGHT: dict[str, tuple[str, Files]] = {
    "a command": (DIRECT, {"d.sh": DEPLOY.format("Days=14")}),
    "a command that decides nothing of it": (DIRECT, {"d.sh": DEPLOY.format("Other=$OTHER Size=0")}),
    "a command that decides a condition": (CHOSEN, {"d.sh": DEPLOY.format("Mode=long")}),
    "a samconfig": (DIRECT, {"samconfig.toml": SAMCONFIG.replace("=0", "=7")}),
    "a parent": (DIRECT, {"p.yaml": PARENT.format("./e.yaml", 14)}),
    "a parent of another template": (DIRECT, {"p.yaml": PARENT.format("https://b.s3.amazonaws.com/x.yaml", 9)}),
}


@pytest.mark.parametrize("is_new", [True, False], ids=["added", "there before"])
@pytest.mark.parametrize("name", GIVING)
def test_what_an_exporter_is_given_is_a_doubt(name: str, is_new: bool, path: Path) -> None:
    value, more = GIVING[name]
    there = {"e.yaml": EXPORTER.format(value), **more}
    before, after = {"t.yaml": DATABASE.format("", 0)}, {"t.yaml": IMPORTING}
    before, after = (before, {**after, **there}) if is_new else ({**before, **there}, after)
    code, why, _ = gate(path, before, after)
    assert (code, [" gives " in each for each in why]) == (1, [True])


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_mends(name: str, path: Path) -> None:
    value, more = RIGHT[name]
    after = {"t.yaml": IMPORTING, "e.yaml": EXPORTER.format(value), **more}
    assert gate(path, {"t.yaml": DATABASE.format("", 0)}, after) == (0, [], 0)


def test_an_export_that_is_passed_on_is_followed(path: Path) -> None:
    inner = EXPORTER.format(DIRECT).replace("Name: days", "Name: inner")
    after = {"t.yaml": IMPORTING, "p.yaml": PASSED, "e.yaml": inner, "d.sh": DEPLOY.format("Days=0")}
    code, why, _ = gate(path, {"t.yaml": DATABASE.format("", 0)}, after)
    assert (code, why) == (1, ["d.sh gives Days another value"])


def test_a_default_of_the_exporter_that_was_there_and_is_mended_counts(path: Path) -> None:
    there = {"t.yaml": IMPORTING, "d.sh": DEPLOY.format("Days=$DAYS")}
    before = {**there, "e.yaml": EXPORTER.format(DIRECT).replace("Default: 7", "Default: 0")}
    assert gate(path, before, {"e.yaml": EXPORTER.format(DIRECT)}) == (0, [], 0)


OF_TERRAFORM = """\
terraform {{
  backend "s3" {{}}
}}
{}resource "aws_db_instance" "db" {{
  engine                  = "postgres"
  instance_class          = "db.m5.large"
  multi_az                = true
  backup_retention_period = {}
}}
"""
STATE = """\
data "terraform_remote_state" "e" {
  backend = "s3"
  config  = { bucket = "b", key = "e" }
}
"""
STORED = 'data "aws_ssm_parameter" "days" {\n  name = "/days"\n}\n'
OTHER = """\
terraform {
  backend "s3" {
    bucket = "b"
    key    = "e"
  }
}
variable "days" {
  default = 7
}
output "days" {
  value = var.days
}
resource "aws_ssm_parameter" "days" {
  name  = "/days"
  type  = "String"
  value = var.days
}
"""


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (STATE, "data.terraform_remote_state.e.outputs.days"),
        (STORED, "tonumber(data.aws_ssm_parameter.days.value)"),
    ],
)
def test_what_another_root_of_terraform_tells_is_not_known(data: str, value: str, path: Path) -> None:
    before = {"a/main.tf": OF_TERRAFORM.format("", 0), "e/main.tf": OTHER}
    assert gate(path, before, {"a/main.tf": OF_TERRAFORM.format(data, value)})[0] == 1


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("Parameters: {Days: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /days}}\n", "!Ref Days"),
        ("", "'{{resolve:ssm:/days}}'"),
    ],
)
def test_what_a_template_stores_for_another_is_not_known(head: str, value: str, path: Path) -> None:
    stored = EXPORTER.format(DIRECT).replace(
        "{Type: AWS::SNS::Topic}",
        "{Type: AWS::SSM::Parameter, Properties: {Type: String, Name: /days, Value: !Ref Days}}",
    )
    before = {"t.yaml": DATABASE.format("", 0), "e.yaml": stored}
    assert gate(path, before, {"t.yaml": DATABASE.format(head, value)})[0] == 1
