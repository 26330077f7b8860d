"""The files of a directory are a single module, and files of variables in it set its variables."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests import command
from tests.readers.workspace import deployments, findings, report, resources, templates, write

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.model.deployment import Resource

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = 'resource "aws_sqs_queue" "%s" {\n%s\n}\n'
WAIT = QUEUE % ("q", "receive_wait_time_seconds = var.wait") + 'variable "wait" {\n type = number\n}\n'


def wait(folder: Path, files: dict[str, str], fixed: dict[str, str] | None = None) -> float | None:
    made = resources(folder, {"main.tf": WAIT, **files}, fixed)
    return made["aws_sqs_queue.q"].get("ReceiveMessageWaitTimeSeconds").number


def test_both_syntaxes_stand_together(tmp_path: Path) -> None:
    written = {"resource": {"aws_sqs_queue": {"json": {"receive_wait_time_seconds": "${local.wait}"}}}}
    made = resources(
        tmp_path,
        {
            "a.tf": QUEUE % ("native", "name = aws_sqs_queue.json.name"),
            "b.tf.json": json.dumps(written),
            "c.tf.json": json.dumps({"locals": {"wait": 7}}),
        },
    )
    assert list(made) == ["aws_sqs_queue.native", "aws_sqs_queue.json"]
    assert made["aws_sqs_queue.json"].get("ReceiveMessageWaitTimeSeconds").number == 7
    assert made["aws_sqs_queue.native"].place.span.path == str(tmp_path / "a.tf")


def test_other_directories_are_other_modules(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": QUEUE % ("q", ""), "other/main.tf": QUEUE % ("q", "")})
    assert len(templates(tmp_path)) == 2


def test_an_override_file_stands_over_the_others(tmp_path: Path) -> None:
    files = {
        "main.tf": QUEUE % ("q", 'name = "q"\n receive_wait_time_seconds = 0') + QUEUE % ("r", ""),
        "override.tf": QUEUE % ("q", "receive_wait_time_seconds = 5"),
        "z_override.tf.json": json.dumps({"resource": {"aws_sqs_queue": {"r": {"delay_seconds": 3}}}}),
    }
    made = resources(tmp_path, files)
    assert made["aws_sqs_queue.q"].get("QueueName").text == "q"
    overridden = made["aws_sqs_queue.q"].get("ReceiveMessageWaitTimeSeconds")
    assert (overridden.number, overridden.place.span.path) == (5, str(tmp_path / "override.tf"))
    assert made["aws_sqs_queue.r"].get("DelaySeconds").number == 3


def overridden(folder: Path, base: str, *overrides: str) -> Resource:
    names = ["override.tf", *(f"{letter}_override.tf" for letter in "pqr")]
    return resources(folder, {"main.tf": base, **dict(zip(names, overrides, strict=False))})["aws_sqs_queue.q"]


def test_an_override_file_changes_locals_variables_and_the_default_region(tmp_path: Path) -> None:
    base = QUEUE % ("q", "receive_wait_time_seconds = local.wait\n delay_seconds = var.delay")
    base += 'locals {\n wait = 0\n}\nvariable "delay" {\n type = number\n default = 1\n}\n'
    base += 'provider "aws" {\n alias = "far"\n region = "eu-west-1"\n}\n'
    changes = (
        'locals {\n wait = 5\n}\nvariable "delay" {\n default = 2\n}\nprovider "aws" {\n region = "us-east-1"\n}\n'
    )
    made = overridden(tmp_path, base, changes)
    assert made.get("ReceiveMessageWaitTimeSeconds").number == 5
    assert made.get("DelaySeconds").number == 2
    assert made.terraform.region.text == "us-east-1"


def test_an_override_of_one_provider_leaves_its_other_configurations(tmp_path: Path) -> None:
    base = QUEUE % ("q", "provider = aws.far") + 'provider "aws" {\n region = "us-east-1"\n}\n'
    base += 'provider "aws" {\n alias = "far"\n region = "eu-west-1"\n}\n'
    made = overridden(tmp_path, base, 'provider "aws" {\n region = "ap-northeast-1"\n}\n')
    assert made.terraform.region.text == "eu-west-1"


def test_later_override_files_stand_over_earlier_ones(tmp_path: Path) -> None:
    changes = [QUEUE % ("q", f"delay_seconds = {number}") for number in (1, 2, 3)]
    assert overridden(tmp_path, QUEUE % ("q", ""), *changes).get("DelaySeconds").number == 3


TABLE = 'resource "aws_dynamodb_table" "t" {\n%s\n}\n'
REPLICA = 'replica {\n region_name = "%s"\n}\n'
REPLICAS = 'dynamic "replica" {\n for_each = ["%s"]\n content {\n region_name = replica.value\n }\n}\n'


@pytest.mark.parametrize("base", [REPLICA % "a" + REPLICA % "b", REPLICAS % "a", REPLICAS % "a" + REPLICA % "b"])
@pytest.mark.parametrize("change", [REPLICA % "z", REPLICAS % "z"])
def test_one_nested_block_of_an_override_replaces_all_of_its_type(tmp_path: Path, base: str, change: str) -> None:
    files = {"main.tf": TABLE % base, "override.tf": TABLE % change}
    (replica,) = resources(tmp_path, files)["aws_dynamodb_table.t"].terraform.replicas.items
    assert replica.get("Region").text == "z"


def test_an_override_keeps_the_dynamic_blocks_of_other_types(tmp_path: Path) -> None:
    change = 'dynamic "local_secondary_index" {\n for_each = []\n content {}\n}\n'
    files = {"main.tf": TABLE % (REPLICAS % "a"), "override.tf": TABLE % change}
    (replica,) = resources(tmp_path, files)["aws_dynamodb_table.t"].terraform.replicas.items
    assert replica.get("Region").text == "a"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (QUEUE % ("r", ""), "resource aws_sqs_queue.r"),
        ("locals {\n  wait = 1\n}\n", "local wait"),
        ('variable "wait" {\n}\n', "variable wait"),
        ('output "wait" {\n  value = 1\n}\n', "output wait"),
        ('module "m" {\n  source = "./m"\n}\n', "module m"),
        ('data "aws_sqs_queue" "r" {\n}\n', "data aws_sqs_queue.r"),
    ],
)
def test_an_override_of_what_no_other_file_has_is_an_error_and_the_rest_is_judged(
    tmp_path: Path, change: str, named: str
) -> None:
    write(tmp_path, {"main.tf": QUEUE % ("q", ""), "override.tf": change})
    made = command.report(str(tmp_path), "--advice")
    (error,) = made["errors"]
    assert error["path"] == str(tmp_path / "override.tf")
    assert error["message"].startswith(f"no other file has the {named} that this override file changes")
    assert {one["resource"] for one in made["findings"]} == {"aws_sqs_queue.q"}


def test_a_file_for_opentofu_stands_for_the_one_of_the_same_name_where_opentofu_reads(tmp_path: Path) -> None:
    json_queue = {"resource": {"aws_sqs_queue": {"j": {"delay_seconds": 2}}}}
    files = {
        "main.tf": QUEUE % ("q", "delay_seconds = 1"),
        "main.tofu": QUEUE % ("q", "delay_seconds = 2"),
        "json.tf.json": json.dumps(json_queue).replace("2", "1"),
        "json.tofu.json": json.dumps(json_queue),
        "other.tf": QUEUE % ("r", "delay_seconds = 3"),
        "only.tofu": QUEUE % ("s", "delay_seconds = 4"),
        "override.tofu": QUEUE % ("s", "delay_seconds = 5"),
    }
    made = resources(tmp_path, files)
    delays = {name.rpartition(".")[2]: one.get("DelaySeconds").number for name, one in made.items()}
    assert delays == {"q": 2, "j": 2, "r": 3, "s": 5}
    assert findings(str(tmp_path / "main.tofu")) == {("sqs-long-polling", "aws_sqs_queue.q")}


READINGS = {
    "an empty file for OpenTofu": {"main.tf": QUEUE % ("q", ""), "main.tofu": ""},
    "one in JSON": {
        "main.tf.json": json.dumps({"resource": {"aws_sqs_queue": {"q": {}}}}),
        "main.tofu.json": "{}",
    },
    "an override": {
        "main.tf": QUEUE % ("q", ""),
        "x_override.tofu": QUEUE % ("q", "receive_wait_time_seconds = 20"),
    },
    "a variable": {
        "main.tf": 'provider "aws" {}\n' + QUEUE % ("q", "receive_wait_time_seconds = var.wait"),
        "variables.tf": 'variable "wait" {\n default = 0\n}\n',
        "variables.tofu": 'variable "wait" {\n default = 20\n}\n',
    },
    "a local": {
        "main.tf": QUEUE % ("q", "receive_wait_time_seconds = local.wait"),
        "locals.tf": "locals {\n wait = 0\n}\n",
        "locals.tofu": "locals {\n wait = 20\n}\n",
    },
    "a call of another module": {
        "main.tf": 'module "m" {\n source = "./m"\n}\n',
        "main.tofu": "",
        "m/main.tf": QUEUE % ("q", ""),
    },
    "a module": {
        "main.tf": 'module "m" {\n source = "./m"\n}\n',
        "m/main.tf": QUEUE % ("q", ""),
        "m/main.tofu": "",
    },
    "a module of a module": {
        "main.tf": 'module "m" {\n source = "./m"\n}\n',
        "m/main.tf": 'module "n" {\n source = "../n"\n}\n',
        "n/main.tf": QUEUE % ("q", ""),
        "n/main.tofu": "",
    },
    "a module of Terragrunt": {
        "live/terragrunt.hcl": 'terraform {\n source = "../m"\n}\n',
        "m/main.tf": QUEUE % ("q", ""),
        "m/main.tofu": "",
    },
    "a module of a stack": {
        "app.tfcomponent.hcl": 'component "m" {\n source = "./m"\n}\n',
        "m/main.tf": QUEUE % ("q", ""),
        "m/main.tofu": "",
    },
}
"""Files of which the one that only OpenTofu reads would take the finding away."""


def of_polling(folder: Path) -> list[dict[str, Any]]:
    return [one for one in report(str(folder))["findings"] if one["rule"] == "sqs-long-polling"]


@pytest.mark.parametrize("files", READINGS.values(), ids=READINGS)
def test_what_opentofu_does_not_read_is_judged_as_terraform_reads_it(tmp_path: Path, files: dict[str, str]) -> None:
    write(tmp_path, files)
    (finding,) = of_polling(tmp_path)
    assert finding["level"] == "warning"
    is_stack = "app.tfcomponent.hcl" in files  # which only Terraform reads
    assert finding["deployment"] == (None if is_stack else "in Terraform's reading")


def test_what_both_tools_read_alike_is_told_once(tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": QUEUE % ("q", ""), "versions.tofu": "terraform {\n}\n"})
    (finding,) = of_polling(tmp_path)
    assert finding["deployment"] is None


def test_files_of_variables_count_in_both_readings(tmp_path: Path) -> None:
    variable = 'variable "wait" {\n type = number\n}\n'
    files = {
        "main.tf": QUEUE % ("q", "receive_wait_time_seconds = var.wait") + variable,
        "main.tofu": QUEUE % ("q", "receive_wait_time_seconds = 20") + variable,
        "prod.tfvars": "wait = 0\n",
        "other.tfvars": "wait = 20\n",
    }
    write(tmp_path, files)
    (finding,) = of_polling(tmp_path)
    assert (finding["level"], finding["deployment"]) == ("warning", "in prod.tfvars in Terraform's reading")


def test_comments_count_in_the_file_that_they_stand_in_whoever_reads_it(tmp_path: Path) -> None:
    comment = "# awslint-memo: ignore[sqs-long-polling] it is for tests\n"
    opentofu = QUEUE % ("q", "receive_wait_time_seconds = 20")
    write(tmp_path, {"main.tf": comment + QUEUE % ("q", ""), "main.tofu": opentofu})
    assert findings(str(tmp_path)) == set()
    assert report(str(tmp_path))["summary"]["suppressed"] == 1
    write(tmp_path, {"main.tf": QUEUE % ("q", "")})
    for path in (tmp_path, tmp_path / "main.tf"):
        assert findings(str(path)) == {("sqs-long-polling", "aws_sqs_queue.q")}
    assert findings(str(tmp_path / "main.tofu")) == set()


def test_hidden_files_and_backups_of_editors_are_no_part_of_a_module(tmp_path: Path) -> None:
    names = (".main.tf", ".#main.tf", "main.tf~", "#main.tf#", ".main.tf.json", ".main.tofu", "#main.tf.json#")
    write(tmp_path, {"main.tf": QUEUE % ("q", ""), **dict.fromkeys(names, 'resource "aws_sqs_queue" "q" {')})
    made = report(str(tmp_path))
    assert (made["summary"]["files"], made["errors"]) == (1, [])
    assert findings(str(tmp_path)) == {("sqs-long-polling", "aws_sqs_queue.q")}


def test_a_single_named_file_is_read_with_its_directory_and_reports_only_its_own_findings(tmp_path: Path) -> None:
    files = {
        "q.tf": QUEUE % ("q", "receive_wait_time_seconds = local.wait"),
        "r.tf": QUEUE % ("r", ""),
        "l.tf": "locals {\n wait = 0\n}\n",
    }
    write(tmp_path, files)
    assert findings(str(tmp_path / "q.tf")) == {("sqs-long-polling", "aws_sqs_queue.q")}
    assert len(findings(str(tmp_path))) == 2
    summary = report(str(tmp_path / "q.tf"))["summary"]
    assert summary["files"] == 1


def test_named_deployments_know_which_files_were_asked_for_too(tmp_path: Path) -> None:
    write(tmp_path, {"q.tf": WAIT, "r.tf": QUEUE % ("r", "")})
    (made,) = templates(tmp_path, "q.tf")
    check_options = CheckOptions([], named={"slow": {"wait": "0"}, "fast": {"wait": "20"}})
    deployed = check_options.deployments(made)
    waits = [
        one.resources["aws_sqs_queue.q"].get("ReceiveMessageWaitTimeSeconds").number for one in deployed.deployments
    ]
    assert waits == [0, 20]
    assert list(deployed.context_files) == [str(tmp_path / "r.tf")]


def test_comments_of_every_file_suppress(tmp_path: Path) -> None:
    comment = "# awslint-memo: ignore[sqs-long-polling] by hand\n"
    write(tmp_path, {"a.tf": comment + QUEUE % ("a", ""), "b.tf": comment + QUEUE % ("b", "")})
    assert findings(str(tmp_path)) == set()
    assert findings(str(tmp_path / "b.tf")) == set()
    assert not [one for one in report(str(tmp_path))["findings"] if one["rule"].startswith("suppression")]


def test_other_files_are_checked_with_an_open_deployment_after_a_broken_one(tmp_path: Path) -> None:
    made = deployments(tmp_path, {"a.tf": QUEUE % ("a", "")})
    assert not made.deployments[0].is_open
    assert deployments(tmp_path, {"b.tf": "locals {\n}\n"}).deployments[0].is_open is False
    write(tmp_path, {"b.tf": "resource {"})
    reported = report(str(tmp_path))
    assert [Path(one["path"]).name for one in reported["errors"]] == ["b.tf"]
    assert {one["resource"] for one in reported["findings"]} == {"aws_sqs_queue.a"}
    (alone,) = templates(tmp_path, "a.tf")
    assert alone.deployments(None).deployments[0].is_open


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ('resource "aws_cloudfront_distribution" "d" {\n  comment = "a"\n  comment = "b"\n}\n', False),
        ('resource "aws_cloudwatch_dashboard" "d" {}\n' * 2, False),
        ('variable "v" {}\n' * 2, False),
        ('resource "aws_sqs_queue_policy" "p" {}\n' * 2, True),
        ('module "m" {\n  source = "./m"\n}\n' * 2, True),
        ('resource "aws_sqs_queue" {}\n', True),
    ],
)
def test_an_error_leaves_open_only_what_it_hides(tmp_path: Path, text: str, is_open: bool) -> None:
    write(tmp_path, {"a.tf": QUEUE % ("a", ""), "b.tf": text, "m/m.tf": ""})
    root = templates(tmp_path)[0]
    assert len(report(str(tmp_path))["errors"]) == 1
    assert root.deployments(None).deployments[0].is_open is is_open


def test_a_resource_in_two_files_is_reported_and_the_first_one_judged(tmp_path: Path) -> None:
    write(tmp_path, {"a.tf": QUEUE % ("q", ""), "b.tf": QUEUE % ("q", "")})
    made = report(str(tmp_path))
    (error,) = made["errors"]
    assert f"(first in {tmp_path / 'a.tf'}:1)" in error["message"]
    assert (error["path"], error["line"]) == (str(tmp_path / "b.tf"), 1)
    assert {one["path"] for one in made["findings"]} == {str(tmp_path / "a.tf")}
    assert report(str(tmp_path / "a.tf"))["errors"] == []


def test_standard_input_stands_for_the_file_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {"main.tf": QUEUE % ("old", ""), "locals.tf": "locals {\n wait = 0\n}\n"})
    text = QUEUE % ("new", "receive_wait_time_seconds = local.wait")
    made = command.report("-", "--stdin-filename", "main.tf", stdin=text)
    assert {one["resource"] for one in made["findings"]} == {"aws_sqs_queue.new"}
    made = command.report("-", stdin=text)
    assert {one["rule"] for one in made["findings"]} == {"sqs-dead-letter-queue"}


@pytest.mark.parametrize(
    ("files", "fixed", "meant"),
    [
        ({}, {}, None),
        ({"terraform.tfvars": "wait = 1"}, {}, 1),
        ({"terraform.tfvars": "wait = 1", "terraform.tfvars.json": '{"wait": 2}'}, {}, 2),
        ({"terraform.tfvars.json": '{"wait": 2}', "a.auto.tfvars": "wait = 3"}, {}, 3),
        ({"a.auto.tfvars": "wait = 3", "b.auto.tfvars.json": '{"//": 1, "wait": "4"}'}, {}, 4),
        ({"b.auto.tfvars.json": '{"wait": 4}', "c.auto.tfvars": "wait = 5 # five"}, {}, 5),
        ({"c.auto.tfvars": "wait = 5"}, {"wait": "6"}, 6),
        ({"production.tfvars": "wait = 1"}, {}, None),
        ({"sub/terraform.tfvars": "wait = 1"}, {}, None),
        ({"terraform.tfvars": "other = 1"}, {}, None),
    ],
)
def test_variables_have_the_values_that_terraform_gives_them(
    files: dict[str, str], fixed: dict[str, str], meant: float | None, tmp_path: Path
) -> None:
    assert wait(tmp_path, files, fixed) == meant


def test_a_named_file_of_variables_stands_over_the_automatic_ones_and_a_later_one_over_it(tmp_path: Path) -> None:
    files = {"main.tf": WAIT, "a.auto.tfvars": "wait = 1", "one.tfvars": "wait = 2", "two.tfvars.json": '{"wait": 3}'}
    write(tmp_path, files)
    for named, meant in ((("one.tfvars", "two.tfvars.json"), 3), (("two.tfvars.json", "one.tfvars"), 2)):
        (made,) = templates(tmp_path, "main.tf", var_files=named)
        (deployment,) = made.deployments(None).deployments
        assert deployment.resources["aws_sqs_queue.q"].get("ReceiveMessageWaitTimeSeconds").number == meant


def test_lists_and_maps_come_from_files_of_variables(tmp_path: Path) -> None:
    text = 'variable "m" {\n type = map(number)\n}\n' + QUEUE % ("q", "for_each = var.m\n delay_seconds = each.value")
    made = resources(tmp_path, {"main.tf": text, "terraform.tfvars": "m = {\n  a = 1\n  b = 2\n}\n"})
    assert [one.get("DelaySeconds").number for one in made.values()] == [1, 2]


@pytest.mark.parametrize("option", ["--var-file", "--parameters"])
def test_the_command_line_names_files(option: str, tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": WAIT, "production.json": '{"wait": 0}'})
    found = findings(str(tmp_path / "main.tf"), option, str(tmp_path / "production.json"))
    assert found == {("sqs-long-polling", "aws_sqs_queue.q")}
    assert findings(str(tmp_path / "main.tf")) == set()


@pytest.mark.parametrize("text", ["wait = ", "[1, 2"])
def test_a_file_of_variables_that_can_t_be_read_is_an_error(text: str, tmp_path: Path) -> None:
    write(tmp_path, {"main.tf": WAIT, "p.tfvars": text, "terraform.tfvars": text})
    done = command.invoke("lint", str(tmp_path), "--var-file", str(tmp_path / "p.tfvars"))
    assert (done.exit_code, done.output.count("\n")) == (2, 1)
    assert str(tmp_path / "p.tfvars") in done.output
    assert [Path(one["path"]).name for one in report(str(tmp_path))["errors"]] == ["terraform.tfvars"]


def test_of_two_files_with_one_resource_the_named_one_is_judged(tmp_path: Path) -> None:
    write(tmp_path, {"a.tf": QUEUE % ("q", ""), "b.tf": QUEUE % ("q", "")})
    made = report(str(tmp_path / "b.tf"))
    assert made["errors"] == []
    assert {one["path"] for one in made["findings"]} == {str(tmp_path / "b.tf")}


def test_a_variable_in_two_files_is_an_error_and_the_rest_is_judged(tmp_path: Path) -> None:
    write(tmp_path, {"a.tf": 'variable "v" {}\n', "b.tf": 'variable "v" {}\n' + QUEUE % ("q", "")})
    made = report(str(tmp_path))
    assert [one["message"] for one in made["errors"]] == [
        f"duplicate variable v (first in {tmp_path / 'a.tf'}:1); keep one of them"
    ]
    assert {one["resource"] for one in made["findings"]} == {"aws_sqs_queue.q"}


@pytest.mark.parametrize(
    ("second", "said"),
    [("other.tf", "duplicate data aws_lambda_invocation.a"), ("override.tf", "data aws_lambda_invocation.b")],
)
def test_a_data_source_that_counts_as_a_resource_is_refused_once(second: str, said: str, tmp_path: Path) -> None:
    block = 'data "aws_lambda_invocation" "%s" {\n  function_name = "f"\n  input         = "{}"\n}\n'
    write(tmp_path, {"main.tf": block % "a", second: block % said[-1]})
    (made,) = templates(tmp_path, "main.tf", second)
    [problem] = made.deployments(None).problems
    assert said in problem.message
