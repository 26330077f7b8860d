"""The documentation page of a rule, as blocks and as Markdown.

A page has the rule's reason, its quotation of the memo, advice, and examples with their output.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from awslint_memo.files.rule_files import OWN_NAMES
from awslint_memo.judging.examples import Example, examples, fixed
from awslint_memo.judging.rule import FixKind, Rule, is_preview, range_in_words
from awslint_memo.manual.confidence import confidence_of, measure_of
from awslint_memo.manual.costs import COSTS, costs
from awslint_memo.manual.elsewhere import names
from awslint_memo.manual.memo import cell, english, facts
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record

_SUPPRESS = "Say why, in a comment at the line or above it, or at the resource's name for all of the resource:"
GENERATED = "<!-- Generated from the rule's own file by `make docs`. -->"
"""The first line of a generated page."""


FIX_WORDS: Mapping[FixKind, str] = {
    "safe": "With `--fix`, where the file says it plainly. The examples become:",
    "unsafe": "With `--fix --unsafe-fixes`, as a person should decide about it. The examples become:",
    "both": "With `--fix`; in some cases only with `--unsafe-fixes`, as a person should decide. The examples become:",
}
"""What a rule's fixes need."""


@record(frozen=True)
class Heading:
    """A heading."""

    text: str


@record(frozen=True)
class Paragraph:
    """A paragraph."""

    text: str


@record(frozen=True)
class Quote:
    """A quotation of the memo, and the statement that it is of in English."""

    text: str
    english: str = ""


@record(frozen=True)
class Listing:
    """A template or a command's output; `language` is the info string of a Markdown code block."""

    text: str
    language: str


Block: TypeAlias = "Heading | Paragraph | Quote | Listing"


Shown: TypeAlias = "Callable[[Example], str]"
"""Takes an example and returns the findings of a run on it, formatted for a terminal."""


@record(frozen=True)
class Page:
    """The page of one rule. shown: runs an example; if None, the page has no examples."""

    rule: Rule
    shown: Shown | None = None

    @cached_property
    def blocks(self) -> list[Block]:
        """The contents of the page below its title."""
        return list(_blocks(self.rule, self.shown))

    @property
    def markdown(self) -> str:
        """The page in Markdown."""
        head = f"# {self.rule.id}\n\n**{self.rule.title}** Level: {self.rule.level}."
        return "\n\n".join([head, *map(_as_markdown, self.blocks)]) + "\n"


def pages(rules: Iterable[Rule], shown: Shown) -> dict[str, str]:
    """The files of the manual by name: a page for each rule, and the index."""
    known = list(rules)
    pages_by_name = {f"{rule.id}.md": f"{GENERATED}\n\n{Page(rule, shown).markdown}" for rule in known}
    return {**pages_by_name, "index.md": f"{GENERATED}\n\n{_index(known)}"}


def every_rule() -> list[Rule]:
    """The package's own rules, and the rules about suppressions."""
    from awslint_memo.judging.registry import rules
    from awslint_memo.judging.suppression_rules import ENGINE_RULES

    return [*rules().values(), *ENGINE_RULES.values()]


def _unnamed(rule: Rule) -> Iterator[Block]:
    """What the author of a user's own rule should know: what it asks for that has no Terraform word.

    Properties are those that the examples asked for, so they are shown first.
    """
    if not rule.is_users or rule.language == "cloudformation":
        return
    from awslint_memo.readers.terraform_names import COMPANIONS, SEVERAL, TYPE_MAPS

    named = TYPE_MAPS.types() | COMPANIONS.types() | SEVERAL
    missing = [*(type_ for type_ in rule.resource if type_ not in named), *sorted(rule.unnamed)]
    if missing:
        yield Heading("In Terraform")
        yield Paragraph(
            f"There is no Terraform word for {', '.join(missing)}, so this rule does not see that in Terraform. "
            f"The rule, or {OWN_NAMES} in the folder of the rules, may add words; docs/own-rules.md says how."
        )


def _history(rule: Rule) -> Iterator[Block]:
    """Since when a rule exists, if that is not the first version, and what it reports since later ones."""
    if rule.since and not rule.is_users:
        preview = (
            ", and a preview in this version: what is no error is advice unless the configuration has `preview: true`"
        )
        yield Paragraph(f"New in {rule.since}{preview if is_preview(rule) else ''}.")
    for version, words in rule.widened.items():
        yield Paragraph(f"Since {version} it also reports {words}.")


def _blocks(rule: Rule, shown: Shown | None) -> Iterator[Block]:
    """The page's blocks. Rules about suppressions have no quotation and no examples, and can't be suppressed."""
    yield from _paragraphs(rule.reason)
    yield from _history(rule)
    if rule.memo:
        yield from (Heading("The memo says"), Quote(rule.memo, english(rule.memo)))
        yield from map(Paragraph, facts(rule))
    yield Heading("What to do")
    yield from _paragraphs(rule.advice)
    if (cost := costs().get(rule.id)) is not None:
        yield Paragraph(COSTS[cost])
    if (measure := measure_of(rule)) is not None:
        yield from (Heading("Confidence"), Paragraph(measure.words))
    if shown is not None:
        yield from _examples(rule, shown)
        yield from _unnamed(rule)
    if rule.options:
        options = {name.replace("_", "-"): value for name, value in rule.options.items()}
        yield Heading("Options")
        yield Paragraph("With their defaults, in the configuration:")
        yield Listing(f"rules:\n  {rule.id}: {_flow(options)}", "yaml")
        if rule.ranges:
            limits = (f"`{name.replace('_', '-')}` is {range_in_words(limits)}" for name, limits in rule.ranges.items())
            yield Paragraph(f"Here {', '.join(limits)}.")
    if rule.bad or rule.resource:
        yield Heading("To suppress it")
        yield Paragraph(_SUPPRESS)
        yield from _suppressing(rule)
    if rule.resource or rule.aliases or rule.aws or rule.yields_to or rule.useless_with:
        yield Heading("More")
        yield from map(Paragraph, _more(rule))
    if others := () if rule.is_users else names().get(rule.id, ()):
        yield Heading("What others call it")
        yield from (Paragraph(text) for name in others for text in (f"{name.words}.", name.url))


def _suppressing(rule: Rule) -> Iterator[Block]:
    """The ways to suppress the rule, in each language that it is for."""
    comment = f"awslint-memo: ignore[{rule.id}] the reason"
    yield Listing(f"# {comment}", "yaml")
    if rule.language != "terraform":
        yield Paragraph("Or in the Metadata of the resource:")
        yield Listing(f"Metadata: {{awslint-memo: {{ignore: {{{rule.id}: the reason}}}}}}", "yaml")
    if rule.language != "cloudformation":
        yield Paragraph("In Terraform, and in its JSON:")
        yield Listing(f'resource "{_terraform_type(rule)}" "example" {{ # {comment}\n}}', "hcl")
        yield Listing(f'{{"//": "{comment}"}}', "json")


def _terraform_type(rule: Rule) -> str:
    """The Terraform type of what a rule checks: as in its first example in Terraform, else by the tables."""
    from awslint_memo.readers.terraform_names import TYPE_MAPS

    ours = TYPE_MAPS.of(rule.resource)
    written = re.findall(r'^resource "(\w+)"', rule.bad, re.M)
    return next((name for name in written if name in ours), next(iter([*sorted(ours), *written]), "aws_sqs_queue"))


def _paragraphs(text: str) -> Iterator[Block]:
    return (Paragraph(part[:1].upper() + part[1:]) for part in text.split("\n\n") if part)


def _examples(rule: Rule, shown: Shown) -> Iterator[Block]:
    if rule.bad:
        yield Heading("Found")
    for example in examples(rule, rule.bad):
        yield from (_listing(example), Listing(shown(example), "text"))
    if rule.fix:
        yield from (Heading("Mended"), Paragraph(FIX_WORDS[rule.fix]))
    yield from map(_listing, fixed(rule))
    if rule.good:
        yield Heading("Not found")
    yield from map(_listing, examples(rule, rule.good))


def _more(rule: Rule) -> Iterator[str]:
    if rule.resource:
        yield f"Checks {', '.join(rule.resource)}."
    if rule.yields_to:
        yield f"Silent where {' or '.join(rule.yields_to)} reports the same cause."
    if rule.useless_with:
        yield f"Offers no fix where {' or '.join(rule.useless_with)} reports the same resource."
    if rule.aliases:
        yield f"Formerly {', '.join(rule.aliases)}."
    if rule.aws:
        yield rule.url


def _flow(options: Mapping[str, object]) -> str:
    """Options as a YAML flow mapping in one line."""
    plain = {name: list(value) if isinstance(value, (tuple, frozenset)) else value for name, value in options.items()}
    return "{" + ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in plain.items()) + "}"


def _listing(example: Example) -> Listing:
    cloudformation = "json" if example.text.startswith("{") else "yaml"
    language = {"main.tf": "hcl", "main.tf.json": "json"}.get(example.path, cloudformation)
    return Listing(example.whole.rstrip("\n"), language)


def _as_markdown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"## {block.text}"
    if isinstance(block, Quote):
        return f"> {block.text}" + (f"\n>\n> {block.english}" if block.english else "")
    if isinstance(block, Listing):
        return f"```{block.language}\n{block.text}\n```"
    return f"<{block.text}>" if block.text.startswith("https://") else block.text


def _index(rules: Sequence[Rule]) -> str:
    parts = ["# The rules", f"{len(rules)} rules, by service. `awslint-memo explain RULE` prints a rule's page."]
    for service, of_service in groupby(rules, key=lambda rule: rule.service):
        rows = [
            f"| [{rule.id}]({rule.id}.md) | {rule.level} | {confidence_of(rule.id) or ''} | {rule.fix} "
            f"| {cell(rule.title)} | {cell(_message(rule))} |"
            for rule in of_service
        ]
        names = ("rule", "level", "confidence", "fix", "what it asks for", "example message")
        head = [f"| {' | '.join(names)} |", f"|{' --- |' * len(names)}"]
        parts += [f"## {service}", "\n".join([*head, *rows])]
    return "\n\n".join(parts) + "\n"


def _message(rule: Rule) -> str:
    """The message about the rule's first bad example; nothing for a rule about suppressions, which has none."""
    return next((finding.message for example in examples(rule, rule.bad)[:1] for finding in example.findings()), "")
