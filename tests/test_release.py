"""What is published, wheel and source distribution: built elsewhere, installed alone and with each extra, and run.

This needs the package index and about a minute, so plain `pytest` leaves it out; `pytest -m release` runs it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from importlib.metadata import metadata, requires
from pathlib import Path
from typing import Any

import pytest
from tests.fixture_outputs import FIXTURES, PROMPT, command

from awslint_memo.cli import main
from awslint_memo.judging.registry import rules

pytestmark = pytest.mark.release

ROOT = Path(__file__).resolve().parents[1]
OUTPUTS = ["broken/tab.out", "terraform/modules/modules.out", "recovery/recovery.out", "orders/plan/plan.out"]
"""Fixtures whose expected output the installed program is to give."""


ALONE = {**os.environ, "PATH": os.defpath}
"""An environment in which no program of the developer's own is found."""


def run(*words: str | Path, folder: Path, exits: int = 0, **options: Any) -> subprocess.CompletedProcess[str]:
    options = {"env": ALONE, "capture_output": True, "encoding": "utf-8", **options}
    done = subprocess.run([str(word) for word in words], cwd=folder, check=False, **options)
    assert done.returncode == exits, f"{words}: {done.stdout}{done.stderr}"
    return done


def build(tree: Path, into: Path, *kinds: str, umask: int = 0o022, **environment: str) -> dict[str, bytes]:
    """The bytes of what is built from a tree, by file name."""
    given = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"} | environment
    flags = [word for kind in kinds for word in ("-t", kind)]
    run(sys.executable, "-m", "hatchling", "build", "-d", into, *flags, folder=tree, env=given, umask=umask)
    return {path.name: path.read_bytes() for path in into.iterdir()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("release")


@pytest.fixture(scope="module")
def built(place: Path) -> Path:
    """A folder with the wheel and the source distribution of the checkout."""
    build(ROOT, place / "dist")
    return place / "dist"


@pytest.fixture(scope="module")
def tree(built: Path, place: Path) -> Path:
    """The source distribution, unpacked."""
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        archive.extractall(place / "unpacked")
    return next((place / "unpacked").iterdir())


def environment(folder: Path, what: str | Path) -> Path:
    """A new virtual environment with one package and what it asks for; gives the folder of its programs."""
    run(sys.executable, "-m", "venv", folder, folder=folder.parent)
    pip = folder / "bin" / "pip"
    run(pip, "install", "--quiet", "--disable-pip-version-check", "--no-compile", what, folder=folder.parent)
    run(pip, "check", "--disable-pip-version-check", folder=folder.parent)
    return folder / "bin"


@pytest.fixture(scope="module")
def programs(built: Path, place: Path) -> Path:
    return environment(place / "plain", next(built.glob("*.whl")))


def test_the_same_bytes_come_from_another_place_time_and_umask(built: Path, tree: Path, tmp_path: Path) -> None:
    other = tmp_path / "somewhere else"
    shutil.copytree(tree, other)
    (other / "rules" / "sqs" / "__pycache__").mkdir()
    (other / "rules" / "sqs" / "__pycache__" / "long_polling.cpython-311.pyc").write_bytes(b"left by a run")
    for path in [other, *other.rglob("*")]:
        path.chmod(0o700 if path.is_dir() else 0o600)
        os.utime(path, (978_307_200, 978_307_200))
    again = build(other, tmp_path / "dist", umask=0o077, PYTHONHASHSEED="7", TZ="Asia/Tokyo", LC_ALL="C")
    assert again.keys() == {path.name for path in built.iterdir()}
    assert all(again[path.name] == path.read_bytes() for path in built.iterdir())


def test_each_file_may_be_read_by_everybody_and_is_of_nobody(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        assert {one.external_attr >> 16 & 0o777 for one in wheel.infolist()} == {0o644}
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        owned = {(one.mode, one.uid, one.gid, one.uname, one.gname, one.isfile()) for one in archive.getmembers()}
    assert owned == {(0o644, 0, 0, "", "", True)}


def test_the_tests_at_the_top_pass_in_the_source_distribution(tree: Path) -> None:
    """Those that read the files beside the package; all of them are `nox -s sdist`."""
    chosen = ("hooks", "wheel", "workflows", "version")
    run(
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *(f"tests/test_{name}.py" for name in chosen),
        folder=tree,
        env=os.environ | {"PYTHONPATH": str(tree / "src")},
    )


def test_only_what_a_run_needs_is_installed(programs: Path) -> None:
    listed = json.loads(run(programs / "pip", "list", "--format", "json", folder=programs).stdout)
    wanted = {re.split("[^\\w-]", one)[0] for one in requires("awslint-memo") or () if ";" not in one}
    installed = {one["name"].lower().replace("_", "-") for one in listed}
    assert wanted | {"awslint-memo"} <= installed
    assert not installed & {"cfn-lint", "pygls", "pytest", "hatchling"}


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_installed_program_finds_in_fixtures_what_they_say(programs: Path, output: str) -> None:
    expected = (FIXTURES / output).read_text(encoding="utf-8")
    arguments = command(FIXTURES / output)
    code = int(expected.rstrip("]\n").rpartition("[exit ")[2])
    done = run(programs / "awslint-memo", *arguments, folder=FIXTURES, exits=code)
    assert expected.startswith(PROMPT)
    assert sorted(expected.split("\n")[1:-2]) == sorted((done.stdout + done.stderr).splitlines())


def test_every_command_has_its_help_and_rules_their_pages(programs: Path, tmp_path: Path) -> None:
    program = programs / "awslint-memo"
    assert all("Usage:" in run(program, name, "--help", folder=tmp_path).stdout for name in main.commands)
    listed = json.loads(run(program, "rules", "--format", "json", folder=tmp_path).stdout)
    assert {one["id"] for one in listed["rules"]} >= rules().keys()
    assert "THE MEMO SAYS" in run(program, "explain", "sqs-long-polling", folder=tmp_path).stdout
    assert run(programs / "python", "-m", "awslint_memo", "--version", folder=tmp_path).stdout.startswith(
        "awslint-memo "
    )


def test_what_an_extra_brings_is_named_where_it_is_missing(programs: Path, tmp_path: Path) -> None:
    template = FIXTURES / "queue" / "template.yaml"
    said = run(programs / "awslint-memo", "server", folder=tmp_path, exits=2).stderr
    assert "pip install 'pygls>=" in said
    assert said.count("\n") == 1
    done = run(programs / "awslint-memo", "lint", "--validate", template, folder=tmp_path, exits=2)
    assert "pip install 'cfn-lint>=" in done.stdout + done.stderr


def serves(programs: Path, folder: Path) -> None:
    bodies: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    texts = [json.dumps({"jsonrpc": "2.0", **body}) for body in bodies]
    sent = "".join(f"Content-Length: {len(text)}\r\n\r\n{text}" for text in texts)
    done = run(programs / "awslint-memo", "server", folder=folder, input=sent, timeout=60)
    assert '"name": "awslint-memo"' in done.stdout or '"name":"awslint-memo"' in done.stdout


def validates(programs: Path, folder: Path) -> None:
    (folder / "t.yaml").write_text("Resources:\n  Q:\n    Type: AWS::SQS::Queue\n    Properties: {Colour: red}\n")
    done = run(programs / "awslint-memo", "lint", "--validate", "t.yaml", folder=folder, exits=1)
    assert "E3002" in done.stdout
    assert "'Colour'" in done.stdout


def draws(programs: Path, folder: Path) -> None:
    template = FIXTURES / "orders" / "template.yaml"
    done = run(programs / "awslint-memo", "lint", "--format", "html", template, folder=folder, exits=1)
    assert 'class="picture"' in done.stdout


def searches(programs: Path, folder: Path) -> None:
    """A pattern that the standard library may need long for is searched by the library of the extra."""
    days = f'can(regex("^(a+)+$", "{"a" * 60}b")) ? 7 : 0'
    (folder / "main.tf").write_text(
        f'resource "aws_db_instance" "db" {{\n  engine = "mysql"\n  backup_retention_period = {days}\n}}\n'
    )
    done = run(programs / "awslint-memo", "lint", "--select", "rds-backup-retention", "main.tf", folder=folder, exits=1)
    assert "backup_retention_period of aws_db_instance.db is 0" in done.stdout


EXTRAS: dict[str, Callable[[Path, Path], None]] = {
    "server": serves,
    "cfn-lint": validates,
    "html": draws,
    "regex": searches,
}


def test_each_extra_is_tried() -> None:
    assert set(metadata("awslint-memo").get_all("Provides-Extra") or ()) - {"dev", "docs"} == set(EXTRAS)


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_alone_is_enough(built: Path, tmp_path: Path, extra: str) -> None:
    programs = environment(tmp_path / "venv", f"{next(built.glob('*.whl'))}[{extra}]")
    EXTRAS[extra](programs, tmp_path)
