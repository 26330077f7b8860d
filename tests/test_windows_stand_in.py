"""awslint-memo with what Windows is like, as far as that can be had on another system (`tests.windows`)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fixture_outputs import FIXTURES, command
from tests.repositories import Repository, made, needs_git
from tests.windows import here, there

ROOT = Path(__file__).resolve().parents[1]
FIXTURE_OUTPUTS = [
    *("broken/tab.out", "terraform/modules/modules.out", "orders/plan/plan.out"),
    "terraform/variable-files/deployments.out",
]
BASE = """\
Resources:
  Größe日本:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: mysql, BackupRetentionPeriod: 0}
"""
NEW = "  New: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, BackupRetentionPeriod: 0}}\n"
ONE_RULE = ("--select", "rds-backup-retention")

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="this is Windows"),
    pytest.mark.skipif(
        sys.version_info[:2] not in ((3, 11), (3, 12)), reason="pathlib of other versions can't be told"
    ),
]


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programs")
    (folder / "git.exe").write_text(f'#!/bin/sh\nexec {shutil.which("git")} "$@"\n')
    (folder / "git.exe").chmod(0o755)
    return folder


class Windows:
    def __init__(self, programs: Path, folder: Path) -> None:
        self.folder = folder
        self._environment = {**os.environ, "PROGRAMS": str(programs), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}

    def run(self, *words: str, stdin: str = "", folder: Path | None = None) -> tuple[int, str]:
        """The exit code, and what it prints to both streams: characters of code page 1252, with CR LF."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.windows", *words],
            cwd=folder or self.folder,
            env=self._environment,
            input=stdin.encode(),
            capture_output=True,
            check=False,
        )
        text = (done.stdout + done.stderr).decode("cp1252")
        assert "\n" not in text.replace("\r\n", "")
        return done.returncode, text.replace("\r\n", "\n")


@pytest.fixture
def windows(programs: Path, tmp_path: Path) -> Windows:
    return Windows(programs, tmp_path)


@pytest.mark.parametrize("output", FIXTURE_OUTPUTS)
def test_it_finds_what_it_finds_elsewhere(output: str, windows: Windows) -> None:
    expected = (FIXTURES / output).read_text(encoding="utf-8").rstrip("\n").split("\n")
    code, text = windows.run(*command(FIXTURES / output), folder=FIXTURES)
    assert f"[exit {code}]" == expected[-1]
    told = "\n".join(expected[1:-1]).encode("cp1252", "replace").decode("cp1252")
    assert sorted(text.replace("\\", "/").splitlines()) == sorted(told.replace("\\", "/").splitlines())


def test_a_path_may_have_a_drive_any_letters_and_slashes_of_both_kinds(windows: Windows) -> None:
    (windows.folder / "infra").mkdir()
    (windows.folder / "infra" / "Queue.yaml").write_text(BASE, encoding="utf-8")
    drive = there(str(windows.folder))
    assert drive.startswith("C:\\")
    for path in (rf"{drive}\infra\Queue.yaml", "infra/Queue.yaml", r".\INFRA\queue.YAML", f"{drive}/infra", "infra\\"):
        code, text = windows.run("lint", *ONE_RULE, path)
        assert (code, text.count("BackupRetentionPeriod of")) == (1, 1), text
        assert "\\" in text.split("\n")[0] or "infra/Queue.yaml" in path


def test_a_letter_that_the_console_lacks_is_replaced_and_files_have_it(windows: Windows) -> None:
    (windows.folder / "t.yaml").write_text(BASE, encoding="utf-8")
    words = ("lint", *ONE_RULE, "t.yaml")
    assert "BackupRetentionPeriod of Größe?? is 0" in windows.run(*words)[1]
    windows.run(*words, "--format", "markdown", "--output", "report.md")
    assert "Größe日本" in (windows.folder / "report.md").read_text(encoding="utf-8")


def test_formats_for_build_servers_have_slashes_and_json_the_names_of_the_system(windows: Windows) -> None:
    (windows.folder / "a").mkdir()
    (windows.folder / "a" / "t.yaml").write_text(BASE, encoding="utf-8")
    sarif = json.loads(windows.run("lint", *ONE_RULE, "--format", "sarif", r"a\t.yaml")[1])
    places = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert places["uri"] == "a/t.yaml"
    report = json.loads(windows.run("lint", *ONE_RULE, "--format", "json", "a")[1])
    assert {finding["path"] for finding in report["findings"]} == {"a\\t.yaml"}
    for form in ("github", "gitlab", "junit"):
        assert "a/t.yaml" in windows.run("lint", *ONE_RULE, "--format", form, r"a\t.yaml")[1]


def test_a_fix_keeps_the_line_ends(windows: Windows) -> None:
    path = windows.folder / "t.yaml"
    path.write_bytes(BASE.replace("\n", "\r\n").encode())
    code, _ = windows.run("lint", *ONE_RULE, "--fix", "--unsafe-fixes", "t.yaml")
    data = path.read_bytes()
    assert code == 0
    assert b"BackupRetentionPeriod: 7}\r\n" in data
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_settings_ignored_files_and_modules_are_found(windows: Windows) -> None:
    for name, text in {
        ".git/HEAD": "ref: refs/heads/main\n",
        ".gitignore": "/build/\n*.gen.yaml\n",
        ".awslint-memo.yaml": "select: ['rds-backup-retention']\nexclude: ['old/**']\n",
        "build/t.yaml": BASE,
        "old/t.yaml": BASE,
        "x.gen.yaml": BASE,
        "root/main.tf": 'module "m" {\n  source = "../modules/base"\n}\n',
        "modules/base/main.tf": 'resource "aws_db_instance" "b" {\n  engine = "mysql"\n}\n',
    }.items():
        path = windows.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    code, text = windows.run("lint", "--format", "json")
    assert code == 1
    assert [(one["path"], one["resource"]) for one in json.loads(text)["findings"]] == [
        (r"modules\base\main.tf", "module.m.aws_db_instance.b")
    ]


@needs_git
def test_a_revision_is_compared_with_by_git(windows: Windows, programs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    Repository.made(folder).commit({"a/t.yaml": BASE})
    (folder / "a" / "t.yaml").write_text(BASE + NEW, encoding="utf-8")
    words = ("lint", *ONE_RULE, "--against", "HEAD")
    code, text = Windows(programs, folder).run(*words)
    assert code == 1, text
    assert "BackupRetentionPeriod of New is 0" in text
    assert "of Größe??" not in text
    code, text = Windows(programs, folder).run("hook", stdin=json.dumps({"tool_input": {"file_path": r"a\t.yaml"}}))
    assert code == 2, text
    assert "BackupRetentionPeriod of New is 0" in text


def test_a_path_longer_than_windows_took_of_old_is_read(windows: Windows) -> None:
    folder = windows.folder.joinpath(*["long" * 10] * 8)
    folder.mkdir(parents=True)
    (folder / "t.yaml").write_text(BASE, encoding="utf-8")
    code, text = windows.run("lint", *ONE_RULE)
    assert (code, len(text.partition(":")[0]) > 320) == (1, True)


def test_the_paths_of_the_stand_in_are_those_of_windows(tmp_path: Path) -> None:
    (tmp_path / "Name.yaml").write_text("")
    assert here(there(str(tmp_path / "Name.yaml"))) == str(tmp_path / "Name.yaml")
    assert here(there(str(tmp_path / "NAME.YAML"))) == str(tmp_path / "Name.yaml")
    assert here("\\\\?\\" + there(str(tmp_path))) == str(tmp_path)
    assert here("NUL") == "/dev/null"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--format", "sarif"],
        ["--format", "github"],
        ["--format", "html"],
        ["--against", "HEAD"],
        ["--gate"],
        ["--baseline", "{}\\known.yaml"],
        ["--dependants"],
    ],
    ids=" ".join,
)
def test_what_is_on_another_drive_is_judged_as_elsewhere(words: list[str], windows: Windows, tmp_path: Path) -> None:
    """From a folder of one drive no way leads to one of another drive, so paths are whole."""
    repository = tmp_path / "there"
    repository.mkdir()
    files = {
        ".gitignore": "(\n*.gen.yaml\n",
        "known.yaml": "version: 1\nfindings:\n",
        ".awslint-memo.yaml": "fail-on: warning\nexclude: [old/]\nrecovery: {rpo: 1h}\n",
        "old/t.yaml": BASE,
        "t.yaml": BASE,
        "t.gen.yaml": BASE,
        "root/main.tf": 'module "m" {\n  source = "../modules/base"\n}\n',
        "root/other.tf": 'module "n" {\n  source = "../modules/none"\n}\n',
        "root/prod.tfvars": "a = 1\n",
        "modules/base/main.tf": 'resource "aws_db_instance" "b" {\n  engine = "mysql"\n}\n',
        "node_modules/a/t.yaml": BASE,
    }
    made(repository).commit(files)
    (tmp_path / "here").mkdir()
    drive = there(str(repository)).replace("C:", "D:", 1)
    code, text = windows.run(
        "lint", *ONE_RULE, *(word.format(drive) for word in words), drive, folder=tmp_path / "here"
    )
    assert "internal error" not in text, text
    assert "path is on mount" not in text, text
    assert code in ((0, 1) if "--against" in words or "--gate" in words else (1,)), text
