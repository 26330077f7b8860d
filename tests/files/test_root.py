"""Nothing outside of the root is opened, whatever a stranger's repository names, and a sentence says what was not."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, report
from tests.readers.workspace import write

from awslint_memo import api
from awslint_memo.model.span import Problem

pytestmark = pytest.mark.usefixtures("polled_queues")

SECRET = "hunter2"
QUEUE = "Resources:\n  Q: {Type: AWS::SQS::Queue}\n"
OUTSIDE = "outside of the root, so it was not opened; --root DIR sets the root"


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that is the working folder, with files beside it that it must not reach."""
    write(
        tmp_path,
        {
            "repo/.git/HEAD": "",
            "repo/ok.yaml": QUEUE,
            "out/template.yaml": f"Resources:\n  {SECRET}: {{Type: AWS::SQS::Queue}}\n",
            "out/part.yaml": f"QueueName: {SECRET}\nReceiveMessageWaitTimeSeconds: 20\n",
            "out/module/main.tf": f'resource "aws_sqs_queue" "{SECRET}" {{\n}}\n',
            "out/values.tfvars": f'name = "{SECRET}"\n',
            "out/values.json": json.dumps({"Name": SECRET}),
            "out/settings.yaml": f"ignore: ['{SECRET}']\n",
            "out/pyproject.toml": f"[tool.awslint-memo]\nignore = ['{SECRET}']\n",
            "out/text.txt": SECRET,
        },
    )
    monkeypatch.chdir(tmp_path / "repo")
    return tmp_path / "repo"


def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The real paths of all files that are opened from now on."""
    found: list[str] = []
    real = os.open

    def note(path: Any, *arguments: Any, **options: Any) -> int:
        found.append(os.path.realpath(path))
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", note)
    return found


def notices(*arguments: str) -> list[str]:
    made = report(*arguments, "--advice")
    assert SECRET not in json.dumps(made)
    assert made["errors"] == []
    return list(made["summary"]["notices"])


def nested(url: str) -> str:
    return QUEUE + f"  S: {{Type: AWS::CloudFormation::Stack, Properties: {{TemplateURL: {url}}}}}\n"


INCLUDE = "Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties:\n      Fn::Transform:\n"
INCLUDE += "        {Name: AWS::Include, Parameters: {Location: ../out/part.yaml}}\n"
CALL = 'module "m" {\n  source = "../out/module"\n}\n'
NAME = 'resource "aws_sqs_queue" "q" {\n  name = EXPRESSION\n}\n'


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.yaml": nested("../out/template.yaml")}, "not checked: the nested stack S (../out/template.yaml; it is "),
        ({"a.yaml": INCLUDE}, "a.yaml:6: not checked: the included file (../out/part.yaml) is "),
        ({"main.tf": CALL}, "main.tf:1: not checked: module m (../out/module) is "),
        ({"main.tf": NAME.replace("EXPRESSION", 'file("../out/text.txt")')}, "main.tf:2: not checked: what file() "),
        (
            {"main.tf": NAME.replace("EXPRESSION", 'templatefile("../out/text.txt", {})')},
            "main.tf:2: not checked: what templatefile() reads (../out/text.txt) is ",
        ),
        (
            {"main.tf": NAME.replace("EXPRESSION", 'join("", fileset("../out", "*.txt"))')},
            "main.tf:2: not checked: what fileset() reads (../out) is ",
        ),
        (
            {"main.tf": NAME.replace("EXPRESSION", 'tostring(fileexists("../out/text.txt"))')},
            "main.tf:2: not checked: what fileexists() reads (../out/text.txt) is ",
        ),
        (
            {"terragrunt.hcl": 'terraform {\n  source = "../out/module"\n}\n'},
            "terragrunt.hcl:2: not checked: the module",
        ),
        (
            {"s.tfcomponent.hcl": 'component "c" {\n  source = "../out/module"\n}\n'},
            "s.tfcomponent.hcl:1: not checked: module c (../out/module) is ",
        ),
    ],
)
def test_a_reference_out_of_the_repository(
    repository: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], said: str
) -> None:
    write(repository, files)
    seen = opened(monkeypatch)
    found = notices()
    assert any(said in one and one.rstrip(")").endswith(OUTSIDE) for one in found), found
    assert [path for path in seen if "/out/" in path] == []


def test_an_absolute_location_is_treated_like_a_relative_one(repository: Path) -> None:
    write(repository, {"a.yaml": nested(str(repository.parent / "out" / "template.yaml"))})
    assert OUTSIDE in " ".join(notices())


def test_the_folder_of_a_downloaded_module(repository: Path) -> None:
    listed = {"Modules": [{"Key": "m", "Source": "a/b/c", "Dir": "../out/module"}]}
    write(
        repository,
        {"main.tf": 'module "m" {\n  source = "a/b/c"\n}\n', ".terraform/modules/modules.json": json.dumps(listed)},
    )
    assert f"main.tf:1: not checked: module m (a/b/c) is {OUTSIDE}" in notices("main.tf")


@pytest.mark.parametrize("name", ["link.yaml", "link.tf", "link"])
def test_a_link_that_a_walk_meets(repository: Path, name: str) -> None:
    target = {"link.yaml": "template.yaml", "link.tf": "module/main.tf", "link": "module"}[name]
    os.symlink(repository.parent / "out" / target, name)
    assert notices() == [f"{name}: not checked: what this symbolic link leads to is {OUTSIDE}"]


def test_many_links_are_told_in_one_sentence(repository: Path) -> None:
    for number in range(10):
        os.symlink("../out/template.yaml", f"{number}.yaml")
    [said] = notices()
    assert said.startswith("not checked: what 10 symbolic links lead to (0.yaml, 1.yaml, 2.yaml, 3.yaml, 4.yaml and 5")


def test_an_excluded_link_is_told_as_excluded(repository: Path) -> None:
    os.symlink("../out/template.yaml", "link.yaml")
    os.symlink("../out", "folder")
    write(repository, {".awslint-memo.yaml": "exclude: [link.yaml, folder]\n"})
    assert notices() == [".awslint-memo.yaml:1: not checked: link.yaml, left out by exclude"]


def test_links_inside_of_the_repository_are_followed(repository: Path) -> None:
    write(repository, {"real/main.tf": NAME.replace("EXPRESSION", 'file("link.txt")'), "text.txt": "orders"})
    os.symlink("../text.txt", "real/link.txt")
    os.symlink("real/main.tf", "main.tf")
    assert notices() == []
    assert {one["path"] for one in report("main.tf")["findings"]} == {"main.tf"}


VARIABLE = """provider "aws" {}
variable "wait" {
  default = 0
}
resource "aws_sqs_queue" "q" {
  receive_wait_time_seconds = var.wait
}
"""


@pytest.mark.parametrize("name", ["a.tf", "terraform.tfvars", "x.auto.tfvars"])
def test_a_link_in_a_folder_of_terraform_leaves_open_what_it_may_say(repository: Path, name: str) -> None:
    write(repository, {"main.tf": VARIABLE})
    assert [one["rule"] for one in report("main.tf", "--select", "sqs-long-polling")["findings"]] != []
    os.symlink("../out/module/main.tf" if name.endswith(".tf") else "../out/values.tfvars", name)
    assert notices("main.tf") == [f"{name}: not checked: what this symbolic link leads to is {OUTSIDE}"]
    found = report("main.tf", "--advice", "--select", "sqs-long-polling")["findings"]
    assert bool(found) is name.endswith(".tf")


def test_a_link_in_a_folder_on_the_way(repository: Path) -> None:
    os.symlink("../out", "folder")
    write(repository, {"a.yaml": nested("folder/template.yaml")})
    assert OUTSIDE in notices("a.yaml")[0]


@pytest.mark.parametrize(
    ("settings", "line"),
    [
        ("deployments:\n  prod: ../out/values.json\n", 2),
        ("var-file: ../out/values.tfvars\n", 1),
        ("var-file:\n- link.tfvars\n", 2),
    ],
)
def test_a_file_that_the_configuration_names_ends_the_run(repository: Path, settings: str, line: int) -> None:
    write(repository, {".awslint-memo.yaml": settings})
    os.symlink("../out/values.tfvars", "link.tfvars")
    result = invoke("lint", "ok.yaml")
    assert result.exit_code == 2
    assert result.stderr.startswith(f".awslint-memo.yaml:{line}:")
    assert result.stderr.endswith(f"{OUTSIDE}\n")
    assert SECRET not in result.output


def test_a_configuration_that_is_a_link_ends_the_run(repository: Path) -> None:
    os.symlink("../out/settings.yaml", ".awslint-memo.yaml")
    result = invoke("lint", "ok.yaml")
    assert (result.exit_code, result.output) == (2, f".awslint-memo.yaml:1:1: this is {OUTSIDE}\n")


def test_a_pyproject_that_is_a_link_is_passed_over(repository: Path) -> None:
    os.symlink("../out/pyproject.toml", "pyproject.toml")
    [said] = notices("ok.yaml")
    assert said.endswith(f"pyproject.toml: not checked: this is {OUTSIDE}")


def test_a_configuration_above_the_root_is_not_searched(repository: Path) -> None:
    write(repository.parent, {".awslint-memo.yaml": "select: [nothing]\n"})
    assert invoke("lint", "ok.yaml").exit_code == 1
    (repository / ".git" / "HEAD").unlink()
    (repository / ".git").rmdir()
    assert invoke("lint", "ok.yaml").exit_code == 1


@pytest.mark.parametrize("is_told_by_the_system", [False, True])
def test_a_folder_that_becomes_a_link_while_it_is_opened(
    repository: Path, monkeypatch: pytest.MonkeyPatch, *, is_told_by_the_system: bool
) -> None:
    write(repository, {"part/template.yaml": QUEUE})
    real, readlink = os.open, os.readlink

    def swap(path: Any, *arguments: Any, **options: Any) -> int:
        if str(path).endswith("part/template.yaml") and not os.path.islink("part"):
            os.rename("part", "before")
            os.symlink("../out", "part")
        return real(path, *arguments, **options)

    def read(path: Any, **options: Any) -> str:
        if not is_told_by_the_system and str(path).startswith("/proc"):
            raise FileNotFoundError(2, "no such file")
        return str(readlink(path, **options))

    monkeypatch.setattr(os, "open", swap)
    monkeypatch.setattr(os, "readlink", read)
    result = invoke("lint", "part")
    assert os.path.islink("part")
    assert result.exit_code == 2
    assert "part/template.yaml: " in result.output.replace(":1:1", "")
    assert "became a symbolic link while it was opened" in result.output
    assert SECRET not in result.output


@pytest.mark.parametrize("name", [".GIT", ".g\u200cit", ".Git"])
def test_a_name_that_some_systems_take_for_gits_folder_is_not_opened(repository: Path, name: str) -> None:
    write(repository, {f"{name}/config": SECRET, "part.yaml": nested(f"{name}/config")})
    assert any("outside of the root" in one for one in notices("part.yaml"))


@pytest.mark.parametrize("path", [".git/config", "sub/.git/config", "link.txt"])
def test_what_git_keeps_is_not_opened(repository: Path, path: str) -> None:
    write(repository, {".git/config": SECRET, "sub/.git/config": SECRET, "part.yaml": nested(".git/config")})
    os.symlink(".git/config", "link.txt")
    write(repository, {"main.tf": NAME.replace("EXPRESSION", f'file("{path}")')})
    assert f"main.tf:2: not checked: what file() reads ({path}) is {OUTSIDE}" in notices("main.tf")
    assert OUTSIDE in " ".join(notices("part.yaml"))


NAMED: dict[str, Callable[[Path], list[str]]] = {
    "file": lambda out: [str(out / "template.yaml")],
    "folder": lambda out: [str(out)],
    "--config": lambda out: ["ok.yaml", "--config", str(out / "empty.yaml")],
    "--parameters": lambda out: ["ok.yaml", "--parameters", str(out / "values.json")],
    "--var-file": lambda out: ["ok.yaml", "--var-file", str(out / "values.tfvars")],
    "--source": lambda out: ["ok.yaml", "--source", str(out / "module")],
    "--output": lambda out: ["ok.yaml", "--output", str(out / "report.txt")],
}


@pytest.mark.parametrize("what", NAMED)
@pytest.mark.parametrize("root", [False, True])
def test_what_a_person_names_is_theirs(repository: Path, what: str, root: bool) -> None:
    out = repository.parent / "out"
    write(out, {"empty.yaml": ""})
    (out / "pyproject.toml").unlink(missing_ok=True)  # Else it would be the nearest configuration of what is there.
    result = invoke("lint", *NAMED[what](out), *(["--root", "."] if root else []))
    assert result.exit_code == 1, result.output
    assert OUTSIDE not in result.output


def test_what_is_named_through_a_link_is_read_with_what_is_beside_it(repository: Path) -> None:
    os.symlink("../out/module", "m")
    assert len(report("m", "--select", "sqs-long-polling")["findings"]) == 1


class TestRoot:
    def test_is_the_repository_of_the_path_wherever_the_run_starts(
        self, repository: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(repository, {"a/a.yaml": nested("../ok.yaml"), "b/b.yaml": nested("../../out/template.yaml")})
        monkeypatch.chdir("/")
        assert notices(str(repository / "a")) == []
        assert OUTSIDE in " ".join(notices(str(repository / "b")))

    def test_is_a_submodule_where_that_is_named(self, repository: Path) -> None:
        write(repository, {"sub/.git": "gitdir: ../.git/modules/sub\n", "sub/a.yaml": nested("../ok.yaml")})
        assert OUTSIDE in " ".join(notices("sub"))
        assert notices(".") == []

    def test_is_else_the_working_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path, {"a/a.yaml": nested("../b/b.yaml"), "b/b.yaml": QUEUE})
        monkeypatch.chdir(tmp_path)
        assert notices("a") == []
        monkeypatch.chdir(tmp_path / "a")
        assert OUTSIDE in " ".join(notices("."))

    def test_is_else_the_folder_that_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path, {"a/a.yaml": nested("../b/b.yaml"), "b/b.yaml": QUEUE, "c/x": ""})
        monkeypatch.chdir(tmp_path / "c")
        assert OUTSIDE in " ".join(notices(str(tmp_path / "a")))
        assert OUTSIDE in " ".join(notices(str(tmp_path / "a" / "a.yaml")))

    def test_is_never_the_top_of_the_file_system_by_chance(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, {"a/a.yaml": nested("../b/b.yaml"), "b/b.yaml": QUEUE})
        monkeypatch.chdir("/")
        assert OUTSIDE in " ".join(notices(str(tmp_path / "a")))

    def test_is_wider_or_narrower_with_an_option(self, repository: Path) -> None:
        write(repository, {"a/a.yaml": nested("../ok.yaml"), "b/b.yaml": nested("../../out/part.yaml")})
        assert OUTSIDE in " ".join(notices("a", "--root", "a"))
        assert OUTSIDE not in " ".join(report("b", "--root", "..")["summary"]["notices"])

    def test_holds_for_why_too(self, repository: Path) -> None:
        write(repository, {"main.tf": NAME.replace("EXPRESSION", 'file("../out/text.txt")')})
        shown = invoke("why", "sqs-*", "aws_sqs_queue.q", "main.tf").output
        assert SECRET not in shown
        assert invoke("why", "sqs-long-polling", "aws_sqs_queue.q", "main.tf", "--root", "..").exit_code == 0

    def test_is_an_argument_of_the_call(self, repository: Path) -> None:
        write(repository, {"a.yaml": nested("../out/template.yaml")})
        assert OUTSIDE in " ".join(api.lint(["a.yaml"]).notices)
        assert SECRET in " ".join(one.resource for one in api.lint(["a.yaml"], root="..").findings)

    def test_must_be_a_folder(self, repository: Path) -> None:
        assert invoke("lint", "ok.yaml", "--root", "ok.yaml").exit_code == 2
        with pytest.raises(Problem, match="no such folder; --root names"):
            api.lint(["ok.yaml"], root="missing")

    def test_is_that_of_the_name_of_standard_input(self, repository: Path) -> None:
        text = nested("../out/template.yaml")
        made = report("-", "--stdin-filename", "a.yaml", stdin=text)
        assert OUTSIDE in " ".join(made["summary"]["notices"])


def test_nested_stacks_are_searched_in_the_root_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nested = (
        "Resources:\n  S:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: s3://bucket/part.yaml}\n"
    )
    both = {f"{name}/{file}": text for name in "ab" for file, text in (("a.yaml", nested), ("x/part.yaml", QUEUE))}
    write(tmp_path, both)
    monkeypatch.chdir(tmp_path)
    assert any("may be meant" in each for each in notices("a"))
    [taken] = notices("--root", "a", "a")
    assert taken.endswith("is taken as a/x/part.yaml, by its name only")
