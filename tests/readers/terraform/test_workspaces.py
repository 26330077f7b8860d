"""The keys of maps and the names of files that the workspace chooses are deployments; production counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import report

HEAD = 'terraform {\n  backend "s3" {}\n}\n'
DATABASE = """
resource "aws_db_instance" "main" {
  engine                  = "postgres"
  backup_retention_period = %s
}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(days: str, more: str = "", files: dict[str, str] | None = None) -> list[tuple[str, str]]:
    for name, text in {**(files or {}), "main.tf": HEAD + more + DATABASE % days}.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    findings = report("--advice", "--select", "rds-backup-retention", ".")["findings"]
    return [(one["level"], one["deployment"]) for one in findings if " is 0 days" in one["message"]]


MAP = "locals {\n  days = { dev = %s, prod = %s }\n}\n"


@pytest.mark.parametrize(
    "days",
    [
        "local.days[terraform.workspace]",
        "lookup(local.days, terraform.workspace, 7)",
        "try(local.days[terraform.workspace], 7)",
    ],
)
def test_each_key_of_a_map_is_a_deployment(days: str) -> None:
    assert found(days, MAP % (0, 7)) == [("advice", "when terraform.workspace is dev")]
    assert found(days, MAP % (7, 0)) == [("error", "when terraform.workspace is prod")]


def test_one_workspace_of_production_among_several_counts() -> None:
    days = "locals {\n  days = { dev = 7, prod = 14, production = 0 }\n}\n"
    assert found("local.days[terraform.workspace]", days) == [("error", "when terraform.workspace is production")]


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("${path.module}/config/${terraform.workspace}.yaml", "config/{}.yaml"),
        ("config-${terraform.workspace}.yaml", "config-{}.yaml"),
        ("./env/${terraform.workspace}/config.yaml", "env/{}/config.yaml"),
    ],
)
def test_the_files_that_a_workspace_chooses_are_deployments(path: str, names: str) -> None:
    files = {names.format("dev"): "days: 7\n", names.format("prod"): "days: 0\n"}
    more = f'locals {{\n  config = yamldecode(file("{path}"))\n}}\n'
    assert found("local.config.days", more, files) == [("error", "when terraform.workspace is prod")]


def test_a_variable_chooses_files_too() -> None:
    more = 'variable "env" {}\nlocals {\n  config = jsondecode(file("${path.module}/${var.env}.json"))\n}\n'
    files = {"dev.json": '{"days": 0}', "prod.json": '{"days": 7}'}
    assert found("local.config.days", more, files) == [("advice", "when env is dev")]


def test_files_that_a_workspace_chooses_stay_in_the_root(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "prod.yaml").write_text("days: 0\n")
    more = 'locals {\n  config = yamldecode(file("../../../${terraform.workspace}.yaml"))\n}\n'
    assert found("local.config.days", more) == []
