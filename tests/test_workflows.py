"""Our own workflows and the snippets in docs/ci.md: actions by hash, least permissions, options that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench.owner import owner
from tests.cases import each_case
from tests.test_hooks import EVERY

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
OURS = ("./", f"{owner()}/awslint-memo@COMMIT")


@each_case("path", [*WORKFLOWS, ROOT / "docs" / "ci.md"], ids=lambda path: path.name)
def test_actions_are_pinned_by_the_hash_of_a_commit(path: Path) -> None:
    used = re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
    assert used
    for one in used:
        assert one.startswith(OURS) or re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v[\d.]+", one), one


def test_updates_are_asked_for_wherever_packages_of_npm_are_locked() -> None:
    updates = yaml.safe_load((ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8"))["updates"]
    asked = {ROOT / one["directory"].strip("/") for one in updates if one["package-ecosystem"] == "npm"}
    locked = {path.parent for folder in ("editors", "packaging") for path in ROOT.glob(f"{folder}/*/package-lock.json")}
    assert locked
    assert asked == locked


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_do_nothing_and_each_job_what_it_needs(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert job["permissions"]
        assert job["timeout-minutes"] <= 30
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert "actions/checkout" not in step.get("uses", "") or step["with"]["persist-credentials"] is False


def test_the_tests_run_with_every_supported_python() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
    listed = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]
    assert matrix["python"] == listed
    for system in ("ubuntu-24.04-arm", "macos-15", "windows-2025"):
        assert {job["python"] for job in matrix["include"] if job["os"] == system} == {listed[0], listed[-1]}
    assert {job["os"] for job in matrix["include"]} >= {"macos-15-intel", "windows-11-arm"}
    for job in matrix["include"]:
        assert all((ROOT / path).exists() for path in job["tests"].split())


def test_only_the_job_that_publishes_to_an_index_has_an_environment() -> None:
    jobs: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))[
        "jobs"
    ]
    assert {name for name, job in jobs.items() if "environment" in job} == {"pypi", "npm", "container"}
    assert jobs["pypi"]["permissions"] == jobs["npm"]["permissions"] == {"id-token": "write"}
    needs = {name: job.get("needs") for name, job in jobs.items()}
    assert needs == {
        "build": None,
        "executables": "build",
        "extension": "build",
        "plugin": "build",
        "attest": ["executables", "extension", "plugin"],
        "pypi": "attest",
        "npm": "attest",
        "container": "attest",
        "image": "container",
        # What is published last can't be taken back, and tells of all that is there.
        "release": ["pypi", "npm", "image"],
    }


def test_only_the_job_that_publishes_the_site_may_write_pages() -> None:
    jobs: dict[str, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "site.yml").read_text(encoding="utf-8"))[
        "jobs"
    ]
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "build": {"contents": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    }


def test_the_snippets_are_yaml_and_name_every_hook_and_input() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert all(yaml.safe_load(block) for block in blocks)
    assert set(re.findall(r"^\| `(awslint-memo[\w-]*)` \|", PAGE, re.MULTILINE)) == set(EVERY)
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    chapter = PAGE.partition("## GitHub Actions")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([\w-]+)` \|", chapter, re.MULTILINE) == list(action["inputs"])
    outputs = chapter.partition("Outputs are ")[2].partition(".")[0]
    assert [one for one in re.findall(r"`([\w-]+)`", outputs) if one in action["outputs"]] == list(action["outputs"])


def test_the_pages_say_which_tests_run_on_windows() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    included = jobs["test"]["strategy"]["matrix"]["include"]
    (tests,) = {job["tests"] for job in included if job["os"].startswith("windows")}
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = page.partition("- Windows: ")[2].partition(" there,")[0]
    assert re.findall(r"`(tests/[^`]+)`", told) == tests.split()
    assert {job["tests"] for job in included if not job["os"].startswith("windows")} == {"tests"}
