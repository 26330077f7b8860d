"""What a file that was there before gives a parameter which the change brings is judged, or is a doubt."""

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
BEFORE = DATABASE.format("", 0)
AFTER = DATABASE.format("Parameters: {Days: {Type: Number, Default: 7}}\n", "!Ref Days")
PARENT = """\
{}Resources:
  Child: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {}, Parameters: {}}}}}
"""
OF_TERRAFORM = """\
{}resource "aws_db_instance" "db" {{
  engine                  = "postgres"
  instance_class          = "db.m5.large"
  multi_az                = true
  backup_retention_period = {}
}}
"""
MODULE = OF_TERRAFORM.format("", 0)
MODULE_AFTER = OF_TERRAFORM.format('variable "days" {\n  default = 7\n}\n', "var.days")
BACKEND = 'terraform {\n  backend "s3" {}\n}\n'
CALL = 'module "m" {{\n  source = {}\n  {}\n}}\n'
CHOICE = "Parameters: {Stage: {Type: String}}\nConditions: {Short: !Equals [!Ref Stage, dev]}\n"
SAMCONFIG = """\
version = 0.1
[default.deploy.parameters]
template_file = "parent.yaml"
parameter_overrides = "Kept=0"
"""
ADDRESS = "https://bucket.s3.amazonaws.com/x/{}.yaml"
AT_TAG = '"git::https://example.com/all.git//{}?ref=v1"'
UNIT = "terraform {{\n  source = {}\n}}\ninputs = {{\n  days = 0\n}}\n"


def gate(path: Path, before: Files, after: Files) -> tuple[int, list[str], int]:
    """The exit code, what the gate doubts, and how many findings are as before."""
    repository = made(path)
    repository.commit(before)
    write(path, after)
    repository.git("add", "--all")
    result = invoke("lint", "--against", "HEAD", "--gate", "--format", "json", "--select", "rds-backup-retention")
    report = json.loads(result.stdout)
    told = report["gate"]
    doubts = [finding["why"].partition(", with")[0] for finding in told["doubted"]]
    doubts += ["narrowed" for _ in told["narrowed"]] + ["unknown" for _ in told["unknown"]]
    return result.exit_code, doubts, sum(not each.get("new") for each in report["findings"])


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


JUDGED: dict[str, tuple[str, Files]] = {
    "a parent": ("t.yaml", {"parent.yaml": PARENT.format("", "./t.yaml", "{Days: 0}")}),
    "a parent at an address": ("t.yaml", {"parent.yaml": PARENT.format("", ADDRESS.format("t"), "{Days: 0}")}),
    "a file of Git sync": ("t.yaml", {"sync.yaml": "template-file-path: t.yaml\nparameters: {Days: 0}\n"}),
    "a stack of Sceptre": ("templates/t.yaml", {"config/x.yaml": "template_path: t.yaml\nparameters: {Days: 0}\n"}),
    "a file of variables": ("main.tf", {"terraform.tfvars": "days = 0\n"}),
    "a file of variables that is found by its name": ("main.tf", {"x.auto.tfvars.json": '{"days": 0}'}),
    "a file of production": ("main.tf", {"prod.tfvars": "days = 0\n"}),
    "the call of a module": ("m/main.tf", {"main.tf": CALL.format('"./m"', "days = 0")}),
    "a unit of Terragrunt": ("m/main.tf", {"live/terragrunt.hcl": UNIT.format('"../m"')}),
}


@pytest.mark.parametrize("name", JUDGED)
def test_a_wrong_value_that_was_there_is_found(name: str, path: Path) -> None:
    file, more = JUDGED[name]
    root = BACKEND if file == "main.tf" else ""
    before, after = (root + MODULE, root + MODULE_AFTER) if file.endswith(".tf") else (BEFORE, AFTER)
    assert gate(path, {file: before, **more}, {file: after}) == (0, [], 1)


@pytest.mark.parametrize("name", sorted(JUDGED.keys() - {"a file of production"}))
def test_a_right_value_that_was_there_mends(name: str, path: Path) -> None:
    # A file of production is judged instead of the default values from now on, which is told.
    file, more = JUDGED[name]
    root = BACKEND if file == "main.tf" else ""
    before, after = (root + MODULE, root + MODULE_AFTER) if file.endswith(".tf") else (BEFORE, AFTER)
    right = {
        each: text.replace("ays: 0", "ays: 7").replace("= 0", "= 7").replace('": 0', '": 7')
        for each, text in more.items()
    }
    assert gate(path, {file: before, **right}, {file: after}) == (0, [], 0)


def parent(address: str, parameters: str = "{Days: 0}", before: str = "") -> Files:
    return {"parent.yaml": PARENT.format(before, address, parameters)}


UNKNOWN: dict[str, tuple[Files, str]] = {
    "what a macro gives": (parent("./t.yaml", "{'Fn::Transform': {Name: M}}"), "narrowed"),
    "what a condition decides": (parent("./t.yaml", "!If [Short, {Days: 0}, {Days: 7}]", CHOICE), "narrowed"),
    "a template that is not known": (
        parent("!Ref Where", before="Parameters: {Where: {Type: String}}\n"),
        "parent.yaml gives Days another value",
    ),
    "a template of another name": (parent(ADDRESS.format("other")), "parent.yaml gives Days another value"),
    "an import": (
        parent(ADDRESS.format("other"), "{Days: !ImportValue Days}"),
        "parent.yaml gives Days a value that is not read",
    ),
    "a parent's parameter in a samconfig that is not judged": (
        {
            **parent("./t.yaml", "{Days: !Ref Kept}", "Parameters: {Kept: {Type: Number, Default: 7}}\n"),
            "samconfig.toml": SAMCONFIG,
        },
        "samconfig.toml gives Kept another value",
    ),
}
OTHER: dict[str, Files] = {
    "the right value": parent(ADDRESS.format("other"), "{Days: 14}"),
    "another template, by its parameters": parent(ADDRESS.format("other"), "{Days: 0, Size: 1}"),
    "none of its parameters": parent(ADDRESS.format("other"), "{}"),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_a_parent_may_give_is_a_doubt(name: str, path: Path) -> None:
    before, doubt = UNKNOWN[name]
    assert gate(path, {"t.yaml": BEFORE, **before}, {"t.yaml": AFTER})[:2] == (1, [doubt])


@pytest.mark.parametrize("name", OTHER)
def test_what_a_parent_gives_others_is_none(name: str, path: Path) -> None:
    assert gate(path, {"t.yaml": BEFORE, **OTHER[name]}, {"t.yaml": AFTER}) == (0, [], 0)


def test_a_template_that_is_nested_now_is_not_gone(path: Path) -> None:
    required = AFTER.replace(", Default: 7", "")
    before = {"t.yaml": BEFORE, **parent(ADDRESS.format("t"), "{Days: !ImportValue Days}")}
    assert gate(path, before, {"t.yaml": required})[:2] == (1, ["unknown"])


GIVEN_TO_MODULES: dict[str, Files] = {
    "a module of a tag": {"live/main.tf": CALL.format(AT_TAG.format("m"), "days = 0")},
    "a module at an address that is not known": {"live/main.tf": CALL.format("var.where", "days = 0")},
    "an expression": {"live/main.tf": CALL.format(AT_TAG.format("m"), "days = var.kept")},
    "a unit of a tag": {"live/terragrunt.hcl": UNIT.format(AT_TAG.format("m"))},
}
OF_OTHERS: dict[str, Files] = {
    "another module": {"live/main.tf": CALL.format(AT_TAG.format("n"), "days = 0")},
    "arguments of another": {"live/main.tf": CALL.format(AT_TAG.format("m"), "days = 0\n  size = 1")},
    "the same value": {"live/main.tf": CALL.format(AT_TAG.format("m"), "days = 7")},
    "a unit of another": {"live/terragrunt.hcl": UNIT.format(AT_TAG.format("n"))},
}


@pytest.mark.parametrize("name", GIVEN_TO_MODULES)
def test_what_is_given_to_a_module_that_is_not_read_is_a_doubt(name: str, path: Path) -> None:
    code, doubts, _ = gate(path, {"m/main.tf": MODULE, **GIVEN_TO_MODULES[name]}, {"m/main.tf": MODULE_AFTER})
    assert (code, [each.startswith("live/") for each in doubts]) == (1, [True])


@pytest.mark.parametrize("name", OF_OTHERS)
def test_what_is_given_to_another_module_is_none(name: str, path: Path) -> None:
    assert gate(path, {"m/main.tf": MODULE, **OF_OTHERS[name]}, {"m/main.tf": MODULE_AFTER}) == (0, [], 0)


@pytest.mark.parametrize("folder", ["", "other/"])
def test_an_encrypted_file_of_variables_beside_the_module_is_a_doubt(folder: str, path: Path) -> None:
    before = {"main.tf": BACKEND + MODULE, f"{folder}terraform.tfvars": "\0GITCRYPT\0abc"}
    _, doubts, _ = gate(path, before, {"main.tf": BACKEND + MODULE_AFTER})
    assert doubts == ([] if folder else ["terraform.tfvars gives days a value that is not read"])
