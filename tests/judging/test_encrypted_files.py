"""What git-crypt has encrypted or Git LFS keeps ends in a sentence; what SOPS has encrypted in a file is not known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, report

pytestmark = pytest.mark.usefixtures("polled_queues")

LOCKED = b"\0GITCRYPT\0" + bytes(range(128, 256))
SENTENCE = "the file is encrypted by git-crypt; unlock it (git-crypt unlock) or exclude it"
QUEUE = 'resource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = %s\n}\n'
POLLING = ("--advice", "--select", "sqs-long-polling")


def encrypted(type_: str) -> str:
    return f"ENC[AES256_GCM,data:Vq8=,iv:aa=,tag:bb=,type:{type_}]"


def of_sops(**values: str) -> dict[str, Any]:
    return {**values, "sops": {"version": "3.9.0", "mac": encrypted("str")}}


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", ["terraform.tfvars", "terraform.tfvars.json", "a.auto.tfvars", "b.tf", "b.tf.json"])
def test_an_encrypted_file_beside_a_configuration(name: str) -> None:
    Path("main.tf").write_text('variable "wait" {}\n' + QUEUE % "var.wait")
    Path(name).write_bytes(LOCKED)
    made = report(".", *POLLING)
    assert [(Path(one["path"]).name, one["message"]) for one in made["errors"]] == [(name, SENTENCE)]


@pytest.mark.parametrize("name", ["template.yaml", "template.json", "main.tf", "plan.json"])
def test_an_encrypted_template_that_is_named(name: str) -> None:
    Path(name).write_bytes(LOCKED)
    assert [one["message"] for one in report(name)["errors"]] == [SENTENCE]


@pytest.mark.parametrize("type_", ["int", "str"])
def test_values_of_variables_that_sops_encrypted(type_: str) -> None:
    Path("main.tf").write_text('variable "wait" {\n  type    = number\n  default = 0\n}\n' + QUEUE % "var.wait")
    assert [one["level"] for one in report(".", *POLLING)["findings"]] == ["advice"]
    Path("terraform.tfvars.json").write_text(json.dumps(of_sops(wait=encrypted(type_))))
    made = report(".", *POLLING)
    assert (made["findings"], made["errors"], made["summary"]["notices"]) == ([], [], [])


def test_parameters_that_sops_encrypted() -> None:
    properties = {"ReceiveMessageWaitTimeSeconds": {"Ref": "Wait"}}
    template = {
        "Parameters": {"Wait": {"Type": "Number", "AllowedValues": [0, 20], "Default": 0}},
        "Resources": {"Orders": {"Type": "AWS::SQS::Queue", "Properties": properties}},
    }
    Path("t.json").write_text(json.dumps(template))
    Path("values.json").write_text(json.dumps(of_sops(Wait=encrypted("int"))))
    assert report("t.json", *POLLING)["findings"]
    made = report("t.json", "--parameters", "values.json", *POLLING)
    assert (made["findings"], made["summary"]["notices"]) == ([], [])


@pytest.mark.parametrize("function", ["jsondecode", "yamldecode"])
def test_a_decoded_file_that_sops_encrypted(function: str) -> None:
    wait = f'{function}(file("${{path.module}}/secrets.json")).wait'
    Path("main.tf").write_text(f'resource "aws_sqs_queue" "q" {{\n  receive_wait_time_seconds = {wait}\n}}\n')
    rule = ("--advice", "--select", "sqs-long-polling")
    Path("secrets.json").write_text(json.dumps(of_sops(wait="0")))
    assert [one["level"] for one in report(".", *rule)["findings"]] == ["warning"]
    Path("secrets.json").write_text(json.dumps(of_sops(wait=encrypted("int"))))
    assert report(".", *rule)["findings"] == []


POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"


def test_what_git_lfs_keeps_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("template.yaml", "data.json"):
        (tmp_path / name).write_text(POINTER)
    (tmp_path / "queue.yaml").write_text("Resources: {Queue: {Type: AWS::SQS::Queue}}\n")
    result = invoke("lint")
    told = "not checked: data.json and template.yaml: kept by Git LFS or encrypted (git lfs pull, git-crypt unlock)"
    assert (result.exit_code, result.output.count("Git LFS")) == (1, 1)  # The queue has findings.
    assert told in result.output


@pytest.mark.parametrize("arguments", [["template.yaml"], ["main.tf"], ["."]])
def test_what_git_lfs_keeps_is_an_error_where_it_is_named_or_surely_meant(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("template.yaml", "main.tf"):
        (tmp_path / name).write_text(POINTER)
    result = invoke("lint", *arguments)
    assert result.exit_code == 2
    assert "this only names a file that Git LFS keeps; get it (git lfs pull) or exclude it" in result.output


def test_a_function_does_not_take_a_pointer_for_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wait.txt").write_text(POINTER)
    text = 'resource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = length(file("wait.txt")) > 9 ? 0 : 20\n}\n'
    (tmp_path / "main.tf").write_text(text)
    result = invoke("lint", "--advice", "--select", "sqs-long-polling")
    assert (result.exit_code, "sqs-long-polling" in result.stdout) == (0, False)
