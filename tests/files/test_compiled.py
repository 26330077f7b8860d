"""Code that Python has kept is taken only where Python would take it."""

from __future__ import annotations

import os
import py_compile
import subprocess
import sys
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

import awslint_memo.model
from awslint_memo.files.compiled import Loader, OwnModules, kept_code


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "a.py"
    path.write_text("VALUE = 1\n")
    py_compile.compile(str(path))
    return path


def value(path: Path) -> object:
    found: dict[str, object] = {}
    exec(Loader("a", str(path)).get_code("a") or "", found)
    return found["VALUE"]


def test_kept_code_is_that_of_the_file(module: Path) -> None:
    code = kept_code(str(module))
    assert code is not None
    assert code.co_filename == str(module)
    assert value(module) == 1


def test_a_file_that_has_changed_is_compiled(module: Path) -> None:
    module.write_text("VALUE = 22\n")
    assert kept_code(str(module)) is None
    assert value(module) == 22
    module.write_text("VALUE = 33\n")  # of the same size
    os.utime(module, (1, 1))
    assert kept_code(str(module)) is None
    assert value(module) == 33


@pytest.mark.parametrize("change", [b"\0\0\0\0", b"", b"\xff" * 40])
def test_code_of_another_version_or_cut_is_not_taken(module: Path, change: bytes) -> None:
    (kept,) = (module.parent / "__pycache__").iterdir()
    kept.write_bytes(change + kept.read_bytes()[len(change) :] if change else b"")
    assert kept_code(str(module)) is None
    assert value(module) == 1


def test_code_that_is_checked_by_its_text_is_left_to_python(module: Path) -> None:
    py_compile.compile(str(module), invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    assert kept_code(str(module)) is None


def test_code_that_was_made_elsewhere_is_left_to_python(module: Path) -> None:
    py_compile.compile(str(module), dfile="/elsewhere/a.py")
    assert kept_code(str(module)) is None


def test_a_module_is_found_where_python_finds_it() -> None:
    name, path = "awslint_memo.model.value", list(awslint_memo.model.__path__)
    found, expected = OwnModules.find_spec(name, path), PathFinder.find_spec(name, path)
    assert found is not None
    assert expected is not None
    assert (found.origin, found.cached, found.has_location) == (expected.origin, expected.cached, True)
    assert OwnModules.find_spec("awslint_memo.model.nothing", path) is None
    assert OwnModules.find_spec("awslint_memo.readers.sam", list(awslint_memo.__path__)) is None
    assert OwnModules.find_spec("json.decoder", path) is None


def test_the_command_finds_its_modules_so() -> None:
    code = "import sys; sys.argv[1:] = ['--version']; import awslint_memo.__main__ as m, atexit, os\n"
    code += "os._exit = lambda code: print(type(sys.modules['awslint_memo.cli.options'].__loader__).__name__)\nm.run()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "Loader"
