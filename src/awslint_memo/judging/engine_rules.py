"""The rules about suppressions: their documentation and levels. The engine makes what they find."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.judging.directives import FORM
from awslint_memo.judging.rule import Rule

SERVICE = "suppression"


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
"""The rules about suppressions, by id. Like other rules, they can be turned off or have another level."""
