"""Runs linters over the cases, and says what they find of what is labelled.

usage: python -m benchmark check                  whether the labels are complete and stand where they say
       python -m benchmark install DIR [TOOL ...]  brings tools, each into an environment of its own below DIR
       python -m benchmark run DIR [TOOL ...]      runs them, and writes results/TOOL.csv
       python -m benchmark misses [TOOL]           what a tool misses, and what it says of good twins
       python -m benchmark page                    writes the tables and pictures of README.md anew

The tools are those of tools.py; without names, all.
"""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmark import page
from benchmark.checking import problems
from benchmark.labels import CASES, Case, LabelError, agreed, cases
from benchmark.matching import Match, beyond, claims, matches, unread
from benchmark.tools import TOOLS, Folder, MissingError, Tool, version

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).parent / "results"


def install(folder: Path, tools: Sequence[Tool]) -> None:
    """Bring tools into environments below a folder."""
    for tool in tools:
        where = folder / tool.name
        where.mkdir(parents=True, exist_ok=True)
        if tool.is_npm:
            subprocess.run(["npm", "install", "--silent", "--prefix", str(where), *tool.packages], check=True)
            continue
        venv.create(where, with_pip=True)
        packages = [str(ROOT) if one == "." else one for one in tool.packages]
        subprocess.run([str(where / "bin" / "pip"), "install", "--quiet", *packages], check=True)


def copied(every: Sequence[Case], folder: Path) -> Folder:
    """Copies of the cases without their labels and without the programs that wrote templates."""
    for case in every:
        ignored = shutil.ignore_patterns("labels.yaml", *(("*.py", "cdk.json") if case.language == "cdk" else ()))
        shutil.copytree(case.folder, folder / case.name, ignore=ignored)
    return Folder(folder, {case.name: case.language for case in every})


def run(folder: Path, tools: Sequence[Tool], every: Sequence[Case]) -> int:
    """Run tools, and write what they find of what is labelled. 1 if one is not there, or nobody has read its rules."""
    status = 0
    for tool in tools:
        with tempfile.TemporaryDirectory() as name:
            try:
                found = list(tool.run(copied(every, Path(name)), folder / tool.name))
                remember(tool.name, version(tool, folder / tool.name))
            except MissingError as error:
                print(f"{tool.name}: {error}", file=sys.stderr)
                status = 1
                continue
        (folder / f"{tool.name}.json").write_text(json.dumps([asdict(one) for one in found], indent=0))
        claimed = claims(tool.name)
        wanting = unread(found, every, claimed)
        if wanting:
            print(
                f"{tool.name}: nobody has read {', '.join(wanting)}; add them to claims/{tool.name}.csv",
                file=sys.stderr,
            )
            status = 1
        write(tool.name, matches(found, every, claimed))
        other = beyond(found, every, claimed)
        print(
            f"{tool.name}: {len(found)} findings, {len(other)} of them of rules that judge what is labelled, elsewhere"
        )
    return status


def write(tool: str, found: Sequence[Match]) -> None:
    """Write the matches of a tool."""
    with (RESULTS / f"{tool}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("label", "rule", "level"))
        writer.writerows((one.label, one.rule, one.level) for one in found)


def remember(tool: str, version: str) -> None:
    """Note the version that the results of a tool are of."""
    path = RESULTS / "versions.csv"
    known = page.versions() if path.is_file() else {}
    rows = sorted({**known, tool: version}.items())
    path.write_text("".join(f"{one},{of}\n" for one, of in [("tool", "version"), *rows]), encoding="utf-8")


def results(tool: str) -> list[Match]:
    """What a tool found when it ran last."""
    with (RESULTS / f"{tool}.csv").open(encoding="utf-8", newline="") as file:
        return [Match(**row) for row in csv.DictReader(file)]


def misses(tool: Tool, every: Sequence[Case]) -> None:
    """Print what a tool does not find, and what it says of good twins."""
    said = {one.label: one.rule for one in results(tool.name)}
    for case in every:
        for label in agreed(case) if case.language in tool.languages else ():
            if label.is_good == (label.key in said):
                what = f"false ({said[label.key]})" if label.is_good else "missed"
                place = label.places[0]
                print(
                    f"{label.key}: {what}: {label.judgement}: {place.file}:{label.line} {place.resource}: {label.why}"
                )


def main(arguments: Sequence[str]) -> int:
    """The exit code of a command."""
    command, *rest = arguments or [""]
    try:
        every = list(cases())
    except LabelError as error:
        print(error, file=sys.stderr)
        return 2
    if command == "check":
        found = [problem for case in every for problem in problems(case)]
        print("\n".join(found) or f"{len(every)} cases of {CASES.name} are complete")
        return 1 if found else 0
    if command in ("install", "run") and rest:
        tools = [TOOLS[name] for name in rest[1:] or TOOLS]
        folder = Path(rest[0]).resolve()
        if command == "run":
            return run(folder, tools, every)
        install(folder, tools)
    elif command == "misses":
        misses(TOOLS[rest[0] if rest else "awslint-memo"], every)
    elif command == "page":
        page.write(every, {name: results(name) for name in TOOLS})
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
