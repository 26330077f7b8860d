"""Splits the examples BAD, GOOD and FIXED of a rule's file, and lints each with that rule alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_template
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.grouping import grouped, split
from awslint_memo.judging.registry import rules
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.readers.recognition import template
from awslint_memo.readers.template import Template
from awslint_memo.syntax import yaml_nodes
from awslint_memo.syntax.node import plain

_COMMENTS = r"(?:\s|(?:#|//)[^\n]*\n|/\*(?:(?!\*/).)*\*/)*"
_KINDS = "check|data|import|locals|module|moved|output|provider|removed|resource|terraform|variable"
_NATIVE = regex(rf'{_COMMENTS}(?:{_KINDS})(?:[ \t]+(?:"[^"\n]*"|[A-Za-z_][\w-]*))*[ \t]*\{{', re.S)
_DEPLOYED = "# deployments: {"
_CHANGE = regex(r"^[-+]", re.M)
_CLOUDFORMATION_JSON = regex(r'"Resources"\s*:')


@record(frozen=True)
class Example:
    """One template of a rule's BAD or GOOD text."""

    rule: Rule
    text: str

    @property
    def language(self) -> str:
        """ "terraform" or "cloudformation"."""
        return "cloudformation" if self.path == "template.yaml" else "terraform"

    @property
    def path(self) -> str:
        """A file name for the example. Native blocks, and JSON without Resources, are taken as Terraform."""
        if _NATIVE.match(self.text):
            return "main.tf"
        is_json = self.text.lstrip().startswith("{")
        return "main.tf.json" if is_json and not _CLOUDFORMATION_JSON.search(self.text) else "template.yaml"

    @cached_property
    def template(self) -> Template:
        """The example as a template. Raises Problem if it is not one."""
        source = Source(self.path, self.text.encode())
        made = template(source)
        if made is None:
            raise Problem("this example is not a template", self.path)
        return made

    @property
    def deployed(self) -> dict[str, dict[str, str]]:
        """The deployments that the first line names in a comment, as the configuration does; empty if it names none."""
        line = self.text.partition("\n")[0]
        if not line.startswith(_DEPLOYED):
            return {}
        return cast("dict[str, dict[str, str]]", plain(yaml_nodes.parse(Source("", line[2:].encode())))["deployments"])

    def findings(self, known: Mapping[str, Rule] | None = None) -> list[Finding]:
        """The findings of the example's rule, sorted: those that a run of all rules reports. known: all rules."""
        known = rules() if known is None else known
        applied = [self.rule, *(known[name] for name in self.rule.yields_to if name in known)]
        every, _ = check_template(self.template, CheckOptions(applied, named=self.deployed))
        found = grouped(split(every, applied)[0])
        return sorted(
            (finding for finding in found if finding.rule in (self.rule.id, INTERNAL_ERROR)),
            key=lambda finding: finding.order,
        )


def examples(rule: Rule, text: str) -> list[Example]:
    """The examples in a BAD or GOOD text, which are separated by lines with three hyphens."""
    return [Example(rule, part) for part in _parts(text)]


def _parts(text: str) -> list[str]:
    parts = ("\n" + text.strip("\n")).split("\n---\n")
    return [part.strip("\n") + "\n" for part in parts if part.strip()]


def fixed(rule: Rule) -> list[Example]:
    """What FIXED says that the fixes make of bad examples, those without a fix left out.

    FIXED holds for each of them either the whole example as it is then, or its changes: lines that begin with `-` or
    `+` go or come, those that begin with a space stay and only show where. Lines that are not shown stay too. Raises
    Problem for changes of lines that no further bad example has.
    """
    bad = iter(_parts(rule.bad))
    return [Example(rule, _changed(bad, part) if _CHANGE.search(part) else part) for part in _parts(rule.fixed)]


def fixed_text(rule: Rule) -> str:
    """All that `fixed` gives, between lines with three hyphens. Raises Problem as it does."""
    return "---\n".join(example.text for example in fixed(rule))


def _changed(bad: Iterator[str], changes: str) -> str:
    """The next bad example that has the lines which the changes name, changed."""
    for text in bad:
        lines = list(_patched(text.splitlines(), changes.splitlines()))
        if None not in lines:
            return "".join(f"{line}\n" for line in lines)
    raise Problem(f"FIXED changes lines that no further bad example has:\n{changes}", "")


def _patched(lines: Sequence[str], changes: Sequence[str]) -> Iterator[str | None]:
    """The lines after the changes; None for a line that they name and that is not there."""
    rest = iter(lines)
    for change in changes:
        kind, named = change[:1], change[1:]
        if kind == "+":
            yield named
            continue
        for line in rest:
            if line == named:
                break
            yield line
        else:
            yield None
        if kind != "-":
            yield named
    yield from rest
