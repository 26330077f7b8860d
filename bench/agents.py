"""Measure what is promised to coding agents: print what became of the edits of templates with one departure each.

usage: python -m bench.agents [--templates N] [--no-cfn-lint] [FOLDER…]
       python -m bench.agents --hook FILE
FILE: only the hook's time is measured, as after an edit of this file, which is not changed. FOLDER: its files with
exactly one finding are taken too, beside the bad examples of rules with safe fixes

The edits are read from the text of `lint --format agent` and made by hand, as an agent does. For each template: is the
finding gone, is anything new here or in cfn-lint, does `--fix` write the same bytes, is the finding known again below
inserted lines, and is a suppressed or deleted resource never called mended. Then: the size of the report on the
fixtures and the sum of its counts, and the time of the hook (medians of ten runs).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from bench.agents_templates import Template, of_examples, of_folder
from bench.processes import cost
from tests.command import invoke

from awslint_memo.judging.cfn_lint import program, reported
from awslint_memo.judging.registry import rules

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
_EDIT = re.compile(r'  edit (\S+|".*") (\d+):(\d+)-(\d+):(\d+) (".*")')
_FINDING = re.compile(r"(?:error|warning|advice) (\S+) ")
_SAID = {"moved": "no change against", "suppressed": "\nnewly suppressed: ", "deleted": "\ngone: "}
PROMISES = ("removed", "none new", "cfn-lint", "as --fix", "moved", "suppressed", "deleted")


@dataclass
class Row:
    """What became of one template: each promise as ok, no, or - where it could not be tried."""

    template: Template
    edits: int
    kept: dict[str, str]


def main() -> None:
    """Print the table and the counts."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--templates", type=int, default=40)
    parser.add_argument("--no-cfn-lint", action="store_true")
    parser.add_argument("--hook", metavar="FILE")
    parser.add_argument("folders", nargs="*", metavar="FOLDER")
    options = parser.parse_args()
    if options.hook is not None:
        sys.stdout.write(f"{hook_cost(options.hook, os.getcwd())}\n")
        return
    found = [*of_examples(), *(one for folder in options.folders for one in of_folder(folder))]
    command = None if options.no_cfn_lint else program()
    rows = [measured(one, command) for one in chosen(found, options.templates)]
    sys.stdout.write("".join(f"{line}\n" for line in (*table(rows), *whole_report(), *hook_time())))
    if any("no" in row.kept.values() for row in rows):
        raise SystemExit(1)


def chosen(found: Sequence[Template], most: int) -> list[Template]:
    """Templates of as many rules and languages as there are, in turn."""
    groups: dict[tuple[str, str], list[Template]] = {}
    for one in found:
        groups.setdefault((one.rule, one.kind), []).append(one)
    turns = zip_longest(*groups.values())
    return [one for turn in turns for one in turn if one is not None][:most]


def measured(template: Template, command: str | None) -> Row:
    """Make the edits of one template, and check each promise."""
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            path = Path(template.path)
            path.write_text(template.text, encoding="utf-8", newline="")
            return Row(template, *_promises(template, path, command))
        finally:
            os.chdir(here)


def _promises(template: Template, path: Path, command: str | None) -> tuple[int, dict[str, str]]:
    printed = lint("--format", "agent", template.path)
    edits = list(edits_of(printed))
    Path("before.json").write_text(lint("--format", "json", template.path), encoding="utf-8")
    edited = applied(template.text, edits)
    is_cloudformation = command is not None and template.kind != "terraform"
    before = _cfn_lint(command, path) if is_cloudformation else Counter[str]()
    kept = dict.fromkeys(PROMISES, "-")
    _write(path, edited)
    left = _rules(lint("--format", "agent", template.path))
    kept["removed"] = _word(bool(edits) and "\nmended: " in f"\n{_compared(template)}")
    kept["none new"] = _word(not left and "1 mended" in _compared(template))
    if kept["none new"] == "no" and _is_hidden(template):
        kept["none new"] = "hid"
    if is_cloudformation:
        kept["cfn-lint"] = _word(not _cfn_lint(command, path) - before)
    _write(path, template.text)
    invoke("lint", "--fix", "--advice", template.path)
    kept["as --fix"] = _word(path.read_text(encoding="utf-8") == edited)
    for promise, change in (("moved", moved), ("suppressed", suppressed), ("deleted", deleted)):
        text = change(template)
        if text is not None:
            _write(path, text)
            said = _compared(template)
            kept[promise] = _word(_SAID[promise] in f"\n{said}" and "mended" not in said)
    return len(edits), kept


def _is_hidden(template: Template) -> bool:
    """Whether what is left is advice that the graver finding kept silent: of its rule, or of one that yields."""
    before, after = json.loads(Path("before.json").read_text()), json.loads(lint("--format", "json", template.path))
    was_graver = before["findings"][0]["level"] != "advice"
    yielding = {one for one in rules() if one == template.rule or template.rule in rules()[one].yields_to}
    return was_graver and all(one["level"] == "advice" and one["rule"] in yielding for one in after["findings"])


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _word(is_kept: bool) -> str:
    return "ok" if is_kept else "no"


def lint(*words: str) -> str:
    """What `lint` prints, advice included."""
    return invoke("lint", "--advice", *words).stdout


def _compared(template: Template) -> str:
    return lint("--format", "agent", "--against", "before.json", template.path)


def _rules(printed: str) -> list[str]:
    return [match[1] for line in printed.splitlines() if (match := _FINDING.match(line))]


Edit = tuple[int, int, int, int, str]


def edits_of(printed: str) -> Iterator[Edit]:
    """The edits in the text that an agent reads."""
    for line in printed.splitlines():
        if match := _EDIT.fullmatch(line):
            first, column, last, end = map(int, match.groups()[1:5])
            yield first, column, last, end, json.loads(match[6])


def applied(text: str, edits: Sequence[Edit]) -> str:
    """A text after edits whose ranges are all of the text before: the last one is made first."""
    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text))]
    for first, column, last, end, new in sorted(edits, reverse=True):
        text = text[: starts[first - 1] + column - 1] + new + text[starts[last - 1] + end - 1 :]
    return text


def moved(template: Template) -> str | None:
    """The template with lines inserted above everything and below its first lines."""
    filler = "\n\n" if template.path.endswith(".json") else "# one more\n\n# and one more\n"
    return filler + template.text


def suppressed(template: Template) -> str | None:
    """The template with a suppression in the resource of the finding; None where comments can't say it."""
    return _around(
        template, lambda head, body, indent: f"{head}{indent}# awslint-memo: ignore[{template.rule}] no\n{body}"
    )


def deleted(template: Template) -> str | None:
    """The template without the resource of the finding; None where it is not written in lines of its own."""
    return _around(template, lambda *_: "")


def _around(template: Template, change: Callable[[str, str, str], str]) -> str | None:
    if template.path.endswith(".json"):
        return None
    name = re.escape(template.resource.rpartition(".")[2])
    if template.kind == "terraform":
        block = re.compile(rf'^(resource "\w+" "{name}" \{{\n)(.*?^\}}\n)', re.M | re.S)
    else:
        block = re.compile(rf"^(  {name}:[ ]*\n)((?:    .*\n|[ ]*\n)+)", re.M)
    match = block.search(template.text)
    if match is None:
        return None
    indent = "  " if template.kind == "terraform" else "    "
    new = change(match[1], match[2], indent)
    return template.text[: match.start()] + new + template.text[match.end() :]


def _cfn_lint(command: str | None, path: Path) -> Counter[str]:
    assert command is not None
    return Counter(f"{one['Rule']['Id']} {one['Message']}" for one in reported(command, [str(path)]))


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows, and what they add up to."""
    yield f"{'rule':38}{'template':14}{'edits':>6}  " + "  ".join(PROMISES)
    for row in sorted(rows, key=lambda one: (one.template.rule, one.template.kind)):
        words = "  ".join(f"{row.kept[promise]:{len(promise)}}" for promise in PROMISES)
        yield f"{row.template.rule:38}{row.template.kind:14}{row.edits:>6}  {words}  {row.template.origin}"
    kinds = Counter(row.template.kind for row in rows)
    yield f"{len(rows)} templates, {len({row.template.rule for row in rows})} rules, {dict(kinds)}"
    for promise in PROMISES:
        counts = Counter(row.kept[promise] for row in rows)
        yield f"{promise}: {counts['ok']} ok, {counts['no']} not, {counts['-']} not tried{_hid(counts)}"


def _hid(counts: Counter[str]) -> str:
    return f", {counts['hid']} with advice that the graver finding kept silent" if counts["hid"] else ""


def whole_report() -> Iterator[str]:
    """The size of what an agent reads of the fixtures, and whether its counts add up to the findings."""
    printed = lint("--format", "agent", str(FIXTURES))
    counted = sum(int(one) for one in re.findall(r"^  (?:error|warning|advice) \S+ (\d+)$", printed, re.M))
    counted += sum(int(one) for one in re.findall(r"^  and (\d+) of ", printed, re.M))
    found = sum(
        int(one) for one in re.findall(r"(\d+) (?:errors?|warnings?|pieces? of advice)", printed.split(" in ")[0])
    )
    shown = len(_rules(printed))
    yield f"fixtures: {len(printed.encode())} bytes; {shown} shown + {counted} counted of {found} findings"


def hook_time() -> Iterator[str]:
    """The processor time of the hook after an edit, in a repository with the fixtures."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(FIXTURES, f"{folder}/fixtures", symlinks=True)
        for words in (
            ["init", "-q"],
            ["add", "."],
            ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"],
        ):
            subprocess.run(["git", *words], cwd=folder, check=True)
        for path in ("fixtures/queue/template.yaml", "fixtures/terraform/modules/main.tf"):
            edited = Path(folder, path)
            edited.write_text(edited.read_text(encoding="utf-8") + "\n", encoding="utf-8")
            yield hook_cost(path, folder)


def hook_cost(path: str, folder: str) -> str:
    """What the hook takes after an edit of a file; the first run fills the caches of the disk."""
    said = json.dumps({"cwd": folder, "tool_input": {"file_path": path}})
    command = ["sh", "-c", 'printf %s "$1" | "$2" -m awslint_memo hook', "sh", said, sys.executable]
    costs = [cost(command, folder=folder) for _ in range(11)][1:]
    wall, cpu = (statistics.median(getattr(one, name) for one in costs) for name in ("wall", "cpu"))
    return f"hook after an edit of {path}: {cpu:.2f} s of processor time, {wall:.2f} s in all"


if __name__ == "__main__":
    main()
