"""Who may import whom, so that each room stays one thing and no slow library is paid for before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "awslint_memo"

MODEL = {
    "walk",
    "span",
    "value",
    "finding",
    "choices",
    "identity",
    "structure",
    "durations",
    "template",
    "rule",
    "globs",
    "windows",
}
"""Knows no file format, no rule and no user interface."""

ROOMS = {
    "yaml": {"readers"},
    "hcl2": {"readers"},
    "lark": {"readers"},
    "click": {"cli"},
    "jsonschema": {"settings"},
    "cfnlint": set(),
}
"""The only rooms in which a third-party library may be imported."""


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module in ("awslint_memo", "awslint_memo.readers"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


MODULES = sorted(PACKAGE.rglob("*.py"))
RULES = sorted((ROOT / "rules").rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_third_party_library_has_one_room(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)}
    assert {library for library in used & set(ROOMS) if room(path) not in ROOMS[library]} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_model_knows_nothing_of_the_rooms_around_it(path: Path) -> None:
    rooms = {name.split(".")[1] for name in imports(path) if name.startswith("awslint_memo.")}
    if room(path) in MODEL:
        type_only = {"readers"} if room(path) == "template" else set()
        assert rooms <= MODEL | type_only
    elif room(path) == "relations":
        assert rooms <= MODEL | {"relations", "readers"}
    elif room(path) == "readers":
        assert rooms <= MODEL | {"readers"}
    elif room(path) == "reporters":
        assert rooms <= MODEL | {"report", "reporters", "manual", "readers"}
    if room(path) != "__init__":
        assert "cli" not in rooms


@pytest.mark.parametrize("path", RULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_rule_imports_nothing_of_ours_but_the_words(path: Path) -> None:
    ours = {name for name in imports(path) if name.startswith("awslint_memo")}
    words = {f"awslint_memo.{name}" for name in __import__("awslint_memo").__all__}
    assert ours <= words | {"awslint_memo"}
    assert {name.split(".")[0] for name in imports(path)} - {"awslint_memo"} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("path", RULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_rule_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 100


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


def test_linting_a_template_imports_no_slow_library() -> None:
    script = (
        "import sys; from awslint_memo.cli import main\n"
        "try: main(['lint', 'fixtures/orders/template.yaml', '--quiet'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'cfnlint', 'jsonschema', 'hcl2', 'lark', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout
