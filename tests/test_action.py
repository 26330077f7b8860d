"""The GitHub Action: its steps run here with made-up events, in clones as deep as actions/checkout makes them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from action import run

ROOT = Path(__file__).resolve().parents[1]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
COMMAND = [sys.executable, "-m", "awslint_memo"]
QUEUE = "Resources:\n  Old: {Type: AWS::SQS::Queue, Metadata: {awslint-memo: {processing-time: 1s}}}\n"
ONLY = "--select sqs-dead-letter-queue"


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Hosted:
    """A repository as GitHub has it: a branch that leaves main, main that goes on, and the merge of both."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main")
        git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
        self.commit({"template.yaml": QUEUE})
        git(folder, "checkout", "-q", "-b", "change")
        self.head = self.commit({"template.yaml": QUEUE + QUEUE.replace("Resources:\n", "").replace("Old", "New")})
        git(folder, "checkout", "-q", "main")
        self.base = self.commit({"other.yaml": QUEUE.replace("Old", "Later")})
        git(folder, "checkout", "-q", "-b", "merge")
        git(folder, "merge", "-q", "--no-ff", "-m", "merge", "change")

    def commit(self, files: dict[str, str]) -> str:
        for name, text in files.items():
            (self.folder / name).write_text(text)
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "-m", "change")
        return git(self.folder, "rev-parse", "HEAD")

    def clone(self, to: Path, branch: str, *options: str) -> Path:
        git(to.parent, "clone", "-q", "--branch", branch, *options, f"file://{self.folder}", str(to))
        return to

    def event(self) -> dict[str, Any]:
        return {"pull_request": {"base": {"sha": self.base}, "head": {"sha": self.head}}}


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Hosted:
    return Hosted(tmp_path_factory.mktemp("hosted") / "repository")


def environment(tmp_path: Path, workspace: Path, event: object = None, **inputs: str) -> dict[str, str]:
    (tmp_path / "event.json").write_text(json.dumps({} if event is None else event))
    return {
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "RUNNER_TEMP": str(tmp_path),
        **{f"INPUT_{name}": value for name, value in inputs.items()},
    }


def outputs(tmp_path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in (tmp_path / "output").read_text().splitlines())


def test_a_pull_request_fails_for_what_it_brings(
    hosted: Hosted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    clone = hosted.clone(tmp_path / "clone", "merge", "--depth=1")
    given = environment(tmp_path, clone, hosted.event(), ARGS=ONLY)
    assert run.lint(given, COMMAND) == 1
    log = capfd.readouterr().out
    assert "::warning file=template.yaml,line=3," in log
    assert "Later has no RedrivePolicy" not in log
    assert "Old has no RedrivePolicy" not in log
    assert "New has no RedrivePolicy" in summary.read_text()
    told = outputs(tmp_path)
    assert {name: told[name] for name in ("exit-code", "findings", "new")} == {
        "exit-code": "1",
        "findings": "3",
        "new": "1",
    }
    states = [one["baselineState"] for one in json.loads(Path(told["sarif"]).read_text())["runs"][0]["results"]]
    assert sorted(states) == ["new", "unchanged", "unchanged"]
    assert json.loads(Path(told["report"]).read_text())["against"]["revision"] == hosted.base


@pytest.mark.parametrize("depth", [["--depth=1"], ["--depth=2"], []])
def test_the_base_is_found_however_deep_the_clone_is(hosted: Hosted, tmp_path: Path, depth: list[str]) -> None:
    merge = hosted.clone(tmp_path / "merge", "merge", *depth)
    assert run.against(environment(tmp_path, merge, hosted.event()), merge) == hosted.base
    assert git(merge, "cat-file", "-t", hosted.base) == "commit"


@pytest.mark.parametrize("depth", [["--depth=1"], []])
def test_the_head_of_a_branch_is_compared_with_where_it_left(hosted: Hosted, tmp_path: Path, depth: list[str]) -> None:
    branch = hosted.clone(tmp_path / "branch", "change", *depth)
    left = git(hosted.folder, "merge-base", hosted.base, hosted.head)
    assert left not in (hosted.base, hosted.head)
    assert run.against(environment(tmp_path, branch, hosted.event()), branch) == left


def test_a_bare_repository_in_the_working_directory_is_no_repository(hosted: Hosted, tmp_path: Path) -> None:
    """A pull request may commit one whose configuration names the program that fetching starts."""
    clone = hosted.clone(tmp_path / "clone", "merge", "--depth=1")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    program.chmod(0o755)
    here = clone / "infra"
    git(tmp_path, "clone", "-q", "--bare", f"file://{hosted.folder}", str(here))
    git(here, "update-ref", "HEAD", git(clone, "rev-parse", "HEAD"))
    for setting in ("remote.origin.uploadpack", "core.fsmonitor", "core.sshCommand", "core.alternateRefsCommand"):
        git(here, "config", setting, str(program))
    git(here, "config", "remote.origin.url", str(tmp_path))
    assert run.against(environment(tmp_path, clone, hosted.event()), here) == hosted.base
    assert git(clone, "cat-file", "-t", hosted.base) == "commit"
    assert not (tmp_path / "ran").exists()


def test_a_working_directory_that_leads_out_of_the_workspace_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "infra").symlink_to(tmp_path)
    given = environment(tmp_path, workspace, WORKING_DIRECTORY="infra")
    assert run.main("lint", given) == 2
    assert "leads out of" in capsys.readouterr().out


@pytest.mark.parametrize("sarif", ["out/x.sarif", "x.sarif"])
def test_a_report_is_not_written_or_removed_through_a_link_of_the_workspace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], sarif: str
) -> None:
    workspace, outside = tmp_path / "workspace", tmp_path / "outside"
    for folder in (workspace, outside):
        folder.mkdir()
    (outside / "x.sarif").write_text("kept")
    (workspace / "out").symlink_to(outside)
    (workspace / "x.sarif").symlink_to(outside / "x.sarif")
    assert run.main("lint", environment(tmp_path, workspace, SARIF=sarif)) == 2
    assert "leads out of" in capsys.readouterr().out
    assert (outside / "x.sarif").read_text() == "kept"


def test_a_merge_group_is_compared_with_its_base(hosted: Hosted, tmp_path: Path) -> None:
    merge = hosted.clone(tmp_path / "merge", "merge", "--depth=1")
    assert run.against(environment(tmp_path, merge, {"merge_group": {"base_sha": hosted.base}}), merge) == hosted.base


@pytest.mark.parametrize(
    ("wish", "found"),
    [("auto", None), ("none", None), ("", None), ("origin/main...", "origin/main..."), ("a.json", "a.json")],
)
def test_a_push_is_compared_with_what_the_user_says(tmp_path: Path, wish: str, found: str | None) -> None:
    assert run.against(environment(tmp_path, tmp_path, {"ref": "refs/heads/main"}, AGAINST=wish), tmp_path) == found


def test_a_base_that_can_not_be_had_is_a_sentence(
    hosted: Hosted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clone = hosted.clone(tmp_path / "clone", "merge", "--depth=1")
    git(clone, "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    (tmp_path / "awslint-memo-action").mkdir()
    assert run.main("lint", environment(tmp_path, clone, hosted.event())) == 2
    said = capsys.readouterr().out
    assert said.startswith(f"::error title=awslint-memo::the base {hosted.base} is not in this clone and could not")
    assert "set fetch-depth: 0" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"INPUT_ARGS": "'a"}, "args can't be read: no closing quotation; close each quotation mark"),
        ({"INPUT_WORKING_DIRECTORY": "nowhere"}, "working-directory: there is no folder"),
        ({"INPUT_VERSION": "0.2.0; rm -rf /"}, "which is no version of a release"),
        ({"INPUT_VERSION": "git+https://example.com/x"}, "which is no version of a release"),
        ({"GITHUB_EVENT_PATH": "nowhere.json"}, "the event can't be read"),
        ({"INPUT_SARIF": "."}, "sarif names the folder .; name a file"),
        ({"RUNNER_TEMP": ""}, "RUNNER_TEMP names no folder"),
    ],
)
def test_what_can_not_be_used_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, str], said: str
) -> None:
    assert run.main("lint", {**environment(tmp_path, tmp_path), **changes}) == 2
    out = capsys.readouterr().out
    assert out.startswith("::error title=awslint-memo::")
    assert said in out
    assert out.count("\n") == 1


@pytest.mark.parametrize("sha", [None, "main", "--upload-pack=x", 3])
def test_an_event_with_a_strange_base_is_refused(tmp_path: Path, sha: object) -> None:
    event = {"pull_request": {"base": {"sha": sha}, "head": {"sha": "0" * 40}}}
    with pytest.raises(run.Refused, match="the event names no commit of its base"):
        run.against(environment(tmp_path, tmp_path, event), tmp_path)


def test_inputs_become_arguments(tmp_path: Path) -> None:
    given = environment(
        tmp_path,
        tmp_path,
        PATHS="infra 'my stacks/'\n-x.yaml",
        ARGS="--advice --select 'sqs-*'",
        CONFIG="ci.yaml",
        FAIL_ON="error",
        AGAINST="HEAD",
    )
    assert run.arguments(given, tmp_path) == [
        *("--config=ci.yaml", "--fail-on=error", "--against=HEAD", "--advice", "--select", "sqs-*"),
        *("--", "infra", "my stacks/", "-x.yaml"),
    ]


def test_a_wrong_option_ends_with_2_and_leaves_no_file_of_before(tmp_path: Path) -> None:
    (tmp_path / "awslint-memo.sarif").write_text("old")
    assert run.lint(environment(tmp_path, tmp_path, ARGS="--no-such-option"), COMMAND) == 2
    assert outputs(tmp_path) == {"exit-code": "2"}


def test_the_inputs_and_outputs_are_those_that_the_script_knows() -> None:
    script = (ROOT / "action" / "run.py").read_text(encoding="utf-8")
    for name in ACTION["inputs"]:
        variable = name.upper().replace("-", "_")
        assert f'"INPUT_{variable}"' in script or f'"{variable}"' in script or f'"{name}"' in script, name
        assert any(f"INPUT_{variable}" in step.get("env", {}) for step in ACTION["runs"]["steps"]), name
    assert set(ACTION["outputs"]) == {"exit-code", "findings", "new", "sarif", "report"}
    for name, one in ACTION["outputs"].items():
        assert one["value"] == f"${{{{ steps.lint.outputs.{name} }}}}"


def test_no_input_is_written_into_a_shell_and_no_step_is_of_others() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "uses" not in step
        assert "${{" not in step["run"]


def test_every_library_is_pinned_with_hashes() -> None:
    pinned = (ROOT / "action" / "requirements.txt").read_text(encoding="utf-8")
    names = set(re.findall(r"^([\w.-]+)==", pinned, re.MULTILINE))
    listed = (
        (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("\ndependencies = [")[2].partition("\n]")[0]
    )
    needed = {*re.findall(r'^ +"([\w.-]+)', listed, re.MULTILINE), "hatchling"}
    assert "click" in needed
    assert needed <= names, "write it anew: make pins"
    assert all("--hash=sha256:" in one for one in re.split(r"\n(?=\S)", pinned) if "==" in one)


def test_the_installation_takes_no_library_without_a_hash(tmp_path: Path) -> None:
    given = environment(tmp_path, tmp_path)
    made, libraries, own = run.installation(given)
    assert made[-1] == str(tmp_path / "awslint-memo-action")
    assert "--require-hashes" in libraries
    assert {"--no-deps", "--no-build-isolation", str(ROOT)} <= set(own)


def test_a_release_comes_from_this_repository_and_from_no_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = environment(tmp_path, tmp_path, VERSION="0.2.0")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    project = '[project.urls]\nRepository = "https://github.com/{}/awslint-memo"\n'
    (tmp_path / "pyproject.toml").write_text(project.format("acme"))
    released = run.installation(given)[-1]
    releases = "https://github.com/acme/awslint-memo/releases/download"
    assert released[-1] == f"{releases}/v0.2.0/awslint_memo-0.2.0-py3-none-any.whl"
    assert str(tmp_path / "awslint-memo-0.2.0") in released[0]
    (tmp_path / "pyproject.toml").write_text(project.format("OWNER"))
    with pytest.raises(run.Refused, match="this copy doesn't tell whose"):
        run.installation(given)


def test_the_steps_run_alone(tmp_path: Path) -> None:
    """As GitHub starts them: the script by its path, isolated from the folder that it runs in."""
    (tmp_path / "subprocess.py").write_text("raise SystemExit('a module of the repository was run')")
    given = {**os.environ, **environment(tmp_path, tmp_path, {}, VERSION="x")}
    script = str(ROOT / "action" / "run.py")
    done = subprocess.run(
        [sys.executable, "-I", script, "install"], cwd=tmp_path, env=given, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith("::error title=awslint-memo::version is x")
