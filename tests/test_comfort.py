"""What the command line does for those who do not know it by heart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.cases import each_case
from tests.command import invoke, printed

from awslint_memo.cli import main
from awslint_memo.cli.groups import COMMAND_GROUPS, EVERYDAY, OPTION_GROUPS


def named(*arguments: str) -> list[str]:
    return [one["id"] for one in json.loads(printed("rules", *arguments, "--format", "json"))["rules"]]


@pytest.mark.parametrize("path", ["template.yaml", "infra/", ".", "folder"])
def test_a_path_without_a_command_offers_lint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    result = invoke(path)
    assert result.exit_code == 2
    assert result.stderr.endswith(f" lint {path}\n")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("word", "hint"), [("lnit", "did you mean lint?"), ("xyzzy", "-h lists them")])
def test_an_unknown_command_is_one_sentence(word: str, hint: str) -> None:
    result = invoke(word)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert hint in result.stderr


def test_rules_are_listed_by_service_id_pattern_and_level() -> None:
    every = named()
    assert named("sqs") == [one for one in every if one.startswith("sqs-")]
    assert named("sqs-long-polling", "*-multi-az") == [
        one for one in every if one == "sqs-long-polling" or one.endswith("-multi-az")
    ]
    graver = [*named("--level", "error"), *named("--level", "warning")]
    assert sorted(graver) == sorted(named("--level", "warning", "--level", "error"))
    assert set(graver).isdisjoint(named("--level", "advice"))
    assert 0 < len(named("sqs", "--level", "error")) < len(named("sqs"))
    assert "sqs-long-polling" in printed("rules", "sqs", "--level", "warning")


def test_no_rule_of_a_level_is_no_error_but_an_unknown_word_is() -> None:
    assert printed("rules", "sqs-long-polling", "--level", "error").startswith("0 rules")
    result = invoke("rules", "sq")
    assert (result.exit_code, result.stderr) == (2, "there is no service or rule sq; did you mean sqs?\n")


def test_the_memo_is_quoted_in_japanese_where_that_is_asked_for() -> None:
    assert printed("explain", "sqs-long-polling").isascii()
    assert "「ロングポーリングを有効にする」\n  Enable long polling" in printed("explain", "--memo", "sqs-long-polling")


def test_explain_has_colours_where_they_are_wanted() -> None:
    assert "\x1b" not in printed("explain", "sqs-long-polling")
    assert "\x1b[1mTHE MEMO SAYS\x1b[0m" in printed("explain", "--color", "always", "sqs-long-polling")
    assert "\x1b" not in printed("explain", "--color", "never", "sqs-long-polling")


@each_case("name", sorted(main.commands))
def test_the_help_shows_every_option_in_a_group(name: str) -> None:
    options = [one for one in main.commands[name].params if isinstance(one, click.Option)]
    grouped = {one for names in OPTION_GROUPS.values() for one in names}
    assert [one.opts[0] for one in options if one.opts[0] not in {*grouped, "--help-all"}] == []
    shown = printed(name, "--help-all" if name == "lint" else "-h")
    assert [one.opts[0] for one in options if f"  {one.opts[0]}" not in shown] == []


def test_the_help_of_lint_shows_the_everyday_options_and_how_to_see_all() -> None:
    shown = printed("lint", "-h")
    assert [name for name in EVERYDAY if f"  {name}" not in shown] == []
    assert "--help-all" in shown
    assert "--no-gitignore" not in shown
    assert "--no-estate" not in printed("lint", "--help-all")
    assert "Formats:" in printed("lint", "--help-all")


def test_a_call_without_words_shows_the_help() -> None:
    assert invoke().output == invoke("--help").output


def test_the_help_shows_every_command_in_a_group() -> None:
    assert {one for names in COMMAND_GROUPS.values() for one in names} == set(main.commands)
    shown = printed("-h")
    assert all(f"\n{title}:\n" in shown for title in COMMAND_GROUPS)


def test_groups_name_nothing_that_is_gone() -> None:
    options = [one for command in main.commands.values() for one in command.params if isinstance(one, click.Option)]
    every = {one.opts[0] for one in options}
    assert {one for names in OPTION_GROUPS.values() for one in names} <= every


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(shell: str) -> None:
    command = [sys.executable, "-m", "awslint_memo"]
    at = "expl" if shell == "fish" else "1"
    names = {"_AWSLINT_MEMO_COMPLETE": f"{shell}_complete", "COMP_WORDS": "awslint-memo expl", "COMP_CWORD": at}
    done = subprocess.run(command, env={**os.environ, **names}, capture_output=True, text=True, check=False)
    assert "explain" in done.stdout, done.stderr
