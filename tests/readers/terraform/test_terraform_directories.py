"""The files of a directory are a single module, and files of variables in it set its variables."""

import json
from pathlib import Path

import pytest
from tests import command
from tests.readers.workspace import deployments, findings, report, resources, templates, write

from awslint_memo.judging.judge import LintOptions

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
    lint_options = LintOptions([], named={"slow": {"wait": "0"}, "fast": {"wait": "20"}})
    deployed = lint_options.deployments(made)
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
