"""Comparisons and baselines follow resources that have another address: `moved` blocks, `count`, modules, folders."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.command import invoke
from tests.readers.workspace import write
from tests.repositories import Repository, made, needs_git

pytestmark = needs_git

HEAD = 'terraform {\n  backend "s3" {}\n}\n'
RULE = ("--select", "rds-backup-retention")


def database(name: str, more: str = "", days: int = 0) -> str:
    body = f'  engine = "postgres"\n  backup_retention_period = {days}\n'
    return f'resource "aws_db_instance" "{name}" {{\n{more}{body}}}\n'


def moved(old: str, new: str) -> str:
    return f"moved {{\n  from = {old}\n  to   = {new}\n}}\n"


def call(name: str, source: str = "./m", more: str = "") -> str:
    return f'module "{name}" {{\n  source = "{source}"\n{more}}}\n'


A, B, THIS, OTHER = "aws_db_instance.a", "aws_db_instance.b", "aws_db_instance.this", "locals {\n  a = 1\n}\n"
IN_MODULE = {"main.tf": HEAD + call("m"), "m/main.tf": database("this")}
CASES = {
    "a rename": (
        {"main.tf": HEAD + database("a")},
        {"main.tf": HEAD + database("b") + moved(A, "aws_db_instance.b")},
    ),
    "a chain": (
        {"main.tf": HEAD + database("a")},
        {"main.tf": HEAD + database("c") + moved(A, B) + moved(B, "aws_db_instance.c")},
    ),
    "count to for_each": (
        {"main.tf": HEAD + database("a", "  count = 1\n")},
        {"main.tf": HEAD + database("a", '  for_each = toset(["x"])\n') + moved(f"{A}[0]", f'{A}["x"]')},
    ),
    "a key": (
        {"main.tf": HEAD + database("a", '  for_each = toset(["x", "y"])\n')},
        {"main.tf": HEAD + database("a", '  for_each = toset(["z", "y"])\n') + moved(f'{A}["x"]', f'{A}["z"]')},
    ),
    "into a module": (
        {"main.tf": HEAD + database("a")},
        {"main.tf": HEAD + call("m") + moved(A, f"module.m.{THIS}"), "m/main.tf": database("this")},
    ),
    "out of a module": (IN_MODULE, {"main.tf": HEAD + database("a") + moved(f"module.m.{THIS}", A)}),
    "between modules": (
        {"main.tf": HEAD + call("m") + call("n", "./n"), "m/main.tf": database("this"), "n/main.tf": OTHER},
        {
            "main.tf": HEAD + call("m") + call("n", "./n") + moved(f"module.m.{THIS}", f"module.n.{THIS}"),
            "n/main.tf": database("this"),
            "m/main.tf": OTHER,
        },
    ),
    "in a module": (IN_MODULE, {"main.tf": HEAD + call("m"), "m/main.tf": database("b") + moved(THIS, B)}),
    "a call": (IN_MODULE, {"main.tf": HEAD + call("q") + moved("module.m", "module.q"), "m/main.tf": database("this")}),
    "a call into a module": (
        IN_MODULE,
        {
            "main.tf": HEAD + call("outer", "./outer") + moved("module.m", "module.outer.module.m"),
            "outer/main.tf": call("m", "../m"),
            "m/main.tf": database("this"),
        },
    ),
    "the folder of a module": (
        IN_MODULE,
        {"main.tf": HEAD + call("m", "./modules/m"), "modules/m/main.tf": database("this")},
    ),
    "a file": ({"main.tf": HEAD + database("a")}, {"main.tf": HEAD, "db.tf": database("a")}),
    "the folder of a root": (
        {"infra/main.tf": HEAD + database("a"), "infra/v.tf": OTHER},
        {"terraform/main.tf": HEAD + database("a"), "terraform/v.tf": OTHER},
    ),
}  # fmt: skip
"""Files before and after, of which the finding is the same."""

NEW = {
    "another instance": (
        {"main.tf": HEAD + database("a")},
        {"main.tf": HEAD + database("a", "  count = 2\n")},
    ),
    "another resource without a word": (
        {"main.tf": HEAD + database("a")},
        {"main.tf": HEAD + 'resource "aws_rds_cluster" "b" {\n  backup_retention_period = 0\n}\n'},
    ),
    "one that is moved beside one that is there": (
        {"main.tf": HEAD + database("a", days=7) + database("b")},
        {"main.tf": HEAD + database("c") + database("b") + moved(A, "aws_db_instance.c")},
    ),
    "an import": (
        {"main.tf": HEAD},
        {"main.tf": HEAD + database("a") + f'import {{\n  to = {A}\n  id = "main"\n}}\n'},
    ),
    "a root beside one that stays": (
        {"infra/main.tf": HEAD + database("a")},
        {"infra/main.tf": HEAD + database("a", days=7), "terraform/main.tf": HEAD + database("a")},
    ),
}
"""Files before and after, of which one finding is new."""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path)


def replaced(repository: Repository, files: dict[str, str]) -> None:
    """All files are these; a folder of another name is a rename for git."""
    for path in repository.path.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    write(repository.path, files)


def codes(repository: Repository, then: dict[str, str], now: dict[str, str]) -> tuple[int, int]:
    """The exit codes of a comparison with a revision, and of a run with a baseline of then."""
    base = repository.commit(then)
    baseline = repository.path / ".git" / "baseline.yaml"
    assert invoke("lint", *RULE, "--write-baseline", str(baseline)).exit_code == 0
    replaced(repository, now)
    repository.git("add", "-A")
    against = invoke("lint", *RULE, "--against", base, "--gate")
    return against.exit_code, invoke("lint", *RULE, "--baseline", str(baseline)).exit_code


@pytest.mark.parametrize("case", CASES)
def test_the_same_resource_under_another_address_is_not_new(repository: Repository, case: str) -> None:
    assert codes(repository, *CASES[case]) == (0, 0)


@pytest.mark.parametrize("case", NEW)
def test_what_came_is_new(repository: Repository, case: str) -> None:
    assert codes(repository, *NEW[case]) == (1, 1)


def verdicts(repository: Repository, then: dict[str, str], now: dict[str, str]) -> dict[str, list[str]]:
    """The resources of each verdict but "unchanged", without the gate."""
    base = repository.commit(then)
    replaced(repository, now)
    repository.git("add", "-A")
    told = json.loads(invoke("lint", *RULE, "--against", base, "--format", "json").stdout)["against"]
    names = ("new", "mended", "gone", "followed", "not_comparable", "no_longer_applies")
    return {name: [each["resource"] for each in told[name]] for name in names if told.get(name)}


@pytest.mark.parametrize("case", CASES)
def test_what_git_or_terraform_say_is_told_by_no_likeness(repository: Repository, case: str) -> None:
    assert verdicts(repository, *CASES[case]) == {}


def test_what_a_block_moves_is_no_other_one_that_is_alike(repository: Repository) -> None:
    """It is mended where it is now; the one that has its name in another module is new."""
    now = {
        "main.tf": HEAD + call("m") + call("n", "./n") + moved(THIS, f"module.m.{THIS}"),
        "m/main.tf": database("this", days=7),
        "n/main.tf": database("this"),
    }
    expected = {"new": [f"module.n.{THIS}"], "mended": [THIS]}
    assert verdicts(repository, {"main.tf": HEAD + database("this")}, now) == expected


def test_what_is_removed_from_the_state_only_is_gone(repository: Repository) -> None:
    removed = "removed {\n  from = aws_db_instance.a\n  lifecycle {\n    destroy = false\n  }\n}\n"
    base = repository.commit({"main.tf": HEAD + database("a")})
    write(repository.path, {"main.tf": HEAD + removed})
    result = invoke("lint", *RULE, "--against", base, "--format", "json")
    assert result.exit_code == 0
    assert [one["why"] for one in json.loads(result.stdout)["against"]["gone"]] == ["resource"]


def test_a_notice_tells_of_former_addresses_and_pruning_writes_the_present_ones(repository: Repository) -> None:
    repository.commit({"main.tf": HEAD + database("a")})
    invoke("lint", *RULE, "--write-baseline", "known.yaml")
    write(repository.path, {"main.tf": HEAD + database("b") + moved(A, "aws_db_instance.b")})
    result = invoke("lint", *RULE, "--baseline", "known.yaml")
    assert "the baseline has 1 finding under its former address" in result.output
    assert invoke("lint", *RULE, "--baseline", "known.yaml", "--prune-baseline").exit_code == 0
    assert "aws_db_instance.a" not in Path("known.yaml").read_text()
    assert "former address" not in invoke("lint", *RULE, "--baseline", "known.yaml").output
    assert "aws_db_instance.b" in Path("known.yaml").read_text()


def test_what_a_baseline_followed_shuts_no_gate(repository: Repository) -> None:
    repository.commit({"main.tf": HEAD + database("a"), ".awslint-memo.yaml": "baseline: known.yaml\n"})
    invoke("lint", *RULE, "--write-baseline", "known.yaml")
    repository.git("add", "-A")
    base = repository.commit({})
    write(repository.path, {"main.tf": HEAD + database("b") + moved(A, "aws_db_instance.b")})
    result = invoke("lint", *RULE, "--against", base, "--gate")
    assert (result.exit_code, "came into the baseline" in result.output) == (0, False), result.output
