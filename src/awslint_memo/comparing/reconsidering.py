"""What a comparison can't say: what nobody could tell at one of the two times, and what ended as it applies no more."""

from __future__ import annotations

import os
from functools import partial

from awslint_memo.comparing import documents
from awslint_memo.comparing.current import Current, coverage_of, report_of
from awslint_memo.comparing.earlier_settings import SettingsThen
from awslint_memo.comparing.existence import Existence, is_off
from awslint_memo.comparing.faults import bare, text_of
from awslint_memo.comparing.inner_parts import InnerParts, ended_with_parts
from awslint_memo.comparing.likeness import local, naming
from awslint_memo.comparing.loops import has_new_macro
from awslint_memo.comparing.members import parted, reasoned
from awslint_memo.comparing.mergers import is_merged
from awslint_memo.comparing.open_checks import OpenChecks, block_of
from awslint_memo.comparing.pairing import Key
from awslint_memo.comparing.parts import gone_part
from awslint_memo.comparing.successors import Successors
from awslint_memo.comparing.unread_now import UnreadNow
from awslint_memo.comparing.unread_then import UnreadThen
from awslint_memo.files.files import Files
from awslint_memo.judging.comparison import Comparison, Gone, Graver, Reasoned
from awslint_memo.judging.coverage import Coverage
from awslint_memo.judging.grouping import alone_in
from awslint_memo.judging.inventory import lost_values
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record, replace

_NAMED = 3

_VALUES_LOST = "it was judged with the values of {} at {}, and is not any more"
_UNKNOWN_THEN = "what it depends on was not known at {}"
_UNKNOWN_NOW = "what it depends on is not known any more"
_LEFT_OUT = "it still holds, and is left out now; `environments: false` tells all"
_NONE_BY_DEFAULT = "the default of a variable makes none of it now"


@record
class Reconsidering:
    """What there is to ask. words: the revision, as a person named it. past: the files of then. then, report: the
    reports of both times. comparison: what they come to."""

    words: str
    current: Current
    past: Files
    settings: SettingsThen
    then: Report
    report: Report
    successors: Successors
    comparison: Comparison

    def reconsidered(self, *, is_gated: bool) -> Comparison:
        """The comparison, with what nobody can tell and what no longer applies told apart.

        is_gated: whether the gate has said what nobody can tell now, and what nobody could tell then has to fail.
        """
        held, came = parted(self.comparison.new, self._was_left_out)
        left_out, fixed = parted(self.comparison.fixed, self._is_left_out)
        raised = [Graver(each, "advice") for each in held if each.level != "advice"]
        only_now = [(each, "") for each in came] if is_gated else [*reasoned(came, self._untold_then)]
        graver = [(each, "" if is_gated else self._unread.why_graver(each)) for each in self.comparison.graver]
        ended = [(each, "" if is_gated else self._untold_now(each)) for each in fixed]
        told = [each for each, why in ended if not why]
        parts = ended_with_parts(told, (*self.then.findings, *self.then.unshown), self._is_with_part)
        merged, apart = parted([each for each in told if id(each) not in parts], self._is_merged)
        mended = [(each, self._lapsed(each)) for each in apart]
        gone = [(each, is_off(each, self.report.seen.inventory)) for each in self.comparison.gone]
        unread = [(each, "" if is_gated else self._untold_gone(each)) for each, is_off in gone if not is_off]
        return replace(
            self.comparison,
            new=[each for each, why in only_now if not why],
            graver=[*(each for each, why in graver if not why), *raised],
            fixed=[each for each, why in mended if not why],
            gone=[
                *(each for each, why in unread if not why),
                *(Gone(each, "part") for each in parts.values()),
                *(Gone(each, "resource") for each in merged),
            ],
            not_comparable=[
                *(Reasoned(each, why) for each, why in only_now if why),
                *(Reasoned(each.finding, why) for each, why in graver if why),
                *(Reasoned(each, why) for each, why in ended if why),
                *(Reasoned(each.finding, why) for each, why in unread if why),
            ],
            lapsed=[
                *(Reasoned(each, _LEFT_OUT) for each in left_out),
                *(Reasoned(each, why) for each, why in mended if why),
                *(Reasoned(each.finding, _NONE_BY_DEFAULT) for each, is_off in gone if is_off),
            ],
        )

    @property
    def told_now(self) -> list[Finding]:
        """What seems to be new, held at the revision, and was left out there."""
        return parted(self.comparison.new, self._was_left_out)[0]

    def _is_left_out(self, finding: Finding) -> bool:
        """Whether a finding of before holds still, and is left out, as one on what is of no production."""
        return alone_in(self._key(finding)[0], finding) in self.report.seen.aside

    def _was_left_out(self, finding: Finding) -> bool:
        """Whether a new finding held before too, and was left out."""
        then = self.successors.then_of_finding(finding)
        roots = {finding.root, *(root for root, now in self.successors.roots.items() if now == finding.root)}
        names = {finding.resource} if then is None else {finding.resource, then[1]}
        same = (replace(finding, resource=name) for name in names)
        return any(alone_in(root, each) in self.then.seen.aside for each in same for root in roots)

    # What could not be told at the revision

    def _untold_then(self, finding: Finding) -> str:
        """Why nobody could tell a new finding at the revision; empty if it was not there then."""
        existence = self.successors.why_new(finding, self.words) or self._existence.why_new(finding)
        if existence or self._unread.is_of_new_resource(finding):
            return existence
        unread = self._unread.why(finding) or self._unread_now.why_new(finding)
        if unread:
            return unread
        closed = documents.why_new(finding, self.successors, self.words)
        then = self.successors.then_of_finding(finding)
        if closed or then is None or not self.successors.is_as_written(then):
            return closed
        lost = lost_values(self.then.seen.inventory, self.report.seen.inventory, os.path.abspath(finding.home_path))
        if lost:
            return _VALUES_LOST.format(listed(lost, _NAMED), self.words)
        if self._has_lost(then) or self._is_written_now(finding):
            return ""
        before = self._silent_then
        is_open = before.may_be_open(finding) and before.was_open(finding, self._every_now)
        return (self._unread.why_open(finding) or _UNKNOWN_THEN.format(self.words)) if is_open else ""

    @cached_property
    def _existence(self) -> Existence:
        return Existence(self.past, self.current.files, self.then.seen.inventory)

    def _is_written_now(self, finding: Finding) -> bool:
        """Whether the change wrote the line at which a finding stands, such as one with the default of a parameter."""
        now, then = (text_of(files, os.path.abspath(finding.path)) for files in (self.current.files, self.past))
        lines = now.split("\n")
        written = bare(lines[finding.span.line - 1]) if finding.span.line <= len(lines) else ""
        return bool(written and then) and written not in map(bare, then.split("\n"))

    @cached_property
    def _unread(self) -> UnreadThen:
        files = self.past, self.current.files
        return UnreadThen(self.words, *files, self.then, self.report, self.successors, self._judged)

    @cached_property
    def _unread_now(self) -> UnreadNow:
        return UnreadNow(self.past, self.current.files, self.then, self.report, self.successors.roots, self._judged)

    def _judged(self, files: Files) -> Report:
        return report_of(self.current, files, self.current.nearest)

    def _has_lost(self, key: Key) -> bool:
        """Whether something that named a resource, or that it named, is gone or is written otherwise."""
        return any(not self.successors.is_as_written(other) for other in self._near(key))

    # What nobody can tell now, and what no longer applies

    def _untold_now(self, finding: Finding) -> str:
        """Why nobody can tell whether a finding of before is mended; empty if it is."""
        key = self._key(finding)
        told = documents.named_in(finding, key, self.successors.traits_then)
        unread = self._unread_now.why_ended(finding) or self.successors.why_ended(key, told)
        unread = unread or documents.why_ended(finding, key, told, self.successors)
        # A check counts once for all roots: where it reports in another one, what it lacked in this one counts too.
        same = partial(self.successors.is_same_in, key[0])
        now = self._every_now if block_of(finding) in self._told_now else self._silent_now
        is_open = not unread and now.may_be_open(finding) and now.is_open(finding, self._every_then, None, same)
        return _UNKNOWN_NOW if is_open or (not unread and has_new_macro(finding, self.then, self.report)) else unread

    def _untold_gone(self, gone: Gone) -> str:
        """Why nobody can tell whether the resource of a finding is gone; empty if it is."""
        unread = self._unread_now.why_gone(gone)
        return unread or (self.successors.why_gone(gone.finding) if gone.why == "resource" else "")

    @cached_property
    def _told_now(self) -> frozenset[tuple[str, str, str]]:
        return frozenset(map(block_of, (*self.report.findings, *self.report.unshown)))

    def _lapsed(self, finding: Finding) -> str:
        """Why a finding ended that nobody mended; empty if somebody did."""
        key = self._key(finding)
        now = self.successors.now_of(key)
        if key not in self.successors.traits_then or now is None:
            return ""
        near = self._near(key)
        switched = next(filter(None, map(self._switched_off, (key, *near))), "")
        if switched or self._has_new_near(now):
            return switched
        told, is_as_written = (
            documents.named_in(finding, key, self.successors.traits_then),
            self.successors.is_as_written(key),
        )
        causes = [*told, *near] if is_as_written else told
        names = (
            *(other[1] for other in causes if self.successors.now_of(other) is None),
            *self._inner.gone_causes(finding, key, is_all=not self._has_lost(key)),
        )
        gone = list(dict.fromkeys(filter(None, names)))
        return f"{listed(gone, _NAMED)} {'is' if len(gone) == 1 else 'are'} gone" if gone else ""

    def _is_merged(self, finding: Finding) -> bool:
        every = (*self.then.findings, *self.then.unshown, *self.then.seen.aside.values())
        told = {self._key(each) for one in every if one.rule == finding.rule for each in (one, *one.others)}
        return is_merged(self._key(finding), told, self.successors)

    def _is_with_part(self, finding: Finding) -> bool:
        key = self._key(finding)
        if finding.generated and self._is_made_no_more(finding, key):
            return True
        if self.successors.is_as_written(key):
            return bool(gone_part(finding, self.past, self.current.files)) or self._inner.is_gone_from_data(finding)
        return self._inner.is_gone(finding, key)

    def _is_made_no_more(self, finding: Finding, key: Key) -> bool:
        """Whether a transform makes none any more of what it made of a resource that is there. key: that resource.

        It may be called otherwise where another part of the same resource came.
        """
        now = self.successors.now_of(key)
        if now is None:
            return False
        names, own = self.report.seen.names.get(now[0], set()), local(now[1])
        came = names - self.successors.names_then.get(key[0], set())
        called = finding.generated.replace(local(key[1]), own, 1)
        return called not in names and not any(name.startswith(own) and name != own for name in came)

    @cached_property
    def _inner(self) -> InnerParts:
        return InnerParts(self.past, self.current.files, self.successors)

    def _switched_off(self, key: Key) -> str:
        """What switched a resource of then off, in words; empty if nothing did."""
        now = self.successors.now_of(key)
        is_off = now is not None and not self.successors.traits_then[key].off
        off = self.successors.traits_now[now].off if is_off and now is not None else ""
        return f"{off} in {local(key[1])}" if off else ""

    def _has_new_near(self, key: Key) -> bool:
        """Whether something came that names a resource of now, which may have mended it."""
        return any(
            other[0] == key[0] and other != key and naming(key[1]) in names and self.successors.then_of(other) is None
            for other, names in self.successors.named_now.items()
        )

    # What both ask

    def _key(self, finding: Finding) -> Key:
        root = self.successors.roots.get(finding.root, finding.root)
        return root, without_instance_keys(finding.resource)

    def _near(self, key: Key) -> list[Key]:
        """The resources of then that name one in its root, or that it names."""
        named = self.successors.named_then
        return [
            other
            for other, names in named.items()
            if other[0] == key[0] and other != key and (naming(other[1]) in named[key] or naming(key[1]) in names)
        ]

    @cached_property
    def _silent_then(self) -> OpenChecks:
        """The checks of then that found nothing, of the rules that are asked for."""
        return OpenChecks(self._coverage_then, self.then.seen.inventory, is_silent=True)

    @cached_property
    def _every_then(self) -> OpenChecks:
        return OpenChecks(self._coverage_then, self.then.seen.inventory, is_silent=False)

    @cached_property
    def _silent_now(self) -> OpenChecks:
        """The checks of now that find nothing."""
        return OpenChecks(self._coverage_now, self.report.seen.inventory, is_silent=True)

    @cached_property
    def _every_now(self) -> OpenChecks:
        return OpenChecks(self._coverage_now, self.report.seen.inventory, is_silent=False)

    @cached_property
    def _coverage_then(self) -> Coverage:
        return coverage_of(self.current, self.past, self.settings, self._rules)

    @cached_property
    def _coverage_now(self) -> Coverage:
        return coverage_of(self.current, self.current.files, self.current.nearest, self._rules)

    @property
    def _rules(self) -> frozenset[str]:
        return frozenset(finding.rule for finding in (*self.comparison.new, *self.comparison.fixed))
