"""The extension for VS Code: what its manifest says, its own tests with this server, and the package."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench.owner import owner

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "editors" / "vscode"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")

installed = pytest.mark.skipif(
    not (FOLDER / "node_modules").is_dir() or shutil.which("npm") is None, reason="npm ci was not run in editors/vscode"
)


def npm(*words: str) -> str:
    environment = {**os.environ, "AWSLINT_MEMO": shutil.which("awslint-memo") or "", "NO_COLOR": "1"}
    done = subprocess.run(
        ["npm", *words], cwd=FOLDER, capture_output=True, encoding="utf-8", check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_has_the_version_and_the_owner_of_the_project() -> None:
    version = re.findall(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.M)[0]
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    assert {MANIFEST["version"], lock["version"], lock["packages"][""]["version"]} == {version}
    assert MANIFEST["publisher"] == owner()


def test_what_builds_it_is_pinned_with_hashes_and_nothing_else_is_installed_with_it() -> None:
    assert "dependencies" not in MANIFEST
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in MANIFEST["devDependencies"].values())
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(entry.get("integrity", "").startswith("sha512-") for entry in packages.values())
    assert {name.removeprefix("node_modules/") for name in packages} >= set(MANIFEST["devDependencies"])
    assert not [name for name, entry in packages.items() if "resolved" in entry]
    assert "omit-lockfile-registry-resolved=true" in (FOLDER / ".npmrc").read_text(encoding="utf-8").split()


def test_the_page_names_its_settings_and_commands() -> None:
    chapter = PAGE.partition("\n## VS Code")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(awslintMemo\.[\w.]+)`", chapter))
    assert named == set(MANIFEST["contributes"]["configuration"]["properties"])
    shown = {one["title"] for one in MANIFEST["contributes"]["commands"]} - {"Show All Commands"}
    assert shown <= set(re.findall(r"\*([^*\n]+)\*", chapter))


def test_workflows_install_what_is_locked_and_run_no_script_of_it() -> None:
    for name in ("ci.yml", "release.yml"):
        jobs = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))["jobs"]
        commands = [step.get("run", "") for step in jobs["extension"]["steps"]]
        assert "npm ci --ignore-scripts" in commands
        assert "npm run package" in commands


@installed
def test_it_works_with_this_server() -> None:
    assert "# skipped 0" in npm("test") or os.environ.get("CI") is None


@installed
def test_the_package_has_what_is_run_and_the_licenses_of_it() -> None:
    npm("run", "package")
    path = FOLDER / f"awslint-memo-{MANIFEST['version']}.vsix"
    with zipfile.ZipFile(path) as package:
        names = {name for name in package.namelist() if name.startswith("extension/")}
        told = package.read("extension/dist/LICENSES.txt").decode()
    assert names == {
        f"extension/{name}"
        for name in ("LICENSE.txt", "readme.md", "package.json", "dist/extension.js", "dist/LICENSES.txt")
    }
    assert path.stat().st_size < 200_000
    assert "vscode-languageclient 9" in told
