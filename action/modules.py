"""Downloads modules of Terraform for the GitHub Action before they are checked, by `terraform get` or `tofu get`.

What is fetched is named in the repository, perhaps by a stranger's pull request. So the program gets an environment
without secrets of the job, git fetches by HTTPS and SSH alone and runs no hook, what configures either of them lies
outside of the workspace, and nothing is written where the repository has something already. What a downloaded module
has is only read, within the bounds of each run.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

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
}

_UNPRINTABLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x1f\x7f-\x9f]")
_USER = re.compile(r"//[^/@\s]+@")
_LONGEST = 200


class Failure(Exception):
    """Why the modules of a root are not here, as a sentence."""


def download(here: Path, workspace: Path, roots: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    """Download the modules of roots, folders below `here`; gives a sentence for each of which they are not there."""
    programs = {name: found for name in ("terraform", "tofu") if (found := installed(name, workspace))}
    if not programs:
        yield "terraform and tofu are not installed; add hashicorp/setup-terraform or opentofu/setup-opentofu before"
        return
    given = surroundings(environment, workspace)
    for folder in roots[:MOST]:
        name = "tofu" if any((here / folder).glob("*.tofu")) else "terraform"
        program = programs.get(name) or next(iter(programs.values()))
        try:
            _get(program, here / folder, workspace, given)
        except Failure as failure:
            yield f"{folder}: its modules are not downloaded: {failure}"
    if len(roots) > MOST:
        yield f"the modules of {len(roots) - MOST} more roots are not downloaded, {MOST} are at most; name fewer paths"


def installed(name: str, workspace: Path) -> str | None:
    """The path of a program that is not the repository's; None if there is none."""
    from awslint_memo.files.process import program

    for folder in filter(os.path.isabs, os.environ.get("PATH", os.defpath).split(os.pathsep)):
        found = program(name, folder)
        if found is not None and not _is_inside(found, workspace):
            return found
    return None


def surroundings(environment: Mapping[str, str], workspace: Path) -> dict[str, str]:
    """The environment of the program. environment: that of the step."""
    from awslint_memo.files.git import settings_for_others

    kept = {name: value for name, value in environment.items() if _KEPT.fullmatch(name)}
    kept |= settings_for_others(environment)
    for name in _PLACES:
        value = environment.get(name, "")
        if value and os.path.isabs(value) and not _is_inside(value, workspace):
            kept[name] = value
        else:
            kept.pop(name, None)
    folders = filter(os.path.isabs, environment.get("PATH", os.defpath).split(os.pathsep))
    kept["PATH"] = os.pathsep.join(folder for folder in folders if not _is_inside(folder, workspace))
    return {**kept, **_FIXED}


def _get(program: str, folder: Path, workspace: Path, environment: Mapping[str, str]) -> None:
    """Download the modules of one root. Raises Failure."""
    if not _is_inside(str(folder), workspace):
        raise Failure("it leads out of the workspace by a symbolic link")
    data = folder / ".terraform"
    if data.is_symlink() or os.path.lexists(data / "modules"):
        raise Failure("it has .terraform/modules, or a link for it, already; remove that, or run the command yourself")
    try:
        done = subprocess.run(
            [program, "get", "-no-color"],
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Failure(f"{Path(program).stem} get did not end in {SECONDS} s") from error
    if done.returncode:
        raise Failure(f"{Path(program).stem} get ended with {done.returncode}: {_summary(done.stderr + done.stdout)}")


def _summary(output: bytes) -> str:
    """The headline of the first error, which has nothing of a file or of a secret."""
    lines = output.decode("utf-8", "replace").splitlines()
    errors = (line.partition("Error: ")[2] for line in lines if "Error: " in line)
    return _USER.sub("//", _UNPRINTABLE.sub("", next(errors, "it gave no reason")))[:_LONGEST]


def unread_roots(report: Path) -> list[str]:
    """The folders of the roots that call modules which are not here, by a JSON report."""
    data = json.loads(report.read_text(encoding="utf-8"))
    parts = data["coverage"]["skipped"]["parts"]
    paths = (part["path"] for part in parts if part["part"].startswith("module "))
    written = (path for path in paths if path.removesuffix(".json").endswith((".tf", ".tofu")))
    return list(dict.fromkeys(os.path.dirname(path) or os.curdir for path in written))


def _is_inside(path: str, workspace: Path) -> bool:
    return Path(path).resolve().is_relative_to(workspace.resolve())
