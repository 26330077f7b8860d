"""Advice about tracing in a repository in which nothing traces: whether a team traces at all is its own decision.

Such advice is left out, and counted, unless something that was read traces or may: a setting, a permission or a type of
X-Ray, a collector, or an SDK in the list of what a program needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from awslint_memo.files.file_finder import SKIPPED
from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.grouping import alone_in
from awslint_memo.judging.report import Seen
from awslint_memo.judging.run_options import Scopes
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Deployments, Template

_TASTE = "tracing"
"""The taste of the rules whose advice is left out where nothing traces."""

_HINTS = ("racing", "xray", "XRay", "Xray", "XRAY", "x-ray", "otel", "OTEL_", "adot", "opentelemetry", "OpenTelemetry")
"""One of these stands in each text that `_SIGNS` fits; most texts have none."""

_SIGNS = regex(
    r"xray:[A-Z*]|AWSX[Rr]ay|AWS_XRAY_|aws[-_]xray|xray-daemon|AWS::XRay::|aws-otel|\badot\b|OTEL_[A-Z]"
    r"|(?i:opentelemetry)|(?i:x-?ray|tracing(?!_config))\w*[\"']?\s*[:=][^\n,]*\b(?:[Aa]ctive|[Tt]rue)\b"
    r"|tracing_config[\"']?\s*[:=]\s*[\"']?Active"
    r"|(?i:mode|enabled|tracing)[\"']?\s*[:=]\s*(?:!If|\{\s*[\"']?Fn::If)[^\n]*\b(?:Active|true)\b"
    r"|(?i:tracing_?config)\w*[\"']?[\s:={\"']+(?i:mode|enabled)[\"']?\s*[:=][^\n,]*\b(?:Active|true)\b"
)
"""What somebody writes in a template who traces, or lets something trace."""

_COMMENTS = ("#", "//")

_MANIFESTS = ("package.json", "requirements.txt", "pyproject.toml", "Pipfile", "go.mod", "pom.xml", "build.gradle")
"""Names of files that list what a program needs."""

_SDK = regex(r"aws[-_/]?xray|xray[-_]sdk|(?i:opentelemetry)(?!.*// indirect)|aws-otel|powertools/tracer|\[tracer")
"""What such a list has for a program that sends traces."""

_MOST_MANIFESTS = 100
_MOST_FOLDERS = 100
_MOST_BYTES = 200_000


class Results(Protocol):
    """What a run came to. traces: whether something in one of its templates does."""

    findings: list[Finding]
    notices: list[str]
    traces: bool
    seen: Seen | None


def is_seen(template: Template, deployments: Deployments, files: Files) -> bool:
    """Whether something of a template traces, or may."""
    paths = {template.source.path, *(each.source.path for each in template.nested), *deployments.reached}
    texts = [text for text in _texts(sorted(paths), files) if any(hint in text for hint in _HINTS)]
    return any(map(_has_sign, texts)) or (any("racing" in text for text in texts) and _may_trace(deployments))


def left_out(total: Results, unshown: Sequence[Finding], scopes: Scopes, files: Files) -> list[Finding]:
    """Leave advice about tracing out of what a run came to if no template traces, and note that; gives what is left of
    the findings that are not shown."""
    if total.traces:
        return [*unshown]
    total.findings, shown = _parted(total.findings, scopes, files)
    kept, hidden = _parted(unshown, scopes, files)
    total.notices += _told(len({(finding.rule, finding.span) for finding in shown}))
    if total.seen is not None:
        every = (each for finding in (*shown, *hidden) for each in (finding, *finding.others))
        total.seen.aside |= {alone_in(each.root, each): each for each in every}
    return kept


def _told(number: int) -> list[str]:
    """The notice of how much advice about tracing is left out; none if none is."""
    if not number:
        return []
    what, which = ("1 piece of advice", "it") if number == 1 else (f"{number} pieces of advice", "them")
    return [f"{what} about tracing, which nothing here does: left out (--profile all tells {which})"]


def _parted(findings: Sequence[Finding], scopes: Scopes, files: Files) -> tuple[list[Finding], list[Finding]]:
    """The findings without advice about tracing, and that advice.

    What somebody asks for by a rule's name stays, and so does all near a program that needs an SDK.
    """
    kept: list[Finding] = []
    left: list[Finding] = []
    known: dict[str, bool] = {}
    for finding in findings:
        is_left = finding.level == "advice" and _is_about_tracing(finding, scopes.of(finding.path).check_options)
        if is_left:
            folder = os.path.dirname(os.path.abspath(finding.path))
            known[folder] = known[folder] if folder in known else _has_sdk(folder, files)
            is_left = not known[folder]
        (left if is_left else kept).append(finding)
    return kept, left


def _is_about_tracing(finding: Finding, options: CheckOptions) -> bool:
    if options.tells_all or finding.rule in options.asked:
        return False
    # Only a rule with a finding is asked: what it is a matter of is known once its file is loaded.
    return next((rule.taste == _TASTE for rule in options.rules if rule.id == finding.rule), False)


def _texts(paths: Iterable[str], files: Files) -> Iterator[str]:
    return (_text(path, files) for path in paths)


def _text(path: str, files: Files) -> str:
    """The text of a file; empty where it can't be read, of which others tell."""
    try:
        return files.read(path).text
    except Problem:
        return ""


def _has_sign(text: str) -> bool:
    """Whether a sign stands in a text, in no line that is a comment."""
    for match in _SIGNS.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        if not text[start : match.start()].lstrip().startswith(_COMMENTS):
            return True
    return False


def _may_trace(deployments: Deployments) -> bool:
    """Whether a setting turns tracing on, or a value that nobody knows may."""
    from awslint_memo.relations.xray import tracing  # Few templates have such settings.

    for deployment in deployments.deployments:
        for resource in deployment.of_type(*tracing.SWITCHED):
            if tracing.is_traced(resource) is not False:
                return True
    return False


def _has_sdk(folder: str, files: Files) -> bool:
    """Whether a program in a folder, in those above it in its repository, or in one that stands in one of these, needs
    an SDK that sends traces."""
    top = files.root_above(os.path.join(folder, _MANIFESTS[0]))
    paths: list[str] = []
    while len(paths) < _MOST_MANIFESTS:
        below = [os.path.join(folder, name) for name in files.listing(folder).folders if name not in SKIPPED]
        for each in (folder, *below[:_MOST_FOLDERS]):
            paths += [os.path.join(each, name) for name in files.listing(each).names if name in _MANIFESTS]
        if folder in (top, os.path.dirname(folder)):
            break
        folder = os.path.dirname(folder)
    small = [path for path in paths if files.size(path) <= _MOST_BYTES]
    return any(_SDK.search(text) for text in _texts(small, files))
