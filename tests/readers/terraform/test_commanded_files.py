"""Commands of a repository tell which files of variables are for a root; they add deployments and take none away."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from tests.command import report

from awslint_memo.readers.terraform.variable_file_commands import TOP, commands

pytestmark = pytest.mark.usefixtures("polled_queues")

RULE = ("--select", "sqs-long-polling", "--advice")
MAIN = """
variable "wait" { default = 20 }
variable "name" { default = "orders" }
resource "aws_sqs_queue" "orders" {
  name                      = var.name
  receive_wait_time_seconds = var.wait
}
"""
FILE = "wait = 0\nowner = 1\nteam = 2\ncost = 3\n"
"""A file that sets more of others than of the root, so that only a command tells that it is for that."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def linted(files: dict[str, str], *options: str) -> dict[str, Any]:
    for name, text in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    return report(*RULE, *options, ".")


def found(files: dict[str, str], *options: str) -> list[str | None]:
    return [one["deployment"] for one in linted(files, *options)["findings"]]


PROD = "in ../config/prod.tfvars"
ROOT = {"infra/app/main.tf": MAIN, "infra/config/prod.tfvars": FILE}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Makefile", "plan:\n\tterraform -chdir=infra/app plan -var-file=../config/$(ENV).tfvars\n"),
        ("Makefile", "ROOT := infra/app\nplan:\n\tcd $(ROOT) && terraform plan -var-file ../config/$(ENV).tfvars\n"),
        (
            "Makefile",
            'plan:\n\tterraform -chdir=infra/app plan \\\n\t\t-var-file="$$(pwd)/infra/config/$(ENV).tfvars"\n',
        ),
        ("infra/app/Makefile", 'plan:\n\tcd "../app" ; tofu plan -var-file="../config/${ENV}.tfvars"\n'),
        (
            "scripts/plan.sh",
            '#!/bin/sh\ncd infra/app\necho hi\nterraform plan -var-file "../config/${ENV:-dev}".tfvars\n',
        ),
        (
            "infra/bin/plan.sh",
            "cd infra/$STACK\nterraform plan -var-file=../config/prod.tfvars -var-file=./$STACK.tfvars\n",
        ),
        ("justfile", "plan env:\n  terraform -chdir=infra/app plan -var-file=../config/{{env}}.tfvars\n"),
        (
            "Taskfile.yml",
            "tasks:\n  plan:\n    cmds:\n      - cd infra/app && terraform plan -var-file=../config/{{.ENV}}.tfvars\n",
        ),
        ("package.json", '{"scripts": {"plan": "cd infra/app && terraform plan -var-file=../config/prod.tfvars"}}\n'),
        (
            ".github/workflows/deploy.yml",
            "jobs:\n  a:\n    steps:\n      - name: plan\n        working-directory: infra/app\n"
            "        run: terraform plan -var-file=../config/${{ matrix.env }}.tfvars\n",
        ),
        (
            ".github/workflows/deploy.yml",
            "jobs:\n  a:\n    steps:\n      - run: |\n          cd infra/app\n"
            '          terraform plan -var-file="../config/${{ matrix.env }}.tfvars"\n',
        ),
        (
            ".circleci/config.yml",
            "jobs:\n  a:\n    steps:\n      - run:\n          command: terraform plan -var-file=../config/prod.tfvars\n"
            "          working_directory: infra/app\n",
        ),
        (
            ".gitlab-ci.yml",
            "plan:\n  script:\n    - terraform -chdir=infra/app plan -var-file=../config/$CI_ENV.tfvars\n",
        ),
        (
            "buildspec.yml",
            "phases:\n  build:\n    commands:\n      - cd infra/app\n"
            "      - terraform plan -var-file=../config/$E.tfvars\n",
        ),
        (
            "atlantis.yaml",
            "workflows:\n  app:\n    plan:\n      steps:\n"
            '        - run: terraform -chdir=infra/app plan "-var-file" "../config/prod.tfvars"\n',
        ),
    ],
)
def test_a_command_gives_a_root_its_file(name: str, text: str) -> None:
    assert found(ROOT) == []
    assert found({**ROOT, name: text}) == [PROD]


def test_without_a_command_such_a_file_fits_no_root() -> None:
    assert "fits no root module here" in str(linted(ROOT)["summary"]["notices"])
    made = linted({**ROOT, "Makefile": "p:\n\tterraform -chdir=infra/app plan -var-file=../config/prod.tfvars\n"})
    assert "fits no root" not in str(made["summary"]["notices"])


def test_a_file_for_the_backend_is_not_missed_as_one_of_a_root() -> None:
    files = {"app/main.tf": MAIN, "app/backends/prod.tfvars": 'bucket = "b"\nendpoint = "e"\n'}
    assert "fits no root module here" in str(linted(files)["summary"]["notices"])
    made = linted({**files, "Makefile": "i:\n\tterraform -chdir=app init -backend-config=backends/$(ENV).tfvars\n"})
    assert "fits no root" not in str(made["summary"]["notices"])


def test_files_of_one_command_are_used_together_with_what_is_filled_in_being_the_same() -> None:
    make = "p:\n\tterraform -chdir=app plan -var-file=../env/common.tfvars"
    make += " -var-file=../env/$(E)/a.tfvars -var-file=../env/$(E)/b.tfvars\n"
    files = {
        "app/main.tf": MAIN,
        "env/common.tfvars": "wait = 0\nx = 1\ny = 1\n",
        "env/prod/a.tfvars": 'name = "p"\nz = 1\nv = 1\n',
        "env/prod/b.tfvars": "wait = 20\nw = 1\nu = 1\n",
        "env/live/a.tfvars": 'name = "l"\nz = 1\nv = 1\n',
        "env/live/b.tfvars": "q = 1\n",
        "Makefile": make,
    }
    assert found(files) == ["in ../env/live/b.tfvars with common.tfvars and a.tfvars"]


def test_what_only_a_command_tells_is_judged_beside_the_default_values() -> None:
    bad = 'terraform {\n  backend "s3" {}\n}\n' + MAIN.replace("default = 20", "default = 0")
    files = {"app/main.tf": bad, "config/prod.tfvars": "wait = 20\nowner = 1\nteam = 1\n"}
    assert found(files) == [None]
    (deployment,) = found({**files, "Makefile": "p:\n\tterraform -chdir=app plan -var-file=../config/prod.tfvars\n"})
    assert deployment is not None
    assert "default" in deployment


def test_a_file_of_a_root_stays_a_deployment_whatever_a_command_says() -> None:
    files = {"app/main.tf": MAIN, "app/prod.tfvars": "wait = 0\n", "good.tfvars": "wait = 20\n"}
    assert found(files) == [None]
    make = "p:\n\tterraform -chdir=app plan -var-file=prod.tfvars -var-file=../good.tfvars\n"
    assert found({**files, "Makefile": make}) == ["in prod.tfvars"]


def test_a_command_that_runs_anywhere_gives_no_module_a_root() -> None:
    files = {
        "modules/queue/main.tf": MAIN,
        "vars/prod.tfvars": "wait = 0\nname = 1\n",
        "Makefile": "p:\n\tterraform plan -var-file=../../vars/prod.tfvars\n",
    }
    assert found(files) == []


@pytest.mark.parametrize(
    "text",
    [
        "p:\n\tterraform -chdir=other plan -var-file=../config/prod.tfvars\n",
        "p:\n\tterraform -chdir=infra/app plan -var-file=$(FILE)\n",
        "p:\n\tterraform -chdir=infra/app plan -var-file=/etc/prod.tfvars\n",
        "p:\n\tterraform -chdir=infra/app plan -var-file=../config/other.tfvars\n",
        "p:\n\tterraform -chdir=infra/app plan -var-file=../../../outside/prod.tfvars\n",
    ],
)
def test_other_commands_give_nothing(text: str) -> None:
    assert found({**ROOT, "Makefile": text}) == []


def test_shared_files_beside_the_folder_of_a_root_are_for_it() -> None:
    files = {"envs/prod/main.tf": MAIN, "envs/common.tfvars": "wait = 0\n"}
    assert [one["rule"] for one in linted(files)["findings"]] == ["sqs-long-polling"]
    files = {"envs/prod/main.tf": MAIN, "envs/prod.tfvars": "wait = 0\n", "envs/common.tfvars": 'name = "n"\n'}
    assert [one["rule"] for one in linted(files)["findings"]] == ["sqs-long-polling"]


def test_what_a_file_assigns_is_put_in() -> None:
    text = 'DIR="${DIR:-infra}"\nENV="${ENV:-dev}"\nF=$DIR/$ENV.tfvars\n'
    text += 'terraform plan -var-file=$F -backend-config="b.hcl"\n'
    (command,) = commands(text, is_make=False)
    assert command.variables == ((("infra/", False), ("ENV", True), (".tfvars", False)),)
    assert command.backends == ((("b.hcl", False),),)
    (command,) = commands("x: terraform plan -var-file=${PWD}/a.tfvars\n", is_make=True)
    assert command.variables == (((TOP, True), ("/a.tfvars", False)),)


@pytest.mark.parametrize(
    "text",
    [
        "-var-file=" + "$(" * 30_000,
        "-var-file=" + "${" * 30_000,
        "-var-file=" + "${{ a" * 20_000,
        "-var-file=" + '"' * 90_000,
        "-var-file" + " " * 90_000,
        "terraform " * 9_000 + "\n-var-file=a",
        "\n" * 90_000 + "var_file: a",
        "A=$A$A$A$A$A$A$A$A$A$A\n" * 3_000 + "-var-file=$A",
        "A=$B$B$B$B$B$B$B$B\nB=$C$C$C$C$C$C$C$C\nC=$D$D$D$D$D$D\nterraform -var-file=$A$A$A$A",
        "a = b c d\n" * 9_000 + "-var-file=x",
        "-var-file=x\n" * 8_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    list(commands(text, is_make=False))
    assert time.process_time() - start < 2
