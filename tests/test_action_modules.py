"""The GitHub Action downloads modules of Terraform where it is asked to; a hostile repository gains nothing by that."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from action import modules, run
from tests.readers.workspace import write
from tests.repositories import Repository, needs_git

from awslint_memo.files.git import settings_for_others

COMMAND = [sys.executable, "-m", "awslint_memo"]
CALL = 'provider "aws" {}\nmodule "db" {\n  source = "acme/db/aws"\n}\n'
DATABASE = 'resource "aws_db_instance" "d" {\n  engine                  = "mysql"\n  backup_retention_period = 0\n}\n'
LISTED = {"Modules": [{"Key": "db", "Source": "acme/db/aws", "Dir": ".terraform/modules/db"}]}

GET = f"""\
mkdir -p .terraform/modules/db
printf '%s' '{json.dumps(LISTED)}' > .terraform/modules/modules.json
printf '%s' '{DATABASE}' > .terraform/modules/db/main.tf
"""

Fake = Callable[..., Path]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """Installs a program that notes how it is started, and does what a script says."""

    def install(script: str = GET, name: str = "terraform", folder: Path = tmp_path / "bin") -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        notes = tmp_path / f"{name}.notes"
        program = folder / name
        start = f'echo "$PWD $*" >> {notes}\nenv > {tmp_path}/env\n'
        program.write_text(f'#!/bin/sh\n{start}PATH=$PATH:/usr/bin:/bin\ncd "${{1#-chdir=}}" || exit\n{script}')
        program.chmod(0o755)
        path = os.environ["PATH"]
        if str(folder) not in path.split(os.pathsep):
            monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{path}")
        return notes

    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    return install


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    workspace = tmp_path / "workspace"
    write(workspace, {"live/main.tf": CALL})
    (workspace / ".git").mkdir()
    return workspace


def environment(tmp_path: Path, workspace: Path, **inputs: str) -> dict[str, str]:
    given = {"MODULES": "true", "ARGS": "--select rds-backup-retention", **inputs}
    return {
        **os.environ,
        "GITHUB_WORKSPACE": str(workspace),
        "GITHUB_EVENT_PATH": "",
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "RUNNER_TEMP": str(tmp_path),
        "AWS_SECRET_ACCESS_KEY": "hunter2",
        "GITHUB_TOKEN": "hunter3",
        **{f"INPUT_{name}": value for name, value in given.items()},
    }


def test_modules_are_downloaded_and_checked(
    fake: Fake, tmp_path: Path, workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    notes = fake()
    assert run.lint(environment(tmp_path, workspace), COMMAND) == 1
    started, *words = notes.read_text().split()
    assert words == [f"-chdir={workspace / 'live'}", "get", "-no-color"]
    assert not Path(started).is_relative_to(workspace), (
        "what chooses a version may read a file there that names programs"
    )
    log = capfd.readouterr().out
    assert "live/main.tf:2:8: error[rds-backup-retention]" in log
    assert "not read" not in log


def test_the_program_gets_no_secret_of_the_job(fake: Fake, tmp_path: Path, workspace: Path) -> None:
    fake()
    given = {
        **environment(tmp_path, workspace),
        "TF_CLI_ARGS_get": "-update",
        "TF_DATA_DIR": "/tmp/elsewhere",
        "TF_TOKEN_example_com": "own",
        "TF_CLI_CONFIG_FILE": str(workspace / ".terraformrc"),
        "HOME": str(workspace),
        "LD_PRELOAD": "x.so",
        "GIT_DIR": "/tmp/other",
        "GIT_ASKPASS": "/usr/bin/ask",
        "GIT_CONFIG_GLOBAL": str(workspace / "gitconfig"),
    }
    run.lint(given, COMMAND)
    got = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines() if "=" in line)
    assert "hunter" not in str(got)
    kept = {"TF_TOKEN_example_com", "GIT_ASKPASS", "PATH", "GIT_ALLOW_PROTOCOL", "GIT_CONFIG_COUNT"}
    assert kept <= set(got)
    left = {
        "TF_CLI_ARGS_get",
        "TF_DATA_DIR",
        "TF_CLI_CONFIG_FILE",
        "HOME",
        "LD_PRELOAD",
        "GIT_DIR",
        "GIT_CONFIG_GLOBAL",
    }
    assert left.isdisjoint(got)
    assert not {name for name in got if name.startswith(("GITHUB_", "INPUT_"))}
    assert (got["GIT_ALLOW_PROTOCOL"], got["GIT_TERMINAL_PROMPT"]) == ("https:ssh", "0")


def test_configuration_outside_of_the_workspace_is_the_users(tmp_path: Path, workspace: Path) -> None:
    home = {"HOME": str(tmp_path), "TF_CLI_CONFIG_FILE": str(tmp_path / "terraformrc")}
    got = modules.surroundings(home, workspace)
    assert (got["HOME"], got["TF_CLI_CONFIG_FILE"]) == (home["HOME"], home["TF_CLI_CONFIG_FILE"])
    (tmp_path / "inside").symlink_to(workspace)
    assert "HOME" not in modules.surroundings({"HOME": str(tmp_path / "inside")}, workspace)
    assert "HOME" not in modules.surroundings({"HOME": "."}, workspace)


@pytest.mark.parametrize(("own", "number"), [({}, 0), ({"GIT_CONFIG_COUNT": "x"}, 0), ({"GIT_CONFIG_COUNT": "1"}, 1)])
def test_git_runs_no_hook_for_it(own: dict[str, str], number: int) -> None:
    rewriting = {"GIT_CONFIG_KEY_0": "url.https://token@git.acme.dev/.insteadOf", "GIT_CONFIG_VALUE_0": "ssh://"}
    got = settings_for_others({**own, **rewriting})
    settings = {
        got[f"GIT_CONFIG_KEY_{at}"]: got[f"GIT_CONFIG_VALUE_{at}"] for at in range(int(got["GIT_CONFIG_COUNT"]))
    }
    assert settings["core.hooksPath"] == os.devnull
    assert settings["core.fsmonitor"] == "false"
    assert (rewriting["GIT_CONFIG_KEY_0"] in settings) == bool(number)


def test_without_the_input_nothing_is_run(fake: Fake, tmp_path: Path, workspace: Path) -> None:
    notes = fake()
    for wish in ("", "false"):
        assert run.lint(environment(tmp_path, workspace, MODULES=wish), COMMAND) == 0
    assert not notes.exists()


def test_where_all_modules_are_here_nothing_is_run(fake: Fake, tmp_path: Path, workspace: Path) -> None:
    notes = fake()
    assert run.lint(environment(tmp_path, workspace), COMMAND) == 1
    assert run.lint(environment(tmp_path, workspace), COMMAND) == 1
    assert notes.read_text().count("get") == 1


def test_what_is_of_opentofu_is_downloaded_by_it(fake: Fake, tmp_path: Path, workspace: Path) -> None:
    notes, others = fake(name="tofu"), fake()
    (workspace / "live" / "main.tf").rename(workspace / "live" / "main.tofu")
    assert run.lint(environment(tmp_path, workspace), COMMAND) == 1
    assert (notes.exists(), others.exists()) == (True, False)


FAILS = """\
echo '::set-env name=PATH::/tmp' >&2
printf 'Error: could not fetch https://token@git.acme.dev/x \\033[31m%s\\n' '::error::x' >&2
echo '  password of a file' >&2
exit 3
"""


def test_what_can_not_be_downloaded_is_a_notice(
    fake: Fake, tmp_path: Path, workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    fake(FAILS)
    assert run.lint(environment(tmp_path, workspace), COMMAND) == 0
    [line, *rest] = capfd.readouterr().out.splitlines()
    assert line == (
        "::notice title=awslint-memo::live: its modules are not downloaded: terraform get ended with 3: "
        "could not fetch https://git.acme.dev/x ::error::x (of programs that fetch it finds git and ssh, and no hg)"
    )
    assert not [one for one in rest if "set-env" in one or "password" in one]
    assert "note: live/main.tf:2: 1 of 1 module call not read" in "\n".join(rest)


def test_what_is_required_fails(fake: Fake, tmp_path: Path, workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    fake(FAILS)
    with pytest.raises(run.Refused, match="live: its modules are not downloaded"):
        run.lint(environment(tmp_path, workspace, MODULES="required"), COMMAND)
    with pytest.raises(run.Refused, match="modules is yes, which is none of true, false and required"):
        run.lint(environment(tmp_path, workspace, MODULES="yes"), COMMAND)


def test_a_program_that_is_not_installed_is_told(
    tmp_path: Path, workspace: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = fake(folder=workspace / "bin")
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("PATH", f"{workspace / 'bin'}:bin:{tmp_path}")
    [told] = modules.download(workspace, workspace, ["live"], {})
    assert told.startswith("terraform and tofu are not installed; add hashicorp/setup-terraform")
    assert not notes.exists()


@pytest.mark.parametrize("made", ["committed", "link", "link of modules", "link of root"])
def test_nothing_is_written_where_the_repository_has_something(
    fake: Fake, tmp_path: Path, workspace: Path, made: str
) -> None:
    notes = fake()
    outside, live = tmp_path / "outside", workspace / "live"
    write(outside, {"main.tf": CALL})
    if made == "committed":
        write(live, {".terraform/modules/x/main.tf": ""})
    elif made == "link":
        (live / ".terraform").symlink_to(outside)
    elif made == "link of modules":
        (live / ".terraform").mkdir()
        (live / ".terraform" / "modules").symlink_to(outside / "nowhere")
    else:
        (workspace / "far").symlink_to(outside)
    [told] = modules.download(workspace, workspace, ["far" if made == "link of root" else "live"], dict(os.environ))
    wanted = "leads out of the workspace" if made == "link of root" else "already"
    assert wanted in told
    assert not notes.exists()


def test_roots_are_bounded(fake: Fake, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = fake()
    monkeypatch.setattr(modules, "MOST", 1)
    told = list(modules.download(workspace, workspace, ["live", "a", "b"], dict(os.environ)))
    assert told == ["the modules of 2 more roots are not downloaded, 1 are at most; name fewer paths"]
    assert notes.read_text().count("get") == 1


def test_a_program_that_does_not_end_is_stopped(fake: Fake, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake("exec sleep 60")
    monkeypatch.setattr(modules, "SECONDS", 0.2)
    assert list(modules.download(workspace, workspace, ["live"], dict(os.environ))) == [
        "live: its modules are not downloaded: terraform get did not end in 0.2 s"
    ]


def installed(folder: Path, name: str, script: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_no_program_is_found_that_fetches_in_another_way(
    fake: Fake, tmp_path: Path, workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Terraform's getter `hg::` runs Mercurial, and that the hooks of a repository in the workspace which it clones."""
    ran = tmp_path / "ran"
    for name in ("hg", "svn", "git-remote-codecommit"):
        installed(tmp_path / "bin", name, f"touch {ran}")
    installed(tmp_path / "bin", "git-credential-own", "true")
    installed(workspace / "bin", "git-credential-theirs", f"touch {ran}")
    clones = f"( . {tmp_path}/path; for one in hg svn git-remote-codecommit git-credential-theirs; do $one; done; "
    clones += f"git --version > {tmp_path}/git && git-credential-own && echo own >> {tmp_path}/git )\n"
    clones += "echo 'Error: Failed to download module' >&2; exit 1"
    fake(f"grep ^PATH= {tmp_path}/env > {tmp_path}/path; echo export PATH >> {tmp_path}/path\n{clones}")
    assert run.lint(environment(tmp_path, workspace), COMMAND) == 0
    assert not ran.exists()
    assert [line.split()[0] for line in (tmp_path / "git").read_text().splitlines()] == ["git", "own"]
    assert "module (of programs that fetch it finds git and ssh, and no hg)\n" in capfd.readouterr().out


@pytest.mark.parametrize("source", ["file:///srv/x", "/srv/x", "FILE:///srv/x", "C:\\\\srv"])
def test_a_folder_of_the_machine_is_no_module(fake: Fake, workspace: Path, source: str) -> None:
    """Terraform copies it into the workspace where two calls name it."""
    fake(GET.replace("acme/db/aws", source))
    assert list(modules.download(workspace, workspace, ["live"], dict(os.environ))) == [
        f"live: its modules are not downloaded: {source.replace(chr(92) * 2, chr(92))} names a folder of this machine, "
        "which may be outside of the workspace"
    ]
    assert not (workspace / "live" / ".terraform" / "modules").exists()


@needs_git
def test_submodules_of_modules_are_cloned(fake: Fake, tmp_path: Path, workspace: Path) -> None:
    """Git's scripts find what they consist of."""
    inner, outer = Repository.made(tmp_path / "inner"), Repository.made(tmp_path / "outer")
    inner.commit({"main.tf": DATABASE})
    outer.commit({"other.tf": ""})
    outer.git("submodule", "--quiet", "add", str(inner.path), "inner")
    outer.commit()
    clone = f"( . {tmp_path}/path; export GIT_ALLOW_PROTOCOL=file; git clone -q {outer.path} .terraform/modules/db; "
    clone += "cd .terraform/modules/db && git submodule --quiet update --init --recursive )\n"
    fake(f"grep ^PATH= {tmp_path}/env > {tmp_path}/path; echo export PATH >> {tmp_path}/path\n{clone}")
    assert list(modules.download(workspace, workspace, ["live"], dict(os.environ))) == []
    assert (workspace / "live/.terraform/modules/db/inner/main.tf").is_file()


def test_what_lies_outside_of_the_root_is_not_read(fake: Fake, tmp_path: Path, workspace: Path) -> None:
    write(tmp_path / "far", {"main.tf": DATABASE})
    fake(
        GET.replace(
            "mkdir -p .terraform/modules/db",
            f"mkdir -p .terraform/modules; ln -s {tmp_path / 'far'} .terraform/modules/db",
        )
    )
    assert run.lint(environment(tmp_path, workspace), COMMAND) == 0
