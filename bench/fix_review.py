"""Draw edits that fixes make in real repositories, for people who say of each whether they would merge it.

usage: python -m bench.fix_review [--safe N] [--unsafe N] [--each N] [--seconds N] DEST SEED FOLDER…
FOLDER: a repository, linted as a whole; nothing in it changes. Its name is shown, OWNER+NAME as OWNER/NAME
SEED: the same draw again for the same folders

Writes DEST/safe/NNN.diff and DEST/unsafe/NNN.diff, each the edit of one finding alone, with 15 lines around it, and
DEST/INDEX.md, which lists them with the question. No two edits remove and add the same lines, and there are at most
--each of one rule in one repository. Rules of which little was drawn yet come first. A repository that takes longer
than --seconds in all is left from then on, which is said; each edit that is tried judges it anew.
"""

from __future__ import annotations

import random
import re
import signal
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from awslint_memo import api
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.fixes.fixing import Fixer, each
from awslint_memo.fixes.suggestion import title_of
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.fix import Fix
from awslint_memo.reporters.difference import ShownLines, hunks

LINES = 15
"""The lines around an edit that a reader sees."""

_QUESTION = f"""# Edits that a linter of AWS templates proposes

Each file is one edit to one repository: the finding that it mends, what it does, and a unified diff with {LINES} lines
around it. `safe` edits are made by `--fix`; `unsafe` ones only with `--unsafe-fixes`, and say what a person should
weigh.
For each: would you merge it as a pull request to that repository (yes/no), and why?

| edit | repository | place | rule | why a person should decide |
| --- | --- | --- | --- | --- |
"""


class _TookTooLong(BaseException):
    """A repository has used up its time. No mistake of ours, of which the linter would go on."""


@dataclass
class Repository:
    """A folder that is linted, and its findings with fixes. seconds: those that it may still take."""

    folder: Path
    seconds: float
    report: Report = field(init=False)

    def __post_init__(self) -> None:
        began = time.monotonic()
        self.report = Report()
        with self._in_time():
            self.report = api.lint([str(self.folder)], advice=True, reports_unknown=False)
        count = sum(1 for _ in self.findings())
        sys.stderr.write(f"{self.folder.name}: {time.monotonic() - began:.1f} s, {count} findings with fixes\n")

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Stop what is done within once the repository has used up its time, and say so; later do nothing at once."""

        def stop(*_: object) -> None:
            raise _TookTooLong

        began = time.monotonic()
        former = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, max(self.seconds, 1e-6))
        try:
            yield
        except _TookTooLong:
            sys.stderr.write(f"{self.folder.name}: took too long, and is left\n")
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, former)
            self.seconds -= time.monotonic() - began

    @property
    def name(self) -> str:
        """As the owner and the name are written on the web."""
        return self.folder.name.replace("+", "/", 1)

    def findings(self) -> Iterator[Finding]:
        """The findings for which there is a fix."""
        return (finding for finding in each(self.report.findings) if finding.fix is not None and finding.fix.changes)

    def mended(self, finding: Finding) -> Mapping[str, str]:
        """The diffs, by file, of the fix of a finding alone; none where it is not made, or no time is left."""
        made: Mapping[str, str] = {}
        if self.seconds > 0:
            with self._in_time():
                made = self._mended(finding)
        return made

    def _mended(self, finding: Finding) -> Mapping[str, str]:
        paths = [str(self.folder)]

        def look(texts: Mapping[str, str]) -> Report:
            return api.lint(paths, unsaved=files.encoded(texts), advice=True, reports_unknown=False)

        files = Files(bounds=Root(paths))
        fixed = Fixer(look, files, unsafe=True).fix(self.report, [finding])
        return {
            path: _diff(str(Path(path).resolve().relative_to(self.folder)), fixed.sources[path].text, text)
            for path, text in sorted(fixed.texts.items())
        }


@dataclass
class Draw:
    """The edits that are drawn, those of one safety. most: of all; each: of one rule in one repository."""

    most: int
    each: int
    drawn: list[tuple[Repository, Finding, str]] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def take(self, repository: Repository, finding: Finding) -> None:
        """Take the edit of a finding, unless there are enough like it or it is not made."""
        what = repository.name, finding.rule
        if len(self.drawn) >= self.most or self.counts[what] >= self.each:
            return
        diff = "".join(repository.mended(finding).values())
        sys.stderr.write(f"{len(self.drawn)} drawn, {repository.name} {finding.rule}\n")
        changed = "\n".join(re.findall(r"(?m)^[-+](?![-+]).*", diff))
        if diff and changed not in self.known:
            self.known.add(changed)
            self.counts[what] += 1
            self.drawn.append((repository, finding, diff))


def main() -> None:
    """Draw, and write what is drawn."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--safe", type=int, default=60, help="safe edits")
    parser.add_argument("--unsafe", type=int, default=40, help="unsafe edits")
    parser.add_argument("--each", type=int, default=1, help="edits of one rule in one repository")
    parser.add_argument("--seconds", type=float, default=120, help="the time that a repository may take in all")
    parser.add_argument("dest", type=Path, metavar="DEST")
    parser.add_argument("seed", metavar="SEED")
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    options = parser.parse_args()
    repositories = [Repository(Path(folder).resolve(), options.seconds) for folder in options.folders]
    draws = {"safe": Draw(options.safe, options.each), "unsafe": Draw(options.unsafe, options.each)}
    for repository, finding in ordered(repositories, random.Random(options.seed)):
        draws[(finding.fix or Fix(())).safety].take(repository, finding)
    write(options.dest, draws)


def ordered(repositories: Sequence[Repository], chance: random.Random) -> list[tuple[Repository, Finding]]:
    """All findings with a fix: the first of each rule, by chance, then the second of each, and so on."""
    every = [(repository, finding) for repository in repositories for finding in repository.findings()]
    chance.shuffle(every)
    seen: Counter[tuple[str, str]] = Counter()
    ranks = []
    for _, finding in every:
        kind = finding.rule, (finding.fix or Fix(())).safety
        ranks.append(seen[kind])
        seen[kind] += 1
    return [pair for _, pair in sorted(zip(ranks, every, strict=True), key=lambda ranked: ranked[0])]


def write(dest: Path, draws: Mapping[str, Draw]) -> None:
    """Write the diffs and their list."""
    lines = []
    for safety, draw in draws.items():
        (dest / safety).mkdir(parents=True, exist_ok=True)
        for number, (repository, finding, diff) in enumerate(draw.drawn, 1):
            name, why = f"{safety}/{number:03}.diff", (finding.fix or Fix(())).unsafe
            place = f"{Path(finding.path).resolve().relative_to(repository.folder)}:{finding.span.line}"
            (dest / name).write_text(_head(repository, finding, place) + diff, encoding="utf-8")
            lines.append(f"| {name} | {repository.name} | {place} | {finding.rule} | {why} |\n")
        sys.stdout.write(f"{len(draw.drawn)} {safety} edits of {len({rule for _, rule in draw.counts})} rules\n")
    (dest / "INDEX.md").write_text(_QUESTION + "".join(lines), encoding="utf-8")


def _head(repository: Repository, finding: Finding, place: str) -> str:
    fix = finding.fix or Fix(())
    told = [
        f"repository: https://github.com/{repository.name}",
        f"finding: {finding.level} {finding.rule} at {place}",
        finding.message,
        f"fix: {title_of(fix)}",
    ]
    told += [f"why a person should decide: {fix.unsafe}"] if fix.unsafe else []
    return "".join(f"# {line}\n" for line in told)


def _diff(name: str, old: str, new: str) -> str:
    """As `--diff` shows it, which repeats no line that stays, however often the file has it."""
    before, after = ShownLines(old, is_exact=True), ShownLines(new, is_exact=True)
    lines = hunks(before, after, (0, len(before.lines)), (0, len(after.lines)), context=LINES)
    return "".join(f"{line}\n" for line in (f"--- a/{name}", f"+++ b/{name}", *lines))


if __name__ == "__main__":
    main()
