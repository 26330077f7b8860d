"""What stands under the name of a secret in a map stays one, whatever takes it out of the map."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write

MARK = "CANARY"
ROOT = """\
variable "m" {
  default = { password = "CANARY", db = { apikey = "CANARY" } }
}

variable "given" {}

locals {
  json   = jsondecode("{\\"password\\": \\"CANARY\\"}")
  yaml   = yamldecode("password: CANARY")
  zipped = zipmap(["password"], ["CANARY"])
}

resource "aws_db_instance" "db" {
  engine   = %s
  multi_az = false
}
"""
WAYS = [
    'lookup(var.m, "password", "")',
    'lookup({ dbpassword = "CANARY" }, "dbpassword", "")',
    "values(var.m.db)[0]",
    "one(values(var.m.db))",
    'join("", values(var.m.db))',
    "flatten([values(var.m.db)])[0]",
    "[for key, value in var.m.db : value][0]",
    'values({ for key, value in { password = "CANARY" } : key => value })[0]',
    "values(merge(local.json, {}))[0]",
    "values(local.yaml)[0]",
    "values(local.zipped)[0]",
    "values(local.written)[0]",
    'values(jsondecode(file("s.json")).db)[0]',
    "values(var.given)[0]",
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("way", WAYS)
def test_no_report_shows_it(folder: Path, way: str) -> None:
    files = {
        "main.tf": ROOT % way,
        "b.tf.json": '{"locals": {"written": {"password": "CANARY"}}}',
        "terraform.tfvars": 'given = { password = "CANARY" }\n',
        "s.json": '{"db": {"password": "CANARY"}}',
    }
    write(folder, files)
    for command in (
        ["lint", "--advice", "--format", "text"],
        ["lint", "--advice", "--format", "json"],
        ["lint", "--advice", "--format", "html"],
        ["recovery"],
        ["graph", "--all"],
    ):
        result = invoke(*command)
        assert MARK not in result.stdout + result.stderr, command
        assert "aws_db_instance.db" in result.stdout
