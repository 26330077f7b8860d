"""The findings of a report by their rules, each with its reason, its lines, other places and fix."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.manual.addresses import rule_page
from awslint_memo.manual.page import Block, Heading, Listing, Page, Quote
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import counted
from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import visible_lines
from awslint_memo.reporters.html.markup import EMPTY, LINE_END, Markup, element, joined, level_word, listed, spaced
from awslint_memo.reporters.html.source import Sources, repair
from awslint_memo.reporters.html.ties import Ties
from awslint_memo.reporters.rank import ranked
from awslint_memo.reporters.shown_findings import level_of

_ADDRESS = re.compile(r"https://[\w./%~?&=+-]+(?:#[\w./%~-]*)?", re.ASCII)
_CODE = re.compile(r"`([^`]+)`")


def reason(rule: Rule) -> Markup:
    """The rule's page, folded."""
    title = element("summary", "Why, and what to do")
    return element("details", title, *map(_block, Page(rule).blocks), class_="reason")


def _block(block: Block) -> Markup:
    if isinstance(block, Heading):
        return element("h4", block.text)
    if isinstance(block, Quote):
        english = [element("p", block.english)] if block.english else []
        return element("blockquote", element("p", block.text, lang="ja"), *english)
    if isinstance(block, Listing):
        rows = [element("code", line, LINE_END) for line in visible_lines(block.text).split("\n")]
        return element("pre", *rows, class_="listing")
    return element("p", *in_words(" ".join(block.text.split())))


def in_words(words: str) -> Iterator[Markup | str]:
    """A sentence with what stands between backticks as code, or an address as a link."""
    if _ADDRESS.fullmatch(words):
        yield element("a", words, href=words, rel="noopener noreferrer")
        return
    for at, part in enumerate(_CODE.split(words)):
        yield element("code", part) if at % 2 else part


_RELATED = 8
"""How many other places of a finding are shown without --verbose."""

_NODES = 12
"""How many of the resources of a finding are named."""


class Findings:
    """The chapter of the findings. is_verbose: whether all places are shown."""

    def __init__(self, report: Report, ties: Ties, *, is_verbose: bool) -> None:
        self._report = report
        self._ties = ties
        self._sources = Sources(report)
        self._related = len if is_verbose else (lambda _: _RELATED)
        self._rules: Mapping[str, Rule] = {rule.id: rule for rule in report.rules}
        against = report.against
        self._not_comparable = {id(each.finding) for each in against.not_comparable} if against is not None else set()
        self._graver = {} if against is None else {id(graver.finding): graver.was for graver in against.graver}

    def chapter(self) -> Markup:
        """All findings, the rules with what is worth most time first."""
        groups: dict[str, list[Finding]] = {}
        for finding in ranked(self._report, self._report.findings):
            groups.setdefault(finding.rule, []).append(finding)
        sections = [self._group(name, ones) for name, ones in groups.items()]
        return joined(*(sections or [element("p", "Nothing was found in what was looked at.", class_="none")]))

    def service(self, finding: Finding) -> str:
        """The service of a finding's rule."""
        rule = self._rules.get(finding.rule)
        return finding.rule.partition("-")[0] if rule is None else rule.service or rule.id.partition("-")[0]

    def _group(self, name: str, findings: Sequence[Finding]) -> Markup:
        rule = self._rules.get(name)
        number = element("span", counted(len(findings), "finding"), class_="count")
        title = [element("span", rule.title, class_="title")] if rule is not None and rule.title else []
        id_ = element("code", name)
        if rule is not None and rule_page(rule):
            id_ = element("a", id_, href=rule_page(rule), rel="noopener noreferrer")
        head = element("h3", *title, " ", id_, " ", number)
        why = EMPTY if rule is None else reason(rule)
        return element("section", head, why, *map(self._finding, findings), class_="rule")

    def _finding(self, finding: Finding) -> Markup:
        level, anchor = level_of(finding), self._ties.anchor(finding)
        link = element("a", "#", href=f"#{anchor}", class_="link", aria_label="Link to this finding")
        head = element("h4", level_word(level), " ", element("span", finding.message, class_="message"), " ", link)
        return element(
            "article",
            head,
            element("p", *spaced(self._place(finding)), class_="about"),
            self._sources.excerpt(finding.span, is_secret=finding.span in finding.secrets, home=finding.home),
            self._others(finding),
            repair(self._report, finding, self._sources),
            class_=f"finding {level}",
            id=anchor,
            tabindex=-1,
            data_level=level,
            data_rule=finding.rule,
            data_service=self.service(finding),
            data_file=finding.path,
            data_root=finding.root,
            data_state=self._state(finding),
        )

    def _state(self, finding: Finding) -> str | None:
        if self._report.against is None:
            return None
        if id(finding) in self._not_comparable:
            return "not comparable"
        return {"new": "new", "updated": "graver"}.get(self._report.against.state(finding), "as before")

    def _place(self, finding: Finding) -> Iterator[Markup]:
        yield place(finding.span)
        state = self._state(finding)
        if state is not None:
            was = next(
                (self._graver[id(repeat)] for repeat in (finding, *finding.others) if id(repeat) in self._graver), None
            )
            yield element("span", state if was is None else f"{state}, was {was}", class_=f"tag {state.split()[0]}")
        if finding.deployment:
            yield element("span", finding.deployment, class_="where")
        if finding.construct is not None:
            yield element("span", "construct ", element("code", finding.construct.path), class_="where")
        nodes = self._ties.nodes(finding)
        for node in nodes[:_NODES]:
            yield element("a", node.title, href=f"#{self._ties.place(node)}", class_="resource")
        if len(nodes) > _NODES:
            yield element("span", f"and {len(nodes) - _NODES} more resources", class_="where")

    def _others(self, finding: Finding) -> Markup:
        most = self._related(finding.related)
        places = [
            joined(
                element("p", place(related.span), " ", element("span", related.message), class_="about"),
                self._sources.excerpt(related.span, is_secret=related.span in finding.secrets),
            )
            for related in finding.related[:most]
        ]
        if len(finding.related) > most:
            more = counted(len(finding.related) - most, "more place")
            places.append(element("p", f"and {more}; --verbose shows all", class_="about"))
        return listed(places, class_="related", aria_label="Other places")


def place(span: Span) -> Markup:
    """A place in a file in words."""
    return element("code", f"{span.path}:{span.line}:{span.column}", class_="at")
