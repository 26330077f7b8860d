"""Judges the landscape that a run is compared with: a revision, a plan's prior state, or what an earlier report has."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from awslint_memo.comparing.comparison_notices import (
    as_now,
    fell,
    followed,
    left_out_then,
    modules_now,
    roots_now,
    unread_then,
)
from awslint_memo.comparing.current import Current, report_of, top_of
from awslint_memo.comparing.earlier import Earlier
from awslint_memo.comparing.earlier_settings import SettingsThen, values_then
from awslint_memo.comparing.gated import Gated, is_policed
from awslint_memo.comparing.left_out import mended, without_untold
from awslint_memo.comparing.likeness import texts
from awslint_memo.comparing.links import with_unseen
from awslint_memo.comparing.matching import compared
from awslint_memo.comparing.reconsidering import Reconsidering
from awslint_memo.comparing.renamed import Renamed, with_lesser
from awslint_memo.comparing.report_file import earlier_report
from awslint_memo.comparing.retold import without_retold
from awslint_memo.comparing.setting_changes import differ
from awslint_memo.comparing.setting_changes import sentences as setting_sentences
from awslint_memo.comparing.successors import Successors
from awslint_memo.comparing.yielded import without_yielded
from awslint_memo.files.files import Files
from awslint_memo.files.revision import Revision, revision
from awslint_memo.files.revision_disk import RevisionDisk
from awslint_memo.files.source import read
from awslint_memo.judging.comparison import Comparison, Gate, Reasoned, unread_key
from awslint_memo.judging.inventory import Inventory, lost_values
from awslint_memo.judging.report import Report
from awslint_memo.judging.roots import moved_roots, renamed_roots, whole
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.plan.changes import prior
from awslint_memo.readers.recognition import template
from awslint_memo.settings.settings import Settings

_UNREAD_NOW = "its file can't be read now"

PRIOR = "prior"
"""What a person writes to compare a plan with its own prior state."""


def against(words: str, current: Current, report: Report) -> Report:
    """The report of now with what changed. words: a revision, "prior", or the path of an earlier report.

    Raises LookupError, with a sentence, or Problem if there is nothing to compare with.
    """
    unread = frozenset[tuple[str, str]]()
    is_revision = words != PRIOR and not (words.lower().endswith(".json") and os.path.exists(words))
    if current.gate and not is_revision:
        raise LookupError(f"--gate goes with a revision of git, and {words} is none; name one with --against")
    if words.lower().endswith(".json") and os.path.exists(words):
        earlier, notices = _reported(words, current, report)
    elif current.validates:
        what = "--validate goes with an earlier JSON report only, since cfn-lint reads the files of now"
        raise LookupError(f"--against {words}: {what}; make one with --format json and compare with it")
    elif words == PRIOR:
        earlier, notices = _prior(current, report)
    else:
        return _revised(words, current, report)
    comparison = replace(compared(words, earlier, report, shows_advice=current.shows_advice), unread=unread)
    return _with(report, comparison, notices)


def _with(report: Report, comparison: Comparison, notices: Sequence[str]) -> Report:
    told = [] if report.gate is None else report.gate.lowered
    lowered = [pair for pair in comparison.became_advice if pair[1] not in told]
    notices = [
        *notices,
        *fell(comparison.with_what, lowered, are_all_named=report.gate is not None),
        *followed(comparison),
    ]
    return replace(
        report, against=_without_unread(comparison), notices=list(dict.fromkeys((*report.notices, *notices)))
    )


def _without_unread(comparison: Comparison) -> Comparison:
    """A comparison in which what stands in a file that can't be read now is not gone: nobody can tell."""
    unread = [Reasoned(each.finding, _UNREAD_NOW) for each in comparison.gone if each.why == "unread"]
    gone = [each for each in comparison.gone if each.why != "unread"]
    return replace(comparison, gone=gone, not_comparable=[*comparison.not_comparable, *unread])


def _revised(words: str, current: Current, report: Report) -> Report:
    past = RevisionDisk(revision(top_of(current, words), words))
    try:
        return _of_past(words, current, past, report)
    except Problem as problem:
        raise Problem(f"{problem.message} (at {words})", problem.path, problem.line, problem.column) from problem
    finally:
        past.close()


def _of_past(words: str, current: Current, past: RevisionDisk, report: Report) -> Report:
    """The report of now with what changed since a revision."""
    files = values_then(current.bounds(disk=past), current.files, (*current.values, *_configured(current.nearest.base)))
    settings = SettingsThen(current.nearest, lambda: current.load(files), files)
    then = report_of(current, files, settings)
    roots = _roots_now(past.revision, then, report)
    is_asked = is_policed(settings) if current.gate is None else current.gate
    broken = [each.path for each in then.errors if not each.is_partial and files.exists(each.path)]
    notices = [*settings.notices, *unread_then(words, broken, report, current.files, is_compared=is_asked)]
    notices += [*as_now(words, past.revision, files), *modules_now(words, then, report)]
    told = setting_sentences(settings.pairs.values(), words)
    successors = Successors(then.seen, report, roots, texts(files), texts(current.files))
    compare = partial(
        compared,
        words,
        shows_advice=current.shows_advice,
        has_other_values=partial(
            _has_other_values, then.seen.inventory, report.seen.inventory, counts_lost=not is_asked
        ),
        successors=None if is_asked else successors,
        looked_at=then.seen.inventory,
    )
    comparison = without_retold(compare(_earlier(then, roots), report), then, report)
    comparison = with_unseen(comparison, past.revision, report)
    if not is_asked:
        judged = partial(_by_rules, current, files, settings)
        comparison = without_yielded(comparison, then, report, successors, judged)
        quiet = mended(then, report, partial(_earlier_of, roots), compare)
        comparison = replace(comparison, fixed=[*comparison.fixed, *quiet])
    comparison = replace(comparison, unread=_unread(then, settings), settings=told)
    gate = None
    if is_asked:
        gated = Gated(words, current, past.revision, files, settings, then, report)
        gate, comparison = _with_gate(gated, comparison, Renamed(successors))
    scene = Reconsidering(words, current, files, settings, then, report, successors, comparison)
    comparison = scene.reconsidered(is_gated=is_asked)
    comparison = without_untold(comparison, then, shows_advice=current.shows_advice, is_gated=is_asked)
    notices += left_out_then(words, [each for each in scene.told_now if current.shows_advice or each.level != "advice"])
    notices += roots_now(words, then, report, comparison.graver, current.files)
    return _with(replace(report, gate=gate), comparison, [*notices, *told])


def _unread(then: Report, settings: SettingsThen) -> frozenset[tuple[str, str]]:
    """What could not be read then. What could not be looked at for its amount may be so only by the settings of now."""
    has_others = any(differ(*pair) for pair in settings.pairs.values())
    return frozenset(unread_key(each) for each in then.errors if not (each.is_partial and has_others))


def _by_rules(current: Current, files: Files, settings: SettingsThen, rules: Collection[str]) -> Report:
    """The report of other files by some rules alone."""
    return report_of(current, files, settings, only=rules)


def _with_gate(gated: Gated, comparison: Comparison, renamed: Renamed) -> tuple[Gate, Comparison]:
    """What the gate says, and the comparison without what it tells."""
    comparison = with_lesser(comparison, gated.report, renamed)
    gate = gated.gate(comparison, renamed)
    fixed = [each for each in comparison.fixed if each not in gate.untold]
    gone = [each for each in comparison.gone if each.finding not in gate.untold]
    return gate, replace(comparison, fixed=fixed, gone=gone)


def _roots_now(revision: Revision, then: Report, report: Report) -> dict[str, str]:
    """The names that the roots of a revision have now, where git says that they were moved."""
    renamed = revision.renamed
    return {
        **renamed_roots(renamed, revision.files, revision.tracked),
        **moved_roots(renamed, then.seen.roots, report.seen.roots, revision.git.top),
    }


def _has_other_values(then: Inventory, now: Inventory, finding: Finding, *, counts_lost: bool) -> bool:
    """Whether files that were not there, or a configuration, say with which values a template is deployed.

    counts_lost: whether it is also so if a file that is there gives it none any more, of which the gate says more.
    """
    return any(
        now.values.get(path, set()) - then.values.get(path, set()) or (counts_lost and lost_values(then, now, path))
        for path in {os.path.abspath(finding.path), os.path.abspath(finding.home_path)}
    )


def _configured(settings: Settings) -> list[str]:
    return [*settings.parameter_files.values(), *settings.var_files]


def _prior(current: Current, report: Report) -> tuple[list[Earlier], list[str]]:
    unsaved: dict[str, str] = {}
    notices = []
    for path in report.files:
        source = current.files.read(path)
        plan = template(source, current.files)
        if plan is None or plan.snapshot != "plan":
            raise Problem("this is no plan, and only a plan has a prior state; name plans, or a revision", path)
        if '"prior_state"' not in source.text:
            notices.append(f"{path}: the plan has no prior state, so all that is found in it counts as new")
        unsaved[path] = prior(source).text
    files = Files(unsaved, current.files.bounds)
    return _earlier(report_of(current, files, current.nearest), {}), notices


def _reported(path: str, current: Current, report: Report) -> tuple[list[Earlier], list[str]]:
    earlier = earlier_report(read(path))
    notices = [*unread_then(path, earlier.unread, report, current.files)]
    if current.shows_advice and not earlier.has_advice:
        notices.append(f"{path}: the earlier report was made without --advice, so all advice of now counts as new")
    return [_in_root_of_now(each, report) for each in earlier.findings], notices


def _in_root_of_now(earlier: Earlier, report: Report) -> Earlier:
    """A finding of an earlier report, whose template may share its name without the ending now, or may have then."""
    path = os.path.abspath(earlier.finding.path)
    root = report.seen.roots.get(path, earlier.root)
    if root == earlier.root or whole(root, path) != whole(earlier.root, path):
        return earlier
    finding = earlier.finding
    for same in (finding, replace(finding, resource="", route="")):  # Findings that are told together have neither.
        if same.fingerprint == earlier.fingerprint:
            return replace(earlier, fingerprint=replace(same, root=root).fingerprint, root=root)
    return earlier


def _earlier(then: Report, roots: Mapping[str, str]) -> list[Earlier]:
    """The findings of a report. roots: the names that roots have now, where they have another one."""
    shown = [_earlier_of(roots, finding) for finding in (*then.findings, *then.unshown)]
    return [*shown, *(_earlier_of(roots, hidden.finding, is_suppressed=True) for hidden in then.suppressed)]


def _earlier_of(roots: Mapping[str, str], finding: Finding, *, is_suppressed: bool = False) -> Earlier:
    root = roots.get(finding.root, finding.root)
    return Earlier(finding, replace(finding, root=root).fingerprint, root, is_suppressed)
