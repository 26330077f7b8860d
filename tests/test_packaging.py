"""What other package managers get: it names this version and files of its release, and starts what there is."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from bench import executable, packages
from tests.cases import each_case
from tests.command import invoke
from tests.test_version import VERSION

from awslint_memo.settings.configuration_file import NAMES

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
WORKFLOW = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
SYSTEMS = {"linux-x86_64", "linux-arm64", "macos-x86_64", "macos-arm64", "windows-x86_64"}
RELEASED = {f"awslint-memo-{VERSION}-{system}.tar.gz" for system in SYSTEMS} | {f"awslint_memo-{VERSION}.tar.gz"}
VERSIONED = ["homebrew/awslint-memo.rb", "megalinter/awslint-memo.megalinter-descriptor.yml", "trunk/plugin.yaml"]
VERSIONED += ["mason/package.yaml", "gitlab/templates/lint.yml", "conda/recipe.yaml"]


def text(name: str) -> str:
    return (PACKAGING / name).read_text(encoding="utf-8")


def document(name: str) -> Any:
    return yaml.safe_load(text(name))


def words(command: str) -> list[str]:
    """The words of a command of ours behind its name."""
    return shlex.split(command.partition("awslint-memo ")[2])


@each_case("name", VERSIONED)
def test_it_names_the_version_that_is_released_next(name: str) -> None:
    named = re.findall(r"(?:@v?|/v|[vV]ersion:? \"?|awslint[-_]memo-|lint@)(\d+\.\d+\.\d+)", text(name))
    assert named
    assert set(named) == {VERSION}


@each_case("name", ["homebrew/awslint-memo.rb", "trunk/plugin.yaml", "mason/package.yaml", "conda/recipe.yaml"])
def test_it_names_files_that_a_release_has(name: str) -> None:
    plain = re.sub(r"\$\{\{ version \}\}|\$\{version\}|\{\{ version \| strip_prefix \"v\" \}\}", VERSION, text(name))
    files = set(re.findall(r"awslint[-_]memo-[\w.-]+\.tar\.gz", plain))
    assert files
    assert files <= RELEASED


def test_each_system_has_an_executable() -> None:
    jobs = yaml.safe_load(WORKFLOW)["jobs"]
    systems = jobs["executables"]["strategy"]["matrix"]["os"]
    assert len(systems) == len(SYSTEMS)
    assert executable.name().removeprefix(f"awslint-memo-{VERSION}-") in SYSTEMS
    assert {trunk["cpu"] for trunk in document("trunk/plugin.yaml")["downloads"][0]["downloads"]} == {
        "x86_64",
        "arm_64",
    }


def test_the_hashes_of_a_release_are_written(tmp_path: Path) -> None:
    release, to = tmp_path / "release", tmp_path / "to"
    release.mkdir()
    with pytest.raises(SystemExit, match="has no awslint"):
        packages.main([str(release), str(to)])
    for name in RELEASED:
        (release / name).write_text(name)
    assert packages.main([str(release), str(to)]) == 0
    for name in ("awslint-memo.rb", "recipe.yaml"):
        written = (to / name).read_text(encoding="utf-8")
        hashes = re.findall(r"sha256:? \"?([0-9a-f]{64})", written)
        assert "@SHA256" not in written
        assert hashes
        assert set(hashes) <= {hashlib.sha256(file.encode()).hexdigest() for file in RELEASED}


@pytest.mark.parametrize(
    "command",
    [
        " ".join(document("megalinter/awslint-memo.megalinter-descriptor.yml")["linters"][0]["cli_lint_extra_args"]),
        document("trunk/plugin.yaml")["lint"]["definitions"][0]["commands"][0]["run"].removeprefix("awslint-memo "),
        "lint --format gitlab --output quality.json --format junit --output junit.xml --format text",
    ],
)
def test_commands_have_options_that_there_are(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text('resource "aws_db_instance" "b" {\n  engine = "mysql"\n}\n')
    given = shlex.split(command.replace("${target}", "main.tf"))
    result = invoke(*given, *([] if "--" in given else ["--", "main.tf"]))
    assert (result.exit_code, "no such option" in result.stderr.lower()) == (1, False), result.stderr


def test_the_count_of_errors_is_read_from_the_last_line() -> None:
    linter = document("megalinter/awslint-memo.megalinter-descriptor.yml")["linters"][0]
    for line, count in {"5 errors, 10 warnings in 1 file; x": "5", "1 error in 2 files": "1"}.items():
        assert re.findall(linter["cli_lint_errors_regex"], line) == [count]


def test_the_configuration_file_is_the_one_that_is_read() -> None:
    entry = json.loads(text("schemastore/catalog-entry.json"))
    assert set(entry) == {"name", "description", "fileMatch", "url"}
    assert set(entry["fileMatch"]) == {name for name in NAMES if name.startswith(".")}
    assert (ROOT / "docs" / entry["url"].rpartition("/docs/")[2]).is_file()
    assert document("megalinter/awslint-memo.megalinter-descriptor.yml")["linters"][0]["config_file_name"] in NAMES


def test_the_recipe_asks_for_what_the_package_asks_for() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = project.partition("\ndependencies = [")[2].partition("\n]")[0]
    asked = {match[1]: match[2] for match in re.finditer(r'"([\w-]+)(>=[\d.]+)', listed)}
    lines = document("conda/recipe.yaml")["requirements"]["run"]
    run = {line.partition(" ")[0]: line.partition(" ")[2] for line in lines}
    assert {name: bound for name, bound in run.items() if name != "python"} == asked


def test_the_image_has_no_rights_and_no_shell() -> None:
    last = text("docker/Dockerfile").rpartition("\nFROM ")[2]
    assert last.startswith("gcr.io/distroless/")
    assert re.search(r"^USER \d{4,}:\d{4,}$", last, re.M)
    assert "\nRUN" not in last
    assert json.loads(re.findall(r"^ENTRYPOINT (.+)$", last, re.M)[0])[-1] == "awslint_memo"
    assert re.search(r"^CMD \[", last, re.M)
    for source in re.findall(r"^COPY (?!--from)(.+) \S+$", text("docker/Dockerfile"), re.M):
        assert all((ROOT / path).exists() for path in source.split())
    assert "-le 120000000" in WORKFLOW


def test_the_component_of_gitlab_is_what_the_page_shows() -> None:
    head, job = yaml.safe_load_all(text("gitlab/templates/lint.yml"))
    used = set(re.findall(r"\$\[\[ inputs\.(\w+) \]\]", text("gitlab/templates/lint.yml")))
    assert used == set(head["spec"]["inputs"])
    shown = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert all(line in shown for line in job["awslint-memo"]["script"][:1])


@pytest.mark.skipif(find_spec("check_jsonschema") is None, reason="check-jsonschema is not installed")
def test_workflows_and_the_component_are_valid_by_their_schemas(tmp_path: Path) -> None:
    component = tmp_path / "lint.yml"
    _, job = text("gitlab/templates/lint.yml").split("\n---\n")
    component.write_text(re.sub(r"\$\[\[ inputs\.(\w+) \]\]", r"\1", job), encoding="utf-8")
    workflows = [str(path) for path in (ROOT / ".github" / "workflows").glob("*.yml")]
    for schema, paths in {"vendor.gitlab-ci": [str(component)], "vendor.github-workflows": workflows}.items():
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *paths]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("ruby") is None, reason="Ruby is not installed")
def test_ruby_reads_the_formula() -> None:
    done = subprocess.run(["ruby", "-c", str(PACKAGING / "homebrew" / "awslint-memo.rb")], check=False)
    assert done.returncode == 0


def test_an_archive_is_the_same_whenever_it_is_packed(tmp_path: Path) -> None:
    program = tmp_path / "program"
    (program / "_internal").mkdir(parents=True)
    (program / "awslint-memo").write_text("#!/bin/sh\n")
    (program / "awslint-memo").chmod(0o700)
    (program / "_internal" / "data").write_text("x")
    executable.archive(program, tmp_path / "first.tar.gz")
    (program / "_internal" / "data").touch()
    time.sleep(0.01)
    executable.archive(program, tmp_path / "second.tar.gz")
    assert (tmp_path / "first.tar.gz").read_bytes() == (tmp_path / "second.tar.gz").read_bytes()
    with tarfile.open(tmp_path / "first.tar.gz") as tar:
        assert {entry.name: oct(entry.mode) for entry in tar if entry.isfile()} == {
            "awslint-memo/awslint-memo": "0o755",
            "awslint-memo/_internal/data": "0o644",
        }


@pytest.mark.release
@pytest.mark.skipif(find_spec("PyInstaller") is None, reason="PyInstaller is not installed")
def test_the_executable_of_this_system_finds_what_there_is(tmp_path: Path) -> None:
    assert executable.main([str(tmp_path)]) == 0
    (path,) = tmp_path.glob("*.tar.gz")
    assert path.stat().st_size < 40_000_000
