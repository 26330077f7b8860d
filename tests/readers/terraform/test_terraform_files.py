"""Functions that read files of the repository: which files they open, and where their values come from."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests import command
from tests.readers.workspace import resources, write

from awslint_memo.model.value import Known, Text, Value

QUEUE = "aws_sqs_queue.q"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository beside a file that is not part of it."""
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    return folder


def value(repository: Path, expression: str, files: dict[str, str] | None = None, folder: str = "infra") -> Value:
    """The value of an expression in a root module below the repository's top."""
    written = {f"{folder}/main.tf": f'resource "aws_sqs_queue" "q" {{\n  name = {expression}\n}}\n', **(files or {})}
    write(repository, written)
    main = repository / folder / "main.tf"
    return resources(main.parent, {"main.tf": main.read_text()})[QUEUE].get("QueueName")


class TestFiles:
    def test_are_read_in_the_whole_repository(self, repository: Path) -> None:
        assert value(repository, 'file("../shared/a.txt")', {"shared/a.txt": "text"}).text == "text"

    @pytest.mark.parametrize("path", ["../../secret.txt", "${path.module}/../../secret.txt", "/etc/hostname", "~/x"])
    def test_are_not_read_outside_of_it(self, repository: Path, path: str) -> None:
        found = value(repository, f'file("{path}")')
        assert found.is_unknown
        assert "path" in found.why

    def test_are_not_read_through_a_link_out_of_it(self, repository: Path) -> None:
        (repository / "infra").mkdir()
        os.symlink(repository.parent / "secret.txt", repository / "infra" / "link.txt")
        found = value(repository, 'file("link.txt")')
        assert found.is_unknown
        assert found.why == "file() of a path outside of the repository"

    @pytest.mark.parametrize("function", ["fileexists", "filemd5", "filebase64"])
    def test_tell_nothing_about_what_is_outside_of_it(self, repository: Path, function: str) -> None:
        assert value(repository, f'tostring({function}("../../secret.txt"))').is_unknown
        assert value(repository, 'join(",", fileset("../..", "*.txt"))').is_unknown

    def test_are_not_followed_where_they_are_large(self, repository: Path) -> None:
        found = value(repository, 'file("large.txt")', {"infra/large.txt": "x" * 1_000_001})
        assert found.why == "file() of a file larger than 1 MB"

    def test_are_found_in_the_folder_where_terraform_runs(self, repository: Path) -> None:
        assert value(repository, 'file("${path.cwd}/a.txt")', {"infra/a.txt": "text"}).text == "text"

    def test_are_found_in_the_folder_of_a_called_module(self, repository: Path) -> None:
        module = 'output "text" {\n  value = "${path.module}: ${file("${path.module}/a.txt")}"\n}\n'
        files = {
            "infra/called.tf": 'module "m" {\n  source = "../modules/m"\n}\n',
            "modules/m/main.tf": module,
            "modules/m/a.txt": "text",
        }
        assert value(repository, "module.m.text", files).text == "../modules/m: text"

    def test_are_found_in_the_folder_of_a_downloaded_module(self, repository: Path) -> None:
        listed = {"Modules": [{"Key": "m", "Source": "x/y/z", "Dir": ".terraform/modules/m"}]}
        files = {
            "infra/called.tf": 'module "m" {\n  source = "x/y/z"\n}\n',
            "infra/.terraform/modules/modules.json": json.dumps(listed),
            "infra/.terraform/modules/m/main.tf": 'output "o" {\n  value = file("${path.module}/a.txt")\n}\n',
            "infra/.terraform/modules/m/a.txt": "text",
        }
        assert value(repository, "module.m.o", files).text == "text"

    def test_a_missing_one_is_an_error_that_try_passes(self, repository: Path) -> None:
        assert value(repository, 'try(file("none.txt"), "other")').text == "other"
        assert value(repository, 'fileexists("none.txt") ? "there" : "missing"').text == "missing"


LETTER = {"infra/a.tpl": "name: ${name}%{ for one in all }, ${one}%{ endfor }"}


class TestTemplates:
    def test_are_filled(self, repository: Path) -> None:
        found = value(repository, 'templatefile("a.tpl", {name = "n", all = [1, 2]})', LETTER)
        assert found.text == "name: n, 1, 2"

    def test_keep_what_is_known(self, repository: Path) -> None:
        found = value(repository, 'templatefile("a.tpl", {name = data.x.y.z, all = []})', LETTER)
        assert isinstance(found, Text)
        assert found.parts[0].text == "name: "

    @pytest.mark.parametrize("variables", ["{}", '{name = "n"}', "[]"])
    def test_without_their_variables_are_errors(self, repository: Path, variables: str) -> None:
        assert value(repository, f'try(templatefile("a.tpl", {variables}), "other")', LETTER).text == "other"

    def test_that_contain_themselves_end(self, repository: Path) -> None:
        files = {"infra/a.tpl": 'x${templatefile("a.tpl", {})}'}
        assert value(repository, 'try(templatefile("a.tpl", {}), "other")', files).text == "other"

    def test_know_nothing_of_the_module(self, repository: Path) -> None:
        files = {"infra/a.tpl": "${path.module}"}
        assert value(repository, 'try(templatefile("a.tpl", {}), "other")', files).text == "other"


class TestTemplateFile:
    """The data source of the provider hashicorp/template."""

    def test_is_filled_in(self, repository: Path) -> None:
        assert self.filled_in(repository, "${name} and $${other}", 'vars = { name = "n" }').text == "n and ${other}"

    def test_keeps_what_is_known(self, repository: Path) -> None:
        found = self.filled_in(repository, "name: ${name}", "vars = { name = data.x.y.z }")
        assert isinstance(found, Text)
        assert found.parts[0].text == "name: "

    def test_without_variables_is_its_text(self, repository: Path) -> None:
        assert self.filled_in(repository, "a b c", "").text == "a b c"

    def test_knows_nothing_of_the_module(self, repository: Path) -> None:
        assert self.filled_in(repository, "${var.a} b", "").text is None

    def filled_in(self, repository: Path, text: str, variables: str) -> Value:
        """The name of a queue that is what a template in a file comes to."""
        main = 'resource "aws_sqs_queue" "q" {\n  name = data.template_file.t.rendered\n}\nvariable "a" {}\n'
        data = f'data "template_file" "t" {{\n  template = file("a.tpl")\n  {variables}\n}}\n'
        write(repository, {"infra/main.tf": main + data, "infra/a.tpl": text})
        return resources(repository / "infra", {"main.tf": main + data})[QUEUE].get("QueueName")


def test_a_structure_stands_for_its_text(repository: Path) -> None:
    found = value(repository, '"x${jsonencode({a = [1]})}"')
    assert isinstance(found, Known)
    assert found.text == 'x{"a":[1]}'


def findings(folder: Path, rule: str) -> list[dict[str, Any]]:
    return [one for one in command.report(str(folder), "--advice")["findings"] if one["rule"] == rule]


@pytest.mark.parametrize(
    ("expression", "line", "column"),
    [('file("redrive.json")', 3, 22), ('jsonencode(jsondecode(file("redrive.json")))', 3, 22)],
)
def test_a_finding_points_into_the_file(repository: Path, expression: str, line: int, column: int) -> None:
    write(
        repository,
        {
            "main.tf": f'resource "aws_sqs_queue" "q" {{\n  redrive_policy = {expression}\n}}\n',
            "redrive.json": '{\n  "deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:dead",\n'
            '  "maxReceiveCount": 1\n}\n',
        },
    )
    (found,) = findings(repository, "sqs-max-receive-count")
    assert (Path(found["path"]).name, found["line"], found["column"]) == ("redrive.json", line, column)
    assert [(Path(one["path"]).name, one["line"]) for one in found["related"]] == [("main.tf", 2)]


def test_a_finding_about_a_yaml_file_points_into_it(repository: Path) -> None:
    main = 'resource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = yamldecode(file("a.yaml")).wait\n}\n'
    write(repository, {"main.tf": main, "a.yaml": "keep: 1\nwait: 0\n"})
    (found,) = findings(repository, "sqs-long-polling")
    assert (Path(found["path"]).name, found["line"], found["column"]) == ("a.yaml", 2, 7)


def test_a_finding_about_a_template_with_variables_stands_at_the_call(repository: Path) -> None:
    main = 'resource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = templatefile("a.tpl", {x = 0})\n}\n'
    write(repository, {"main.tf": main, "a.tpl": "${x}"})
    (found,) = findings(repository, "sqs-long-polling")
    assert (Path(found["path"]).name, found["line"]) == ("main.tf", 2)


def test_what_is_made_of_a_large_file_has_few_places(repository: Path) -> None:
    files = {"infra/a.yaml": "".join(f"k{number}: {{v: {number}}}\n" for number in range(2_000))}
    found = value(repository, '[for k, v in yamldecode(file("a.yaml")) : "${k}${v.v}"][7]', files)
    assert found.text == "k10031003"
    assert 1 <= len(found.origin.steps) <= 50
