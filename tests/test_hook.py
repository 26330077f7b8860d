"""The command for coding agents' hooks: what an edit makes worse, with the exit codes that such hooks read."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from tests.command import invoke

pytestmark = pytest.mark.usefixtures("polled_queues")

GOOD = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n    Properties: {ReceiveMessageWaitTimeSeconds: 20}\n"
BAD = GOOD.replace("20", "0")


def git(folder: Path, *words: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "t.yaml").write_text(GOOD)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        git(tmp_path, *words)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edited(**said: Any) -> Result:
    return invoke("hook", stdin=json.dumps(said))


def test_only_what_the_edit_brought_is_told(repository: Path) -> None:
    assert edited(tool_input={"file_path": "t.yaml"}).exit_code == 0
    (repository / "t.yaml").write_text(BAD)
    result = edited(tool_input={"file_path": "t.yaml"})
    assert (result.exit_code, result.stdout) == (2, "")
    assert "warning sqs-long-polling t.yaml:4" in result.stderr
    assert "\n  no edit: a person should decide, as the fix replaces a number that somebody wrote\n" in result.stderr
    assert "\n  edit" not in result.stderr
    assert "sqs-dead-letter-queue" not in result.stderr
    assert (repository / "t.yaml").read_text() == BAD


def test_what_mends_the_edit_is_told(repository: Path) -> None:
    lacking = GOOD.partition("    Properties")[0]
    (repository / "t.yaml").write_text(lacking)
    result = edited(tool_input={"file_path": "t.yaml"})
    assert result.exit_code == 2
    assert "warning sqs-long-polling t.yaml:2" in result.stderr
    assert "  edit t.yaml " in result.stderr
    assert "no edit" not in result.stderr
    assert (repository / "t.yaml").read_text() == lacking


@pytest.mark.parametrize(
    "said",
    [
        {"file_path": "t.yaml"},
        {"toolInput": {"filePath": "t.yaml"}},
        {"toolName": "edit", "toolArgs": '{"path": "t.yaml"}'},
        {"tool_input": {"file_path": "t.yaml"}, "tool_response": {"filePath": "t.yaml"}},
    ],
)
def test_the_file_is_found_where_agents_name_it(repository: Path, said: dict[str, Any]) -> None:
    (repository / "t.yaml").write_text(BAD)
    result = edited(**said)
    assert (result.exit_code, result.stderr.count("warning sqs-long-polling")) == (2, 1)


@pytest.mark.parametrize("text", ["[]", '"t.yaml"', "3", "null", "", "{", '[{"file_path": "t.yaml"}]'])
def test_what_is_no_object_can_not_be_used(repository: Path, text: str) -> None:
    result = invoke("hook", stdin=text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "awslint-memo hook: standard input is not the JSON of an agent's hook\n"


@pytest.mark.parametrize("depth", [20, 500, 980, 100_000])
def test_what_is_nested_too_deeply_is_one_sentence(repository: Path, depth: int) -> None:
    result = invoke("hook", stdin='{"tool_input":' * depth + "{}" + "}" * depth)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "internal error" not in result.stderr


def test_paths_are_those_of_the_agents_folder(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "t.yaml").write_text(BAD)
    monkeypatch.chdir("/")
    assert edited(cwd=str(repository), tool_input={"file_path": str(repository / "t.yaml")}).exit_code == 2


def test_what_depends_on_the_file_is_told_too(repository: Path) -> None:
    (repository / "m").mkdir()
    module = 'variable "wait" {}\nresource "aws_sqs_queue" "q" {\n  receive_wait_time_seconds = var.wait\n}\n'
    (repository / "m" / "main.tf").write_text(module)
    (repository / "main.tf").write_text('module "m" {\n  source = "./m"\n  wait   = 20\n}\n')
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "second")
    (repository / "m" / "main.tf").write_text(module.replace("var.wait", "var.wait - 20"))
    result = edited(tool_input={"file_path": "m/main.tf"})
    assert result.exit_code == 2
    assert "sqs-long-polling" in result.stderr


def test_a_file_that_the_edit_broke_is_told_and_one_that_was_broken_is_not(repository: Path) -> None:
    (repository / "b.yaml").write_text("Resources:\n  A: {Type: AWS::SQS::Queue\n")
    assert edited(tool_input={"file_path": "t.yaml"}).exit_code == 0
    result = edited(tool_input={"file_path": "b.yaml"})
    assert result.exit_code == 2
    assert "could not check b.yaml:2" in result.stderr


@pytest.mark.parametrize("path", ["main.py", "gone.yaml", "."])
def test_what_is_no_template_is_nothing(repository: Path, path: str) -> None:
    (repository / "main.py").write_text("pass\n")
    result = edited(tool_input={"file_path": path})
    assert (result.exit_code, result.output) == (0, "")


def test_without_a_repository_all_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.yaml").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    assert edited(file_path="t.yaml").exit_code == 2


@pytest.mark.parametrize("text", ["", "not json", "{", "[" * 200_000], ids=["empty", "word", "open", "deep"])
def test_what_is_no_hooks_input_is_a_failure_of_the_hook(repository: Path, text: str) -> None:
    result = invoke("hook", stdin=text)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)


def test_a_configuration_that_can_not_be_used_is_a_failure_of_the_hook(repository: Path) -> None:
    (repository / ".awslint-memo.yaml").write_text("ignore: 7\n")
    result = edited(file_path="t.yaml")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert ".awslint-memo.yaml:1" in result.stderr


def test_what_an_edit_hides_is_told_where_a_policy_stands(repository: Path) -> None:
    policy = "policy: {locked: [sqs-long-polling]}\n"
    (repository / ".awslint-memo.yaml").write_text(policy)
    (repository / "other.yaml").write_text(BAD)
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "policy")
    assert edited(tool_input={"file_path": "other.yaml"}).exit_code == 0
    (repository / "other.yaml").write_text(BAD.replace("AWS::SQS::Queue", "Custom::Queue"))
    result = edited(tool_input={"file_path": "other.yaml"})
    assert result.exit_code == 2
    assert (
        "gate: 1 resource of HEAD is no longer judged: other.yaml: Orders (AWS::SQS::Queue): its type is"
        in result.stderr
    )


def test_what_an_edit_suppresses_with_what_it_brings_is_told(repository: Path) -> None:
    written = BAD.replace("  Orders:", "  Orders: # awslint-memo: ignore[sqs-long-polling] fine")
    (repository / "t.yaml").write_text(written)
    result = edited(tool_input={"file_path": "t.yaml"})
    assert result.exit_code == 2
    assert "newly suppressed: t.yaml:4: sqs-long-polling on Orders (fine)" in result.stderr
    git(repository, "commit", "-qam", "second")
    assert edited(tool_input={"file_path": "t.yaml"}).exit_code == 0


SETTINGS = {
    "ignored": "ignore: [sqs-*]\n",
    "suppressed": "suppress: [{rules: [sqs-long-polling], reason: fine}]\n",
    "off": "rules: {sqs-long-polling: off}\n",
    "lowered": "rules: {sqs-long-polling: {level: advice}}\n",
    "known": "baseline: known.yaml\n",
    "left out": "exclude: [t.yaml]\n",
}


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("path", ["t.yaml", ".awslint-memo.yaml"])
def test_what_settings_take_away_that_come_with_it_is_told(repository: Path, name: str, path: str) -> None:
    (repository / "t.yaml").write_text(BAD)
    invoke("lint", "--write-baseline", "known.yaml")
    (repository / ".awslint-memo.yaml").write_text(SETTINGS[name])
    result = edited(tool_input={"file_path": path})
    assert result.exit_code == 2
    assert "sqs-long-polling on Orders" in result.stderr or "warning sqs-long-polling t.yaml" in result.stderr


def test_settings_of_a_package_count_where_they_are_ours(repository: Path) -> None:
    (repository / "t.yaml").write_text(BAD)
    (repository / "pyproject.toml").write_text("[project]\nname = 'a'\n")
    assert edited(tool_input={"file_path": "pyproject.toml"}).exit_code == 0
    (repository / "pyproject.toml").write_text("[tool.awslint-memo]\nignore = ['sqs-*']\n")
    result = edited(tool_input={"file_path": "pyproject.toml"})
    assert result.exit_code == 2
    assert "sqs-long-polling on Orders" in result.stderr


def test_other_settings_that_are_not_committed_are_no_matter(repository: Path) -> None:
    (repository / ".awslint-memo.yaml").write_text("rules: {rds-multi-az: off}\n")
    assert edited(tool_input={"file_path": "t.yaml"}).exit_code == 0
