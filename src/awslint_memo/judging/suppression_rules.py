"""The rules about suppressions: which suppressions have an effect, and the findings about those that have none; and the
one about settings that a policy refuses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import date

from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression import FORM, Configured, Directive, PolicyLock, Suppression
from awslint_memo.judging.suppression_places import Malformed
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.patterns import is_literal, is_of_cfn_lint, matches
from awslint_memo.model.phrases import closest
from awslint_memo.model.span import Span

SERVICE = "suppression"

REFUSED_SETTING = "configuration-refused"
"""The rule that reports what a configuration says and a policy does not allow. Each policy locks it."""


def _rule(what: str, title: str, reason: str, advice: str) -> Rule:
    """A rule about suppressions. It has documentation and a level, but no checks; the engine creates its findings."""
    return Rule(f"{SERVICE}-{what}", "warning", service=SERVICE, title=title, reason=reason, advice=advice)


ENGINE_RULES: Mapping[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule(
            REFUSED_SETTING,
            "error",
            service="configuration",
            title="A configuration should ask for nothing that the policy refuses.",
            reason="It switches off, lowers or changes what a policy locks. That has no effect: the policy counts.",
            advice="Remove what the message names, or let the policy allow it. Nothing suppresses this finding.",
        ),
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
            "refused",
            "A suppression should be one that the policy allows.",
            "A policy locks the rule, or asks for other reasons or a nearer last day, so it has no effect.",
            "Fix the finding, or write the suppression as the message says.",
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
            "The rule knew all that it asked for and reports nothing. A suppression that stays hides the next finding.",
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
"""The rules of which the engine makes the findings, by id. Like other rules, they can be turned off or have another
level, but for what policies lock."""


_MAX_HINTS = 100
"""For so many unknown ids of a run a similar one is looked for, which takes milliseconds."""


class Validity:
    """Judges suppressions by themselves. run: the ids of the rules that are applied. known: all rules.

    locks: what policies ask.
    """

    def __init__(
        self,
        levels: Mapping[str, Level],
        run: Collection[str],
        known: Mapping[str, Rule],
        today: date,
        locks: Sequence[PolicyLock] = (),
    ) -> None:
        self._levels, self._run, self._known, self._today, self._locks = levels, run, known, today, locks
        self._meant: dict[str, frozenset[str]] = {}
        self._hints: dict[str, str] = {}
        strict = [(pattern, lock) for lock in locks if not lock.may_suppress for pattern in lock.rules]
        self._locked: dict[str, list[PolicyLock]] = {}
        for pattern, lock in strict:
            for id_ in self.ids(pattern):
                self._locked.setdefault(id_, []).append(lock)
        if locks:
            self._locked[REFUSED_SETTING] = list(locks)

    @property
    def locked(self) -> Set[str]:
        """The rules whose findings nobody may suppress."""
        return self._locked.keys()

    def ids(self, pattern: str) -> frozenset[str]:
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

    def names(self, pattern: str, rule: str) -> bool:
        """Whether a pattern names the rule of a finding, which may be one of cfn-lint's."""
        return rule in self.ids(pattern) or (rule not in self._known and matches(pattern, rule))

    def is_locked(self, rule: str, one: Suppression | Configured) -> bool:
        """Whether a policy lets nobody suppress what a rule finds."""
        return any(one.span.path != lock.path for lock in self._locked.get(rule, ()))

    def objection(self, one: Suppression | Configured) -> str | None:
        """Why a suppression with a reason has no effect at all; empty if it is expired, None if it has one."""
        if self._is_expired(one.directive):
            return ""
        said = (lock.objection(one.directive, self._today) for lock in self._locks if lock.path != one.span.path)
        return next((words for words in said if words is not None), None)

    def refusal(self, one: Suppression | Configured) -> Iterator[Finding]:
        """The finding about a suppression with a reason that has no effect at all."""
        words = self.objection(one)
        resource = one.resource if isinstance(one, Suppression) else ""
        if words:
            message = f"the suppression of {_listed(one.directive.rules)} has no effect: {words}"
            yield self._finding("refused", one.span, message, resource)
        elif words is not None:
            yield self._expired_finding(one.directive, one.span, resource)

    def lock_refusals(self, one: Suppression | Configured) -> Iterator[Finding]:
        """The findings about rules that a suppression names and that a policy lets nobody suppress."""
        resource = one.resource if isinstance(one, Suppression) else ""
        for pattern in one.directive.rules:
            locked = [id_ for id_ in self.ids(pattern) if self.is_locked(id_, one)]
            if locked and is_literal(pattern):
                name = next(lock.name for lock in self._locked[locked[0]] if lock.path != one.span.path)
                message = (
                    f"the suppression of {pattern} has no effect: the policy {name} locks the rule; mend the finding"
                )
                yield self._finding("refused", one.span, message, resource)

    def about(self, one: Suppression | Malformed) -> Iterator[Finding]:
        """The findings about a template's suppression that do not depend on its use."""
        if isinstance(one, Malformed):
            findings = [self._finding("malformed", one.span, f"this awslint-memo entry {one.message}", one.resource)]
        else:
            findings = list(self._invalid(one))
        yield from (finding for finding in findings if finding.rule in self._run)

    def _invalid(self, suppression: Suppression) -> Iterator[Finding]:
        directive = suppression.directive
        for pattern in directive.rules:
            if not self.ids(pattern) and not is_of_cfn_lint(pattern):
                message = f"the suppression names {pattern}, which is not a rule{self._hint(pattern)}"
                yield self._finding("unknown-rule", suppression.span, message, suppression.resource)
        if not directive.reason:
            message = f"the suppression of {_listed(directive.rules)} has no reason, so it has no effect; add a reason"
            yield self._finding("without-reason", suppression.span, message, suppression.resource)
        elif self.objection(suppression) is not None:
            yield from self.refusal(suppression)
        else:
            yield from self.lock_refusals(suppression)

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

    def unused(self, directive: Directive, span: Span, idle: Sequence[str], resource: str = "") -> Finding:
        """The finding about the unused parts of a suppression."""
        report = "the rule reports" if len(idle) == 1 and is_literal(idle[0]) else "the rules report"
        rest = "it" if len(idle) == len(directive.rules) else f"{_listed(idle)} from it"
        message = f"the suppression of {_listed(idle)} is unused: {report} nothing here; remove {rest}"
        return self._finding("unused", span, message, resource)

    def _finding(self, what: str, span: Span, message: str, resource: str) -> Finding:
        rule = ENGINE_RULES[f"{SERVICE}-{what}"]
        level = self._levels.get(rule.id, rule.level)
        return Finding(message, span, resource, "", level=level, rule=rule.id)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
