"""A finding by a default value is advice where a file of the repository gives the parameter another value."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

TEMPLATE = """
Parameters: {DatabaseMultiAZ: {Type: String, Default: "false"}}
Resources: {Db: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, MultiAZ: !Ref DatabaseMultiAZ}}}
"""


@pytest.mark.parametrize(
    ("file", "text", "level"),
    [
        ("config/prod/db.yaml", "template: db.yaml\nparameters:\n  DatabaseMultiAZ: 'true'\n", ""),
        ("prod.json", '[{"ParameterKey": "DatabaseMultiAZ", "ParameterValue": "true"}]', ""),
        ("deploy.sh", "aws cloudformation deploy --parameter-overrides DatabaseMultiAZ=true", ""),
        ("config/dev/db.yaml", "template: db.yaml\nparameters:\n  DatabaseMultiAZ: 'true'\n", "advice"),
        ("prod.json", '[{"ParameterKey": "DatabaseMultiAZ", "ParameterValue": "false"}]', "warning"),
        ("prod.json", '{"OtherDatabaseMultiAZ": "true"}', "warning"),
        ("parent.yaml", "AWSTemplateFormatVersion: x\nParameters: {DatabaseMultiAZ: true}\nResources: {}\n", "warning"),
    ],
)
def test_what_a_file_sets_is_no_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, text: str, level: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"db.yaml": TEMPLATE, file: text})
    made = report("db.yaml", "--select", "rds-multi-az", "--advice")
    assert [finding["level"] for finding in made["findings"]] == ([level] if level else [])
    told = [notice for notice in made["summary"]["notices"] if "default value" in notice]
    assert bool(told) == (level == "")
    (finding,) = made["findings"] or [{}]
    if level == "advice":
        assert finding["deployment"] == f"by its default, while {file} gives DatabaseMultiAZ another value"


def test_what_holds_for_any_value_is_no_finding_by_a_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    api = """
Parameters: {Environment: {Type: String, Default: staging}}
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: !Sub "shop-${Environment}", ProtocolType: HTTP}}
  Failed:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApiGateway
      MetricName: 5XXError
      Dimensions: [{Name: ApiName, Value: !Sub "shop-${Environment}"}]
"""
    write(tmp_path, {"api.yaml": api, "deploy.sh": "sam deploy --parameter-overrides Environment=prod"})
    made = report("api.yaml", "--select", "alarm-dimension-value")
    assert [finding["level"] for finding in made["findings"]] == ["error"]


def test_a_description_that_tells_of_costs_explains_a_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    explained = TEMPLATE.replace("{Type: String,", "{Type: String, Description: Off is the cheapest,")
    write(tmp_path, {"db.yaml": explained})
    (finding,) = report("db.yaml", "--select", "rds-multi-az", "--advice")["findings"]
    assert finding["level"] == "advice"


ROOT = """
variable "environment" {}
variable "multi_az" {}
resource "aws_db_instance" "chosen" {
  engine         = "mysql"
  instance_class = "db.m7g.large"
  multi_az       = var.%s
  tags           = { Environment = var.environment }
}
"""


@pytest.mark.parametrize(
    ("name", "variable", "values", "level"),
    [
        ("terraform.tfvars", "multi_az", 'environment = "staging"\nmulti_az = false\n', "advice"),
        ("a.auto.tfvars", "multi_az", 'environment = "dev"\nmulti_az = false\n', "advice"),
        ("terraform.tfvars.json", "multi_az", '{\n  "environment": "dev",\n  "multi_az": false\n}\n', "advice"),
        ("terraform.tfvars", "multi_az", 'environment = "production"\nmulti_az = false\n', "warning"),
        ("terraform.tfvars", "multi_az", 'multi_az = false\nname = "staging"\n', "warning"),
    ],
)
def test_what_a_file_gives_another_environment_is_not_productions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, variable: str, values: str, level: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"main.tf": ROOT % variable, name: values})
    (finding,) = report(".", "--select", "rds-multi-az", "--advice")["findings"]
    assert finding["level"] == level


def test_what_is_written_in_the_root_holds_in_production_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"main.tf": ROOT.replace("var.%s", "false"), "terraform.tfvars": 'environment = "staging"\n'})
    (finding,) = report(".", "--select", "rds-multi-az", "--advice")["findings"]
    assert finding["level"] == "warning"


ALONE = """
variable "environment" {
  default = "%s"
}

resource "aws_db_instance" "db" {
  engine     = "mysql"
  identifier = "shop-${var.environment}"
}
"""


@pytest.mark.parametrize(
    ("files", "level"),
    [
        ({"main.tf": ALONE % "dev"}, "advice"),
        ({"main.tf": "# The domain is production's.\n" + ALONE % "dev"}, "advice"),
        ({"main.tf": ALONE % "main"}, "warning"),
        ({"main.tf": ALONE % "dev" + 'locals {\n  is_small = var.environment == "dev"\n}\n'}, "warning"),
        ({"main.tf": ALONE % "dev" + "locals {\n  size = local.sizes[var.environment]\n}\n"}, "warning"),
        ({"main.tf": ALONE % "dev", ".github/workflows/deploy.yml": "env: {TF_VAR_environment: prod}\n"}, "warning"),
        ({"main.tf": ALONE % "dev", "deploy.sh": "terraform apply -var environment=production\n"}, "warning"),
        ({"main.tf": ALONE % "dev", "prod-notes.json": "{}\n"}, "warning"),
        ({"main.tf": ALONE % "dev", "prod.tfvars": 'environment = "prod"\n'}, "warning"),
        ({"main.tf": ALONE % "dev", ".awslint-memo.yaml": "environments: false\n"}, "warning"),
        ({"main.tf": ALONE % "dev", ".awslint-memo.yaml": "policy: {locked: [rds-multi-az]}\n"}, "warning"),
    ],
    ids=str,
)
def test_an_environment_of_development_alone_is_no_production(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], level: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    write(tmp_path, files)
    (finding,) = report(".", "--select", "rds-multi-az", "--advice")["findings"]
    assert finding["level"] == level


def test_a_notice_says_of_which_environment_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"main.tf": ALONE % "dev"})
    made = report(".", "--select", "rds-multi-az", "--advice")
    assert made["findings"][0]["deployment"] == "with environment dev by default, and no production named here"
    assert (
        "1 warning is advice, as it is of no production: environment is dev (environments)"
        in (made["summary"]["notices"])
    )
