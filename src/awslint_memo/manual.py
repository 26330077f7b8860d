"""A rule's page: its reason, the memo's words, examples with what is really said of them; as text and as Markdown.

`python -m awslint_memo.manual docs/rules` writes the pages of all rules into a folder.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

from awslint_memo.examples import Example, examples
from awslint_memo.rule import Rule
from awslint_memo.span import Problem

_WIDTH = 88
_GENERATED = "<!-- Generated from the rule's own file by `python -m awslint_memo.manual`. -->"


@dataclass(frozen=True)
class Heading:
    """What the blocks after it are about."""

    text: str


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Quote:
    """Words of the memo."""

    text: str


@dataclass(frozen=True)
class Listing:
    """A template, or what is said of one; `language` as Markdown names it."""

    text: str
    language: str


Block: TypeAlias = "Heading | Words | Quote | Listing"


@dataclass(frozen=True)
class Page:
    """The page of one rule; its examples are run once, when somebody asks."""

    rule: Rule

    @cached_property
    def blocks(self) -> list[Block]:
        """What the page consists of, below its title."""
        return list(_blocks(self.rule))

    @property
    def text(self) -> str:
        """The page for a terminal."""
        head = f"{self.rule.id} ({self.rule.level})\n{_filled(self.rule.title)}"
        return "\n\n".join([head, *map(_as_text, self.blocks)]) + "\n"

    @property
    def markdown(self) -> str:
        """The page in Markdown."""
        head = f"# {self.rule.id}\n\n**{self.rule.title}** Level: {self.rule.level}."
        return "\n\n".join([head, *map(_as_markdown, self.blocks)]) + "\n"


def pages(rules: Iterable[Rule]) -> dict[str, str]:
    """The files of the manual by name: a page a rule and the index."""
    known = list(rules)
    made = {f"{rule.id}.md": f"{_GENERATED}\n\n{Page(rule).markdown}" for rule in known}
    return {**made, "index.md": f"{_GENERATED}\n\n{_index(known)}"}


def write(folder: Path, rules: Iterable[Rule]) -> None:
    """Write the manual into a folder; pages that were written for rules that are no more go."""
    made = pages(rules)
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in made and old.read_text(encoding="utf-8").startswith(_GENERATED):
            old.unlink()
    for name, page in made.items():
        (folder / name).write_text(page, encoding="utf-8", newline="\n")


def _blocks(rule: Rule) -> Iterator[Block]:
    yield from map(Words, rule.reason.split("\n\n"))
    yield Heading("The memo says")
    yield Quote(rule.memo)
    yield Heading("What to do")
    yield from map(Words, rule.advice.split("\n\n"))
    yield Heading("Found")
    for example in examples(rule, rule.bad):
        shown = _readable(example)
        yield from (_listing(shown), Listing(_said(shown), "text"))
    yield Heading("Not found")
    yield from (_listing(_readable(example)) for example in examples(rule, rule.good))
    if rule.options:
        yield Heading("Options")
        yield from (Words(f"{name.replace('_', '-')}: {_plain(value)}") for name, value in rule.options.items())
    yield Heading("To suppress it")
    yield Words("Say why, in a YAML comment on the line or on the resource:")
    yield Listing(f"# awslint-memo: ignore[{rule.id}] the reason", "yaml")
    yield Heading("More")
    if rule.resource:
        yield Words(f"Looks at {', '.join(rule.resource)}.")
    if rule.aliases:
        yield Words(f"Formerly {', '.join(rule.aliases)}.")
    yield Words(rule.url)


def _readable(example: Example) -> Example:
    """The example as its page shows it: JSON that is too long for a line is laid out."""
    if example.language != "terraform":
        return example
    try:
        return Example(example.rule, _laid_out(json.loads(example.text), 0) + "\n")
    except ValueError:  # a rule of the user's own, which no test has seen
        return example


def _laid_out(value: Any, indent: int) -> str:
    """JSON with each list and object on one line where it fits, so that small things stay small."""
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, (dict, list)) or len(flat) + indent <= _WIDTH:
        return flat
    inner = indent + 2
    if isinstance(value, dict):
        rows = [f"{json.dumps(key, ensure_ascii=False)}: {_laid_out(one, inner)}" for key, one in value.items()]
    else:
        rows = [_laid_out(one, inner) for one in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    gap = ",\n" + " " * inner
    return f"{opening}\n{' ' * inner}{gap.join(rows)}\n{' ' * indent}{closing}"


def _listing(example: Example) -> Listing:
    return Listing(example.text.rstrip("\n"), "json" if example.text.startswith("{") else "yaml")


def _said(example: Example) -> str:
    """What a run says of the example, as a terminal shows it."""
    from awslint_memo.report import Report
    from awslint_memo.reporters import Look
    from awslint_memo.reporters.characters import visible
    from awslint_memo.reporters.text import findings

    try:
        report = Report(example.findings(), lines=lambda _: example.template.source.lines)
    except Problem as problem:
        return visible(str(problem))
    return "\n".join(findings(report, Look())).rstrip("\n")


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple, set, frozenset)) else str(value)


def _as_text(block: Block) -> str:
    if isinstance(block, Heading):
        return block.text.upper()
    if isinstance(block, Quote):
        return f"  「{block.text}」"
    if isinstance(block, Listing):
        return textwrap.indent(block.text, "    ")
    return _filled(block.text, "  ")


def _filled(words: str, indent: str = "") -> str:
    return textwrap.fill(
        words, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _as_markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"## {block.text}"
    if isinstance(block, Quote):
        return f"> {block.text}"
    if isinstance(block, Listing):
        return f"```{block.language}\n{block.text}\n```"
    return f"<{block.text}>" if block.text.startswith("https://") else block.text


def _index(rules: Sequence[Rule]) -> str:
    parts = ["# The rules", f"{len(rules)} rules, by service. `awslint-memo explain RULE` prints a rule's page."]
    for service, of_service in groupby(rules, key=lambda rule: rule.service):
        rows = [f"| [{rule.id}]({rule.id}.md) | {rule.level} | {_cell(rule.title)} |" for rule in of_service]
        parts += [f"## {service}", "\n".join(["| rule | level | what it asks for |", "| --- | --- | --- |", *rows])]
    return "\n\n".join(parts) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _main(arguments: Sequence[str]) -> int:
    from awslint_memo.registry import rules

    if len(arguments) != 1:
        sys.stderr.write("usage: python -m awslint_memo.manual FOLDER\n")
        return 2
    write(Path(arguments[0]), rules().values())
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
