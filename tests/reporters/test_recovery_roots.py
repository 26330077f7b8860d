"""Which roots of Terraform `recovery` has a table for: not modules that others call."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke, printed, report
from tests.reporters.recovery_tables import rows

PROVIDER = 'provider "aws" {\n  region = "%s"\n}\n'
BUCKET = 'resource "aws_s3_bucket" "files" {\n  bucket = "files"\n}\n'
MODULE = PROVIDER % "eu-west-1" + BUCKET
CALL = 'module "files" {\n  source = "%s"\n}\n'
NOTICE = (
    "is judged in the roots that call it, not as a root: modules/files (name one alone to have it judged as a root)"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _stores(lines: list[str]) -> list[str]:
    return [line.split()[0] for line in lines if " software " in line]


def test_a_module_with_a_provider_is_judged_in_the_root_that_calls_it(here: Path) -> None:
    lines = rows(here, {"modules/files/main.tf": MODULE, "live/main.tf": CALL % "../modules/files"})
    assert _stores(lines) == ["module.files.aws_s3_bucket.files"]
    assert not any(line.startswith("modules/files ") for line in lines)
    result = invoke("recovery")
    assert result.stderr.count(NOTICE) == 1


def test_a_module_that_its_caller_makes_only_by_a_switch_is_no_root_either(here: Path) -> None:
    call = CALL.replace("source", "count  = var.on ? 1 : 0\n  source") % "../modules/files"
    files = {"live/main.tf": f'{call}variable "on" {{\n  default = false\n}}\n', "modules/files/main.tf": MODULE}
    assert _stores(rows(here, files, "--disruption", "software")) == []
    told = "1 module is not judged, as the roots that call it make none of it by the values here: modules/files"
    assert told in invoke("recovery").stderr
    (here / "live" / "on.tfvars").write_text("on = true\n", encoding="utf-8")
    assert "module.files[0].aws_s3_bucket.files" in printed("recovery", "--var-file", "live/on.tfvars")


def test_a_module_named_alone_or_called_by_nobody_is_a_root(here: Path) -> None:
    files = {"modules/files/main.tf": MODULE, "live/main.tf": CALL % "../modules/files"}
    assert _stores(rows(here, files, "modules/files")) == ["aws_s3_bucket.files"]
    assert NOTICE not in invoke("recovery", "modules/files").stderr
    (here / "live" / "main.tf").write_text(PROVIDER % "eu-west-1", encoding="utf-8")
    assert _stores(rows(here, {"modules/files/main.tf": MODULE})) == ["aws_s3_bucket.files"]


@pytest.mark.parametrize(
    "files",
    [
        {"modules/files/main.tf": MODULE + 'terraform {\n  backend "s3" {}\n}\n'},
        {"modules/files/main.tf": MODULE + 'variable "a" {}\n', "modules/files/terraform.tfvars": 'a = "b"\n'},
    ],
)
def test_what_is_deployed_by_itself_too_stays_a_root(here: Path, files: dict[str, str]) -> None:
    lines = rows(here, {**files, "live/main.tf": CALL % "../modules/files"})
    assert any(line.startswith("modules/files eu-west-1") for line in lines)
    assert "module.files.aws_s3_bucket.files" in _stores(lines)


def test_modules_that_call_nobody_but_each_other_are_told_all_the_same(here: Path) -> None:
    files = {
        "a/main.tf": PROVIDER % "eu-west-1" + BUCKET + CALL % "../b",
        "b/main.tf": PROVIDER % "eu-west-1" + CALL % "../a",
    }
    assert any("aws_s3_bucket.files" in store for store in _stores(rows(here, files)))


def test_checking_still_tells_of_a_called_module_as_a_root(here: Path) -> None:
    """Callers only add to what a policy asks of a module: `lint` checks it by itself too."""
    database = PROVIDER % "eu-west-1" + 'resource "aws_db_instance" "a" {\n  backup_retention_period = 0\n}\n'
    rows(here, {"modules/files/main.tf": database, "live/main.tf": CALL % "../modules/files"})
    found = report("--profile", "all")["findings"]
    assert "modules/files" in {finding["root"] for finding in found}


NEEDY = """\
    variable "name" {}
    provider "aws" {
      region = "eu-west-1"
    }
    resource "aws_s3_bucket" "files" {
      bucket = var.name
    }
    """


def test_a_root_that_needs_a_value_is_deployed_by_its_files_alone(here: Path) -> None:
    files = {"main.tf": NEEDY, "envs/dev.tfvars": 'name = "files-dev"\n'}
    rows(here, files)
    told = printed("recovery", "--runbook", "region")
    assert "deployed as envs/dev.tfvars" in told
    assert "the default values" not in told
    rows(here, {"main.tf": NEEDY.replace("{}", '{\n      default = "files"\n    }')})
    assert "Also for: the default values; each by itself" in printed("recovery", "--runbook", "region")
