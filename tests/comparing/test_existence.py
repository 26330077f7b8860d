"""What only seems new as nobody knows any more whether `count` makes its resource, which a default made none of."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.comparing.test_following import changed
from tests.comparing.test_yielded import functions
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

SELECT = ("--advice", "--select", "rds-storage-autoscaling")
RULE = "rds-storage-autoscaling"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


OFF = 'variable "has_db" {\n  default = false\n}\n'
DATABASE = """\
resource "aws_db_instance" "db" {
  count             = var.has_db ? 1 : 0
  allocated_storage = 100
  engine            = "postgres"
}
"""
MADE = "whether count or for_each makes it is not known any more"


def test_what_may_be_made_now_is_not_comparable(repository: Repository) -> None:
    told = changed(repository, {"main.tf": DATABASE, "variables.tf": OFF}, {"variables.tf": ""}, *SELECT)
    assert told == {"not_comparable": [f"{RULE} aws_db_instance.db {MADE}"]}


NEW: dict[str, tuple[str, str]] = {
    "a default that makes it": (DATABASE, OFF.replace("false", "true")),
    "no default, so that a caller has to say": (DATABASE, 'variable "has_db" {}\n'),
    "a count that is written otherwise": (DATABASE.replace("? 1 : 0", "? 2 : 0"), ""),
    "something else that is written with it": (DATABASE.replace("100", "200"), ""),
}


@pytest.mark.parametrize("way", NEW)
def test_what_the_change_makes_is_new(repository: Repository, way: str) -> None:
    main, variables = NEW[way]
    told = changed(
        repository, {"main.tf": DATABASE, "variables.tf": OFF}, {"main.tf": main, "variables.tf": variables}, *SELECT
    )
    assert [each.partition("[")[0] for each in told.pop("new")] == [f"{RULE} aws_db_instance.db"]
    assert told == {}


def test_what_is_told_with_it_of_another_resource_is_new(repository: Repository) -> None:
    """Findings that are told together are looked at one by one."""
    off = functions('"nodejs20.x"', "pay").replace("{\n", "{\n  count = var.has_db ? 1 : 0\n", 1)
    after = {"main.tf": off + functions('"nodejs20.x"', "ship"), "variables.tf": ""}
    select = ("--advice", "--select", "xray-lambda-tracing")
    assert changed(repository, {"main.tf": off, "variables.tf": OFF}, after, *select) == {
        "new": ["xray-lambda-tracing aws_lambda_function.ship"],
        "not_comparable": [f"xray-lambda-tracing aws_lambda_function.pay {MADE}"],
    }


def test_what_is_surely_made_now_is_as_before(repository: Repository) -> None:
    """It held wherever its resource was."""
    database = DATABASE.replace("engine ", "backup_retention_period = 0\n  engine ")
    declared = {"variables.tf": OFF.replace("false", "true")}
    told = changed(repository, {"main.tf": database}, declared, "--select", "rds-backup-retention")
    assert told == {"unchanged": 1}
