"""What goes wrong with one file or one folder costs no other its findings, and is told in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest
from tests.command import invoke, report
from tests.readers.workspace import write

from awslint_memo.judging import grouping, reading
from awslint_memo.judging.suppressions import Suppressions
from awslint_memo.judging.user_inputs import UserInputs
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.terraform.stacks import StackRoot
from awslint_memo.readers.terraform.terragrunt import TerragruntFile
from awslint_memo.readers.terraform.workspace import Workspace
from awslint_memo.reporters import REPORTERS

YAML = "Resources:\n  Q: {Type: AWS::SQS::Queue}\n"
STACK = YAML + "Outputs: {O: {Value: x, Export: {Name: x}}}\n"
TF = 'resource "aws_sqs_queue" "q" {\n}\n'
FILES = {
    "bad/a.yaml": STACK,
    "bad/main.tf": TF,
    "bad/terragrunt.hcl": 'terraform {\n  source = "./m"\n}\n',
    "bad/s.tfcomponent.hcl": 'component "c" {\n  source = "./m"\n}\n',
    "bad/m/main.tf": TF,
    "good/a.yaml": STACK,
    "good/main.tf": TF,
    "good/terragrunt.hcl": 'terraform {\n  source = "./m"\n}\n',
    "good/m/main.tf": TF,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, {**FILES, ".git/HEAD": ""})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spoil(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, path: Callable[..., str]) -> None:
    """Let a function or property fail for what is in the folder `bad`. path: gives its path from the arguments."""
    real = getattr(owner, name)
    function: Any = real.fget if isinstance(real, property) else real

    def spoiled(*arguments: Any, **options: Any) -> Any:
        if path(*arguments).startswith("bad"):
            raise RuntimeError("spoiled")
        return function(*arguments, **options)

    monkeypatch.setattr(owner, name, property(spoiled) if isinstance(real, property) else spoiled)


def of_template(template: Any, *_: Any) -> str:
    return str(template.source.path)


PLACES: dict[str, tuple[Any, str, Callable[..., str]]] = {
    "recognition": (reading, "template", lambda source, _: source.path),
    "exports": (CloudFormationTemplate, "exported", of_template),
    "imports": (CloudFormationTemplate, "imported", of_template),
    "nests": (CloudFormationTemplate, "nests", of_template),
    "deployments": (CloudFormationTemplate, "deployments", of_template),
    "a folder": (Workspace, "_root_modules", lambda _, path, __: path),
    "files of variables": (Workspace, "_given", lambda _, loaded: loaded.path),
    "terragrunt": (TerragruntFile, "module", of_template),
    "a stack": (Workspace, "_stack", lambda _, path, __: path),
    "deployments of a stack": (StackRoot, "deployments", of_template),
    "grouped": (grouping, "grouped", lambda findings: findings[0].path if findings else ""),
    "suppressions": (Suppressions, "apply", lambda _, template, *__: template.source.path),
    "what is given": (UserInputs, "see", lambda _, template: template.source.path),
}


@pytest.mark.parametrize("what", PLACES)
def test_the_others_keep_their_findings(folder: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    usual = {(one["path"], one["rule"], one["line"]) for one in report("good", "bad")["findings"]}
    spoil(monkeypatch, *PLACES[what])
    made = report("good", "bad")
    found = {(one["path"], one["rule"], one["line"]) for one in made["findings"]}
    assert {one for one in found if one[0].startswith("good")} == {one for one in usual if one[0].startswith("good")}
    assert made["errors"]
    assert all(one["path"].startswith("bad") for one in made["errors"])
    assert all(one["message"].startswith("internal error: RuntimeError: spoiled (") for one in made["errors"])


@pytest.mark.parametrize(("owner", "name"), [(Suppressions, "left_over"), (UserInputs, "notices")])
def test_what_ends_a_run_costs_no_findings(
    folder: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
) -> None:
    def fail(*_: Any, **__: Any) -> NoReturn:
        raise RuntimeError("spoiled")

    usual = report("good")["findings"]
    monkeypatch.setattr(owner, name, fail)
    made = report("good")
    assert made["findings"] == usual
    assert [one["message"].startswith("internal error: RuntimeError: spoiled (") for one in made["errors"]] == [True]


@pytest.mark.parametrize("error", [RuntimeError("spoiled"), KeyError("spoiled"), RecursionError("spoiled")])
def test_a_mistake_in_a_reporter_is_a_sentence(folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: Any) -> NoReturn:
        raise error

    monkeypatch.setitem(REPORTERS, "json", fail)
    result = invoke("lint", "good", "--format", "json")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"internal error: {type(error).__name__}: ")
    assert result.stderr.endswith("; please report it\n")
