"""The two steps of the GitHub Action: `install` makes a virtual environment, `lint` runs awslint-memo in it.

Everything comes from the environment, as GitHub gives it, so that the steps can be run anywhere with a made-up event.
Only the standard library is used, and what asks git here. Nothing of the repository is run, and inputs reach programs
as arguments, never a shell.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from awslint_memo.files.git import Git

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "action" / "requirements.txt"
OLDEST = (3, 10)

_VERSION = re.compile(r"\d[0-9A-Za-z.+-]*")
_REPOSITORY = re.compile(r'^Repository = "(https://github\.com/[^/"]+/awslint-memo)"$', re.M)
_SHA = re.compile(r"[0-9a-f]{40,64}")
_DEPTHS = (50, 500, 5_000)
"""How many commits more are fetched each time, until the one is found at which a branch left the base."""


class Refused(Exception):
    """What can't be done, as a sentence."""


def main(step: str, environment: Mapping[str, str] = os.environ) -> int:
    """Run a step; gives the exit code, 2 with an error in the log for what can't be done."""
    try:
        if sys.version_info < OLDEST:
            raise Refused("awslint-memo needs Python 3.10 or newer; add actions/setup-python before this step")
        if step == "install":
            return install(environment)
        return lint(environment, [str(program(environment, "awslint-memo"))])
    except (Refused, OSError) as error:
        print(f"::error title=awslint-memo::{_escaped(str(error))}")
        return 2


def folder(environment: Mapping[str, str]) -> Path:
    """The virtual environment of a version; a job may have several."""
    version = environment.get("INPUT_VERSION", "").strip()
    if version and not _VERSION.fullmatch(version):
        raise Refused(
            f"version is {version}, which is no version of a release; write one such as 0.2.0, or leave it out"
        )
    return _temporary(environment) / f"awslint-memo-{version or 'action'}"


def _temporary(environment: Mapping[str, str]) -> Path:
    if not environment.get("RUNNER_TEMP"):
        raise Refused("RUNNER_TEMP names no folder; outside of GitHub, set it to one for temporary files")
    return Path(environment["RUNNER_TEMP"])


def program(environment: Mapping[str, str], name: str) -> Path:
    """A program in the virtual environment."""
    bin_, ending = ("Scripts", ".exe") if os.name == "nt" else ("bin", "")
    return folder(environment) / bin_ / f"{name}{ending}"


def install(environment: Mapping[str, str]) -> int:
    """Install awslint-memo: the code beside this file with pinned libraries, or a release."""
    if program(environment, "awslint-memo").exists():
        return 0
    for command in installation(environment):
        done = subprocess.run(command, check=False)
        if done.returncode:
            raise Refused(f"awslint-memo could not be installed: {shlex.join(command)} ended with {done.returncode}")
    return 0


def installation(environment: Mapping[str, str]) -> list[list[str]]:
    """The commands that install it. Of libraries only files with a known hash are taken."""
    pip = [str(program(environment, "python")), "-I", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    version = environment.get("INPUT_VERSION", "").strip()
    return [
        [sys.executable, "-I", "-m", "venv", str(folder(environment))],
        [*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", str(REQUIREMENTS)],
        [*pip, release(version)] if version else [*pip, "--no-deps", "--no-build-isolation", str(ROOT)],
    ]


def release(version: str) -> str:
    """Where the wheel of a release is: at this repository, since on an index the name may be a stranger's."""
    repository = _REPOSITORY.search((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if repository is None or "/OWNER/" in repository[1]:
        raise Refused("version names a release, but this copy doesn't tell whose; leave it out, and pin the Action")
    return f"{repository[1]}/releases/download/v{version}/awslint_memo-{version}-py3-none-any.whl"


def lint(environment: Mapping[str, str], command: Sequence[str]) -> int:
    """Lint as the inputs say; gives the exit code of awslint-memo. command: how it is started."""
    here = Path(environment.get("GITHUB_WORKSPACE", "."), environment.get("INPUT_WORKING_DIRECTORY") or ".")
    if not here.is_dir():
        raise Refused(f"working-directory: there is no folder {here}")
    workspace = Path(environment.get("GITHUB_WORKSPACE", ".")).resolve()
    if not here.resolve().is_relative_to(workspace):
        raise Refused(f"working-directory: {here} leads out of {workspace}")
    temporary = _temporary(environment)
    sarif = Path(environment.get("INPUT_SARIF") or temporary / "awslint-memo.sarif")
    report = temporary / "awslint-memo.json"
    if (here / sarif).is_dir():
        raise Refused(f"sarif names the folder {sarif}; name a file")
    _check_written(environment, here / sarif)
    for path in (here / sarif, report):
        path.unlink(missing_ok=True)  # of an earlier step
    fetch_modules(environment, command, here, workspace)
    outputs = ["--format", "text", "--format", "github", "--format", "sarif", "--output", str(sarif)]
    outputs += ["--format", "json", "--output", str(report)]
    done = subprocess.run([*command, "lint", *outputs, *arguments(environment, here)], cwd=here, check=False)
    tell(environment, {"exit-code": done.returncode, **counts(report), **found(sarif=here / sarif, report=report)})
    return done.returncode


def fetch_modules(environment: Mapping[str, str], command: Sequence[str], here: Path, workspace: Path) -> None:
    """Download the modules of Terraform that are called and not here, if that is asked for. Raises Refused for a wrong
    input, and for what is not downloaded where all are required."""
    wish = environment.get("INPUT_MODULES", "").strip().lower()
    if wish not in ("true", "required"):
        if wish not in ("", "false"):
            raise Refused(f"modules is {wish}, which is none of true, false and required")
        return
    for path in (str(ROOT), str(ROOT / "src")):
        if path not in sys.path:
            sys.path.insert(0, path)
    from action import modules

    report = _temporary(environment) / "awslint-memo-modules.json"
    report.unlink(missing_ok=True)
    options = ["--format=json", f"--output={report}", "--fail-on=never", *_named(environment, "config")]
    words_of_paths = ["--", *words(environment, "PATHS")]
    subprocess.run([*command, "lint", *options, *words_of_paths], cwd=here, stdout=subprocess.DEVNULL, check=False)
    roots = modules.unread_roots(report) if report.is_file() else []
    failures = list(modules.download(here, workspace, roots, environment)) if roots else []
    for failure in failures if wish == "true" else failures[:-1]:
        print(f"::notice title=awslint-memo::{_escaped(failure)}", flush=True)
    if failures and wish == "required":
        raise Refused(failures[-1])


def arguments(environment: Mapping[str, str], here: Path) -> list[str]:
    """The paths and options that the inputs are."""
    given: list[str] = []
    for name in ("config", "fail-on"):
        given += _named(environment, name)
    revision = against(environment, here)
    given += [f"--against={revision}"] if revision else []
    return [*given, *words(environment, "ARGS"), "--", *words(environment, "PATHS")]


def _named(environment: Mapping[str, str], name: str) -> list[str]:
    """An input as an option of the same name, if it is given."""
    value = environment.get(f"INPUT_{name.upper().replace('-', '_')}", "").strip()
    return [f"--{name}={value}"] if value else []


def words(environment: Mapping[str, str], name: str) -> list[str]:
    """An input that has several words."""
    try:
        return shlex.split(environment.get(f"INPUT_{name}", ""))
    except ValueError as error:
        raise Refused(f"{name.lower()} can't be read: {str(error).lower()}; close each quotation mark") from error


def against(environment: Mapping[str, str], here: Path) -> str | None:
    """What to compare with; None for nothing. The commit is fetched if a shallow clone lacks it."""
    wish = environment.get("INPUT_AGAINST", "auto").strip()
    if wish != "auto":
        return None if wish in ("", "none") else wish
    event = _event(environment)
    group, request = _member(event, "merge_group"), _member(event, "pull_request")
    if group:
        return _fetched(_sha(group.get("base_sha")), _git(here))
    if not request:
        return None
    base, head = (_sha(_member(request, side).get("sha")) for side in ("base", "head"))
    git = _git(here)
    parents = re.findall(
        r"^parent (\S+)$", _asked(git, "cat-file", "commit", "HEAD").partition("\n\n")[0], re.MULTILINE
    )
    if len(parents) == 2 and parents[1] == head:
        # GitHub's merge of the request into its base, so the first parent differs from it by the request alone.
        return _fetched(parents[0], git)
    return _left(_fetched(base, git), git)


def _check_written(environment: Mapping[str, str], path: Path) -> None:
    """Raise Refused if a link of the workspace leads a file that is written, and removed before, out of it."""
    workspace = Path(environment.get("GITHUB_WORKSPACE", ".")).resolve()
    named = Path(os.path.abspath(path))
    is_here = named.is_relative_to(workspace) or named.is_relative_to(environment.get("GITHUB_WORKSPACE", "."))
    if is_here and not path.resolve().is_relative_to(workspace):
        raise Refused(f"sarif: {path} leads out of {workspace} by a symbolic link; name another file")


def _left(base: str, git: Git) -> str:
    """The commit at which what is checked out left the base."""
    for depth in (*_DEPTHS, 0):
        found = _tried(git, "merge-base", base, "HEAD").strip()
        if found or not depth:
            break
        head = _asked(git, "rev-parse", "HEAD").strip()
        _fetch(git, f"--deepen={depth}", "origin", base, head)
    if not found:
        raise Refused(f"it is not known where this branch left {base}; set fetch-depth: 0 for actions/checkout")
    return found


def _fetched(revision: str, git: Git) -> str:
    """A commit, once it is here."""
    kind = ("cat-file", "-t", f"{revision}^{{commit}}")
    if not _tried(git, *kind):
        _fetch(git, "--depth=1", "origin", revision)
        if not _tried(git, *kind):
            raise Refused(
                f"the base {revision} is not in this clone and could not be fetched; set fetch-depth: 0 for "
                "actions/checkout, or against: none to report what was there before too"
            )
    return revision


def _git(here: Path) -> Git:
    """Git for the repository that has a folder, asked as awslint-memo itself asks it: by the code beside this file."""
    source = str(ROOT / "src")
    if source not in sys.path:
        sys.path.insert(0, source)
    from awslint_memo.files.git import Git

    place = here.resolve()
    top = next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), None)
    if top is None:
        raise Refused(f"{here} is in no repository of git, so there is no base; against: none does without it")
    try:
        return Git(str(top))
    except LookupError as error:
        raise Refused("git is not installed; against: none does without it") from error


def _asked(git: Git, *words: str) -> str:
    """What git answers."""
    from awslint_memo.files.git import NoAnswerError

    try:
        return git.ask(*words).decode("utf-8", "replace")
    except NoAnswerError as error:
        raise Refused(f"git {words[0]} failed: {error}; against: none does without it") from error


def _tried(git: Git, *words: str) -> str:
    """What git answers; nothing if it fails."""
    try:
        return _asked(git, *words)
    except Refused:
        return ""


def _fetch(git: Git, *words: str) -> None:
    """Fetch something; whether it came is seen afterwards."""
    from awslint_memo.files.git import NoAnswerError

    with suppress(NoAnswerError):
        git.fetch(*words)


def _event(environment: Mapping[str, str]) -> Mapping[str, Any]:
    path = environment.get("GITHUB_EVENT_PATH", "")
    if not path:
        return {}
    try:
        event = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Refused(f"the event can't be read: {error}; against: none does without it") from error
    return event if isinstance(event, dict) else {}


def _member(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = of.get(name)
    return found if isinstance(found, dict) else {}


def _sha(value: object) -> str:
    if not isinstance(value, str) or not _SHA.fullmatch(value):
        raise Refused("the event names no commit of its base; set against to a revision, or to none")
    return value


def counts(report: Path) -> dict[str, int]:
    """The numbers of findings in the JSON report; none if there is no report."""
    try:
        data = json.loads(report.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    compared = data.get("against")
    new = {} if compared is None else {"new": len(compared["new"]) + len(compared["graver"])}
    return {"findings": data["summary"]["findings"], **new}


def found(**paths: Path) -> dict[str, str]:
    """The paths of those files that were written."""
    return {name: str(path) for name, path in paths.items() if path.is_file()}


def tell(environment: Mapping[str, str], outputs: Mapping[str, object]) -> None:
    """Set the outputs of the step."""
    path = environment.get("GITHUB_OUTPUT")
    if path:
        with open(path, "a", encoding="utf-8") as file:
            for name, value in outputs.items():
                # A path with a line feed would set other outputs.
                file.write(f"{name}={str(value).splitlines()[0]}\n")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


if __name__ == "__main__":
    if sys.argv[1:] not in (["install"], ["lint"]):
        raise SystemExit("usage: run.py install|lint")
    raise SystemExit(main(sys.argv[1]))
