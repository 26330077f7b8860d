"""Downloads modules of Terraform for the GitHub Action before they are checked, by `terraform get` or `tofu get`.

What is fetched is named in the repository, perhaps by a stranger's pull request. So the program gets an environment
without secrets of the job, git fetches by HTTPS and SSH alone and runs no hook, what configures either of them lies
outside of the workspace, and nothing is written where the repository has something already. It finds git and ssh, and
no program that fetches in another way: Mercurial runs what a repository says that it clones. What a downloaded module
has is only read, within the bounds of each run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

SECONDS = 300
"""How long one root may take."""

MOST = 50
"""How many roots are looked at."""

_KEPT = re.compile(
    r"(?i)(TMPDIR|TE?MP|LANG|SYSTEMROOT|PATHEXT|COMSPEC|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_\w+|SSH_\w+|TF_TOKEN_\w+)"
)
"""What of the environment the program gets besides git's; the tokens of Terraform's registries go to their hosts."""

_PLACES = (
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "XDG_CONFIG_HOME",
    "TF_CLI_CONFIG_FILE",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
)
"""Where the configuration of the program or of git is, which must not be the repository's."""

_FIXED = {
    "CHECKPOINT_DISABLE": "1",
    "TF_IN_AUTOMATION": "1",
    "TF_INPUT": "0",
    # Archives in buckets would be fetched with the credentials that are found, which are the job's.
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
    "GOOGLE_APPLICATION_CREDENTIALS": os.devnull,
}

_OTHERS = ("hg", "hg.exe", "hg.cmd", "hg.bat", "hg.com")
"""Programs that fetch in another way, and run what a repository says."""

_UNPRINTABLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x1f\x7f-\x9f]")
_USER = re.compile(r"//[^/@\s]+@")
_LONGEST = 200
_LOCAL = re.compile(r"(?i)(file:|[a-z]:[\\/]|[\\/~])")


class Failure(Exception):
    """Why the modules of a root are not here, as a sentence."""


def download(here: Path, workspace: Path, roots: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    """Download the modules of roots, folders below `here`; gives a sentence for each of which they are not there."""
    programs = {name: found for name in ("terraform", "tofu") if (found := installed(name, workspace))}
    if not programs:
        yield "terraform and tofu are not installed; add hashicorp/setup-terraform or opentofu/setup-opentofu before"
        return
    with TemporaryDirectory(prefix="awslint-memo-", dir=environment.get("RUNNER_TEMP") or None) as made:
        given = {**surroundings(environment, workspace), "PATH": path_of(Path(made, "bin"), workspace)}
        empty = Path(made, "empty")
        empty.mkdir()
        for folder in roots[:MOST]:
            name = "tofu" if any((here / folder).glob("*.tofu")) else "terraform"
            program = programs.get(name) or next(iter(programs.values()))
            try:
                _get(program, here / folder, workspace, given, empty)
            except Failure as failure:
                yield f"{folder}: its modules are not downloaded: {failure}"
    if len(roots) > MOST:
        yield f"the modules of {len(roots) - MOST} more roots are not downloaded, {MOST} are at most; name fewer paths"


def path_of(folder: Path, workspace: Path) -> str:
    """The PATH in which the program finds git and what that needs, and nothing else: a new folder with links to them.

    On Windows git doesn't start by a link, so it is the folder of git, unless that has a program that fetches as well.
    """
    from awslint_memo.files.git import NEEDED

    if os.name == "nt":
        git = installed(NEEDED[0], workspace)
        own = Path(git).parent if git else folder
        return str(folder if any((own / name).exists() for name in _OTHERS) else own)
    folder.mkdir()
    helpers = {file.name for place in _folders(workspace) for file in Path(place).glob("git-credential-*")}
    for name in (*NEEDED, *sorted(helpers)):
        found = installed(name, workspace)
        if found is not None:
            (folder / name).symlink_to(found)
    return str(folder)


def _folders(workspace: Path) -> list[str]:
    """The folders of PATH that are not the repository's."""
    folders = filter(os.path.isabs, os.environ.get("PATH", os.defpath).split(os.pathsep))
    return [folder for folder in folders if not _is_inside(folder, workspace)]


def installed(name: str, workspace: Path) -> str | None:
    """The path of a program that is not the repository's; None if there is none."""
    from awslint_memo.files.process import program

    for folder in _folders(workspace):
        found = program(name, folder)
        if found is not None and not _is_inside(found, workspace):
            return found
    return None


def surroundings(environment: Mapping[str, str], workspace: Path) -> dict[str, str]:
    """The environment of the program without its PATH. environment: that of the step."""
    from awslint_memo.files.git import settings_for_others

    kept = {name: value for name, value in environment.items() if _KEPT.fullmatch(name)}
    kept |= settings_for_others(environment)
    for name in _PLACES:
        value = environment.get(name, "")
        if value and os.path.isabs(value) and not _is_inside(value, workspace):
            kept[name] = value
        else:
            kept.pop(name, None)
    return {**kept, **_FIXED}


def _get(program: str, folder: Path, workspace: Path, environment: Mapping[str, str], empty: Path) -> None:
    """Download the modules of one root. Raises Failure.

    empty: the folder in which the program is started, since what chooses a version of it may read files there that name
    another program.
    """
    if not _is_inside(str(folder), workspace):
        raise Failure("it leads out of the workspace by a symbolic link")
    data = folder / ".terraform"
    if data.is_symlink() or os.path.lexists(data / "modules"):
        raise Failure("it has .terraform/modules, or a link for it, already; remove that, or run the command yourself")
    try:
        done = subprocess.run(
            [program, f"-chdir={folder.absolute()}", "get", "-no-color"],
            cwd=empty,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Failure(f"{Path(program).stem} get did not end in {SECONDS} s") from error
    if done.returncode:
        said = _summary(done.stderr + done.stdout)
        found = "of programs that fetch it finds git and ssh, and no hg"
        raise Failure(f"{Path(program).stem} get ended with {done.returncode}: {said} ({found})")
    if local := _of_machine(data / "modules"):
        rmtree(data / "modules", ignore_errors=True)
        raise Failure(f"{local} names a folder of this machine, which may be outside of the workspace")


def _of_machine(modules: Path) -> str:
    """The source of a module that is a folder of this machine, which the program may have copied; empty if none is."""
    try:
        listed = json.loads((modules / "modules.json").read_text(encoding="utf-8"))["Modules"]
        sources = [str(module["Source"]) for module in listed]
    except (OSError, ValueError, TypeError, KeyError):
        return ""
    return next((_shown(source) for source in sources if _LOCAL.match(source)), "")


def _summary(output: bytes) -> str:
    """The headline of the first error, which has nothing of a file or of a secret."""
    lines = output.decode("utf-8", "replace").splitlines()
    errors = (line.partition("Error: ")[2] for line in lines if "Error: " in line)
    return _shown(next(errors, "it gave no reason"))


def _shown(text: str) -> str:
    return _USER.sub("//", _UNPRINTABLE.sub("", text))[:_LONGEST]


def unread_roots(report: Path) -> list[str]:
    """The folders of the roots that call modules which are not here, by a JSON report."""
    data = json.loads(report.read_text(encoding="utf-8"))
    parts = data["coverage"]["skipped"]["parts"]
    paths = (part["path"] for part in parts if part["part"].startswith("module "))
    written = (path for path in paths if path.removesuffix(".json").endswith((".tf", ".tofu")))
    return list(dict.fromkeys(os.path.dirname(path) or os.curdir for path in written))


def _is_inside(path: str, workspace: Path) -> bool:
    return Path(path).resolve().is_relative_to(workspace.resolve())
