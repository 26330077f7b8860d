"""What a change does to findings of pinned repositories, as `bench.ecosystem` tells it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench import ecosystem
from bench.ecosystem_table import MARK, table
from tests.readers.workspace import write
from tests.repositories import Repository, needs_git

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = ROOT / ".github" / "workflows"
QUEUE = "Resources:\n  Orders:\n    Type: AWS::SQS::Queue\n"


def finding(name: str, **members: Any) -> dict[str, Any]:
    known = {"rule": "sqs-x", "level": "warning", "message": "is 0 s", "path": "t.yaml", "line": 2}
    return {**known, "resource": name, "fingerprint": name, **members}


def side(*findings: dict[str, Any], errors: list[str] | None = None, failure: str = "") -> dict[str, Any]:
    return {"findings": findings, "errors": errors or [], "failure": failure}


def result(before: dict[str, Any], after: dict[str, Any], repository: str = "a/b") -> dict[str, Any]:
    return {"repository": repository, "commit": "c" * 40, "before": before, "after": after}


def test_at_least_sixty_repositories_are_pinned_by_whole_hashes_of_commits() -> None:
    pinned = ecosystem.pinned()
    assert len(pinned) >= 60
    assert all(re.fullmatch(r"[\w.-]+/[\w.-]+", each.repository) for each in pinned)
    assert all(re.fullmatch(r"[0-9a-f]{40}", each.commit) for each in pinned)
    assert len({each.repository for each in pinned}) == len(pinned)


def test_the_same_findings_are_no_difference() -> None:
    same = side(finding("A"), finding("B", rule="sns-y"))
    told = "Repositories compared: 1. Findings: 2 before, 2 after; 0 differ, in 0 of the repositories."
    assert table([result(same, same)]) == f"{MARK}\n\n## Findings of public repositories\n\n{told}\n"


def test_each_kind_of_difference_is_counted_and_shown() -> None:
    before = side(finding("A"), finding("B"), finding("C", level="error"), finding("Same"))
    after = side(finding("B", message="is 1 s"), finding("C"), finding("D", line=7), finding("Same"))
    text = table([result(before, after)])
    assert "Findings: 4 before, 4 after; 4 differ, in 1 of the repositories." in text
    assert "| `sqs-x` | 4 | 4 | 1 | 1 | 1 | 1 |" in text
    assert "#### `sqs-x`: new\n\n- `a/b@cccccccccccc t.yaml:7` `warning` `is 0 s`\n" in text
    assert "#### `sqs-x`: gone\n\n- `a/b@cccccccccccc t.yaml:2` `warning` `is 0 s`\n" in text
    assert "`error before: is 0 s`" in text
    assert "`is 1 s (before: is 0 s)`" in text


def test_samples_are_of_several_repositories_first() -> None:
    many = [result(side(), side(*map(finding, "ABCDE")), name) for name in ("a/b", "c/d")]
    text = table(many, 3)
    assert [text.count("- `a/b@"), text.count("- `c/d@")] == [2, 1]
    assert "- and 7 more" in text


def test_what_could_not_be_compared_is_told() -> None:
    broken = result(side(finding("A")), side(failure="no report: boom"), "c/d")
    unread = result(side(errors=["t.yaml: bad"]), side(errors=["t.yaml: worse"]))
    text = table([broken, unread])
    assert "Repositories compared: 1. Findings: 0 before, 0 after" in text
    assert "- `c/d` was not compared: after: `no report: boom`" in text
    assert "- `a/b`, error before only: `t.yaml: bad`" in text
    assert "- `a/b`, error after only: `t.yaml: worse`" in text


def test_texts_of_strangers_are_code_and_the_comment_is_bounded() -> None:
    nasty = "`](http://x) @all <img>\n# h | \x1b[0m \u202e"
    text = table([result(side(), side(finding("A", message=nasty, rule=nasty, path=nasty)), nasty)])
    outside = re.sub(r"`[^`]*`", "", text)
    assert not re.search(r"http|@all|<img|\x1b|\u202e", outside)
    assert text.isascii()
    huge = [result(side(), side(*(finding(str(n), rule=f"r{n}", message="m" * 999) for n in range(900))))]
    assert len(table(huge)) < 65_536
    assert "more parts are left out." in table(huge)


@pytest.fixture
def pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of mirrors with one repository, whose newest commit is not the pinned one."""
    repository = Repository.made(tmp_path / "mirrors" / "a+b" / "repo")
    commit = repository.commit({"t.yaml": QUEUE, "away/link": "x"})
    (repository.path / "out").symlink_to("/etc/hostname")
    repository.commit()
    commit = repository.git("rev-parse", "HEAD").strip()
    repository.commit({"t.yaml": "Resources: {}\n"})
    data = tmp_path / "pinned.csv"
    data.write_text(f"repository,commit\na/b,{commit}\nno/such,{'0' * 40}\n")
    monkeypatch.setattr(ecosystem, "PINNED", data)
    return tmp_path


@needs_git
def test_pinned_commits_are_linted_with_both_revisions(pinned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = pinned / "all.json"
    ecosystem.main([".", ".", "--mirrors", str(pinned / "mirrors"), "--json", str(written), "--processes", "1"])
    text = capsys.readouterr().out
    assert "Repositories compared: 1. " in text
    assert "; 0 differ, in 0 of the repositories." in text
    assert "- `no/such` was not compared: before: `could not be had: " in text
    [judged, _] = json.loads(written.read_text())
    assert {each["path"] for each in judged["before"]["findings"]} == {"t.yaml"}
    command = [sys.executable, "-I", str(ROOT / "bench" / "ecosystem_table.py"), str(written)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == text


def test_no_module_of_a_repository_is_run(tmp_path: Path) -> None:
    for name in ("contextlib.py", "json.py", "yaml.py", "awslint_memo/__init__.py", "awslint_memo/__main__.py"):
        write(tmp_path, {name: f"open({str(tmp_path / 'ran')!r}, 'w').close()\n"})
    write(tmp_path, {"t.yaml": QUEUE})
    told = ecosystem.judged(ROOT, tmp_path)
    assert {each["path"] for each in told.findings} == {"t.yaml"}
    assert not (tmp_path / "ran").exists()


@needs_git
def test_one_commit_is_fetched_once(pinned: Path) -> None:
    [each, _] = ecosystem.pinned()
    source = pinned / "mirrors" / "a+b" / "repo"
    subprocess.run(["git", "-C", str(source), "config", "uploadpack.allowAnySHA1InWant", "true"], check=True)
    folder = ecosystem.fetched(each, pinned / "cache", source.as_uri())
    assert ecosystem.fetched(each, pinned / "cache", "file:///nowhere") == folder
    listed = subprocess.run(
        ["git", "-C", str(folder), "rev-list", "--count", each.commit], capture_output=True, text=True, check=True
    )
    assert listed.stdout.strip() == "1"
    ecosystem.unpacked(folder, each.commit, pinned / "files")
    assert [path.name for path in (pinned / "files").iterdir() if path.name in ("t.yaml", "out")] == ["t.yaml"]


def test_what_may_write_comments_runs_nothing_of_the_pull_request() -> None:
    measuring = yaml.safe_load((WORKFLOWS / "ecosystem.yml").read_text(encoding="utf-8"))
    assert set(measuring[True]) == {"pull_request"}
    assert measuring["jobs"]["compare"]["permissions"] == {"contents": "read"}
    writing = yaml.safe_load((WORKFLOWS / "ecosystem-comment.yml").read_text(encoding="utf-8"))
    assert writing[True]["workflow_run"]["workflows"] == [measuring["name"]]
    [checkout, *_, last] = writing["jobs"]["comment"]["steps"]
    assert "ref" not in checkout["with"]
    assert "pip" not in last["run"]
    assert "python3 -I bench/ecosystem_table.py" in last["run"]
