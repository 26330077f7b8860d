"""Follows a page of documentation as a reader would: writes its files, runs its commands, and fills in what they print.

`<!-- file: NAME -->` above a listing makes it a file, and `<!-- file: NAME` with content on the next lines is a file
that the page does not show. `<!-- folder: NAME -->` says in which folder of the repository the commands run, where that
is no empty one. A listing of the language `console` holds commands, each after `$ `, and what each prints. `pip install
.` in a listing of the language `sh` installs the package that the page has written, for the rest of the page.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from awslint_memo.cli import main as command
from awslint_memo.judging import registry
from awslint_memo.readers.terraform_names import TYPE_MAPS

ROOT = Path(__file__).resolve().parents[1]

STEP = re.compile(
    r"^<!-- file: (?P<hidden>\S+)\n(?P<unseen>.*?)^-->$"
    r"|(?:^<!-- file: (?P<name>\S+) -->\n)?"
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<language>\w*)\n(?P<text>.*?)^(?P=indent)(?P=fence)$",
    re.M | re.S,
)
"""A listing of a page, or a file that it does not show."""

_FOLDER = re.compile(r"^<!-- folder: (\S+) -->$", re.M)
_COMMAND = re.compile(r"^\$ (.*(?:\\\n.*)*)\n", re.M)


def followed(page: str) -> str:
    """A page with what its commands print now."""
    placed = _FOLDER.search(page)

    def step(found: re.Match[str]) -> str:
        name, text = found["hidden"] or found["name"], found["unseen"] or found["text"]
        if name:
            if placed:
                raise ValueError(f"{name}: a page whose commands run in {placed[1]} has no files of its own")
            _write(Path(name), text)
        if (found["language"], text) == ("sh", "pip install .\n"):
            stack.enter_context(_installed())
        if found["language"] != "console":
            return found[0]
        start, end = found.start("text") - found.start(), found.end("text") - found.start()
        return found[0][:start] + "".join(_printed(text)) + found[0][end:]

    with ExitStack() as stack:
        stack.enter_context(_inside(ROOT / placed[1]) if placed else _empty())
        return STEP.sub(step, page)


def _printed(text: str) -> Iterator[str]:
    """The commands of a listing, each with what it prints."""
    commands = _COMMAND.findall(text)
    if not text.startswith("$ ") or not all(one.startswith("awslint-memo ") for one in commands):
        raise ValueError(f"a listing of the language console holds commands awslint-memo; use sh for others: {text}")
    for one in commands:
        result = CliRunner().invoke(command, shlex.split(one)[1:], prog_name="awslint-memo")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        yield f"$ {one}\n{result.output}"


@contextmanager
def _empty() -> Iterator[None]:
    """A new folder that is a repository, for the time of the block; Terraform's words that its rules add go with it."""
    words = dict(TYPE_MAPS)
    with TemporaryDirectory() as folder:
        (Path(folder) / ".git").mkdir()
        try:
            with _inside(Path(folder)):
                yield
        finally:
            TYPE_MAPS.clear()
            TYPE_MAPS.update(words)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    here = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(here)


@contextmanager
def _installed() -> Iterator[None]:
    """What `pip install .` does, without a process of its own: build the wheel, and unpack it where packages are."""
    from hatchling.build import build_wheel

    with TemporaryDirectory() as site:
        name = build_wheel(str(Path(site) / "dist"))
        with zipfile.ZipFile(Path(site) / "dist" / name) as wheel:
            wheel.extractall(site)
        sys.path.insert(0, site)
        registry.rules.cache_clear()
        try:
            yield
        finally:
            sys.path.remove(site)
            registry.rules.cache_clear()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
