"""What a rule says for itself: its page, with the memo's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from awslint_memo.judging.rule import Rule
from awslint_memo.manual.page import Block, Heading, Listing, Page, Quote
from awslint_memo.reporters.characters import visible_lines
from awslint_memo.reporters.html.element import LINE_END, Markup, element

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
