"""Splits the BAD and GOOD examples of a rule file, and lints each with that rule alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
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
        return sorted((one for one in found if one.rule in (self.rule.id, INTERNAL_ERROR)), key=lambda one: one.order)


def examples(rule: Rule, text: str) -> list[Example]:
    """The examples in a BAD or GOOD text, which are separated by lines with three hyphens."""
    parts = ("\n" + text.strip("\n")).split("\n---\n")
    return [Example(rule, part.strip("\n") + "\n") for part in parts if part.strip()]
