"""Whose repository it is: one command writes the name into all addresses, and nothing is released without one."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bench import owner
from tests.cases import each_case

ROOT = owner.ROOT
STILL = re.compile(r"(?<![\w+`])OWNER(?!\+NAME|/NAME|=)(?![\w])")
"""The stand-in where no usage of a command has it."""

ABOUT_IT = {"bench/owner.py", "tests/test_owner.py", "action/run.py", "tests/test_action.py", "Makefile"}
ABOUT_IT.add("src/awslint_memo/manual/addresses.py")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in another folder, as git would check it out."""
    folder = tmp_path_factory.mktemp("copy")
    copy_to(folder)
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    return folder


def copy_to(folder: Path) -> set[str]:
    """Copy the files with the stand-in, and the one that sets the name; gives their names."""
    names = set()
    for path in owner.files():
        if b"OWNER" in path.read_bytes() or path.name == "pyproject.toml":
            to = folder / path.relative_to(ROOT)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)
            names.add(path.relative_to(ROOT).as_posix())
    return names


@pytest.mark.skipif(owner.owner() != owner.NOBODY, reason="the name is set")
def test_one_command_writes_the_name_everywhere(copy: Path) -> None:
    assert (
        owner.problem(root=copy) == "OWNER stands for the name of the account: make owner OWNER=NAME, and commit that"
    )
    changed = owner.write("Acme-Corp", copy)
    assert {"README.md", "pyproject.toml", "docs/ci.md", "SECURITY.md"} <= {str(p.relative_to(copy)) for p in changed}
    for path in owner.files(copy):
        name = path.relative_to(copy).as_posix()
        text = path.read_text(encoding="utf-8")
        assert name in ABOUT_IT or not STILL.search(text), f"{name}: {STILL.findall(text)}"
        if path.suffix in (".yml", ".yaml"):
            list(yaml.safe_load_all(text))
    assert owner.owner(copy) == "Acme-Corp"
    assert owner.problem("acme-corp/awslint-memo", copy) is None
    assert "this is other/awslint-memo, but" in str(owner.problem("other/awslint-memo", copy))
    examples = "tests/test_owner.py"
    assert (copy / examples).read_bytes() == (ROOT / examples).read_bytes()
    # What has a name gets another one the same way.
    assert owner.write("beta", copy) == changed
    assert owner.problem("beta/awslint-memo", copy) is None
    assert "Acme" not in (copy / "README.md").read_text(encoding="utf-8")


def test_without_git_the_same_files_are_looked_at(tmp_path: Path) -> None:
    names = copy_to(tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in owner.files(tmp_path)} == names


@each_case(
    ("text", "expected"),
    [
        ("github.com/OWNER/awslint-memo", "github.com/Acme/awslint-memo"),
        ("https://OWNER.github.io/awslint-memo/", "https://Acme.github.io/awslint-memo/"),
        ("ghcr.io/OWNER/awslint-memo:0.2.0", "ghcr.io/acme/awslint-memo:0.2.0"),
        ("brew install OWNER/tap/awslint-memo", "brew install Acme/tap/awslint-memo"),
        ('"publisher": "OWNER"', '"publisher": "Acme"'),
        ("OWNER.awslint-memo", "Acme.awslint-memo"),
        ("- OWNER # awslint-memo", "- Acme # awslint-memo"),
        ("OWNER/NAME", "OWNER/NAME"),
        ("CODEOWNERS", "CODEOWNERS"),
        ("MY-OWNER/awslint-memo", "MY-OWNER/awslint-memo"),
    ],
)
def test_only_addresses_are_written(text: str, expected: str) -> None:
    assert owner.replaced(text, owner.NOBODY, "Acme") == expected


@each_case("name", ["OWNER", "", "a b", "-a", "a/b", "a" * 40, "$(id)"])
def test_what_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(SystemExit, match="is no name of an account"):
        owner.write(name)


def test_the_command_says_what_to_do_and_refuses() -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bench.owner", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)

    assert run().returncode == 2
    checked = run("--check", "stranger/awslint-memo")
    assert checked.returncode == 1
    assert "make owner OWNER=NAME" in checked.stdout


def test_a_release_asks_first() -> None:
    """Before anything is built, so that nothing with a wrong address can be published."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
    commands = [step.get("run", "") for step in workflow["jobs"]["build"]["steps"]]
    asked = next(at for at, command in enumerate(commands) if 'bench.owner --check "$GITHUB_REPOSITORY"' in command)
    assert asked < min(at for at, command in enumerate(commands) if "install" in command)
    roots = {name for name, job in workflow["jobs"].items() if "needs" not in job}
    assert roots == {"build"}
