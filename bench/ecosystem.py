"""What a change does to the findings of public repositories: two revisions of this one, side by side.

`python -m bench.ecosystem main HEAD` lints each repository of ecosystem.csv at its pinned commit with both revisions,
and prints a table. Repositories are fetched from GitHub by git, one commit of each, into a cache; `--mirrors DIR` takes
them from git repositories there (`OWNER+NAME/repo`) instead. Nothing of them is run.
"""

from __future__ import annotations

import argparse
import csv
import fnmatch
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench.ecosystem_table import SAMPLES, table

ROOT = Path(__file__).resolve().parents[1]
PINNED = Path(__file__).with_suffix(".csv")
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "awslint-memo-ecosystem"

LONGEST = 300
"""Seconds that one run may take."""

WORK_TREE = "."
"""The revision that stands for the files of now."""

_SAFE = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_LFS_SKIP_SMUDGE": "1",
}
"""The environment of git, which then runs no filter, no hook and no helper of anybody's configuration."""

_LINT = "import sys; sys.path.insert(0, sys.argv.pop(1)); from awslint_memo.__main__ import run; run()"
"""Runs the code in a folder. `python -m` would look for modules in the working folder first, which is a stranger's."""


@dataclass(frozen=True)
class Pinned:
    """A public repository at one commit."""

    repository: str
    commit: str

    @property
    def name(self) -> str:
        """Its name as one folder."""
        return self.repository.replace("/", "+")


@dataclass(frozen=True)
class Judged:
    """What one revision says of one repository: its findings, what it could not read, and why it gave no report."""

    findings: Sequence[Mapping[str, Any]] = ()
    errors: Sequence[str] = ()
    failure: str = ""


def pinned(pattern: str = "*") -> list[Pinned]:
    """The repositories of the data file whose owner/name matches a pattern."""
    with PINNED.open(encoding="utf-8", newline="") as file:
        every = [Pinned(row["repository"], row["commit"]) for row in csv.DictReader(file)]
    return [each for each in every if fnmatch.fnmatch(each.repository, pattern)]


def git(folder: Path, *words: str) -> None:
    """Run git in a repository. Raises CalledProcessError if it fails."""
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, env={**os.environ, **_SAFE})


def fetched(each: Pinned, cache: Path, address: str) -> Path:
    """The folder of a bare repository that has the commit, and nothing before it. address: where it is fetched from."""
    folder = cache / each.name
    if not folder.is_dir():
        folder.mkdir(parents=True)
        git(folder, "init", "-q", "--bare", "--template=")
    try:
        git(folder, "cat-file", "-e", f"{each.commit}^{{commit}}")
    except subprocess.CalledProcessError:
        git(folder, "fetch", "-q", "--depth=1", "--no-tags", address, each.commit)
    return folder


def unpacked(repository: Path, commit: str, folder: Path) -> None:
    """Write the files of a commit to a folder; links that lead out of it are left out."""
    with tempfile.TemporaryFile() as file:
        command = ["git", "-C", str(repository), "archive", "--format=tar", commit]
        subprocess.run(command, check=True, stdout=file, stderr=subprocess.DEVNULL, env={**os.environ, **_SAFE})
        file.seek(0)
        with tarfile.open(fileobj=file) as archive:
            archive.extractall(folder, filter=_inside)


def _inside(member: tarfile.TarInfo, folder: str) -> tarfile.TarInfo | None:
    """What of an archive is written: no device, and no link that leads out."""
    try:
        return tarfile.data_filter(member, folder)
    except tarfile.FilterError:
        return None


def judged(code: Path, folder: Path) -> Judged:
    """What the code of a revision says of the files in a folder, advice included."""
    command = [sys.executable, "-I", "-c", _LINT, str(code / "src")]
    command += ["lint", "--advice", "--format", "json", "--root", "."]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=LONGEST, check=False)
        report = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        return Judged(failure=f"took more than {LONGEST} s")
    except ValueError:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        return Judged(failure=f"no report: {''.join(last)}")
    findings = [single for finding in report["findings"] for single in _singles(finding)]
    return Judged(findings, [f"{error['path']}: {error['message']}" for error in report["errors"]])


def _singles(finding: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A finding, or those that are joined to it, with what is compared and shown."""
    names = ("rule", "level", "message", "path", "line", "resource", "fingerprint")
    return [{name: {**finding, **each}[name] for name in names} for each in finding.get("each", [finding])]


def both(each: Pinned, codes: Sequence[Path], source: Path, scratch: Path) -> dict[str, Any]:
    """What two revisions say of a repository."""
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        unpacked(source, each.commit, Path(name))
        before, after = (judged(code, Path(name)) for code in codes)
    return {**asdict(each), "before": asdict(before), "after": asdict(after)}


def compared(
    revisions: Sequence[str], repositories: Sequence[Pinned], asked: argparse.Namespace
) -> list[dict[str, Any]]:
    """What two revisions say of each repository. One that can't be had has a failure on both sides."""
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        codes = [_code(revision, scratch / str(number)) for number, revision in enumerate(revisions)]

        def judge(each: Pinned) -> dict[str, Any]:
            try:
                local = asked.mirrors and Path(asked.mirrors, each.name, "repo")
                source = local or fetched(each, asked.cache, f"https://github.com/{each.repository}")
                return both(each, codes, source, scratch)
            except (subprocess.CalledProcessError, OSError) as error:
                failure = asdict(Judged(failure=f"could not be had: {type(error).__name__}"))
                return {**asdict(each), "before": failure, "after": failure}
            finally:
                print(f"  {each.repository}", file=sys.stderr)

        with ThreadPoolExecutor(asked.processes) as pool:
            return list(pool.map(judge, repositories))


def _code(revision: str, folder: Path) -> Path:
    """The folder with the files of a revision of this repository."""
    if revision == WORK_TREE:
        return ROOT
    folder.mkdir()
    unpacked(ROOT, revision, folder)
    return folder


def main(words: Sequence[str] | None = None) -> None:
    """Compare two revisions."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", help="a revision of this repository")
    parser.add_argument("after", nargs="?", default=WORK_TREE, help="another one; by default the files of now")
    parser.add_argument("--mirrors", metavar="DIR", help="take the repositories from here")
    parser.add_argument("--cache", metavar="DIR", type=Path, default=CACHE, help="keep what is fetched here")
    parser.add_argument("--only", metavar="PATTERN", default="*", help="repositories whose owner/name matches")
    parser.add_argument("--processes", metavar="N", type=int, default=os.cpu_count() or 1, help="runs at once")
    parser.add_argument(
        "--samples", metavar="N", type=int, default=SAMPLES, help="findings that are shown of each rule"
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="write what differs, for bench/ecosystem_table.py")
    asked = parser.parse_args(words)
    results = compared((asked.before, asked.after), pinned(asked.only), asked)
    if asked.json is not None:
        asked.json.write_text(json.dumps(results), encoding="utf-8")
    print(table(results, asked.samples), end="")


if __name__ == "__main__":
    main()
