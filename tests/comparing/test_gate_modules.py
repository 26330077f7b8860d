"""The gate takes nothing for mended or gone by a module of which nobody knows that Terraform takes it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import made, needs_git

pytestmark = needs_git

REMOTE = "git::https://git.example.com/m.git"
LIST = ".terraform/modules/modules.json"


def root(source: str, more: str = "") -> str:
    return f'terraform {{\n  backend "s3" {{}}\n}}\nmodule "db" {{\n  source = "{source}"\n}}\n{more}'


def database(days: str) -> str:
    return f"""\
resource "aws_db_instance" "db" {{
  engine                  = "postgres"
  instance_class          = "db.m5.large"
  allocated_storage       = 100
  backup_retention_period = {days}
  multi_az                = true
}}
"""


def listed(folder: str) -> str:
    return json.dumps({"Modules": [{"Key": "db", "Source": REMOTE, "Dir": folder}]})


BASE = {"main.tf": root("./m"), "m/main.tf": database("0")}
OTHER = 'resource "aws_sqs_queue" "q" {}\n'

SHUT: dict[str, tuple[Mapping[str, str], Mapping[str, str | None], str]] = {
    "a committed list": (BASE, {"main.tf": root(REMOTE), "m/main.tf": database("7"), LIST: listed("m")}, LIST),
    "a committed copy": (
        BASE,
        {"main.tf": root(REMOTE), "m/main.tf": None, LIST: listed("c"), ".terraform/modules/c/c.tf": database("7")},
        ".terraform/modules/",
    ),
    "a copy without the resource": (
        BASE,
        {"main.tf": root(REMOTE), "m/main.tf": None, LIST: listed("n"), "n/main.tf": OTHER},
        LIST,
    ),
    "a value of a module in a committed list": (
        {"main.tf": root("./m", database("module.db.days")), "m/main.tf": 'output "days" {\n  value = 0\n}\n'},
        {
            "main.tf": root(REMOTE, database("module.db.days")),
            "m/main.tf": 'output "days" {\n  value = 7\n}\n',
            LIST: listed("m"),
        },
        LIST,
    ),
    "a folder that the configuration names": (
        BASE,
        {
            "main.tf": root(REMOTE),
            "m/main.tf": database("7"),
            ".awslint-memo.yaml": f"modules:\n  {REMOTE[:-4]!r}: m\n",
        },
        "the configuration names the folder of",
    ),
    "a module that is not downloaded": (BASE, {"main.tf": root(REMOTE), "m/main.tf": None}, "is not read now"),
}


def changed(tmp_path: Path, before: Mapping[str, str], after: Mapping[str, str | None]) -> tuple[int, str]:
    repository = made(tmp_path)
    repository.commit(before)
    for path, text in after.items():
        if text is None:
            (tmp_path / path).unlink()
        else:
            write(tmp_path, {path: text})
    repository.git("add", "-A", "-f")
    result = invoke("lint", "--against", "HEAD", "--gate", "--select", "rds-backup-retention")
    return result.exit_code, result.output


@pytest.mark.parametrize("way", SHUT)
def test_modules_that_terraform_may_take_from_elsewhere_shut_the_gate(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before, after, why = SHUT[way]
    code, printed = changed(tmp_path, before, after)
    assert code == 1, printed
    assert "note: gate: 1 " in printed
    assert why in printed
    assert "mended:" not in printed


OPEN: dict[str, tuple[Mapping[str, str], Mapping[str, str | None]]] = {
    "mended in its module": (BASE, {"m/main.tf": database("7")}),
    "deleted with its module": (BASE, {"main.tf": OTHER, "m/main.tf": None}),
    "moved to another module": (BASE, {"main.tf": root("./n"), "m/main.tf": None, "n/main.tf": database("7")}),
    "mended beside a list that was committed before": (
        {"main.tf": root(REMOTE), "m/main.tf": database("0"), LIST: listed("m")},
        {"m/main.tf": database("7")},
    ),
    "mended where the configuration comes to name folders of other modules": (
        BASE,
        {"m/main.tf": database("7"), ".awslint-memo.yaml": f"modules:\n  {REMOTE[:-4]!r}: m\n"},
    ),
    "deleted where another version of a module that is not downloaded is called": (
        {"main.tf": root(REMOTE, database("0"))},
        {"main.tf": root(f"{REMOTE}?ref=v2")},
    ),
}


@pytest.mark.parametrize("way", OPEN)
def test_what_is_mended_in_modules_leaves_it_open(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, printed = changed(tmp_path, *OPEN[way])
    assert code == 0, printed


def test_a_list_of_modules_that_git_keeps_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    repository = made(tmp_path)
    files = {"main.tf": root(REMOTE), "vendor/modules/modules.json": listed("m"), "m/main.tf": database("7")}
    write(tmp_path, files)
    (tmp_path / ".terraform").symlink_to("vendor")
    assert "git keeps this list" not in invoke("lint").output
    repository.commit({})
    assert f"note: {LIST}: git keeps this list of downloaded modules" in invoke("lint").output
