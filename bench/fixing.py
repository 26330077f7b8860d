"""Mend copies of real folders, and count what that changes, what it leaves and what it breaks.

usage: python -m bench.fixing [--unsafe] [--cfn-lint] FOLDER…
FOLDER: is copied and linted as a whole; nothing in it changes

For each folder: files changed; findings before and after (advice included), by level; new ones; lines changed that no
fix names; what cfn-lint says more about the changed files (--cfn-lint; slow); what a second run changes.
"""

from __future__ import annotations

import difflib
import json
import shutil
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from awslint_memo import api
from awslint_memo.fixes.fixing import Fixed, each
from awslint_memo.judging.cfn_lint import program, reported
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding


def main() -> None:
    """Measure each folder."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--unsafe", action="store_true")
    parser.add_argument("--cfn-lint", action="store_true")
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    options = parser.parse_args()
    for folder in options.folders:
        with tempfile.TemporaryDirectory() as copy:
            top = Path(copy) / "copy"
            shutil.copytree(folder, top, symlinks=True)
            for line in measured(str(top), unsafe=options.unsafe, cfn_lint=options.cfn_lint):
                sys.stdout.write(f"{Path(folder).name}: {line}\n")


def measured(top: str, *, unsafe: bool, cfn_lint: bool) -> Iterator[str]:
    """What mending a folder does, line by line."""
    before = _linted(top)
    fixed = api.fix([top], unsafe=unsafe, advice=True, reports_unknown=False)
    was = _cfn_lint(list(fixed.texts)) if cfn_lint else Counter()
    problems = api.save(fixed)
    after = _linted(top)
    yield f"{len(fixed.texts)} files changed, {len(fixed.made)} fixes made, {len(problems)} files not written"
    yield f"findings before {_levels(before)}, after {_levels(after)}"
    for what, came in zip(("new findings", "graver before"), _came(before, after), strict=True):
        yield f"{what}: {came.total()} {dict(came)}"
    yield f"lines changed that no fix names: {sum(_unnamed(fixed, path) for path in fixed.texts)}"
    yield f"not mended: {dict(Counter(_reason(one.reason) for one in fixed.left))}"
    if cfn_lint:
        more = _cfn_lint(list(fixed.texts)) - was
        yield f"cfn-lint says more: {more.total()} {dict(more)}"
    again = api.fix([top], unsafe=unsafe, advice=True, reports_unknown=False)
    yield f"a second run changes {len(again.texts)} files"


def _linted(top: str) -> Report:
    return api.lint([top], advice=True, reports_unknown=False)


def _levels(report: Report) -> dict[str, int]:
    return dict(sorted(Counter(str(one.level) for one in each(report.findings)).items()))


def _came(before: Report, after: Report) -> tuple[Counter[str], Counter[str]]:
    """What is found after mending only, by rule and level: what is new, and what its rule found more grave before."""
    known, new, lighter = _known(before), Counter[str](), Counter[str]()
    graver = {(one.rule, one.name, one.root) for one in each(before.findings) if one.level != "advice"}
    for one in each(after.findings):
        name = _named(one)
        known[name] -= 1
        if known[name] < 0:
            is_lighter = one.level == "advice" and (one.rule, one.name, one.root) in graver
            (lighter if is_lighter else new)[f"{one.rule} ({one.level})"] += 1
    return new, lighter


def _known(report: Report) -> Counter[str]:
    return Counter(_named(one) for one in each(report.findings))


def _named(one: Finding) -> str:
    return f"{one.rule} {one.fingerprint} {one.name}"


def _reason(reason: str) -> str:
    return reason.partition(";")[0].partition(" at ")[0].partition(" of ")[0]


def _unnamed(fixed: Fixed, path: str) -> int:
    """How many lines differ that hold none of the words of the fixes of the file."""
    old, new = (text.split("\n") for text in (fixed.sources[path].text, fixed.texts[path]))
    words = set()
    for one in fixed.made:
        for change in one.fix.changes if one.fix is not None else ():
            words.update(json.dumps(str(change)).replace('"', " ").replace("'", " ").replace(".", " ").split())
    changed = [line for line in difflib.ndiff(old, new) if line.startswith("- ")]
    return sum(words.isdisjoint(_tokens(line)) and not _is_realigned(line, new) for line in changed)


def _tokens(line: str) -> Sequence[str]:
    return line[2:].replace(":", " ").replace('"', " ").replace("'", " ").replace("{", " ").replace("=", " ").split()


def _is_realigned(line: str, new: Sequence[str]) -> bool:
    plain = "".join(line[2:].split())
    return any("".join(one.split()).startswith(plain.rstrip("}")) for one in new)


def _cfn_lint(paths: Sequence[str]) -> Counter[str]:
    """How often cfn-lint reports each of its rules in files."""
    found: Counter[str] = Counter()
    templates = [path for path in paths if not path.endswith((".tf", ".tf.json"))]
    command = program()
    if command is None:
        raise SystemExit("cfn-lint is not installed")
    for start in range(0, len(templates), 20):
        found.update(one["Rule"]["Id"] for one in reported(command, templates[start : start + 20]))
    return found


if __name__ == "__main__":
    main()
