"""Makes the executable of this system, for who has no Python: an archive with the program and all that it needs.

Usage: python -m bench.executable FOLDER            writes the archive there; pygls and PyInstaller must be installed
       python -m bench.executable --times ARCHIVE   compares it with the program that is installed beside this Python

The modules are compiled for the times that their files have in the archive, so that no start compiles any.
"""

from __future__ import annotations

import compileall
import gzip
import importlib.metadata
import os
import platform
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SPECIFICATION = ROOT / "packaging" / "executable" / "awslint-memo.spec"

_TIME = 1_577_836_800
"""Of all files in the archive: 2020, in seconds."""

_SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
_MACHINES = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}


def name() -> str:
    """The name of the archive of this system, without its ending."""
    machine = _MACHINES[platform.machine().lower()]
    return f"awslint-memo-{importlib.metadata.version('awslint-memo')}-{_SYSTEMS[sys.platform]}-{machine}"


def build(folder: Path) -> Path:
    """Pack the program; gives its folder."""
    words = ["--noconfirm", "--log-level", "WARN", "--distpath", str(folder), "--workpath", str(folder / "work")]
    subprocess.run([sys.executable, "-m", "PyInstaller", *words, str(SPECIFICATION)], cwd=ROOT, check=True)
    program = folder / "awslint-memo"
    package = program / "_internal" / "awslint_memo"
    for path in program.rglob("*"):
        if not path.is_symlink():
            os.utime(path, (_TIME, _TIME))
    if not compileall.compile_dir(package, quiet=1, force=True, stripdir=str(package.parent)):
        raise SystemExit("the modules could not be compiled")
    return program


def archive(program: Path, path: Path) -> None:
    """Write the folder of a program as an archive, the same bytes for the same files."""

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = _TIME
        entry.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
        return entry

    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=_TIME) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        tar.add(program, "awslint-memo", recursive=False, filter=plain)
        for entry in sorted(program.rglob("*")):
            tar.add(entry, f"awslint-memo/{entry.relative_to(program).as_posix()}", recursive=False, filter=plain)


def tried(path: Path) -> str:
    """What an archive's program says of a fixture that it should find something in, from another folder. Raises
    SystemExit if it does not."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(path) as tar:
            tar.extractall(folder, filter="data")
        program = Path(folder, "awslint-memo", "awslint-memo.exe" if os.name == "nt" else "awslint-memo")
        words = [str(program), "lint", "template.yaml"]
        given = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        done = subprocess.run(words, cwd=_FIXTURE, capture_output=True, check=False, env=given)
        if done.returncode != 1 or b"error[sqs-visibility-below-processing-time]" not in done.stdout:
            raise SystemExit(f"{path} ends with {done.returncode}: {done.stdout!r} {done.stderr!r}")
        return done.stdout.decode().splitlines()[-1]


_FIXTURE = ROOT / "fixtures" / "queue"
_MOST = 1.4
"""How many times the processor time of the installed program `lint` may take."""


def times(path: Path) -> int:
    """Print how many times the processor time of the installed program an archive's takes; gives the exit code."""
    from bench.processes import compared

    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(path) as tar:
            tar.extractall(folder, filter="data")
        programs = {
            "installed": str(Path(sys.executable).with_name("awslint-memo")),
            "packed": str(Path(folder, "awslint-memo", "awslint-memo")),
        }
        ratios = {}
        for words in (["--version"], ["lint", "template.yaml"]):
            commands = {which: [program, *words] for which, program in programs.items()}
            taken = compared(commands, 25, folder=str(_FIXTURE))
            ratios[words[0]] = taken["packed"].cpu / taken["installed"].cpu
            print(f"{words[0]}: {taken['packed'].cpu * 1000:.0f} ms, {ratios[words[0]]:.2f} times as long as installed")
    return int(ratios["lint"] > _MOST)


def main(words: Sequence[str]) -> int:
    """Make the archive and try it, or measure it; gives the exit code."""
    if len(words) == 2 and words[0] == "--times":
        return times(Path(words[1]))
    if len(words) != 1 or words[0].startswith("-"):
        print(__doc__)
        return 2
    to = Path(words[0]).resolve()
    to.mkdir(parents=True, exist_ok=True)
    path = to / f"{name()}.tar.gz"
    with tempfile.TemporaryDirectory() as folder:
        archive(build(Path(folder)), path)
    print(f"{path}: {path.stat().st_size / 1e6:.0f} MB; {tried(path)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
