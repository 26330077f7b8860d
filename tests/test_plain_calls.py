"""Calls that need no click: what their words stand for is what click says, and they end as with click."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.command import invoke

from awslint_memo.cli import main, plain

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = str(ROOT / "fixtures" / "orders" / "template.yaml")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there, click expands names of files")

WORDS: Sequence[Sequence[str]] = (
    (),
    ("a.yaml",),
    ("a.yaml", "b", "-", ""),
    ("a.yaml", "--", "--advice", "--", "-x"),
    ("--",),
    *(("a.yaml", flag, "b.yaml") for flag in plain.FLAGS),
    tuple(plain.FLAGS),
)


def test_words_stand_for_what_click_says() -> None:
    for words in WORDS:
        arguments = plain.plain(words)
        assert arguments is not None, words
        paths, options = arguments
        expected = main.commands["lint"].make_context("lint", [*words]).params
        assert {**options, "paths": tuple(paths), "outputs": []} == expected, words


@pytest.mark.parametrize("word", ["--format", "--format=json", "-h", "--adv", "--advice=1", "-", "--help"])
def test_other_options_are_left_to_click(word: str) -> None:
    assert (plain.plain(["a.yaml", word]) is None) == (word != "-")


def test_the_name_of_a_file_is_no_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("--advice").write_text("")
    assert plain.plain(["--advice"]) is None
    assert plain.plain(["--", "--advice"]) == (["--advice"], dict(plain.DEFAULTS))


def run(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process that has no click."""
    code = "import sys; sys.modules['click'] = None; from awslint_memo.__main__ import run; run()"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_plain_call_prints_what_it_prints_with_click() -> None:
    done, expected = run("lint", TEMPLATE, "--advice"), invoke("lint", TEMPLATE, "--advice")
    assert (done.stdout, done.stderr, done.returncode) == (expected.stdout, expected.stderr, expected.exit_code)
    assert "awslint_memo" not in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize("words", [("nothing.yaml",), ("--staged", "nothing.yaml")])
def test_a_failure_is_the_same_sentence(words: Sequence[str]) -> None:
    done, expected = run("lint", *words), invoke("lint", *words)
    assert (done.stdout, done.stderr, done.returncode) == (expected.stdout, expected.stderr, 2)
    assert done.stderr.count("\n") == 1


def test_the_hook_needs_no_click() -> None:
    done, expected = run("hook", stdin="[]"), invoke("hook", stdin="[]")
    assert (done.stderr, done.returncode) == (expected.stderr, expected.exit_code)
    assert done.stderr.startswith("awslint-memo hook: ")


def test_a_shell_that_completes_is_answered_by_click() -> None:
    done = run("lint", TEMPLATE, _AWSLINT_MEMO_COMPLETE="bash_source")
    assert "internal error" in done.stderr  # as there is none


def test_a_reader_that_wants_no_more_is_no_error() -> None:
    command = [sys.executable, "-m", "awslint_memo", "lint", TEMPLATE]
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    finally:
        os.close(writing)
    assert (done.stderr, done.returncode) == ("", 1)
