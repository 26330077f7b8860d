"""What `recovery` says where modules or nested stacks were not read, in which there may be stores."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.reporters.recovery_tables import rows, starting

CALL = """\
    module "orders" {
      source = "../../modules/orders"
    }
    """
SERVICE = (
    CALL
    + """\
    resource "aws_ecs_cluster" "shop" {
      name = "shop"
    }
    resource "aws_s3_bucket" "files" {
      bucket = "files"
    }
    """
)
MODULE = """\
    resource "aws_dynamodb_table" "orders" {
      name = "orders"
    }
    """
NESTED = """\
    Resources:
      Orders:
        Type: AWS::CloudFormation::Stack
        Properties: {TemplateURL: "https://example-bucket.s3.amazonaws.com/orders.yaml"}
    """


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "live" / "shop").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "live" / "shop")
    return tmp_path


def test_a_root_whose_modules_lie_outside_of_it_says_so_with_what_reads_them(here: Path) -> None:
    lines = rows(Path(), {"main.tf": CALL, "../../modules/orders/main.tf": MODULE})
    told = "not told: what was not read: module orders (../../modules/orders) (outside of the root; name a folder"
    assert starting(lines, "not told: what was not read").startswith(told)
    assert lines[-1].startswith("0 stores in what was read, but 1 part was not, ")
    result = invoke("recovery")
    assert "module orders (../../modules/orders) is outside of the root" in result.stderr
    assert result.stderr.count("module orders") == 1
    assert "--root DIR" in result.stderr


def test_with_the_root_named_all_is_read_and_nothing_is_told(here: Path) -> None:
    lines = rows(Path(), {"main.tf": CALL, "../../modules/orders/main.tf": MODULE}, "--root", "../..")
    assert any(line.startswith("module.orders.aws_dynamodb_table.orders") for line in lines)
    assert not any("not read" in line for line in lines)
    assert "outside of the root" not in invoke("recovery", "--root", "../..").stderr


def test_what_was_not_read_is_not_known_to_meet_what_is_wanted(here: Path) -> None:
    rows(Path(), {"main.tf": CALL, "../../modules/orders/main.tf": MODULE})
    assert invoke("recovery", "--fail-on", "unknown").exit_code == 1
    assert invoke("recovery", "--fail-on", "missed").exit_code == 0
    rows(Path(), {"main.tf": CALL, "../../modules/orders/main.tf": MODULE}, configuration="")
    assert invoke("recovery", "--fail-on", "unknown").exit_code == 0


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_no_runbook_of_a_root_without_stores_says_what_was_not_read(here: Path, form: str) -> None:
    rows(Path(), {"main.tf": CALL, "../../modules/orders/main.tf": MODULE})
    told = invoke("recovery", "--runbook", "az", "--format", form).stdout
    assert told.startswith("In what was read, there is no store of data and nothing that computes, so there is nothing")
    assert "Not read, so it may have some: module orders (../../modules/orders)." in told


def test_a_runbook_of_stores_beside_unread_modules_claims_no_time_for_them(here: Path) -> None:
    rows(Path(), {"main.tf": SERVICE, "../../modules/orders/main.tf": MODULE})
    told = invoke("recovery", "--runbook", "hardware").stdout
    assert "Time: nothing of what was read takes any; not told for what was not read." in told
    assert "nothing here takes any" in invoke("recovery", "--runbook", "hardware", "--root", "../..").stdout


def test_a_template_whose_nested_stacks_were_not_read_says_so(here: Path) -> None:
    lines = rows(Path(), {"template.yaml": NESTED})
    assert "the nested stack Orders" in starting(lines, "not told: what was not read")
    result = invoke("recovery", "--runbook", "az")
    assert "Not read, so it may have some: the nested stack Orders" in result.stdout
    assert "not checked: the nested stack Orders" in result.stderr


def test_modules_that_terraform_downloads_are_told_with_its_command(here: Path) -> None:
    call = 'module "orders" {\n  source = "git::https://example.com/orders.git"\n}\n'
    lines = rows(Path(), {"main.tf": call})
    assert starting(lines, "not told: what was not read").endswith("(`terraform get` reads it)")
    assert "`terraform get` reads it" in invoke("recovery").stderr
