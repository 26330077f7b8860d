"""Compares what whole processes cost with AWS's cloudformation-validate and with cfn-lint, as ratios in one run.

usage: python -m bench.speed [FOLDER ...] [--runs N] [--venvs DIR] [--cores N]

Installs this checkout and both tools from the package index, each into an environment of its own below --venvs (kept if
it is named). Rows with 200 and 1,900 templates are made of those that FOLDERs contain: every n-th of all if there are
more, and copies under other names if there are fewer. They are left out without FOLDERs.
Prints a Markdown table, with how time and memory grow behind it (--growth). All run on one core, unless --cores says
otherwise: processor time is that of all processes together, and two that work at once take more of it for the same
work, as they share caches and memory. Seconds of different machines are not comparable,
ratios are. cloudformation-validate is run with its fastest engine that has all of its rules.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench import growth, inputs
from bench.processes import Cost, compared

ROOT = Path(__file__).resolve().parents[1]
SMALL = ROOT / "fixtures" / "orders" / "template.yaml"
PEERS = {"cloudformation-validate": "cloudformation-validate", "cfn-lint": "cfn-lint"}

VALIDATE = """\
import sys
from cloudformation_validate import CompositeEngine
engine, found, refused = CompositeEngine(), 0, 0
for path in open(sys.argv[1]).read().split("\\n"):
    try:
        counts = engine.validate_template(path).metadata.counts
        found += counts.fatal + counts.errors + counts.warnings
    except Exception:
        refused += 1
print(found, refused)
"""

READING = """\
import json, sys, yaml
for path in open(sys.argv[1]).read().split("\\n"):
    data = open(path, "rb").read()
    try:
        json.loads(data) if data.lstrip()[:1] == b"{" else yaml.compose(data, Loader=yaml.CSafeLoader)
    except (ValueError, yaml.YAMLError):
        pass
"""
"""A program in Python that parses the files by libyaml and does nothing else: no judging in Python can be below."""

LARGEST = 1_000_000
"""The bytes of the largest template that CloudFormation takes."""

_TEMPLATE = re.compile(rb"AWSTemplateFormatVersion|AWS::Serverless-2016|\"?Resources\"?\s*:")


class Tools:
    """The three tools, each installed into its own environment below a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name, package in {"awslint-memo": str(ROOT), **PEERS}.items():
            where = folder / name
            if not where.exists():
                venv.create(where, with_pip=True)
            again = ["--force-reinstall", "--no-deps"] if name == "awslint-memo" else []
            for options in ([], again) if again else ([],):
                subprocess.run(
                    [str(where / "bin" / "pip"), "install", "--quiet", "--compile", *options, package], check=True
                )
        (folder / "validate.py").write_text(VALIDATE)
        (folder / "reading.py").write_text(READING)

    def python(self, name: str) -> str:
        """The interpreter that has a tool."""
        return str(self._folder / name / "bin" / "python")

    def commands(self, paths: Sequence[Path], *, peers: Sequence[str] = tuple(PEERS)) -> dict[str, Sequence[str]]:
        """The commands that judge some files, by tool."""
        listed = self._folder / "paths"
        listed.write_text("\n".join(str(path) for path in paths))
        folder = str(paths[0] if len(paths) == 1 else paths[0].parent)
        every: dict[str, Sequence[str]] = {
            "awslint-memo": [str(self._folder / "awslint-memo" / "bin" / "awslint-memo"), "lint", folder],
            "cloudformation-validate": [
                self.python("cloudformation-validate"), str(self._folder / "validate.py"), str(listed)
            ],
            "reading": [self.python("awslint-memo"), str(self._folder / "reading.py"), str(listed)],
            "cfn-lint": [str(self._folder / "cfn-lint" / "bin" / "cfn-lint"), "--", *map(str, paths)],
        }  # fmt: skip
        return {name: every[name] for name in ("awslint-memo", "reading", *peers)}


def templates(folders: Sequence[Path], most: int = LARGEST) -> list[Path]:
    """The templates in these folders, in order. most: the bytes of the largest one that is taken."""
    found: list[Path] = []
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        if path.suffix in (".yaml", ".yml", ".json", ".template") and path.is_file() and path.stat().st_size <= most:
            data = path.read_bytes()
            if _TEMPLATE.search(data) and b'"resource_changes"' not in data:
                found.append(path)
    return found


def spread(found: Sequence[Path], number: int) -> list[Path]:
    """So many of some files, from all over them; each several times if there are not so many."""
    if len(found) >= number:
        return [found[index * len(found) // number] for index in range(number)]
    return [found[index % len(found)] for index in range(number)]


def cases(folder: Path, wanted: Sequence[Path]) -> Iterator[tuple[str, list[Path], Sequence[str]]]:
    """What is measured: its name, the files, and the tools that it is compared with."""
    small = folder / "small"
    small.mkdir()
    shutil.copy(SMALL, small / "template.yaml")
    yield "one small template, YAML", [small / "template.yaml"], tuple(PEERS)
    for name, (file, write) in list(inputs.FORMS.items())[:2]:
        for number in (20, 467):
            path = folder / f"{number}-{file}"
            path.write_text(write(number))
            yield f"{number} resources, {name}", [path], tuple(PEERS) if number == 20 else ("cloudformation-validate",)
    found = templates(wanted)
    for number in (200, 1900) if found else ():
        many = folder / str(number)
        many.mkdir()
        chosen = spread(found, number)
        copies = [many / f"{index}-{path.name}" for index, path in enumerate(chosen)]
        for path, copy in zip(chosen, copies, strict=True):
            shutil.copy(path, copy)
        different = len(set(chosen))
        name = f"{number:,} templates" if different == number else f"{number:,} templates, {different:,} different"
        yield name, copies, ("cloudformation-validate",)


def row(name: str, measured: Mapping[str, Cost]) -> str:
    """A row of the table: processor time and clock, their ratios to both tools, memory."""
    ours = measured["awslint-memo"]
    cells = [f"{ours.cpu:.2f} s", f"{ours.wall:.2f} s"]
    for peer in PEERS:
        peers = measured.get(peer)
        cells += [f"{ours.cpu / peers.cpu:.2f}", f"{ours.wall / peers.wall:.2f}"] if peers else ["", ""]
    cells.append(f"{measured['reading'].cpu / measured['cloudformation-validate'].cpu:.2f}")
    return f"| {name} | {' | '.join(cells)} | {ours.memory:.0f} MiB |"


def answer(command: Sequence[str]) -> str:
    """What cloudformation-validate found, in words: one that refuses its input is fast for another reason."""
    found, refused = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return f"{found} findings, {refused} templates refused"


def _limit(cores: int) -> None:
    """Let this process and its children use so many of the cores that it may use now."""
    if sys.platform == "linux":
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    else:
        print("The system can't hold processes on a core: the ratios are those of all cores.", file=sys.stderr)


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--venvs", type=Path)
    parser.add_argument("--cores", type=int, default=1, help="how many cores all processes may use together (Linux)")
    parser.add_argument("--growth", action="store_true", help="also measure inputs that grow, which takes minutes")
    arguments = parser.parse_args()
    _limit(arguments.cores)
    with tempfile.TemporaryDirectory() as work:
        kept = arguments.venvs or Path(work) / "venvs"
        kept.mkdir(parents=True, exist_ok=True)
        tools = Tools(kept)
        print(
            "| input | processor | clock | ÷ validate, processor | clock | ÷ cfn-lint, processor | clock "
            "| only parsing, in Python ÷ validate | memory |"
        )
        print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
        answers = []
        for name, paths, peers in cases(Path(work), arguments.folders):
            runs = arguments.runs if len(paths) < 1000 else min(arguments.runs, 2)
            commands = tools.commands(paths, peers=peers)
            print(row(name, compared(commands, runs, folder=work)), flush=True)
            answers.append(f"{name}: {answer(commands['cloudformation-validate'])}")
        ours = tools.python("awslint-memo")
        imports = {
            "import yaml, click": [ours, "-c", "import yaml, click"],
            "awslint-memo": [ours, "-c", "import awslint_memo.cli"],
        }
        measured = compared(imports, arguments.runs * 3, folder=work)
        ratio = measured["awslint-memo"].wall / measured["import yaml, click"].wall
        print("\ncloudformation-validate answered:", *answers, sep="\n- ")
        print(f"\nimport awslint_memo.cli takes {ratio:.2f} × the time of import yaml, click")
    if arguments.growth:
        growth.show(growth.SIZES[-1])


if __name__ == "__main__":
    main()
