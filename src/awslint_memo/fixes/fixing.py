"""Makes the fixes of findings, and keeps what a second look at the changed files proves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import TypeAlias

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.fixes.edit import Edit, Refused, Touched, applied
from awslint_memo.fixes.editor import Editor
from awslint_memo.fixes.naming import added_names
from awslint_memo.fixes.suggestion import edits_of
from awslint_memo.fixes.unfixed import Unfixed, unfixed
from awslint_memo.judging.registry import rules
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Span

Look: TypeAlias = Callable[[Mapping[str, str]], Report]
"""Judges everything again, with other contents of some files."""

_ROUNDS = 100
"""More fixes than this of one resource can't be made in one run. Each round makes those that don't touch each other."""

_TRIED = 20
"""How often fixes that are made together are proved, each time without those that were proved wrong."""

_UNPROVED = "too many fixes of the same run would bring something else; mend some by hand, and run again"


@record(frozen=True, slots=True)
class NotFixed:
    """A finding that has a fix which was not made, and why, as a sentence."""

    finding: Finding
    reason: str


@record(frozen=True, slots=True)
class Fixed:
    """What was mended. texts: the new contents by file; sources: the old ones. report: what is found then. made: the
    findings that are gone by their fixes. left: those with a fix that could not be made."""

    texts: Mapping[str, str]
    sources: Mapping[str, Source]
    report: Report
    made: Sequence[Finding] = ()
    left: Sequence[NotFixed] = ()
    unsafe: int = 0
    """How many findings have a fix that a person should decide about, if such fixes were not wanted."""
    unfixed: Sequence[Unfixed] = ()
    """The other findings that are left, by rule and reason."""
    secrets: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    """The places of what nobody may see in the old contents, by file."""


@record
class _Plan:
    """The edits of one round: those of each finding, by file."""

    edits: dict[str, list[Edit]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    touched: dict[str, Touched] = field(default_factory=dict)

    def take(self, finding: Finding, edits: Mapping[str, list[Edit]]) -> bool:
        """Take the edits of a finding if they touch nothing that others change."""
        if any(path in self.touched and self.touched[path].clash(made) for path, made in edits.items()):
            return False
        for path, made in edits.items():
            self.edits.setdefault(path, []).extend(made)
            self.touched.setdefault(path, Touched()).add(made)
        self.findings.append(finding)
        return True


class Fixer:
    """Mends the findings of a run.

    look: judges again. files: those of the run. unsafe: whether fixes are made that a person should decide about.
    """

    def __init__(self, look: Look, files: Files, *, unsafe: bool) -> None:
        self._look = look
        self._files = files
        self._unsafe = unsafe
        self._texts: dict[str, str] = {}
        self._made: list[Finding] = []
        self._left: dict[str, NotFixed] = {}
        self._wanted: frozenset[str] | None = None

    def fix(self, report: Report, wanted: Iterable[Finding] | None = None) -> Fixed:
        """Make what can be made, in memory only. wanted: the findings that are to be mended; None: all."""
        self._wanted = None if wanted is None else frozenset(map(_key, wanted))
        secrets = report.secrets
        for _ in range(_ROUNDS):
            plan, texts, after = self._round(report)
            if not plan.findings:
                break
            self._made += plan.findings
            self._texts, report = texts, after
        sources = {path: self._files.read(path) for path in self._texts}
        open_ = [finding for finding in each(report.findings) if self._is_wanted(finding)]
        unsafe = sum(finding.fix is not None and bool(finding.fix.unsafe) for finding in open_)
        left = list(self._left.values())
        told = {id(finding) for finding in open_ if _key(finding) in self._left}
        others = unfixed(open_, told, unsafe=self._unsafe)
        return Fixed(self._texts, sources, report, self._made, left, 0 if self._unsafe else unsafe, others, secrets)

    def proved(self, report: Report, findings: Sequence[Finding]) -> list[Finding]:
        """Those of some findings of a report whose fixes can be made together; nothing is kept of them."""
        self._wanted = frozenset(map(_key, findings))
        fixed_keys = {_key(finding) for finding in self._round(report)[0].findings}
        return [finding for finding in findings if _key(finding) in fixed_keys]

    def _round(self, report: Report) -> tuple[_Plan, dict[str, str], Report]:
        """The fixes that are made together, the texts that they give, and what is found then."""
        for tried in count():
            plan = self._planned(report)
            texts = {**self._texts, **self._changed(plan)}
            after = self._look(texts) if plan.findings else report
            wrong = _wrong(report, after, plan.findings) if plan.findings else []
            if not wrong:
                break
            # Each of thousands may be proved wrong by itself, and each proof judges all files.
            for finding, reason in wrong if tried < _TRIED else ((finding, _UNPROVED) for finding in plan.findings):
                self._leave(finding, reason)
        return plan, texts, after

    def _leave(self, finding: Finding, reason: str) -> None:
        self._left[_key(finding)] = NotFixed(finding, reason)

    def _is_wanted(self, finding: Finding) -> bool:
        return self._wanted is None or _key(finding) in self._wanted

    def _planned(self, report: Report) -> _Plan:
        editor, plan = Editor(self._files, self._texts), _Plan()
        for finding in each(report.findings):
            fix = finding.fix
            if fix is None or _key(finding) in self._left or (fix.unsafe and not self._unsafe):
                continue
            if not self._is_wanted(finding):
                continue
            try:
                edits = edits_of(finding, editor)
            except Refused as refused:
                self._leave(finding, str(refused))
                continue
            if any(edits.values()):
                plan.take(finding, edits)
        return plan

    def _changed(self, plan: _Plan) -> dict[str, str]:
        editor = Editor(self._files, self._texts)
        return {path: applied(editor.text(path), edits) for path, edits in plan.edits.items() if edits}


def each(findings: Iterable[Finding]) -> Iterable[Finding]:
    """The findings, those that are told together one by one."""
    for finding in findings:
        yield finding
        yield from finding.others


def _key(finding: Finding) -> str:
    return f"{finding.fingerprint} {finding.name} {finding.route}"


def _wrong(before: Report, after: Report, made: Sequence[Finding]) -> list[tuple[Finding, str]]:
    """The fixes that are not made after all, each with the reason: a finding that stays, or something new."""
    # An error that was there is told with other lines where something was put before it.
    had_errors = Counter(problem.path for problem in before.errors)
    has_errors = Counter(problem.path for problem in after.errors)
    broken = {error.path: error for error in after.errors if has_errors[error.path] > had_errors[error.path]}
    if broken:
        problem = str(next(iter(broken.values())))
        return [(finding, f"the file could not be read then ({problem})") for finding in _touching(made, broken)]
    had, has = _levels(before), _levels(after)
    stays = [finding for finding in made if len(has.get(_key(finding), ())) >= len(had.get(_key(finding), ()))]
    if stays:
        return [(finding, "the finding would stay") for finding in stays]
    causes = _Causes(made)
    came = [
        finding
        for finding in _all(after)
        if _is_worse(has[_key(finding)], had.get(_key(finding), [])) and not causes.are_mended(finding)
    ]
    return [(finding, f"it would bring {new.rule} of {new.name}") for finding, new in causes.culprits(came)]


class _Causes:
    """Fixes that are made together, by what they change or add: each may have thousands of findings to answer for."""

    def __init__(self, made: Sequence[Finding]) -> None:
        self._made = made
        self._by_change: dict[tuple[str, str], dict[int, Finding]] = {}
        self._by_name: dict[str, list[Finding]] = {}
        for finding in made:
            self._by_name.setdefault(finding.name, []).append(finding)
            changes = () if finding.fix is None else finding.fix.changes
            added = [] if finding.fix is None else added_names(finding.fix)
            for change in changes:
                for name in (change.target.written, *added):
                    known = self._by_change.setdefault((change.target.home.path, _in_file(name)), {})
                    known[id(finding)] = finding

    def _of(self, new: Finding) -> Iterable[Finding]:
        """Those whose fixes change or add what a new finding is about."""
        return self._by_change.get((new.home_path, _in_file(new.resource)), {}).values()

    def are_mended(self, new: Finding) -> bool:
        """Whether a new finding is advice that follows from fixes: about what they add, also by a transform, or what a
        graver one of its rule, or of one to which that yields, has hidden so far."""
        if new.level != "advice":
            return False
        causes = self._of(new)
        added = (name for cause in causes if cause.fix is not None for name in added_names(cause.fix))
        is_added = _in_file(new.name) in map(_in_file, added)
        rule = rules().get(new.rule)
        hiding = {new.rule, *(rule.yields_to if rule is not None else ())}
        # What was found may be mended elsewhere: in the function of an alias.
        graver = (each for each in (*causes, *self._by_name.get(new.name, ())) if each.level != "advice")
        return is_added or any(each.rule in hiding for each in graver) or any(new.generated for _ in causes)

    def culprits(self, came: Sequence[Finding]) -> list[tuple[Finding, Finding]]:
        """The findings whose fixes brought new ones, each with the first that it brought."""
        first: dict[int, Finding] = {}
        for new in came:
            for cause in self._of(new):
                first.setdefault(id(cause), new)
        found = [(finding, first[id(finding)]) for finding in self._made if id(finding) in first]
        return found or [(finding, new) for new in came for finding in self._blamed(new)]

    def _blamed(self, new: Finding) -> list[Finding]:
        """The findings whose fixes brought a new one of another resource: those that its message names, if there are
        any, of those in its file."""
        touching = _touching(self._made, [new.home_path])
        named = (finding for finding in touching if finding.resource in new.message)
        return [
            finding for finding in named if re.search(rf"\b{re.escape(finding.resource)}\b", new.message)
        ] or touching


def _in_file(name: str) -> str:
    """The name of a resource in its file: that of all instances, in whatever modules, is the same."""
    return ".".join(re.sub(r'\[(?:"[^"]*"|\d+)\]', "", name).split(".")[-2:])


def _is_worse(now: list[int], before: list[int]) -> bool:
    """Whether there are more findings of a kind than before, or graver ones."""
    return len(now) > len(before) or any(new < old for new, old in zip(sorted(now), sorted(before), strict=False))


def _touching(made: Sequence[Finding], paths: Iterable[str]) -> list[Finding]:
    """The findings whose fixes change one of these files; all of them if none does."""
    known = set(paths)
    touching = [
        finding for finding in made if finding.fix and any(c.target.home.path in known for c in finding.fix.changes)
    ]
    return touching or list(made)


def _all(report: Report) -> Iterable[Finding]:
    return each((*report.findings, *report.unshown))


def _levels(report: Report) -> dict[str, list[int]]:
    """The levels of the findings of each kind, as numbers of which 0 is the gravest."""
    levels: dict[str, list[int]] = {}
    for finding in _all(report):
        levels.setdefault(_key(finding), []).append(LEVELS.index(finding.level or "advice"))
    return levels
