"""What is shown over a finding, in Markdown."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence

from awslint_memo.judging.rule import Rule
from awslint_memo.judging.why import Verdict
from awslint_memo.manual.memo import english
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import Span
from awslint_memo.reporters import answers
from awslint_memo.reporters.characters import visible, visible_lines
from awslint_memo.reporters.shown_findings import level_of

_BUSY = "The values that it read are shown here once the files are checked."
_MOST = 8
"""Links to lines; the text names all of them."""


def hover(finding: Finding, rule: Rule, verdicts: Sequence[Verdict] | None, uri: Callable[[str], str]) -> str:
    """Why the rule asks for it, the memo's words, and what decided it, as `awslint-memo why` prints it, with links.

    verdicts: what the rule read; None if that is not known yet. uri: gives the URI of a path.
    """
    return "\n\n".join(_parts(finding, rule, verdicts, uri))


def _parts(
    finding: Finding, rule: Rule, verdicts: Sequence[Verdict] | None, uri: Callable[[str], str]
) -> Iterator[str]:
    yield f"**{visible(rule.id)}** ({level_of(finding)}): {visible_lines(rule.title)}"
    yield visible_lines(rule.reason)
    if rule.memo:
        yield f"> {rule.memo}" + (f"\n>\n> {english(rule.memo)}" if english(rule.memo) else "")
    yield f"What to do: {visible_lines(rule.advice)}"
    if rule.url:
        yield f"[AWS's page]({rule.url})"
    text = _BUSY if verdicts is None else answers.why_text(verdicts).rstrip()
    if text:
        yield f"```text\n{text}\n```"  # It may be long.
    links = list(dict.fromkeys(_link(span, uri) for span in _decisions(verdicts or ())))
    if links:
        yield f"Decided at {', '.join(links[:_MOST])}" + (" and elsewhere" if links[_MOST:] else "")


def _decisions(verdicts: Sequence[Verdict]) -> Iterator[Span]:
    """The places that decide the values which were read."""
    for verdict in verdicts:
        for read in verdict.reads:
            if read.steps:
                yield read.steps[-1][0]


def _link(span: Span, uri: Callable[[str], str]) -> str:
    label = visible(f"{os.path.basename(span.path)}:{span.line}")
    address = uri(span.path)
    if not address.startswith("file:"):
        return _escaped(label)
    return f"[{_escaped(label)}]({address.replace('(', '%28').replace(')', '%29')}#L{span.line})"


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]()#+!|<>~-])", r"\\\1", text)
