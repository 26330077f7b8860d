"""Lists of downloaded modules, and folders of modules in the configuration, that somebody wrote to do harm."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from tests.command import invoke, report
from tests.readers.workspace import write

ROOT = 'provider "aws" {}\nmodule "a" {\n  source = "acme/a/aws"\n}\nresource "aws_sqs_queue" "q" {}\n'
QUEUE = 'resource "aws_sqs_queue" "m" {\n  redrive_policy = jsonencode({})\n}\n'
AGAIN = 'module "a" {\n  source = "acme/a/aws"\n}\n'
MODULES = ".terraform/modules"


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder beside the repository, which is the working folder."""
    write(tmp_path / "outside", {"main.tf": QUEUE})
    write(tmp_path / "repository", {"main.tf": ROOT})
    (tmp_path / "repository" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "repository")
    return tmp_path / "outside"


def listed(*folders: str, key: str = "a") -> str:
    return json.dumps({"Modules": [{"Key": key, "Source": "acme/a/aws", "Dir": folder} for folder in folders]})


def found(text: str) -> tuple[list[str], list[str], list[str]]:
    """The resources with findings, the errors, and the notices of what was not checked, by a list of modules."""
    write(Path(), {f"{MODULES}/modules.json": text})
    made = report("--select", "sqs-dead-letter-queue", "--advice")
    notices = [one for one in made["summary"]["notices"] if "can't tell" not in one]
    return [one["resource"] for one in made["findings"]], [one["message"] for one in made["errors"]], notices


OUTSIDE = "main.tf:2: not checked: module a (acme/a/aws) is outside of the root, so it was not opened"


@pytest.mark.parametrize("folder", ["../outside", "ABSOLUTE", "a\0b", "x/" * 100_000, f"{MODULES}/../../../outside"])
def test_a_folder_outside_of_the_root_is_one_sentence(folder: str, outside: Path) -> None:
    resources, errors, notices = found(listed(folder.replace("ABSOLUTE", str(outside))))
    assert (resources, errors, len(notices)) == (["aws_sqs_queue.q"], [], 1)
    assert notices[0].startswith(OUTSIDE)


@pytest.mark.parametrize(("link", "leads"), [("a", "OUTSIDE"), ("a", "a")])
def test_a_link_that_leads_nowhere_else_is_one_sentence(link: str, leads: str, outside: Path) -> None:
    os.makedirs(MODULES)
    os.symlink(leads.replace("OUTSIDE", str(outside)), f"{MODULES}/{link}")
    resources, errors, notices = found(listed(f"{MODULES}/{link}"))
    assert (resources, errors, len(notices)) == (["aws_sqs_queue.q"], [], 1)
    assert notices[0].startswith(OUTSIDE)


def test_an_absolute_folder_in_the_root_is_read() -> None:
    write(Path(), {f"{MODULES}/a/main.tf": QUEUE})
    resources = ["module.a.aws_sqs_queue.m", "aws_sqs_queue.q"]
    assert found(listed(str(Path(MODULES, "a").absolute()))) == (resources, [], [])


@pytest.mark.parametrize("folder", [".", f"{MODULES}/.."])
def test_the_root_itself_is_no_module_of_it(folder: str) -> None:
    folder = "." if folder == "." else f"{MODULES}/../.."
    resources, errors, notices = found(listed(folder))
    assert (resources, errors) == (["aws_sqs_queue.q"], [])
    assert notices == ["main.tf:2: not checked: module a (acme/a/aws; it calls this one)"]


def test_modules_that_call_each_other_end() -> None:
    write(Path(), {f"{MODULES}/a/main.tf": QUEUE + AGAIN, f"{MODULES}/b/main.tf": AGAIN})
    entries = [{"Key": "a" + ".a" * at, "Dir": f"{MODULES}/{'ab'[at % 2]}"} for at in range(50)]
    _, errors, notices = found(json.dumps({"Modules": entries}))
    assert errors == []
    assert [one.partition(": not checked: ")[2] for one in notices] == ["module a.a.a (acme/a/aws; it calls this one)"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (listed(f"{MODULES}/a", "elsewhere"), "the module a stands twice in this list, which Terraform does not take"),
        ('{"Modules": [{"Key": "a", "Key": "b", "Dir": "x"}]}', "duplicate key Key"),
        ('{"Modules": [], "Modules": []}', "duplicate key Modules"),
        ('{"Modules": {"Key": "a"}}', "this is no list of downloaded modules"),
        ('{"Modules": ' + "[" * 5_000 + "]" * 5_000 + "}", "the nesting is deeper than"),
    ],
)
def test_a_list_that_terraform_does_not_take_is_an_error_of_its_file(text: str, error: str) -> None:
    write(Path(), {f"{MODULES}/a/main.tf": QUEUE})
    resources, errors, notices = found(text)
    assert (resources, len(errors), len(notices)) == (["aws_sqs_queue.q"], 1, 1)
    assert errors[0].startswith(error)
    assert "`terraform get` reads it" in notices[0]


def test_many_entries_take_linear_time() -> None:
    write(Path(), {f"{MODULES}/a/main.tf": QUEUE})
    entries: list[dict[str, Any]] = [{"Key": f"k{at}", "Dir": f"d{at}"} for at in range(20_000)]
    start = time.monotonic()
    assert found(json.dumps({"Modules": [*entries, {"Key": "a", "Dir": f"{MODULES}/a"}]}))[1] == []
    assert time.monotonic() - start < 15


def test_a_long_source_is_cut() -> None:
    write(Path(), {"main.tf": 'provider "aws" {}\nmodule "a" {\n  source = "./' + "x/" * 50_000 + '"\n}\n'})
    [notice] = report()["summary"]["notices"]
    assert len(notice) < 500


def test_many_folders_of_modules_for_many_calls_take_little_time() -> None:
    names = [f"  git::https://example.com/{at}/{{1}}/: modules/{{1}}/{at}\n" for at in range(3_000)]
    calls = [f'module "m{at}" {{\n  source = "git::https://example.com/x/{at}"\n}}\n' for at in range(200)]
    write(Path(), {".awslint-memo.yaml": "modules:\n" + "".join(names), "main.tf": "".join(calls)})
    start = time.monotonic()
    assert report()["errors"] == []
    assert time.monotonic() - start < 15


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ('{acme/a/aws: "a\\0b"}', "modules names a"),
        ("{acme/a/aws: 3}", "modules.acme/a/aws"),
        ("[acme/a/aws]", "modules"),
        ("{acme/a/aws: /etc}", "etc, which is outside of the root"),
    ],
)
def test_an_odd_folder_in_the_configuration_ends_the_run_in_a_sentence(modules: str, message: str) -> None:
    write(Path(), {".awslint-memo.yaml": f"modules: {modules}\n"})
    result = invoke("lint")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert message in result.stderr
