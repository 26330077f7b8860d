"""The notices of the module calls that nobody downloaded: which they are, where, and what reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tests.command import report
from tests.readers.workspace import write

PROVIDER = 'provider "aws" {}\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()


def call(name: str, source: str = "acme/db/aws") -> str:
    return f'module "{name}" {{\n  source = "{source}"\n}}\n'


def notices(files: Mapping[str, str], *paths: str) -> list[str]:
    """The notices of a run that speak of calls."""
    write(Path(), files)
    return [one for one in report(*paths)["summary"]["notices"] if " not read" in one]


def test_a_root_has_one_line_with_what_reads_its_modules() -> None:
    root = PROVIDER + call("a") + call("inner", "../modules/inner") + call("b", "acme/label/null")
    files = {"infra/prod/main.tf": root, "infra/modules/inner/main.tf": call("c")}
    assert notices(files) == [
        "infra/prod/main.tf:2: 3 of 4 module calls not read: module a (acme/db/aws), "
        "module c (acme/db/aws) and module b (acme/label/null); `terraform get` in infra/prod reads them"
    ]
    found = report()
    assert (found["summary"]["modules"], found["summary"]["modules_read"]) == (4, 1)
    assert found["coverage"]["modules"] == {"total": 4, "read": 1}


def test_the_working_folder_is_not_named() -> None:
    assert notices({"main.tf": PROVIDER + call("a")}) == [
        "main.tf:2: 1 of 1 module call not read: module a (acme/db/aws); `terraform get` reads it"
    ]


@pytest.mark.parametrize(("name", "command"), [("main.tofu", "tofu get"), ("main.tf", "terraform get")])
def test_what_is_of_opentofu_is_read_by_its_command(name: str, command: str) -> None:
    [notice] = notices({name: PROVIDER + call("a")})
    assert notice.endswith(f"; `{command}` reads it")


def test_a_root_that_is_read_in_two_ways_is_told_once() -> None:
    [notice] = notices({"main.tf": PROVIDER + call("a"), "more.tofu": call("b")})
    assert notice.startswith("main.tf:2: 2 of 2 module calls not read")


def many(number: int) -> Iterator[tuple[str, str]]:
    for root in range(number):
        yield f"live/{root}/main.tf", PROVIDER + call("a") + call("here", "../../here")


def test_many_roots_are_one_line() -> None:
    files = {**dict(many(9)), "here/main.tf": "locals {}\n"}
    [notice] = notices(files)
    assert notice == (
        "live/0/main.tf:2: 9 module calls not read in 9 roots: live/0 (1 of 2), live/1 (1 of 2), live/2 (1 of 2), "
        "live/3 (1 of 2), live/4 (1 of 2) and 4 others; `terraform get` in each of them reads them"
    )


def test_calls_in_downloaded_modules_are_no_calls_of_the_user() -> None:
    listed = {"Modules": [{"Key": "a", "Source": "acme/db/aws", "Dir": ".terraform/modules/a"}]}
    files = {
        "main.tf": PROVIDER + call("a") + call("b"),
        ".terraform/modules/modules.json": json.dumps(listed),
        ".terraform/modules/a/main.tf": call("inner", "./inner") + call("far"),
        ".terraform/modules/a/inner/main.tf": "locals {}\n",
    }
    [notice] = notices(files)
    assert notice.startswith("main.tf:5: 2 of 3 module calls not read: module far (acme/db/aws) and module b")


def test_a_module_of_a_stack_is_not_read_by_it() -> None:
    assert notices({"main.tfcomponent.hcl": 'component "a" {\n  source = "acme/db/aws"\n}\n'}) == []


def test_what_a_buffer_alone_can_not_tell_is_few_notices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    calls = "".join(f'module "m{number}" {{\n  source = "../shared/m{number}"\n}}\n' for number in range(14))
    inner = "".join(f'module "n{number}" {{\n  source = "./n{number}"\n}}\n' for number in range(14))
    for text in (calls, inner):
        (notice,) = report("-", "--stdin-filename", "main.tf", stdin=text)["summary"]["notices"]
        assert notice.startswith("main.tf:1: not checked: module ")
        assert notice.endswith(" others")
        assert ("--root DIR sets the root; so are module m1 (../shared/m1)" in notice) == (text is calls)
