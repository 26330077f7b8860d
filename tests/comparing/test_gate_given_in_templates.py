"""What the commands of a build or a pipeline in a template give a parameter is a value that nothing was judged with."""

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
DAYS = "Parameters: {Days: {Type: Number, Default: 7}}\n"
TERRAFORM = """\
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
VARIABLE = 'variable "days" {\n  default = 7\n}\n'
BUILD = """\
  Build:
    Type: AWS::CodeBuild::Project
    Properties:
      Source:
        Type: NO_SOURCE
        BuildSpec: |
          version: 0.2
          phases:
            build:
              commands:
                - {}
"""
BUILD_IN_TERRAFORM = """\
resource "aws_codebuild_project" "build" {{
  source {{
    type      = "NO_SOURCE"
    buildspec = <<-EOT
      version: 0.2
      phases:
        build:
          commands:
            - {}
    EOT
  }}
}}
"""
PIPELINE = """\
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      Stages:
        - Name: Deploy
          Actions:
            - Name: Deploy
              ActionTypeId: {{Category: Deploy, Owner: AWS, Provider: CloudFormation, Version: "1"}}
              Configuration:
                ActionMode: CREATE_UPDATE
                TemplatePath: Source::t.yaml
                ParameterOverrides: {}
"""
DEPLOY = "aws cloudformation deploy --template-file t.yaml --parameter-overrides "
APPLY = "terraform apply -auto-approve "

GIVING: dict[str, str] = {
    "a command": BUILD.format(DEPLOY + "Stage=prod Days=0"),
    "a command with a variable of the shell": BUILD.format(DEPLOY + "Days=$DAYS"),
    "a command with a part of a value": BUILD.format(DEPLOY + "Days=1$DAYS"),
    "a command on several lines": BUILD.format(DEPLOY + "\\\n" + " " * 20 + "Days=0"),
    "a command that is told by a variable": BUILD.format(
        'export PARAMETERS="Days=0"\n' + " " * 16 + "- " + DEPLOY + '"$PARAMETERS"'
    ),
    "a command as a list": BUILD.format('["sam", "deploy", "--parameter-overrides", "Days=0"]'),
    "overrides": PIPELINE.format("""'{"Stage": "prod", "Days": "0"}'"""),
    "overrides that are made": PIPELINE.format("""!Sub '{"Days": "${AWS::AccountId}"}'"""),
    "overrides on several lines": PIPELINE.format("|\n" + " " * 18 + '{"Days": "0"}'),
    "overrides that an artifact has": PIPELINE.format("""'{"Days": {"Fn::GetParam": ["S", "c.json", "Days"]}}'"""),
    "overrides in pieces": PIPELINE.format(r"""!Join ["", ["{\"Days\": \"", "0", "\"}"]]"""),
}
OTHER: dict[str, str] = {
    "the same value": BUILD.format(DEPLOY + "Days=7"),
    "another parameter": BUILD.format(DEPLOY + "WorkDays=0 Days7=0"),
    "a variable of the shell": BUILD.format("Days=0 && echo $Days"),
    "a value that is right": PIPELINE.format("""'{"Days": "14"}'"""),
    "overrides of others": PIPELINE.format("""'{"Stage": "Days"}'"""),
}
GIVING_TERRAFORM: dict[str, str] = {
    "a command": APPLY + "-var days=0",
    "a command with quotes": APPLY + "-var 'days=0'",
    "a command with a variable": APPLY + '-var="days=$DAYS"',
    "a command as a list": '["terraform", "apply", "-var", "days=0"]',
}


def gate(path: Path, before: dict[str, str], after: dict[str, str]) -> tuple[int, list[str]]:
    """The exit code, and what the gate doubts."""
    repository = made(path)
    repository.commit(before)
    write(path, after)
    repository.git("add", "--all")
    result = invoke("lint", "--against", "HEAD", "--gate", "--format", "json", "--select", "rds-backup-retention")
    report = json.loads(result.stdout)
    return result.exit_code, [finding["why"].partition(", with")[0] for finding in report["gate"]["doubted"]]


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("is_new", [True, False], ids=["added", "there before"])
@pytest.mark.parametrize("name", GIVING)
def test_a_template_that_deploys_another_gives_values(name: str, is_new: bool, path: Path) -> None:
    before, after = {"t.yaml": DATABASE.format("", 0)}, {"t.yaml": DATABASE.format(DAYS, "!Ref Days")}
    (after if is_new else before)["ci.yaml"] = f"Resources:\n{GIVING[name]}"
    code, why = gate(path, before, after)
    assert (code, [each.startswith("ci.yaml gives Days a") for each in why]) == (1, [True])


@pytest.mark.parametrize("name", GIVING)
def test_a_template_that_deploys_itself_gives_values(name: str, path: Path) -> None:
    before = {"t.yaml": DATABASE.format("", 0)}
    code, why = gate(path, before, {"t.yaml": DATABASE.format(DAYS, "!Ref Days") + GIVING[name]})
    assert (code, [each.startswith("t.yaml gives Days a") for each in why]) == (1, [True])


@pytest.mark.parametrize("name", OTHER)
def test_a_template_that_gives_nothing_wrong_is_no_doubt(name: str, path: Path) -> None:
    before = {"t.yaml": DATABASE.format("", 0), "ci.yaml": f"Resources:\n{OTHER[name]}"}
    assert gate(path, before, {"t.yaml": DATABASE.format(DAYS, "!Ref Days")}) == (0, [])


def test_a_default_that_is_mended_where_it_is_counts(path: Path) -> None:
    build = {"ci.yaml": f"Resources:\n{GIVING['a command with a variable of the shell']}"}
    before = {"t.yaml": DATABASE.format(DAYS.replace("7", "0"), "!Ref Days"), **build}
    assert gate(path, before, {"t.yaml": DATABASE.format(DAYS, "!Ref Days")}) == (0, [])


@pytest.mark.parametrize("build", [f"Resources:\n{BUILD}", BUILD_IN_TERRAFORM], ids=["CloudFormation", "Terraform"])
@pytest.mark.parametrize("name", GIVING_TERRAFORM)
def test_a_template_that_applies_terraform_gives_values(name: str, build: str, path: Path) -> None:
    file = "ci/build.yaml" if "AWS::" in build else "ci/main.tf"
    before, after = {"main.tf": TERRAFORM.format("", 0)}, {"main.tf": TERRAFORM.format(VARIABLE, "var.days")}
    code, why = gate(path, before, {**after, file: build.format(GIVING_TERRAFORM[name])})
    assert (code, [each.startswith(f"{file} gives days a") for each in why]) == (1, [True])


def test_a_build_in_terraform_gives_a_template_values(path: Path) -> None:
    before, after = {"t.yaml": DATABASE.format("", 0)}, {"t.yaml": DATABASE.format(DAYS, "!Ref Days")}
    code, why = gate(path, before, {**after, "ci/main.tf": BUILD_IN_TERRAFORM.format(DEPLOY + "Days=0")})
    assert (code, why) == (1, ["ci/main.tf gives Days another value"])
