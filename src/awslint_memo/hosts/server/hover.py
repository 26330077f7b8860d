"""What is shown over a finding: why the rule asks for it, the memo's words, and where each value is decided."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.judging.rule import Rule
from awslint_memo.manual.memo import english
from awslint_memo.model.finding import Finding
from awslint_memo.reporters.characters import visible, visible_lines
from awslint_memo.reporters.gravity import level_of


def hover(finding: Finding, rule: Rule, why: str) -> str:
    """The text in Markdown. why: what the rule read, as `awslint-memo why` prints it; empty if that is not known."""
    return "\n\n".join(_parts(finding, rule, why))


def _parts(finding: Finding, rule: Rule, why: str) -> Iterator[str]:
    yield f"**{visible(rule.id)}** ({level_of(finding)}): {visible_lines(rule.title)}"
    yield visible_lines(rule.reason)
    if rule.memo:
        yield f"> {rule.memo}" + (f"\n>\n> {english(rule.memo)}" if english(rule.memo) else "")
    yield f"What to do: {visible_lines(rule.advice)}"
    if rule.url:
        yield f"[AWS's page]({rule.url})"
    if why:
        yield f"```text\n{why.rstrip()}\n```"  # It may be long.
