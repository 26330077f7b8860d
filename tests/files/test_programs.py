"""Which modules start programs, and that git is started by one of them only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.sources import nodes

ROOT = Path(__file__).resolve().parents[2]
STARTERS = {
    "src/awslint_memo/files/git.py": "git",
    "src/awslint_memo/judging/cfn_lint.py": "cfn-lint",
    "src/awslint_memo/reporters/html/layout.py": "this Python, with a module of the package",
    "action/run.py": "pip and awslint-memo of the environment that it makes",
    "action/modules.py": "the terraform or tofu that is installed, where the input asks for it",
}
"""The modules that start programs, and which."""

MODULES = {"subprocess", "pty", "multiprocessing", "asyncio.subprocess"}
FUNCTIONS = {"system", "popen", "startfile", "posix_spawn", "posix_spawnp", "create_subprocess_exec"}
FAMILIES = ("exec", "spawn", "create_subprocess")


def starts(path: Path) -> Iterator[str]:
    """What in a module can start a program."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES | {"os", "asyncio"}:
            names = (alias.name for alias in node.names)
            yield from (name for name in names if node.module in MODULES or is_starter(name))
        elif (
            isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("os", "asyncio")
        ):
            yield from [node.attr] if is_starter(node.attr) else []


def is_starter(name: str) -> bool:
    return name in FUNCTIONS or name.startswith(FAMILIES)


def paths() -> Iterator[Path]:
    for folder in ("src", "action", "rules"):
        yield from (ROOT / folder).rglob("*.py")


def test_only_the_modules_that_are_listed_start_programs() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in paths() if any(starts(path))}
    assert found == STARTERS.keys()


def test_git_is_started_by_one_module() -> None:
    """The name of the program stands in no other module that starts one."""
    for path in STARTERS.keys() - {"src/awslint_memo/files/git.py"}:
        words = [
            node.value for node in nodes(ROOT / path) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        assert "git" not in words, path
