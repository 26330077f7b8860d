"""Values that files of a repository give the parameters of its templates, such as those of Sceptre or of a pipeline.

Nobody says which of these files deploys a template, so their values are no deployments. A finding by a default value is
advice where one of them gives the parameter another value.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence

from awslint_memo.files.file_finder import SKIPPED, relative
from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.default_values import (
    default_environment,
    lowered_by_defaults,
    of_given_environment,
    unless_filled_in,
)
from awslint_memo.model.deployment_words import BY_DEFAULT
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Deployments, Template

_ENDINGS = (".json", ".yaml", ".yml", ".toml", ".sh", ".properties", ".params", ".cfg", ".ini", ".env")
_MOST_FILES = 400
_MOST_BYTES = 100_000
_WORKFLOWS = (".github", "workflows")
"""The hidden folder with programs that deploy."""

_SHORTEST_NAME = 8
"""Letters of the names that are looked for: a shorter one stands for anything."""

_COMMENT = regex(r"(?m)^[ \t]*(?:#|//).*$")

_OF_TEMPLATES = ("AWS::", "AWSTemplateFormatVersion")
"""What stands in templates, whose own parameters have the same names."""


def lowered_by_values(
    findings: Sequence[Finding], judged: Deployments, options: CheckOptions, template: Template, files: Files
) -> list[Finding]:
    """The findings of a template, as advice those by default values that are of another environment, are empty, or that
    other files set; of Terraform's, those by default values that all callers of a module set, or that a command may
    end."""
    lowered = lowered_by_defaults(findings, judged, options, template)
    if template.language == "terraform":
        from awslint_memo.judging.commands import unless_by_command  # CloudFormation needs none of both.
        from awslint_memo.judging.defaults_of_modules import unless_set_by_callers

        lowered = _of_development_alone(lowered, judged, options, template, files)
        lowered = unless_set_by_callers(lowered, template, options, files)
        lowered = unless_filled_in(lowered, judged, options, files)
        return unless_by_command(of_given_environment(lowered, options, files), options, files)
    if template.language != "cloudformation" or options.is_exact or not options.declared.environments:
        return lowered
    if options.is_by_tool:
        lowered = [_unless_replaced(finding, options) for finding in lowered]
    return [_unless_given(finding, judged, options, files) for finding in lowered]


def _of_development_alone(
    findings: Sequence[Finding], judged: Deployments, options: CheckOptions, template: Template, files: Files
) -> list[Finding]:
    """The findings of a root of Terraform, as advice those of a practice where its environment is one of development by
    default, which it compares with nothing, no file of values gives another one, and nothing in the repository names
    production."""
    is_open = options.declared.environments and not (options.is_exact or judged.taken_values or judged.other_values)
    if not is_open or not any(one.is_of_practice and one.rule not in options.locked for one in findings):
        return [*findings]
    if any(deployment.name for deployment in judged.deployments):
        return [*findings]
    environment = default_environment(judged, options.declared, template)
    if environment is None or _may_be_production(environment[0], template, judged, options, files):
        return [*findings]
    name, value = environment
    because = f"with {name} {value} by default, and no production named here"
    return [
        replace(one.as_advice(because), lowered=(one.level or "warning", f"{name} is {value}"))
        if one.is_of_practice and one.rule not in options.locked
        else one
        for one in findings
    ]


def _may_be_production(name: str, template: Template, judged: Deployments, options: CheckOptions, files: Files) -> bool:
    """Whether a root tells values of a variable apart, or a word of production stands in one of its files, in what may
    give it values, or in their names."""
    top = files.root_above(template.source.path)
    words = "|".join(map(re.escape, options.declared.production))
    named = re.compile(rf"(?i)(?<![a-z])(?:{words})(?![a-z])")
    variable = rf"\bvar\.{re.escape(name)}\b"
    compared = re.compile(rf"{variable}\s*[!=]=|[!=]=\s*{variable}|\[\s*{variable}|lookup\([^)]*{variable}")
    own = [(relative(path, top), _text(path, files)) for path in {template.source.path, *judged.reached}]
    if any(compared.search(text) for _, text in own):
        return True
    texts = [*files.once(GivenValues).texts(top), *own]
    return any(named.search(path) or named.search(_COMMENT.sub("", text)) for path, text in texts)


def _text(path: str, files: Files) -> str:
    """The text of a file; empty where it can't be read, of which others tell."""
    try:
        return files.read(path).text
    except Problem:
        return ""


_BY_DEFAULT_ALONE = regex(rf"in {BY_DEFAULT}(?! and)")
"""How the words for deployments begin that have the default values."""


def _unless_replaced(finding: Finding, options: CheckOptions) -> Finding:
    """A finding; as one that files replace if only the default values have it."""
    if not _BY_DEFAULT_ALONE.match(finding.deployment or "") or finding.rule in options.locked:
        return finding
    because = f"by default values, while {options.named_by[0]} gives others"
    lowered = finding.level or "warning", "default values"
    return replace(finding.as_advice(because), lowered=lowered, is_given=True)


def _unless_given(finding: Finding, judged: Deployments, options: CheckOptions, files: Files) -> Finding:
    if finding.level == "advice" or not finding.defaults or finding.rule in options.locked:
        return finding
    defaults = judged.defaults()
    for name in finding.defaults:
        if name in defaults and len(name) >= _SHORTEST_NAME:
            paths = files.once(GivenValues).giving(name, defaults[name], files.root_above(finding.path))
            others = [path for path in paths if not is_named_like(path, options.declared.development)]
            if paths:
                because = f"by its default, while {(others or paths)[0]} gives {name} another value"
                lowered = finding.level or "warning", f"the default of {name}"
                return replace(finding.as_advice(because), lowered=lowered, is_given=bool(others))
    return finding


class GivenValues:
    """The files of repositories that may give parameters values."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._texts: dict[str, list[tuple[str, str]]] = {}
        self._known: dict[tuple[str, str, str], list[str]] = {}

    def giving(self, name: str, default: str, top: str) -> list[str]:
        """The paths, from the top of the repository, of files that give a parameter another value than its default."""
        key = name, default, top
        if key not in self._known:
            self._known[key] = list(self._giving(name, default, top))
        return self._known[key]

    def _giving(self, name: str, default: str, top: str) -> Iterator[str]:
        word = re.escape(name)
        listed = rf'"ParameterKey"\s*:\s*"{word}"\s*,\s*"ParameterValue"\s*:\s*"([^"]*)"'
        written = re.compile(rf"{listed}|(?<![\w.$-]){word}[\"']?[ \t]*[:=][ \t]*[\"']?([\w.:/-]+)")
        for path, text in self._in(top):
            if name in text and any((one[1] or one[2] or default) != default for one in written.finditer(text)):
                yield relative(path, top)

    def texts(self, top: str) -> list[tuple[str, str]]:
        """The paths, from the top of a repository, and texts of the files of values in it."""
        return [(relative(path, top), text) for path, text in self._in(top)]

    def _in(self, top: str) -> list[tuple[str, str]]:
        if top not in self._texts:
            self._texts[top] = list(self._read(top))
        return self._texts[top]

    def _read(self, top: str) -> Iterator[tuple[str, str]]:
        """The texts of the files that are no templates."""
        left, folders = _MOST_FILES, [top, os.path.join(top, *_WORKFLOWS)]
        while folders and left > 0:
            folder = folders.pop(0)
            listing = self._files.listing(folder)
            folders += [os.path.join(folder, name) for name in listing.folders if name not in SKIPPED]
            for name in listing.names:
                path = os.path.join(folder, name)
                if name.endswith(_ENDINGS) and left > 0 and self._files.size(path) <= _MOST_BYTES:
                    left -= 1
                    try:
                        text = self._files.read(path).text
                    except Problem:
                        continue
                    if not any(word in text for word in _OF_TEMPLATES):
                        yield path, text
