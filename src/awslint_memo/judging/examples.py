"""Splits the examples BAD, GOOD and FIXED of a rule's file, and lints each with that rule alone.

An example is a template. Lines such as `# --- buildspecs/web.yml` in it begin other files, which lie beside it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from awslint_memo.files.disk import EmptyDisk
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
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
_FILE = regex(r"^# --- (\S+)\n", re.M)
_CHANGE = regex(r"^[-+]", re.M)
_CLOUDFORMATION_JSON = regex(r'"Resources"\s*:')


@record(frozen=True)
class Example:
    """One template of a rule's BAD or GOOD text. beside: the paths and texts of the files that lie beside it."""

    rule: Rule
    text: str
    beside: tuple[tuple[str, str], ...] = ()

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

    @property
    def files(self) -> dict[str, str]:
        """The texts of all of its files by path, first that of the template."""
        return {self.path: self.text, **dict(self.beside)}

    @property
    def whole(self) -> str:
        """The example as the rule's file has it, with the files beside it."""
        return whole(self.files)

    @cached_property
    def template(self) -> Template:
        """The example as a template. Raises Problem if it is not one."""
        files = Files(self.files, Root([self.path], disk=EmptyDisk()))
        made = template(files.read(self.path), files)
        if made is None:
            raise Problem("this example is not a template", self.path)
        return _linked(made, self.beside, files) if self.beside else made

    def lines(self, path: str) -> Sequence[str]:
        """The lines of one of its files."""
        return Source(path, self.files[path].encode()).lines

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


def _linked(made: Template, beside: Sequence[tuple[str, str]], files: Files) -> Template:
    """A template joined to those that lie beside it, as a run joins them. Raises Problem for one that is broken."""
    from awslint_memo.judging.linking import Linker
    from awslint_memo.judging.run_options import RunOptions
    from awslint_memo.judging.user_inputs import UserInputs

    errors: list[Problem] = []
    others = [template(files.read(path), files) for path, _ in beside]
    linker = Linker(files, UserInputs(), errors, RunOptions())
    joined, _ = linker.linked([made, *(other for other in others if other is not None)])
    for problem in errors:
        raise problem
    folder = os.path.dirname(made.source.path)
    return next(each for each in joined if each is made or (made not in joined and _folder(each) == folder))


def _folder(made: Template) -> str:
    return os.path.dirname(made.source.path)


def examples(rule: Rule, text: str) -> list[Example]:
    """The examples in a BAD or GOOD text, which are separated by lines with three hyphens."""
    return [_example(rule, part) for part in _parts(text)]


def _example(rule: Rule, part: str) -> Example:
    text, *beside = _FILE.split(part)
    return Example(rule, text, tuple(zip(beside[::2], beside[1::2], strict=True)))


def whole(files: Mapping[str, str]) -> str:
    """The texts of an example's files by path as one text, in which a line tells where each but the first begins."""
    texts = iter(files.items())
    return next(texts)[1] + "".join(f"# --- {path}\n{text}" for path, text in texts)


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
    return [_example(rule, _changed(bad, part) if _CHANGE.search(part) else part) for part in _parts(rule.fixed)]


def fixed_text(rule: Rule) -> str:
    """All that `fixed` gives, between lines with three hyphens. Raises Problem as it does."""
    return "---\n".join(example.whole for example in fixed(rule))


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
