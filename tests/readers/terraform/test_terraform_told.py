"""What Terraform deploys beside what is written in blocks is judged, or a notice tells that it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

ROOT = 'terraform {\n  backend "s3" {}\n}\n'
QUEUE = 'resource "aws_sqs_queue" "orders" {{\n  {}\n  receive_wait_time_seconds = {}\n}}\n'
POLLING = "sqs-long-polling"


def judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str]) -> tuple[list[str], list[str]]:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, files)
    made = report("--advice")
    found = [each for each in made["findings"] if each["rule"] == POLLING]
    return [one["resource"] for each in found for one in each.get("each", [each])], made["summary"]["notices"]


@pytest.mark.parametrize(
    ("repeated", "value", "resource"),
    [
        ("count = 101", "count.index == 100 ? 0 : 20", "[100]"),
        ("count = 400", "count.index > 398 ? 0 : 20", "[399]"),
        ("count = 400", "count.index < 1 ? 0 : 20", "[0]"),
        ('for_each = { for i in range(150) : "k${i}" => 20 }', 'each.key == "k77" ? 0 : each.value', '["k77"]'),
        ('for_each = { for i in range(150) : "k${i}" => i == 120 ? 0 : 20 }', "each.value", '["k120"]'),
        ('for_each = toset([for i in range(150) : "k${i}"])', 'each.key == "k77" ? 0 : 20', '["k77"]'),
    ],
)
def test_of_many_instances_those_are_judged_that_the_block_treats_otherwise(
    repeated: str, value: str, resource: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resources, notices = judged(tmp_path, monkeypatch, {"main.tf": ROOT + QUEUE.format(repeated, value)})
    assert resources == [f"aws_sqs_queue.orders{resource}"]
    assert any("main.tf:4: not checked: each of the" in notice for notice in notices)


def test_many_modules_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call = 'module "q" {\n  source = "./q"\n  count = 200\n  wait = count.index == 150 ? 0 : 20\n}\n'
    inner = 'variable "wait" {}\n' + QUEUE.format("", "var.wait")
    resources, notices = judged(tmp_path, monkeypatch, {"main.tf": ROOT + call, "q/main.tf": inner})
    assert "module.q[150].aws_sqs_queue.orders" in resources
    words = "each of the 200 instances of module q by itself, as one stands for those that it does not name"
    assert f"main.tf:4: not checked: {words}" in notices


def test_a_hundred_instances_are_judged_each_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ROOT + QUEUE.format("count = 100", "count.index == 0 ? 0 : 20")
    resources, notices = judged(tmp_path, monkeypatch, {"main.tf": text})
    assert (resources, notices) == (["aws_sqs_queue.orders[0]"], [])


def queue(name: str) -> dict[str, object]:
    return {"resource": {"aws_sqs_queue": {name: {"receive_wait_time_seconds": 0}}}}


@pytest.mark.parametrize("ending", [".tf.json", ".tofu.json"])
def test_a_list_of_objects_is_a_file_in_json(ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [queue("a"), {"terraform": [{"backend": {"s3": {}}}]}, {"//": "x"}, {"resource": [queue("b")["resource"]]}]
    resources, _ = judged(tmp_path, monkeypatch, {f"main{ending}": json.dumps(listed)})
    assert resources == ["aws_sqs_queue.a", "aws_sqs_queue.b"]


@pytest.mark.parametrize("written", ["[1]", "1", '"a"', "null", "[[]]"])
def test_a_file_in_json_that_is_no_object_is_an_error(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"main.tf.json": written})
    assert "this is no object" in report()["errors"][0]["message"]


GENERATE = 'generate "q" {{\n  path = "q.tf"\n  if_exists = "overwrite"\n  contents = {}\n}}\n'
RESOURCE = 'resource "aws_sqs_queue" "q" {}'


@pytest.mark.parametrize(
    "contents", [f"<<EOF\n{RESOURCE}\nEOF", '"module \\"q\\" {}"', 'templatefile("q.tpl", {})', 'file("q.txt")']
)
def test_what_terragrunt_writes_is_told(contents: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"live/terragrunt.hcl": GENERATE.format(contents), "live/main.tf": ROOT}
    _, notices = judged(tmp_path, monkeypatch, files)
    assert "live/terragrunt.hcl:1: not checked: the template in the contents of generate q" in notices


def test_a_provider_that_terragrunt_writes_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = '<<EOF\nprovider "aws" {\n  region = "eu-west-1"\n}\nEOF'
    files = {"live/terragrunt.hcl": GENERATE.format(contents), "live/main.tf": ROOT}
    assert judged(tmp_path, monkeypatch, files) == ([], [])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('exclude {\n  if = true\n  actions = ["all"]\n}\n', "exclude, by which it may not be applied"),
        ("skip = true\n", "skip, by which it may not be applied"),
        ('engine {\n  source = "github.com/a/b"\n}\n', "what engine does"),
    ],
)
def test_what_terragrunt_may_not_apply_is_told(
    written: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"live/terragrunt.hcl": "inputs = {}\n" + written, "live/main.tf": ROOT}
    _, notices = judged(tmp_path, monkeypatch, files)
    assert f"live/terragrunt.hcl: not checked: {words} (live/terragrunt.hcl)" in notices


BLOCK = """\
resource "aws_apigatewayv2_domain_name" "a" {
  domain_name_configuration {
    endpoint_type = "REGIONAL"
  }
}
"""
LISTED = 'output "all" {\n  value = [{ a = 1 }]\n}\n'


@pytest.mark.parametrize(
    ("value", "is_known"),
    [
        # What a block doesn't set is null, or made with the resource: no error, which `try` would skip.
        ("aws_apigatewayv2_domain_name.a.domain_name_configuration[0].target_domain_name", False),
        ("aws_apigatewayv2_domain_name.a.domain_name_configuration[1].endpoint_type", True),
        ("module.m.all[0].b", True),
    ],
)
def test_what_a_block_does_not_set_is_not_known(
    value: str, is_known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = 'module "m" {\n  source = "./m"\n}\n'
    text = ROOT + BLOCK + call + QUEUE.format("", f"try({value}, 0)")
    resources, _ = judged(tmp_path, monkeypatch, {"main.tf": text, "m/main.tf": LISTED})
    assert resources == (["aws_sqs_queue.orders"] if is_known else [])
