"""What SECURITY.md says of code, network and secrets, seen from the outside, where no other test has it."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tests.command import invoke, report
from tests.readers.workspace import write
from tests.secret_cases import GIVEN, SECRET, VARIABLE, queue, stack

REMOTE = """Transform: {Name: AWS::Include, Parameters: {Location: 'https://example.org/a.yaml'}}
Resources:
  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://example.org/b.yaml'}}
  Application: {Type: AWS::Serverless::Application, Properties: {Location: 'https://example.org/c.yaml'}}
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: '{{resolve:ssm:/name}}'}}
"""
MODULE = """module "a" {
  source = "git::https://example.org/a.git"
}
module "b" {
  source  = "terraform-aws-modules/sqs/aws"
  version = "4.0.0"
}
data "http" "c" {
  url = "https://example.org/c"
}
terraform {
  backend "http" {
    address = "https://example.org/d"
  }
}
resource "aws_sqs_queue" "queue" {
  name = data.http.c.response_body
}
"""


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("a run asked for the network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    write(tmp_path, {"a.yaml": REMOTE, "main.tf": MODULE})
    monkeypatch.chdir(tmp_path)
    for path in ("a.yaml", "main.tf"):
        made = report("--advice", path)
        assert made["summary"]["files"] == 1
        assert [one for one in made["summary"]["notices"] if "not checked" in one or "not read" in one]


def test_no_code_of_a_repository_is_run(tmp_path: Path) -> None:
    code = "import pathlib\npathlib.Path('ran').write_text(__name__)\n"
    names = ("sitecustomize", "click", "yaml", "conftest", "setup", "rules/sqs/own", "awslint_memo/__init__", "json")
    write(
        tmp_path,
        {
            **{f"{name}.py": code for name in names},
            "a.yaml": "Resources: {Q: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}}\n",
        },
    )
    command = [sys.executable, "-I", "-m", "awslint_memo", "lint"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 1
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("key", ["rules: rules", "rules: [rules]", "rule-folders: [rules]", "rules-dir: rules"])
def test_no_configuration_names_rules_to_run(key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {".awslint-memo.yaml": f"{key}\n", "rules/sqs/own.py": "raise SystemExit(7)\n"})
    assert invoke("lint").exit_code == 2


def test_a_deployment_that_a_secret_decides_does_not_tell_it(tmp_path: Path) -> None:
    condition = f"Conditions:\n  C: !Equals [!Ref Pw, '{SECRET}']\n"
    (tmp_path / "a.yaml").write_text(stack("!If [C, 600, 5]", GIVEN, condition))
    found = report("--advice", "--select", "sqs-max-receive-count", str(tmp_path / "a.yaml"))["findings"]
    assert [one["deployment"] for one in found] == ["when Pw has a certain value"]


def test_a_deployment_without_a_secret_says_so(tmp_path: Path) -> None:
    for without, words in (("null", "when pw is null"), ('""', "when pw is empty")):
        made = queue("600", f"\n  count = var.pw == {without} ? 1 : 0")
        (tmp_path / "main.tf").write_text('variable "pw" {\n  type = string\n  sensitive = true\n}\n' + made)
        found = report("--select", "sqs-max-receive-count", "--advice", str(tmp_path))["findings"]
        assert [one["deployment"] for one in found] == [words]


def test_an_address_with_a_secret_key_has_a_number(tmp_path: Path) -> None:
    body = queue("600", '\n  for_each = toset([var.pw, upper(var.pw), "b"])')
    (tmp_path / "main.tf").write_text(VARIABLE.replace(SECRET, "hunter") + body)
    found = report("--select", "sqs-max-receive-count", "--advice", str(tmp_path))["findings"]
    names = [one["resource"] for one in found]
    assert 'aws_sqs_queue.orders["a sensitive value 1"]' in names
    assert "hunter" not in json.dumps(found).lower()


def test_a_fingerprint_does_not_depend_on_a_secret(tmp_path: Path) -> None:
    made = []
    for value in ("600", "700"):
        (tmp_path / "a.yaml").write_text(stack(value, "  A: {Type: String}\n"))
        [finding] = report("--select", "sqs-max-receive-count", "--advice", str(tmp_path))["findings"]
        made.append(finding["fingerprint"])
    assert made[0] == made[1]


@pytest.mark.parametrize("name", ["SecretArn", "PasswordLength", "DbPasswordParameterName", "TokenValidityUnits"])
def test_what_is_said_about_a_secret_is_shown(name: str, tmp_path: Path) -> None:
    parameter = f"  {name}: {{Type: Number, Default: {SECRET}}}\n"
    (tmp_path / "a.yaml").write_text(stack(f"!Ref {name}", parameter))
    [finding] = report("--select", "sqs-max-receive-count", "--advice", str(tmp_path))["findings"]
    assert SECRET in finding["message"]
