"""Applies suppressions: removes the findings that they cover, and reports suppressions that have no effect."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from awslint_memo.files.file_finder import relative
from awslint_memo.judging.acknowledged import acknowledged
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.directives import FORM, Directive, Suppression
from awslint_memo.judging.hidden import Hidden
from awslint_memo.judging.judge import LintOptions
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression_index import SuppressionIndex, Used
from awslint_memo.judging.suppression_places import Malformed, read
from awslint_memo.model.finding import Finding
from awslint_memo.model.patterns import is_literal, is_of_cfn_lint, matches, path_matches, without_instance_keys
from awslint_memo.model.record import record
from awslint_memo.model.similar import closest
from awslint_memo.model.span import Span
from awslint_memo.readers.template import Deployments, Template

SERVICE = "suppression"

_MAX_HINTS = 100
"""For so many unknown ids of a run a similar one is looked for, which takes milliseconds."""


def _rule(what: str, title: str, reason: str, advice: str) -> Rule:
    """A rule about suppressions. It has documentation and a level, but no checks; the engine creates its findings."""
    return Rule(f"{SERVICE}-{what}", "warning", service=SERVICE, title=title, reason=reason, advice=advice)


ENGINE_RULES: Mapping[str, Rule] = {
    rule.id: rule
    for rule in (
        _rule(
            "expired",
            "An expired suppression should be removed or renewed.",
            "The day that a suppression gives after the word until has passed, so the suppression has no effect.",
            "Fix the finding and remove the suppression, or give it a new day and a reason.",
        ),
        _rule(
            "malformed",
            "A suppression should be written in the right form.",
            "A comment or Metadata is addressed to awslint-memo but is not a valid suppression, so it has no effect.",
            f"Write {FORM}; in Metadata a list of maps with rules, reason and until.",
        ),
        _rule(
            "unknown-rule",
            "A suppression should name rules that exist.",
            "No rule has the id or matches the pattern, so this part of the suppression has no effect.",
            "List the ids with: awslint-memo rules",
        ),
        _rule(
            "unused",
            "A suppression that suppresses nothing should be removed.",
            "The rule was applied and reports nothing here. If the suppression stays, it hides the next finding.",
            "Remove it, or the rule's id from it.",
        ),
        _rule(
            "without-reason",
            "A suppression should have a reason.",
            "Without a reason nobody can tell whether the suppression is still right, so it has no effect.",
            f"Write the reason after the bracket: {FORM}.",
        ),
    )
}
"""The rules about suppressions, by id. Like other rules, they can be turned off or have another level."""


@record(frozen=True)
class Configured:
    """A suppression in the configuration.

    paths: patterns relative to `root`. resources: patterns of logical ids, Terraform addresses and paths of constructs.
    Empty means all.
    """

    directive: Directive
    span: Span
    root: str = ""
    paths: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()

    def covers_path(self, path: str) -> bool:
        """Whether it applies to the file at `path`."""
        below = relative(path, self.root)
        return not self.paths or any(path_matches(pattern, below) for pattern in self.paths)

    def covers_resource(self, name: str) -> bool:
        """Whether it applies to resources with this name, written or generated.

        A pattern without instance keys applies to all instances.
        """
        names = {name, without_instance_keys(name)}
        return not self.resources or any(matches(pattern, one) for pattern in self.resources for one in names)

    def covers(self, finding: Finding) -> bool:
        """Whether it applies to the finding, apart from the finding's rule."""
        constructs = () if finding.construct is None else finding.construct.names
        is_named = any(map(self.covers_resource, (finding.resource, finding.name, *constructs)))
        return is_named and self.covers_path(finding.path)

    @property
    def is_exact(self) -> bool:
        """Whether it has no wildcards, so that a run which saw its files and resources can tell if it is unused."""
        patterns = (*self.paths, *self.resources)
        return bool(patterns) and all(is_literal(pattern) for pattern in patterns)


class Suppressions:
    """The suppressions of one run: those in the configuration, and those in each template passed to `apply`."""

    def __init__(
        self, lint_options: LintOptions, known: Mapping[str, Rule], today: date, configured: Sequence[Configured] = ()
    ) -> None:
        """known: all existing rules, those about suppressions included; `lint_options` has those that are applied."""
        self._lint_options = lint_options
        self._known = known
        self._run = {rule.id for rule in lint_options.rules}
        self._today = today
        self._configured = [one for one in configured if not self._is_expired(one.directive)]
        self._expired = [one for one in configured if self._is_expired(one.directive)]
        self.used = Used()
        """Which of the configuration's were used so far."""
        self._meant: dict[str, frozenset[str]] = {}
        self._hints: dict[str, str] = {}
        self.hidden: list[Hidden] = []
        """The suppressed findings so far; whoever takes some of them removes them."""

    def apply(
        self, template: Template, deployments: Deployments, findings: Sequence[Finding], silent: Sequence[Finding] = ()
    ) -> list[Finding]:
        """The findings that are not suppressed, and those about the template's suppressions.

        silent: the findings whose cause another rule tells. A suppression of one is not unused, since it is needed
        once the other rule is ignored; nor is the finding counted as suppressed.
        """
        written: list[Suppression] = []
        about: list[Finding] = []
        # A nested template that is in no deployment is checked by itself, with what is suppressed there.
        judged = {*deployments.reached, *deployments.derived_from}
        written_in = [template, *(one for one in template.nested if one.source.path in judged)]
        parts = (found for part in written_in for found in read(part, deployments))
        for one in (*parts, *acknowledged(deployments)):
            about.extend(self._about(one))
            if isinstance(one, Suppression) and one.directive.reason and not self._is_expired(one.directive):
                written.append(one)
        used: set[tuple[int, str]] = set()
        index = SuppressionIndex(written, self._names)
        kept = [one for one in findings if not self._covered(one, written, used, index)]
        for finding in silent:
            used.update(self._covering(finding, written, index))
            self.used.patterns.update(self._covering(finding, self._configured))
        everything = not self._lint_options.is_exact and deployments.is_complete
        if everything and all(finding.rule != INTERNAL_ERROR for finding in findings):
            for number, suppression in enumerate(written):
                about.extend(self._unused(suppression.directive, suppression.span, number, used, suppression.resource))
        self._mark_seen(template.source.path, deployments)
        return [one for one in (*kept, *about) if not self._covered(one, self._configured, self.used.patterns)]

    def left_over(self, folders: Sequence[str]) -> list[Finding]:
        """The findings about the configuration's suppressions; call it after the last template.

        folders: those that the run searched. A suppression that may concern files outside of them is not reported.
        """
        said = [self._expired_finding(one.directive, one.span) for one in self._expired]
        root = {os.path.abspath(one.root) for one in self._configured}
        walked = [os.path.join(os.path.abspath(folder), "") for folder in folders]
        saw_all = all(any(os.path.join(top, "").startswith(folder) for folder in walked) for top in root)
        everything = not self._lint_options.is_exact
        for number, one in enumerate(self._configured):
            if everything and (saw_all or (one.is_exact and number in self.used.seen)):
                said.extend(self._unused(one.directive, one.span, number, self.used.patterns))
        return [finding for finding in said if finding.rule in self._run]

    def _mark_seen(self, path: str, deployments: Deployments) -> None:
        """Note which of the configuration's suppressions may concern a resource of a template."""
        here = [(number, one) for number, one in enumerate(self._configured) if one.covers_path(path)]
        if here:
            every = (one for deployment in deployments.deployments for one in deployment.resources.values())
            names = {name for one in every for name in (one.name, one.written)}
            names |= {name for one in deployments.constructs.values() for name in one.names}
            self.used.seen.update(number for number, one in here if any(map(one.covers_resource, names)))

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
            first = among[covering[0][0]]
            self.hidden.append(Hidden(finding, first.directive.reason, is_in_file=isinstance(first, Suppression)))
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
            if self._names(pattern, finding.rule) and among[number].covers(finding)
        ]

    def _names(self, pattern: str, rule: str) -> bool:
        """Whether a pattern names the rule of a finding, which may be one of cfn-lint's."""
        return rule in self._ids(pattern) or (rule not in self._known and matches(pattern, rule))

    def _ids(self, pattern: str) -> frozenset[str]:
        """The ids of the rules that an id, an old id or a pattern matches."""
        if pattern not in self._meant:
            self._meant[pattern] = frozenset(
                rule.id
                for rule in self._known.values()
                if any(matches(pattern, name) for name in (rule.id, *rule.aliases))
            )
        return self._meant[pattern]

    def _is_expired(self, directive: Directive) -> bool:
        return directive.until is not None and directive.until < self._today

    def _about(self, one: Suppression | Malformed) -> Iterator[Finding]:
        """The findings about a template's suppression that do not depend on its use."""
        if isinstance(one, Malformed):
            found = [self._finding("malformed", one.span, f"this awslint-memo entry {one.message}", one.resource)]
        else:
            found = list(self._invalid(one.directive, one.span, one.resource))
        yield from (finding for finding in found if finding.rule in self._run)

    def _invalid(self, directive: Directive, span: Span, resource: str) -> Iterator[Finding]:
        for pattern in directive.rules:
            if not self._ids(pattern) and not is_of_cfn_lint(pattern):
                message = f"the suppression names {pattern}, which is not a rule{self._hint(pattern)}"
                yield self._finding("unknown-rule", span, message, resource)
        if not directive.reason:
            message = f"the suppression of {_listed(directive.rules)} has no reason, so it has no effect; add a reason"
            yield self._finding("without-reason", span, message, resource)
        elif self._is_expired(directive):
            yield self._expired_finding(directive, span, resource)

    def _hint(self, pattern: str) -> str:
        """What to do about an id that is no rule's."""
        if pattern not in self._hints:
            names = [name for rule in self._known.values() for name in (rule.id, *rule.aliases)]
            near = closest(pattern, names) if len(self._hints) < _MAX_HINTS else ""
            self._hints[pattern] = near or "; list the rules with: awslint-memo rules"
        return self._hints[pattern]

    def _expired_finding(self, directive: Directive, span: Span, resource: str = "") -> Finding:
        rules = _listed(directive.rules)
        message = f"the suppression of {rules} expired after {directive.until}; remove it or give it a new day"
        return self._finding("expired", span, message, resource)

    def _unused(
        self, directive: Directive, span: Span, number: int, used: Collection[tuple[int, str]], resource: str = ""
    ) -> Iterator[Finding]:
        """A finding about the unused parts of a suppression, limited to rules that the run applied."""
        idle = [pattern for pattern in directive.rules if (number, pattern) not in used and self._was_applied(pattern)]
        if idle and f"{SERVICE}-unused" in self._run:
            report = "the rule reports" if len(idle) == 1 and is_literal(idle[0]) else "the rules report"
            rest = "it" if len(idle) == len(directive.rules) else f"{_listed(idle)} from it"
            message = f"the suppression of {_listed(idle)} is unused: {report} nothing here; remove {rest}"
            yield self._finding("unused", span, message, resource)

    def _was_applied(self, pattern: str) -> bool:
        rules = self._ids(pattern).difference(ENGINE_RULES) or self._ids(pattern)
        return bool(rules) and rules <= self._run

    def _finding(self, what: str, span: Span, message: str, resource: str) -> Finding:
        rule = ENGINE_RULES[f"{SERVICE}-{what}"]
        level = self._lint_options.levels.get(rule.id, rule.level)
        return Finding(message, span, resource, "", level=level, rule=rule.id)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
