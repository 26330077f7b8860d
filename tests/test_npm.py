"""The plugin of the CDK as a package for npm: its manifest, its own tests with this program, and what is packed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.test_version import VERSION

from awslint_memo.model.properties import ATTRIBUTES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "packaging" / "npm"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
LOCK: dict[str, Any] = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))

installed = pytest.mark.skipif(
    not (FOLDER / "node_modules").is_dir() or shutil.which("npm") is None, reason="npm ci was not run in packaging/npm"
)


def npm(*words: str) -> str:
    environment = {
        **os.environ,
        "AWSLINT_MEMO": shutil.which("awslint-memo", path=os.path.dirname(sys.executable)) or "",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["npm", *words], cwd=FOLDER, capture_output=True, encoding="utf-8", check=False, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_has_the_version_of_the_project_and_asks_for_no_older_program() -> None:
    assert {MANIFEST["version"], LOCK["version"], LOCK["packages"][""]["version"]} == {VERSION}
    source = (FOLDER / "src" / "program.ts").read_text(encoding="utf-8")
    (oldest,) = re.findall(r"OLDEST = '([\d.]+)'", source)
    assert tuple(map(int, oldest.split("."))) <= tuple(map(int, VERSION.split(".")))
    assert f"from version {oldest} on" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"awslint-memo-cdk-{VERSION}.tgz" in (ROOT / "docs" / "cdk.md").read_text(encoding="utf-8")


def test_nothing_is_installed_with_it_and_what_builds_it_is_pinned_with_hashes() -> None:
    assert "dependencies" not in MANIFEST
    assert set(MANIFEST["peerDependencies"]) == {"aws-cdk-lib"}
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in MANIFEST["devDependencies"].values())
    packages = {name: entry for name, entry in LOCK["packages"].items() if name and not entry.get("inBundle")}
    assert all(entry.get("integrity", "").startswith("sha512-") for entry in packages.values())
    assert not [name for name, entry in packages.items() if "resolved" in entry]


def test_the_programs_members_that_it_reads_are_in_the_schema_of_the_report() -> None:
    schema = json.loads((ROOT / "src/awslint_memo/reporters/report.schema.json").read_text(encoding="utf-8"))
    source = (FOLDER / "src" / "report.ts").read_text(encoding="utf-8")
    read = set(re.findall(r"^  readonly (\w+)\??:", source, re.M)) - {"version"}
    named = set(re.findall(r'"(\w+)": ', json.dumps(schema)))
    assert len(read) > 10
    assert read <= named


def test_it_knows_the_same_attributes_beside_properties_as_the_program() -> None:
    source = (FOLDER / "src" / "violations.ts").read_text(encoding="utf-8")
    (names,) = re.findall(r"^const ATTRIBUTES = \[(.*)\];$", source, re.M)
    assert re.findall(r"'(\w+)'", names) == [*ATTRIBUTES]


def test_workflows_install_what_is_locked_and_run_no_script_of_it() -> None:
    for name in ("ci.yml", "release.yml"):
        jobs = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))["jobs"]
        assert "npm ci --ignore-scripts" in [step.get("run", "") for step in jobs["plugin"]["steps"]]


@installed
def test_it_works_with_this_program_and_the_library_of_the_cdk() -> None:
    told = npm("test")
    assert re.search(r"(# |ℹ )skipped 0", told), told


@installed
def test_the_package_is_small_and_has_what_is_run(tmp_path: Path) -> None:
    npm("pack", "--pack-destination", str(tmp_path))
    path = tmp_path / f"awslint-memo-cdk-{VERSION}.tgz"
    assert path.stat().st_size < 20_000
    with tarfile.open(path) as package:
        names = {name.removeprefix("package/") for name in package.getnames()}
    modules = {source.stem for source in (FOLDER / "src").glob("*.ts")}
    built = {f"dist/{name}{ending}" for name in modules for ending in (".js", ".d.ts")}
    assert names == {"LICENSE", "README.md", "package.json", *built}
