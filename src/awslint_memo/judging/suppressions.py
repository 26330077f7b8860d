"""Applies suppressions: removes the findings that they cover, and reports suppressions that have no effect."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_deployments
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.foreign_suppressions import read_foreign
from awslint_memo.judging.looked import home
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression import Configured, Directive, Hidden, Suppression, SuppressionIndex, Used
from awslint_memo.judging.suppression_places import acknowledged, read
from awslint_memo.judging.suppression_rules import ENGINE_RULES, SERVICE, Validity
from awslint_memo.model.budget import is_cut
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.judging.suppression import PolicyLock


class Suppressions:
    """The suppressions of one run: those in the configuration, and those in each template passed to `apply`."""

    def __init__(
        self,
        check_options: CheckOptions,
        known: Mapping[str, Rule],
        today: date,
        configured: Sequence[Configured] = (),
        locks: Sequence[PolicyLock] = (),
        used_spans: set[tuple[Span, str]] | None = None,
        *,
        takes_foreign: bool = True,
    ) -> None:
        """known: all existing rules, those about suppressions included; `check_options` has those that are applied.

        locks: what policies ask. used_spans: which suppressions in files are used, shared by those that share files.
        takes_foreign: whether suppressions for other linters count.
        """
        self._check_options = check_options
        self._today, self._takes_foreign = today, takes_foreign
        self._run = {rule.id for rule in check_options.rules}
        self._validity = Validity(check_options.levels, self._run, known, today, locks)
        self._configured = [suppression for suppression in configured if self._validity.objection(suppression) is None]
        self._refused = [suppression for suppression in configured if self._validity.objection(suppression) is not None]
        self.used = Used()
        """Which of the configuration's were used so far."""
        self._used_spans: set[tuple[Span, str]] = set() if used_spans is None else used_spans
        self._idle: dict[Span, tuple[Directive, Sequence[str]]] = {}
        """The suppressions in files that suppress nothing in one of the templates that the file is a part of."""
        self.hidden: list[Hidden] = []
        """The suppressed findings so far; whoever takes some of them removes them."""

    def apply(
        self,
        template: Template,
        deployments: Deployments,
        findings: Sequence[Finding],
        silent: Sequence[Finding] = (),
        *,
        is_exact: bool = False,
    ) -> list[Finding]:
        """The findings that are not suppressed, and those about the template's suppressions.

        silent: the findings whose cause another rule tells. A suppression of one is not unused, since it is needed
        once the other rule is ignored; nor is the finding counted as suppressed.
        """
        written: list[Suppression] = []
        about: list[Finding] = []
        # A nested template that is in no deployment is checked by itself, with what is suppressed there.
        judged = {*deployments.reached, *deployments.derived_from}
        nested = [each for each in template.nested if each.source.path in judged]
        files = (template, *nested)
        parts = (suppression for part in files for suppression in read(part, deployments))
        for suppression in (*parts, *acknowledged(deployments)):
            about.extend(self._validity.about(suppression))
            has_reason = isinstance(suppression, Suppression) and bool(suppression.directive.reason)
            if isinstance(suppression, Suppression) and has_reason and self._validity.objection(suppression) is None:
                written.append(suppression)
        used: set[tuple[int, str]] = set()
        index = SuppressionIndex(written, self._validity.names)
        kept = [finding for finding in findings if not self._covered(finding, written, used, index)]
        for finding in silent:
            used.update(self._covering(finding, written, index))
            self.used.patterns.update(self._covering(finding, self._configured))
        self._used_spans.update((written[number].span, pattern) for number, pattern in used)
        is_sure = deployments.is_complete and not deployments.problems and not is_exact
        is_sure = is_sure and not is_cut() and all(finding.rule != INTERNAL_ERROR for finding in findings)
        if is_sure and not self._check_options.is_exact:
            about.extend(self._unused_in(template, deployments, written, used))
        left = [
            finding for finding in (*kept, *about) if not self._covered(finding, self._configured, self.used.patterns)
        ]
        self._mark_seen(template, deployments, is_sure=is_sure)
        return self._without_foreign(files, deployments, left) if self._takes_foreign and left else left

    def _without_foreign(
        self, files: Sequence[Template], deployments: Deployments, findings: Sequence[Finding]
    ) -> list[Finding]:
        """The findings without those that a suppression for another linter decides about.

        They come last, so that no suppression for us is unused because of them; and nobody is told of unused ones.
        """
        every = [suppression for part in files for suppression in read_foreign(part, deployments, self._today)]
        foreign = [suppression for suppression in every if self._validity.objection(suppression) is None]
        if not foreign:
            return list(findings)
        index, unused = SuppressionIndex(foreign, self._validity.names), set[tuple[int, str]]()
        return [finding for finding in findings if not self._covered(finding, foreign, unused, index)]

    def left_over(self, folders: Sequence[str], *, is_whole: bool = True) -> list[Finding]:
        """The findings about the configuration's suppressions; call it after the last template.

        folders: those that the run searched. A suppression that may concern files outside of them is not reported.
        is_whole: whether all files there could be read.
        """
        findings = [finding for one in self._refused for finding in self._validity.refusal(one)]
        findings += [
            finding for suppression in self._configured for finding in self._validity.lock_refusals(suppression)
        ]
        root = {os.path.abspath(suppression.root) for suppression in self._configured}
        walked = [os.path.join(os.path.abspath(folder), "") for folder in folders]
        saw_all = all(any(os.path.join(top, "").startswith(folder) for folder in walked) for top in root)
        for number, suppression in enumerate(self._configured):
            if (
                suppression.is_own
                and not self._check_options.is_exact
                and ((saw_all and is_whole) or (suppression.is_exact and number in self.used.seen))
            ):
                idle = self._idle_part(suppression.directive, number, self.used.patterns | self.used.open)
                findings += [self._validity.unused(suppression.directive, suppression.span, idle)] if idle else []
        return [finding for finding in findings if finding.rule in self._run]

    def _mark_seen(self, template: Template, deployments: Deployments, *, is_sure: bool) -> None:
        """Note which of the configuration's suppressions may concern a resource of a template, and are not used yet."""
        here = [
            (number, suppression)
            for number, suppression in enumerate(self._configured)
            if suppression.covers_path(template.source.path)
        ]
        if not here:
            return
        every = (resource for deployment in deployments.deployments for resource in deployment.resources.values())
        names = {name for one in every for name in (one.name, one.written)}
        names |= {name for construct in deployments.constructs.values() for name in construct.names}
        here = [(number, one) for number, one in here if any(map(one.covers_resource, names))]
        self.used.seen.update(number for number, _ in here)
        idle = [
            (number, pattern)
            for number, one in here
            for pattern in self._idle_part(one.directive, number, self.used.patterns | self.used.open)
        ]
        if not is_sure:
            self.used.open.update(idle)
        elif idle and not self._check_options.is_exact:
            ids = {id_ for _, pattern in idle for id_ in self._validity.ids(pattern)}
            unknown_checks = UnknownChecks(template, deployments, self._check_options, ids)
            for number, pattern in idle:
                if any(
                    map(self._configured[number].covers_resource, unknown_checks.names(self._validity.ids(pattern)))
                ):
                    self.used.open.add((number, pattern))

    def _covered(
        self,
        finding: Finding,
        among: Sequence[Suppression | Configured],
        used: set[tuple[int, str]],
        index: SuppressionIndex | None = None,
    ) -> bool:
        """Whether a suppression covers the finding; every one that does is added to `used`."""
        covering = self._covering(finding, among, index)
        used.update(covering)
        if covering and finding.rule not in ENGINE_RULES:
            from awslint_memo.model.secret_texts import without_told  # Each format prints the reason.

            first = among[covering[0][0]]
            in_file = first if isinstance(first, Suppression) else None
            tool = "" if in_file is None else in_file.tool
            self.hidden.append(Hidden(finding, without_told(first.directive.reason), in_file is not None, tool))
        return bool(covering)

    def _covering(
        self, finding: Finding, among: Sequence[Suppression | Configured], index: SuppressionIndex | None = None
    ) -> list[tuple[int, str]]:
        """The numbers of the suppressions that cover the finding, with the pattern that names its rule.

        index: that of `among`, if there is one.
        """
        return [
            (number, pattern)
            for number in (range(len(among)) if index is None else index.near(finding))
            for pattern in among[number].directive.rules
            if self._validity.names(pattern, finding.rule)
            and among[number].covers(finding)
            and not self._validity.is_locked(finding.rule, among[number])
        ]

    def _unused_in(
        self,
        template: Template,
        deployments: Deployments,
        written: Sequence[Suppression],
        used: Collection[tuple[int, str]],
    ) -> Iterator[Finding]:
        """The findings about suppressions in a template whose rules surely report nothing there."""
        idle = [
            (suppression, self._idle_part(suppression.directive, number, used))
            for number, suppression in enumerate(written)
        ]
        ids = {id_ for _, patterns in idle for pattern in patterns for id_ in self._validity.ids(pattern)}
        if not ids:
            return
        unknown_checks = UnknownChecks(template, deployments, self._check_options, ids)
        for one, patterns in idle:
            sure = [pattern for pattern in patterns if not unknown_checks.has(self._validity.ids(pattern), one)]
            if sure:
                self._idle[one.span] = one.directive, sure
                yield self._validity.unused(one.directive, one.span, sure, one.resource)

    @property
    def idle(self) -> Collection[Span]:
        """Where suppressions stand that had no effect in a template, and may have one in another with the same file."""
        return self._idle.keys()

    def settled(self, finding: Finding) -> Iterator[Finding]:
        """A finding about a suppression, of which what another template with the same file needs is left out."""
        directive, idle = self._idle[finding.span]
        left = [pattern for pattern in idle if (finding.span, pattern) not in self._used_spans]
        if len(left) == len(idle):
            yield finding
        elif left:
            yield replace(self._validity.unused(directive, finding.span, left, finding.resource), root=finding.root)

    def _idle_part(self, directive: Directive, number: int, used: Collection[tuple[int, str]]) -> list[str]:
        """The unused parts of a suppression, limited to rules that the run applied; none if nobody wants to know."""
        if f"{SERVICE}-unused" not in self._run:
            return []
        idle = [pattern for pattern in directive.rules if (number, pattern) not in used and self._was_applied(pattern)]
        # Of what nobody may suppress it is said that it has no effect.
        return (
            [pattern for pattern in idle if not self._validity.ids(pattern) & self._validity.locked]
            if self._validity.locked
            else idle
        )

    def _was_applied(self, pattern: str) -> bool:
        rules = self._validity.ids(pattern).difference(ENGINE_RULES) or self._validity.ids(pattern)
        return bool(rules) and rules <= self._run


class UnknownChecks:
    """The checks of some rules in a template that found nothing where a value is unknown."""

    def __init__(
        self, template: Template, deployments: Deployments, check_options: CheckOptions, ids: Collection[str]
    ) -> None:
        """ids: of the rules."""
        from awslint_memo.judging.coverage import Coverage  # Few runs need it.

        rules = [rule for rule in check_options.rules if rule.id in ids]
        coverage = Coverage()
        coverage.see(template, deployments, rules)
        check_deployments(deployments, replace(check_options, rules=rules), coverage)
        names: dict[tuple[str, str], set[str]] = {}
        for resource in deployments.resources:
            names.setdefault(home(resource), set()).update((resource.name, resource.written))
        self._names: dict[str, set[str]] = {}
        """By rule, the names of the resources of which it can't tell."""
        self._paths: dict[str, set[str]] = {}
        for (rule, _, where, _), check in coverage.checks.items():
            if check.outcome in ("unknown", "failed"):
                self._names.setdefault(str(rule), set()).update(names.get(where, ()))  # type: ignore[call-overload]
                self._paths.setdefault(str(rule), set()).add(check.path)

    def names(self, ids: Collection[str]) -> set[str]:
        """The names of the resources of which one of these rules can't tell."""
        return {name for id_ in ids for name in self._names.get(id_, ())}

    def has(self, ids: Collection[str], suppression: Suppression) -> bool:
        """Whether one of these rules may report what a suppression covers, once more is known."""
        cover = suppression.cover
        for id_ in ids:
            if cover.is_file:
                if cover.path in self._paths.get(id_, ()):
                    return True
            elif cover.names or suppression.resource:
                if not self._names.get(id_, set()).isdisjoint((*cover.names, suppression.resource)):
                    return True
            elif id_ in self._names:  # It stands at a value that any resource may use.
                return True
        return False
