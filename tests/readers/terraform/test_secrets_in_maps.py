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


KEYS = """\
variable "account" {
  sensitive = true
  default   = "31731"
}

locals {
  services = { lambda = { to = var.account }, email = { to = var.account } }
}

resource "aws_sns_topic_subscription" "calls" {
  for_each  = %s
  topic_arn = aws_sns_topic.news.arn
  protocol  = each.key
  endpoint  = "arn:aws:lambda:eu-west-1:123456789012:function:calls"
}

resource "aws_sns_topic" "news" {
  name = "news"
}
"""


@pytest.mark.parametrize(
    "repeated",
    [
        "{ for name, service in local.services : name => service }",
        "toset([for name, service in local.services : name])",
        "toset(keys(merge(local.services, {})))",
    ],
)
def test_the_keys_of_a_map_with_secrets_are_none(folder: Path, repeated: str) -> None:
    write(folder, {"main.tf": KEYS % repeated})
    result = invoke("lint", "--advice")
    assert 'calls["lambda"]' in result.stdout
    assert "(Protocol lambda)" in result.stdout
    assert "a sensitive value" not in result.stdout


@pytest.mark.parametrize(
    "repeated",
    [
        "{ (var.account) = 1 }",
        "{ for name in [var.account] : name => 1 }",
        "{ for name in [var.account] : name => 1... }",
        "merge({ (var.account) = 1 }, { b = 2 })",
        "zipmap([var.account], [1])",
        "tomap({ (var.account) = 1 })",
    ],
)
def test_secret_keys_stay_secret_whatever_stands_under_them(folder: Path, repeated: str) -> None:
    # So short a text is not looked for in sentences.
    write(folder, {"main.tf": KEYS.replace("31731", "sqs") % f"{{ for name, one in {repeated} : name => one }}"})
    result = invoke("lint", "--advice")
    assert "(Protocol a sensitive value)" in result.stdout
    assert 'calls["sqs"]' not in result.stdout
