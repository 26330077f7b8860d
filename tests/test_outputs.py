"""Several reports in one run, and what a run in GitHub Actions writes by itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from tests.command import in_every_format, invoke, printed
from tests.reporters.syntax import check_syntax
from tests.reporters.workflow_commands import commands

from awslint_memo.cli import main
from awslint_memo.reporters import FORMATS

pytestmark = pytest.mark.usefixtures("polled_queues")

QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n"


SAME = "two formats would be written to this file; give each its own"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "queue.yaml").write_text(QUEUE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def lint(options: str) -> str:
    return printed("lint", "queue.yaml", *options.split(), exits=1)


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_alone_is_written_to_standard_output_or_its_file(form: str) -> None:
    shown = lint(f"--format {form}")
    assert check_syntax(form, shown) is not None
    assert "sqs-long-polling" in shown
    for options in (f"--format {form} --output f", f"--output f --format {form}"):
        assert lint(options) == lint("")
        assert Path("f").read_text() == shown
    assert lint(f"--format {form} --output -") == shown


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_ends_with_the_same_exit_codes(form: str, folder: Path) -> None:
    assert invoke("lint", "queue.yaml", "--format", form, "--ignore", "sqs-*").exit_code == 0
    assert invoke("lint", "queue.yaml", "--format", form).exit_code == 1
    (folder / "broken.yaml").write_text("Resources:\n\tQ:\n    Type: AWS::SQS::Queue\n")
    result = invoke("lint", "--format", form)
    assert result.exit_code == 2
    assert result.stderr.startswith("broken.yaml:2:1: could not be read: ")
    if form != "text":
        assert "YAML does not allow a tab here" in result.stdout


def test_each_output_belongs_to_the_format_before_it() -> None:
    shown = lint("--format sarif --output r.sarif --format gitlab --output q.json --format text")
    assert shown == lint("")
    assert check_syntax("sarif", Path("r.sarif").read_text())["version"] == "2.1.0"
    assert check_syntax("gitlab", Path("q.json").read_text())[0]["check_name"] == "sqs-dead-letter-queue"
    assert lint("--format text --output t --format lines") == lint("--format lines")
    assert Path("t").read_text() == lint("")


def test_text_is_shown_where_every_format_goes_to_a_file() -> None:
    assert lint("--format json --output a --format junit --output b") == lint("")


def test_one_run_writes_every_format() -> None:
    result, written = in_every_format("queue.yaml")
    assert result.stdout == lint("")
    assert set(written) == {*FORMATS, "summary"}
    assert all("sqs-long-polling" in text for text in written.values())


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("--output a --output b", "a and b: each --output needs a --format of its own before it"),
        (
            "--output a --format json --format text",
            "--output a: write it behind the --format that it belongs to; there is none before it",
        ),
        (
            "--format json --output a --output b --format text",
            "--output b: write it behind the --format that it belongs to; json has one already",
        ),
        (
            "--format json --format sarif",
            "json and sarif would both be written to standard output; write --output FILE behind one of their --format",
        ),
        (
            "--format text --format text",
            "text and text would both be written to standard output; write --output FILE behind one of their --format",
        ),
        (
            "--format text --format json --output -",
            "text and json would both be written to standard output; write --output FILE behind one of their --format",
        ),
        (
            "--format json --output a --format text --output ./a",
            f"./a: {SAME}",
        ),
        (
            "--format json --output a --format text --output link",
            f"link: {SAME}",
        ),
        (
            "--format json --output old --format text --output hard",
            f"hard: {SAME}",
        ),
    ],
)
def test_what_is_not_clear_is_one_sentence_and_nothing_is_written(options: str, sentence: str) -> None:
    os.symlink("a", "link")
    Path("old").write_text("old")
    os.link("old", "hard")
    before = sorted(os.listdir())
    result = invoke("lint", "queue.yaml", *options.split())
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{sentence}\n")
    assert (sorted(os.listdir()), Path("old").read_text()) == (before, "old")


def test_the_null_device_takes_several() -> None:
    assert lint(f"--format json --output {os.devnull} --format sarif --output {os.devnull}") == lint("")


def test_a_file_that_cannot_be_written_costs_no_other_output(folder: Path) -> None:
    options = "--format json --output missing/a --format sarif --output b --format text"
    result = invoke("lint", "queue.yaml", *options.split())
    assert (result.exit_code, result.stdout) == (2, lint(""))
    assert result.stderr == "missing/a: the report can't be written: no such file or directory\n"
    assert check_syntax("sarif", Path("b").read_text())


@pytest.mark.parametrize("form", FORMATS)
def test_notices_are_in_the_output_or_on_standard_error(form: str, folder: Path) -> None:
    (folder / "main.tf").write_text('module "m" {\n  source = "git::https://example.org/m"\n}\n')
    notice = "main.tf:1: 1 of 1 module call not read: "
    result = invoke("lint", "--format", form)
    assert (notice in result.stdout) == FORMATS[form].has_notices
    assert (f"note: {notice}" in result.stderr) == (not FORMATS[form].has_notices)
    assert notice not in invoke("lint", "--format", form, "--output", "f").stderr


class TestGitHubActions:
    @pytest.fixture(autouse=True)
    def actions(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))

    def test_annotations_stand_behind_the_text(self) -> None:
        shown = lint("")
        assert shown == lint("--format text --format github") == lint("--format text") + lint("--format github")
        assert [one.properties["file"] for one in commands(shown)] == ["queue.yaml"] * 2

    def test_a_format_that_is_named_is_the_only_one(self) -> None:
        assert commands(lint("--format text")) == []
        assert json.loads(lint("--format json"))["version"] == 1
        assert not Path("summary.md").exists()

    def test_a_file_gets_the_text_and_the_log_the_annotations_too(self) -> None:
        shown = lint("--output f")
        assert Path("f").read_text() == lint("--format text")
        assert shown == lint("")

    def test_the_summary_is_appended(self, folder: Path) -> None:
        (folder / "summary.md").write_text("# Before")
        lint("")
        once = Path("summary.md").read_text()
        assert once.startswith("# Before\n### awslint-memo: 2 warnings in 1 file")
        lint("--format github --output f")
        assert Path("summary.md").read_text() == f"{once}\n{once.removeprefix('# Before').lstrip()}"

    def test_a_summary_stays_below_the_limit_of_a_step(self, folder: Path) -> None:
        summary = folder / "summary.md"
        for size in (1024 * 1024 - 1200, 1024 * 1024 - 100, 1024 * 1024, 1024 * 1024 + 5):
            summary.write_bytes(b"x" * size)
            lint("")
            assert summary.stat().st_size <= max(size, 1024 * 1024)
            assert (summary.stat().st_size > size) == (size < 1024 * 1024 - 1000)

    def test_a_summary_that_cannot_be_written_is_said_and_changes_no_exit_code(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for path, reason in (("missing/a", "no such file or directory"), (".git", "this is no file")):
            monkeypatch.setenv("GITHUB_STEP_SUMMARY", path)
            result = invoke("lint", "queue.yaml")
            assert (result.exit_code, result.stderr) == (1, f"{path}: the summary can't be written: {reason}\n")

    def test_a_summary_is_appended_through_no_link(
        self, folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = tmp_path_factory.mktemp("outside") / "other.md"
        other.write_text("mine\n", encoding="utf-8")
        (folder / "link.md").symlink_to(other)
        monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "link.md"))
        result = invoke("lint", "queue.yaml")
        assert other.read_text(encoding="utf-8") == "mine\n"
        assert "this is a symbolic link" in result.stderr

    def test_a_summary_that_is_an_output_is_written_once(self) -> None:
        lint("--format github --format markdown --output summary.md")
        assert Path("summary.md").read_text() == lint("--format markdown")

    def test_statistics_are_in_the_summary(self) -> None:
        lint("--statistics")
        assert "\n**Statistics**\n" in Path("summary.md").read_text()

    def test_elsewhere_nothing_of_it_happens(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for value in ("", "false"):
            monkeypatch.setenv("GITHUB_ACTIONS", value)
            assert commands(lint("")) == []
        assert not Path("summary.md").exists()


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        (["lint", "--format", "json"], "--o", ["--output"]),
        (["lint", "--output", "a", "--format"], "s", ["sarif"]),
    ],
)
def test_a_shell_completes_the_options(words: list[str], incomplete: str, expected: list[str]) -> None:
    found = ShellComplete(main, {}, "awslint-memo", "_X").get_completions(words, incomplete)
    assert [one.value for one in found] == expected


def test_the_help_names_each_format_with_a_few_words() -> None:
    shown = printed("lint", "-h")
    for name, one in FORMATS.items():
        assert f"  {name:<8}  {one.about}\n" in shown
        assert len(one.about) <= 60
