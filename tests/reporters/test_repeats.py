"""A template that is nested nine times, or a module that is called so often, is told once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, printed, report
from tests.readers.workspace import write

pytestmark = pytest.mark.usefixtures("polled_queues")

RULE = "sqs-long-polling"
ONLY = ("--select", f"{RULE},suppression-*")
QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n"
STACKS = [f"S{number}" for number in range(1, 10)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def parent(*names: str, child: str = "child.yaml", rest: str = "") -> str:
    return "Resources:\n" + "".join(
        f"  {name}:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: {child}{rest}}}\n"
        for name in names
    )


def lines(*options: str, exits: int = 1) -> list[str]:
    """The lines that begin a finding, and the summary."""
    text = printed("lint", *(options or ONLY), exits=exits).splitlines()
    return [one for one in text if "[sqs" in one or "[xray" in one] + text[-1:]


def results(*options: str) -> list[dict[str, Any]]:
    made = json.loads(invoke("lint", *ONLY, *options, "--format", "sarif").stdout)
    found: list[dict[str, Any]] = made["runs"][0]["results"]
    return found


def test_a_template_that_is_nested_nine_times() -> None:
    write(Path(), {"parent.yaml": parent(*STACKS), "child.yaml": QUEUE})
    [line, summary] = lines()
    assert line.startswith("child.yaml:2:3: warning[sqs-long-polling] ReceiveMessageWaitTimeSeconds of Orders is 0 s")
    assert line.endswith("; set it to 20 (in the stacks S1, S2, S3, S4, S5, S6, S7, S8 and S9)")
    assert summary.partition(";")[0] == "1 warning in 2 files"
    made = report(*ONLY)
    [joined] = made["findings"]
    assert joined["resources"] == [one["resource"] for one in joined["each"]] == [f"{name}/Orders" for name in STACKS]
    assert (made["summary"]["warnings"], made["summary"]["resources"]) == (1, 9)


def test_many_stacks_are_counted_and_verbose_names_them() -> None:
    write(Path(), {"parent.yaml": parent(*(f"S{number}" for number in range(1, 31))), "child.yaml": QUEUE})
    assert lines()[0].endswith("S19, S20 and 10 others)")
    assert lines(*ONLY, "--verbose")[0].endswith("S29 and S30)")


def test_a_nested_template_that_is_nested_again() -> None:
    top, middle = parent("A", "B", child="middle.yaml"), parent("One", "Two")
    write(Path(), {"top.yaml": top, "middle.yaml": middle, "child.yaml": QUEUE})
    [line, summary] = lines()
    assert line.endswith("(in the stacks A/One, A/Two, B/One and B/Two)")
    assert summary.partition(";")[0] == "1 warning in 3 files"


def test_values_of_the_parents_are_other_findings() -> None:
    child = "Parameters: {Wait: {Type: Number}}\n" + QUEUE
    child += "    Properties: {ReceiveMessageWaitTimeSeconds: !Ref Wait}\n"
    text = parent("A", "B", rest=", Parameters: {Wait: 0}")
    write(Path(), {"parent.yaml": text + parent("C", rest=", Parameters: {Wait: 5}")[11:], "child.yaml": child})
    [first, second, third, summary] = lines(*ONLY, "--advice")
    assert ["advice[" in line for line in (first, second, third)] == [False, False, True]
    assert summary.partition(";")[0] == "2 warnings, 1 piece of advice in 2 files"


def test_two_parents_are_named() -> None:
    text = parent("S", child="../child.yaml")
    write(Path(), {"shop/parent.yaml": text, "store/parent.yaml": text, "child.yaml": QUEUE})
    [line, summary] = lines()
    assert line.endswith("(in the stacks S of shop/parent and S of store/parent)")
    assert summary.partition(";")[0] == "1 warning in 3 files"


MODULE = 'resource "aws_sqs_queue" "orders" {\n}\n'


def test_a_module_that_is_called_nine_times() -> None:
    calls = "".join(f'module "m{number}" {{\n  source = "./m"\n}}\n' for number in range(1, 10))
    write(Path(), {"main.tf": calls, "m/main.tf": MODULE})
    [line, summary] = lines()
    assert line.startswith("m/main.tf:1:26: warning[sqs-long-polling] receive_wait_time_seconds of aws_sqs_queue.or")
    named = ", ".join(f"module.m{number}" for number in range(1, 9))
    assert line.endswith(f"; set it to 20 (in {named} and module.m9)")
    assert summary.partition(";")[0] == "1 warning in 2 files"
    summary = report(*ONLY)["summary"]
    assert (summary["warnings"], summary["resources"]) == (1, 9)


def test_instances_of_modules_and_resources() -> None:
    call = 'module "m" {\n  source   = "./m"\n  for_each = toset(["a.b/c", "d"])\n}\n'
    counted = 'resource "aws_sqs_queue" "counted" {\n  count = 2\n}\n'
    write(Path(), {"main.tf": call + counted, "m/main.tf": MODULE})
    first, second, summary = lines()
    assert first.endswith('(in module.m["a.b/c"] and module.m["d"])')
    assert second.endswith("(for aws_sqs_queue.counted[0] and aws_sqs_queue.counted[1])")
    assert summary.partition(";")[0] == "2 warnings in 2 files"


def test_a_module_of_two_roots() -> None:
    call = 'module "m" {\n  source = "../m"\n}\n'
    write(Path(), {"shop/main.tf": call, "store/main.tf": call, "m/main.tf": MODULE})
    [line, summary] = lines()
    assert line.endswith("(in module.m of shop and module.m of store)")
    assert summary.startswith("1 warning in ")


OPEN = 'variable "wait" {\n  default = 0\n}\n' + MODULE.replace("{\n", "{\n  receive_wait_time_seconds = var.wait\n", 1)


@pytest.mark.parametrize(
    ("with_finding", "said"),
    [("store/", "(in store)"), ("a/b/store/", "(in a/b/store)"), ("", "(in the root at the top)")],
)
def test_a_module_of_two_roots_with_a_finding_in_one(with_finding: str, said: str) -> None:
    up = "../" * with_finding.count("/") or "./"
    call = f'module "m" {{\n  source = "{up}m"\n}}\n'
    other = 'module "m" {\n  source = "../m"\n  wait   = 20\n}\n'
    write(Path(), {f"{with_finding}main.tf": call, "shop/main.tf": other, "m/main.tf": OPEN})
    [line, summary] = lines()
    assert line.startswith("m/main.tf:")
    assert "module.m.aws_sqs_queue.orders" in line
    assert line.endswith(f"; set it to 20 {said}")
    assert summary.startswith("1 warning in ")
    [finding] = report(*ONLY)["findings"]
    assert finding["message"].endswith(said)
    assert finding["resource"] == "module.m.aws_sqs_queue.orders"


def test_a_line_of_a_root_and_a_module_of_one_root_name_no_root() -> None:
    call = 'module "m" {\n  source = "../m"\n  wait   = NUMBER\n}\n'
    roots = {f"{name}/main.tf": call.replace("NUMBER", wait) for name, wait in (("shop", "0"), ("store", "20"))}
    write(Path(), {**roots, "m/main.tf": OPEN})
    [line, _] = lines()
    assert line.startswith("shop/main.tf:3:")
    assert line.endswith("; set it to 20")
    Path("store/main.tf").unlink()
    Path("shop/main.tf").write_text(call.replace("  wait   = NUMBER\n", ""))
    [line, _] = lines()
    assert line.startswith("m/main.tf:")
    assert line.endswith("; set it to 20")


def test_what_another_module_of_the_same_caller_gives_is_named_alike() -> None:
    """A module passes the ID of an API to its module of alarms; each caller of it was told the same line once more."""
    alarm = (
        'variable "api" {}\nresource "aws_cloudwatch_metric_alarm" "failed" {\n  alarm_name = "a"\n'
        '  namespace = "AWS/ApiGateway"\n  metric_name = "5XXError"\n  dimensions = { ApiName = var.api }\n}\n'
    )
    api = (
        'resource "aws_api_gateway_rest_api" "this" { name = "api" }\n'
        'output "id" { value = aws_api_gateway_rest_api.this.id }\n'
    )
    app = 'module "api" { source = "./api" }\nmodule "alarms" {\n  source = "./alarms"\n  api = module.api.id\n}\n'
    calls = 'module "dev" { source = "../../app" }\nmodule "prod" { source = "../../app" }\n'
    write(Path(), {"app/main.tf": app, "app/api/main.tf": api, "app/alarms/main.tf": alarm, "roots/all/main.tf": calls})
    write(Path(), {"roots/one/main.tf": 'provider "aws" {}\nmodule "app" { source = "../../app" }\n'})
    found = report("--select", "alarm-dimension-value")["findings"]
    assert [(one["path"], len(one["each"])) for one in found] == [("app/alarms/main.tf", 3)]
    [line] = [
        one for one in printed("lint", "--select", "alarm-dimension-value", exits=1).splitlines() if "[alarm" in one
    ]
    assert "to the id of module.api.aws_api_gateway_rest_api.this" in line


def test_hidden_and_suppressed_findings_are_counted_alike() -> None:
    write(Path(), {"parent.yaml": parent(*STACKS), "child.yaml": QUEUE})
    hidden = ("--select", "sqs-dead-letter-queue", "--advice")
    assert lines(*hidden)[-1].partition(";")[0] == "1 warning in 2 files"
    advice = QUEUE + "    Properties: {ReceiveMessageWaitTimeSeconds: 5}\n"
    write(Path(), {"child.yaml": advice})
    assert (
        lines(exits=0)[-1] == "no findings in 2 files: 1 of 10 resources judged; 1 piece of advice not shown (--advice)"
    )
    assert lines(*ONLY, "--advice", exits=0)[-1].partition(";")[0] == "1 piece of advice in 2 files"
    assert report(*ONLY)["summary"]["advice_hidden"] == 1
    comment = "  # awslint-memo: ignore[sqs-long-polling] the clients wait\n"
    write(Path(), {"child.yaml": QUEUE.replace("  Orders", comment + "  Orders")})
    assert lines(exits=0)[-1] == "no findings in 2 files: 1 of 10 resources judged; 1 suppressed"
    assert report(*ONLY)["summary"]["suppressed"] == 1
    [dismissed] = results()
    assert dismissed["suppressions"][0]["justification"] == "the clients wait"


def test_sarif_has_one_result_whose_fingerprint_stays() -> None:
    write(Path(), {"parent.yaml": parent(*STACKS), "child.yaml": QUEUE})
    [one] = results()
    names = [name["fullyQualifiedName"] for name in one["locations"][0]["logicalLocations"]]
    assert names == [f"{stack}/Orders" for stack in STACKS]
    write(Path(), {"parent.yaml": parent("S0", *STACKS[3:])})
    [other] = results()
    assert other["partialFingerprints"] == one["partialFingerprints"]


def test_functions_of_nested_stacks_are_one_decision() -> None:
    child = "Resources:\n  A: {Type: AWS::Lambda::Function}\n  B: {Type: AWS::Lambda::Function}\n"
    write(Path(), {"parent.yaml": parent("S1", "S2"), "child.yaml": child})
    [line, summary] = lines("--select", "xray-lambda-tracing", "--advice", exits=0)
    assert "S1/A, S2/A, S1/B and S2/B start no traces of their own" in line
    assert summary.partition(";")[0] == "1 piece of advice in 2 files"


def test_functions_of_a_module_of_two_roots() -> None:
    call = 'module "m" {\n  source = "../m"\n}\n'
    functions = "".join(f'resource "aws_lambda_function" "{name}" {{\n}}\n' for name in ("a", "b"))
    write(Path(), {"east/main.tf": call, "west/main.tf": call, "m/main.tf": functions})
    [line, summary] = lines("--select", "xray-lambda-tracing", "--advice", exits=0)
    assert "aws_lambda_function.a and aws_lambda_function.b start no traces of their own" in line
    assert line.endswith("(in module.m of east and module.m of west)")
    assert summary.startswith("1 piece of advice in ")
    made = invoke("lint", "--select", "xray-lambda-tracing", "--advice", "--format", "sarif").stdout
    [result] = json.loads(made)["runs"][0]["results"]
    names = [one["fullyQualifiedName"] for one in result["locations"][0]["logicalLocations"]]
    assert names == [f"module.m.aws_lambda_function.{name}" for name in ("a", "b", "a", "b")]


def test_instances_that_one_finding_names_keep_their_keys_over_roots() -> None:
    module = """resource "aws_lambda_function" "mail" {
  for_each      = toset(["ask", "tell"])
  function_name = each.key
  role          = "arn:aws:iam::111111111111:role/mail"
  runtime       = "nodejs12.x"
  filename      = "mail.zip"
}
"""
    roots = {f"env/{name}/main.tf": 'module "mail" { source = "../../mail" }\n' for name in ("dev", "prod")}
    write(Path(), {"mail/main.tf": module, **roots})
    [line] = [
        one for one in printed("lint", "--select", "lambda-runtime-retired", exits=1).splitlines() if "[lam" in one
    ]
    assert 'aws_lambda_function.mail["ask"] and aws_lambda_function.mail["tell"] run on' in line
