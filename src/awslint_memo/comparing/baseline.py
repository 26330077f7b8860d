"""Baselines: findings that are known, so that they are counted and not reported. What is fixed is said, and pruned."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from awslint_memo.comparing.baseline_file import beside_in, entries_in, text_of
from awslint_memo.comparing.baseline_following import BaselineResources
from awslint_memo.comparing.known_left import KnownLeft, known_left
from awslint_memo.comparing.members import Apart
from awslint_memo.comparing.moved_entries import MovedEntries
from awslint_memo.files.files import Files
from awslint_memo.files.writing import write_whole
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.comparison import Gate
from awslint_memo.judging.report import Baselined, Entry, Report
from awslint_memo.judging.roots import is_root
from awslint_memo.model.finding import Finding
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.phrases import counted, listed, listed_in_line
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem

_NAME = "the baseline"


def read_baseline(path: str, files: Files) -> list[Entry]:
    """The entries of a baseline. Raises Problem, with the line, if it can't be read."""
    if not files.exists(path):
        raise Problem("there is no such baseline; --write-baseline FILE makes one", path)
    return entries_in(files.read(path))


def without(path: str, files: Files) -> Callable[[Report], Report]:
    """Takes what the baseline at a path has out of a report. Raises Problem for a baseline that can't be used."""
    entries = read_baseline(path, files)
    beside = beside_in(files.read(path))
    return lambda report: applied(report, path, entries, files, beside)


def applied(
    report: Report, path: str, entries: Sequence[Entry], files: Files, beside: Collection[tuple[str, str]] = ()
) -> Report:
    """The report without the findings that a baseline has, as many of each fingerprint as it says.

    Where there are more than that, the gravest are reported, and what grew graver since a revision is so too.
    beside: the resources without findings that it names.
    """
    apart, unshown = Apart(report), report.unshown
    report = apart.report
    left = known_left({entry.fingerprint: entry.count for entry in entries}, report)
    gravest = sorted(report.findings, key=lambda finding: -finding.gravity)
    every = [finding for finding in gravest if finding.rule != INTERNAL_ERROR]
    taken = {id(finding) for finding in every if left.take(finding)}
    # Advice that nobody asked for occurs too.
    hidden = [finding for finding in report.unshown if not left.take(finding)]
    free = [*(finding for finding in every if id(finding) not in taken), *hidden]
    moved = MovedEntries(entries, report).followed(left, free)
    taken |= moved.keys()
    free = [finding for finding in free if id(finding) not in moved]
    surplus = _surplus(entries, left, _Scope(report, files))
    known_then = {*beside, *((entry.root, without_instance_keys(entry.resource)) for entry in entries)}
    # The gate takes nothing for the same that only looks alike.
    followed = [*BaselineResources(report, files).followed(surplus, free, known_then)] if report.gate is None else []
    taken |= {id(finding) for _, finding in followed}
    refused = {id(finding) for finding in report.findings if id(finding) in taken and finding.rule in report.locked}
    taken -= refused | apart.grown(report.against)
    gone = Counter(entry.fingerprint for entry, _ in followed)
    unneeded = [replace(entry, count=entry.count - gone[entry.fingerprint]) for entry in surplus]
    known = [finding for finding in report.findings if id(finding) in taken]
    notices = _refused(path, [each for each in report.findings if id(each) in refused], report)
    sure = [(moved[id(finding)], finding) for finding in known if id(finding) in moved]
    notices += _former(path, len(sure))
    return replace(
        report,
        notices=[*report.notices, *notices, *_alike(path, [pair for pair in followed if id(pair[1]) in taken])],
        findings=apart.together(finding for finding in report.findings if id(finding) not in taken),
        unshown=unshown,
        baseline=Baselined(
            path, entries, known, [entry for entry in unneeded if entry.count], [*sure, *followed], beside
        ),
        against=None if report.against is None else apart.compared(report.against, taken),
        gate=_gated(report, taken, moved),
    )


def _surplus(entries: Iterable[Entry], left: KnownLeft, scope: _Scope) -> list[Entry]:
    """What a baseline has that was looked at and is not found any more."""
    return [
        replace(entry, count=left.counts[entry.fingerprint])
        for entry in entries
        if left.counts[entry.fingerprint] > 0 and scope.has(entry)
    ]


_NAMED = 5


def _alike(path: str, pairs: Sequence[tuple[Entry, Finding]]) -> list[str]:
    """The notice of findings that a baseline has for resources that only are like theirs."""
    names = [
        f"{finding.path}: {finding.rule} on {finding.resource or finding.root} (was {_place(entry)})"
        for entry, finding in pairs
    ]
    if not names:
        return []
    are = "is known by likeness, as its resource is" if len(names) == 1 else "are known by likeness, as theirs are"
    again = "--prune-baseline writes where they are now"
    what = counted(len(names), "finding")
    return [f"{path}: {what} {are} called otherwise or elsewhere now ({again}): {listed_in_line(names, _NAMED)}"]


def _place(entry: Entry) -> str:
    return f"{entry.resource} in {entry.root}" if entry.resource else entry.root


def _former(path: str, count: int) -> list[str]:
    """The notice of findings that the baseline has under former addresses; none if there are none."""
    if not count:
        return []
    what = f"{counted(count, 'finding')} under {'its former address' if count == 1 else 'their former addresses'}"
    return [f"{path}: the baseline has {what}; --prune-baseline writes the present one{'s' * (count > 1)}"]


def _gated(report: Report, taken: Collection[int], moved: Mapping[int, Entry]) -> Gate | None:
    """The gate, with what only the baseline of now has. moved: by finding, the entry with a former address."""
    gate = report.gate
    if gate is None or gate.known_then is None:
        return gate
    left = known_left(gate.known_then, report)
    only_now = []
    for finding in report.findings:
        former = moved[id(finding)].fingerprint if id(finding) in moved else ""
        if left.counts[former] > 0:
            left.counts[former] -= 1
        elif id(finding) in taken:
            only_now += [] if left.take(finding) else [finding]
    return replace(gate, baselined=only_now)


def _refused(path: str, findings: Sequence[Finding], report: Report) -> list[str]:
    """The notice of findings that the baseline has and that a policy does not let it take; none if there are none."""
    if not findings:
        return []
    policies = listed(sorted({report.locked[finding.rule] for finding in findings}))
    what, them = f"{counted(len(findings), 'finding')} of locked rules", "it" if len(findings) == 1 else "them"
    stays = f"{'stays' if len(findings) == 1 else 'stay'}, though the baseline has {them}"
    return [f"{path}: {what} {stays}: the policy {policies} does not allow that; fix {them}"]


def pruned(report: Report, files: Files) -> Report:
    """Write the baseline without what it no longer needs, and say so. Raises Problem if that fails."""
    baseline = report.baseline
    if baseline is None:
        raise LookupError("--prune-baseline: there is no baseline; name one with --baseline, or in the configuration")
    surplus = {entry.fingerprint: entry.count for entry in baseline.unneeded}
    moved = Counter(entry.fingerprint for entry, _ in baseline.followed)
    kept = [
        replace(entry, count=entry.count - surplus.get(entry.fingerprint, 0) - moved[entry.fingerprint])
        for entry in baseline.entries
    ]
    kept = [entry for entry in kept if entry.count]
    kept += _entries([finding for _, finding in baseline.followed], BaselineResources(report, files))
    if surplus or moved:
        write_whole(baseline.path, text_of(kept, baseline.beside), _NAME)
    notices = []
    if surplus:
        notices.append(f"{baseline.path}: took {counted(sum(surplus.values()), 'finding')} out of the baseline")
    if moved:
        notices.append(f"{baseline.path}: wrote {counted(moved.total(), 'finding')} as the resources are called now")
    return replace(
        report,
        baseline=replace(baseline, entries=kept, unneeded=[], followed=[]),
        notices=[*report.notices, *notices],
    )


def written(report: Report, path: str, files: Files) -> Report:
    """Write what a report has to a baseline, and give the report without it. Raises Problem if that fails.

    What an earlier baseline at the path has of what this run did not look at stays in it. A file of another kind is not
    replaced.
    """
    earlier, earlier_beside = _earlier(path, files)
    scope, each_one = _Scope(report, files), Apart(report).report
    kept = [each for each in each_one.findings if each.rule != INTERNAL_ERROR and each.rule not in report.locked]
    resources = BaselineResources(report, files)
    new = _entries(kept, resources)
    known = {entry.fingerprint for entry in new}
    hidden = {finding.fingerprint for finding in each_one.unshown}
    stays = [entry for entry in earlier if entry.fingerprint not in known]
    stays = [entry for entry in stays if entry.fingerprint in hidden or not scope.has(entry)]
    names = {key for key in earlier_beside if key[0] not in report.seen.names}
    names |= resources.beside(new)
    write_whole(path, text_of([*new, *stays], names), _NAME)
    count = sum(entry.count for entry in new)
    rest = f", and kept {sum(entry.count for entry in stays)} of what was not looked at" if stays else ""
    notice = f"{path}: wrote {counted(count, 'finding')} to the baseline{rest}"
    report = replace(report, notices=[*report.notices, notice])
    return applied(report, path, [*new, *stays], files, names)


def _earlier(path: str, files: Files) -> tuple[list[Entry], set[tuple[str, str]]]:
    """What a baseline has that is to be written anew, and the resources without findings that it names.

    Raises Problem for a file of another kind, or a broken one.
    """
    if not files.exists(path) or path == os.devnull:
        return [], set()
    try:
        source = files.read(path)
        return entries_in(source), beside_in(source)
    except Problem as problem:
        why = problem.message.partition(";")[0]
        message = f"this file was not replaced: {why}; remove it, or name another one"
        raise Problem(message, path, problem.line, problem.column) from problem


def _entries(findings: Iterable[Finding], resources: BaselineResources) -> list[Entry]:
    """The entries for findings, with what their resources are known by."""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.fingerprint, []).append(finding)
    entries = []
    for fingerprint, group in groups.items():
        first = group[0]
        entry = Entry(first.root, first.rule, first.resource, first.route, fingerprint, len(group))
        entries.append(resources.described(entry, first))
    return entries


class _Scope:
    """What a run checked: whether it would have reported a finding that a baseline has."""

    def __init__(self, report: Report, files: Files) -> None:
        self._seen = report.seen
        self._files = files
        broken = {os.path.abspath(problem.path) for problem in report.errors}
        # What is no template any more, and what is a part of others now, has no findings of its own.
        self._checked = {os.path.abspath(path) for path in (*report.passed_over, *report.files)} - broken
        self._gone: dict[str, bool] = {}

    def has(self, entry: Entry) -> bool:
        """Whether a finding like this one would have been found."""
        seen = self._seen
        if entry.rule not in seen.rules or seen.is_narrow or entry.fingerprint in seen.silent:
            return False
        names = seen.names.get(entry.root)
        if names is None:
            return self._is_gone(entry.root)
        is_there = not entry.resource or entry.resource in names
        return entry.root not in seen.partly or (is_there and entry.rule not in seen.muted)

    def _is_gone(self, root: str) -> bool:
        """Whether a root would lie in a searched folder, and is not there any more."""
        if root not in self._gone:
            self._gone[root] = any(self._is_gone_from(root, folder) for folder in self._seen.folders)
        return self._gone[root]

    def _is_gone_from(self, root: str, folder: str) -> bool:
        top = self._files.root_above(os.path.join(folder, "_"))
        place = os.path.normpath(os.path.join(top, root))
        if not os.path.join(place, "").startswith(os.path.join(os.path.abspath(folder), "")):
            return False
        above = os.path.dirname(place)
        near = [os.path.join(parent, name) for parent in (above, place) for name in self._files.names(parent)]
        return all(path in self._checked for path in near if is_root(path, place))
