"""One run: the files that people name become a report."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from awslint_memo.discovery import Found, Walk
from awslint_memo.finding import Finding
from awslint_memo.linter import Judgement, judge
from awslint_memo.readers import template
from awslint_memo.readers.source import Source, read
from awslint_memo.report import Report
from awslint_memo.span import Problem
from awslint_memo.suppressions import ENGINE_RULES, Suppressions
from awslint_memo.template import Template

STANDARD_INPUT = "-"

KINDS = "a CloudFormation or SAM template, Terraform JSON configuration or a Terraform plan in JSON"


@dataclass
class Run:
    """Everything that a run needs to know, and what it has come to so far.

    standard_input gives the file that `-` stands for. says_unknown: whether a file that a person named and that is
    none of ours is worth a sentence (a hook that is given every YAML file wants silence).
    """

    judgement: Judgement
    suppressions: Suppressions
    walk: Walk = field(default_factory=Walk)
    shows_advice: bool = False
    says_unknown: bool = True
    standard_input: Callable[[], Source] = lambda: Source(STANDARD_INPUT, b"")
    _findings: list[Finding] = field(default_factory=list)
    _errors: list[Problem] = field(default_factory=list)
    _notices: list[str] = field(default_factory=list)
    _files: list[str] = field(default_factory=list)
    _passed_over: list[str] = field(default_factory=list)
    _sources: dict[str, Source] = field(default_factory=dict)
    _suppressed: int = 0

    def report(self, paths: Sequence[str]) -> Report:
        """Look at the files that `paths` name or hold (none: at the folder at hand) and say what was found."""
        for source, named in self._read(paths):
            try:
                found = template(source)
                if found is None:
                    self._pass_over(source, named)
                else:
                    self._look_at(found)
            except Exception as error:  # noqa: PERF203  (one file's mishap costs no other its findings)
                self._errors.append(error if isinstance(error, Problem) else _mishap(error, source))
        folders = [path for path in paths or [""] if path != STANDARD_INPUT]
        self._findings += self.suppressions.left_over(folders)
        shown = [one for one in self._findings if self.shows_advice or one.level != "advice"]
        return Report(
            findings=sorted(shown, key=lambda one: one.order),
            errors=self._errors,
            notices=self._notices,
            files=self._files,
            passed_over=self._passed_over,
            advice_hidden=len(self._findings) - len(shown),
            suppressed=self._suppressed,
            rules=[*self.judgement.rules, *ENGINE_RULES.values()],
            lines=self._lines,
        )

    def _read(self, paths: Sequence[str]) -> Iterator[tuple[Source, bool]]:
        if STANDARD_INPUT in paths:
            yield self.standard_input(), True
        files = [path for path in paths if path != STANDARD_INPUT]
        for found in self.walk.find(files) if files or not paths else ():
            if isinstance(found, Found):
                try:
                    yield read(found.path), found.named
                except Problem as problem:
                    self._errors.append(problem)
            else:
                self._errors.append(found)

    def _pass_over(self, source: Source, named: bool) -> None:
        self._passed_over.append(source.path)
        if not named or not self.says_unknown:
            return
        if source.is_binary:
            self._errors.append(Problem(f"not text, so no template; give it {KINDS}", source.path))
        elif not source.data.strip():
            self._errors.append(Problem(f"the file is empty; give it {KINDS}", source.path))
        else:
            self._notices.append(f"{source.path} is not looked at: it is not {KINDS}")

    def _look_at(self, found: Template) -> None:
        source = found.source
        self._files.append(source.path)
        self._sources[source.path] = source
        deployments = found.deployments(self.judgement.parameters, self.judgement.looked_at)
        findings = judge(deployments, self.judgement)
        kept, suppressed = self.suppressions.apply(found, deployments, findings)
        self._findings += kept
        self._suppressed += suppressed
        if not deployments.is_complete:
            self._notices.append(
                f"{source.path} can be deployed in more ways than are tried: each of its conditions was looked at both "
                "ways, but not every combination; name yours with --parameters"
            )

    def _lines(self, path: str) -> Sequence[str]:
        source = self._sources.get(path)
        try:
            return (source or read(path)).lines
        except Problem:
            return ()


def _mishap(error: Exception, source: Source) -> Problem:
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{where.filename.rpartition('/')[2]}:{where.lineno}"
    return Problem(f"{type(error).__name__}: {error} ({place}); this is our mistake, please report it", source.path)
