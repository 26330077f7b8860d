"""The SARIF 2.1.0 format for GitHub code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, TypeAlias

from awslint_memo.judging.report import Hidden, Report
from awslint_memo.judging.rule import Rule
from awslint_memo.manual.addresses import rule_page, site
from awslint_memo.manual.confidence import confidence_of
from awslint_memo.manual.elsewhere import names
from awslint_memo.manual.memo import topics
from awslint_memo.manual.page import Page
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import counted
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import Look, tool
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.json_writing import json_text
from awslint_memo.reporters.line_secrets import SecretLines, hidden_in
from awslint_memo.reporters.page_text import page_text
from awslint_memo.reporters.sarif_places import BASE, Locate, fingerprints, fixes, locator, region
from awslint_memo.reporters.shown_findings import gravest_first, level_of, name_of, places, told

Shape: TypeAlias = "dict[str, Any]"

MOST = 25_000
"""The maximum number of results that GitHub accepts in a run:
https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning

Its other limits hold by themselves: each rule that is described has a result (25,000), one run (20), few tags (20).
"""
MOST_SHOWN = 5_000
"""How many of them GitHub shows, by their severity."""
MOST_PLACES = 1_000
"""The maximum number of places of a result."""
MOST_BYTES = 10_000_000
"""The maximum size of a log that is compressed with gzip, of which GitHub takes 10 MB."""
_LONGEST = 1_024
"""The maximum length of a rule's description that GitHub shows, in characters."""
_LEVELS = {"error": "error", "warning": "warning", "advice": "note"}
_SEVERITIES = {"error": "error", "warning": "warning", "advice": "recommendation"}


def report(report: Report, _look: Look) -> str:
    """The report as a SARIF log of one run, in ASCII.

    What several stacks or modules repeat is one result, as an alert is one line to act on.
    """
    failures = {failure.rule for failure in report.failures}
    findings = gravest_first(finding for finding in report.findings if finding.rule not in failures)
    most = MOST
    while True:
        text = _log(_run(report, findings, most))
        share = MOST_BYTES / _compressed(text)
        if share >= 1 or most == 0:
            return text
        most = int(min(most, len(findings) + len(report.suppressed)) * share * 0.9)


def _log(run: Shape) -> str:
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json_text(log)


def _compressed(text: str) -> int:
    """The size of a text after gzip, at most; compressing what is small in any case would only take time."""
    if len(text) <= MOST_BYTES:
        return max(len(text), 1)
    from zlib import compress

    return len(compress(text.encode("ascii"), 1))


def _run(report: Report, findings: Sequence[Finding], most: int) -> Shape:
    """One run. most: how many results it has; suppressed findings come last."""
    locate = locator(report.root)
    known = {rule.id: rule for rule in report.rules}
    kept = findings[:most]
    known_ones = () if report.baseline is None else report.baseline.findings
    dismissed = [*report.suppressed, *(Hidden(finding, "in the baseline", is_in_file=False) for finding in known_ones)]
    hidden = dismissed[: most - len(kept)]
    shown = [*kept, *(dismissal.finding for dismissal in hidden)]
    ids = {name: number for number, name in enumerate(dict.fromkeys(finding.rule for finding in shown))}
    lines = _fingerprints(shown, report)
    results = chain(
        (
            {
                **_result(finding, ids[finding.rule], lines, locate),
                **fixes(report.suggest(finding), locate),
                **_state(finding, report),
            }
            for finding in kept
        ),
        (_suppressed(dismissal, ids[dismissal.finding.rule], lines, report, locate) for dismissal in hidden),
    )
    left_out = [*_left_out(findings, kept, "findings"), *_left_out(dismissed, hidden, "suppressed findings")]
    return {
        "tool": {
            "driver": {
                "name": "awslint-memo",
                **({"informationUri": site()} if site() else {}),
                **({"semanticVersion": tool()["version"]} if "version" in tool() else {}),
                "rules": [_rule(known[name]) if name in known else _unknown_rule(name) for name in ids],
            }
        },
        "invocations": [_invocation(report, [*left_out, *_limits(shown)], locate)],
        "originalUriBaseIds": {BASE: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": "awslint-memo/"},
        "results": results,
    }


def _left_out(every: Sequence[object], kept: Sequence[object], noun: str) -> list[str]:
    if len(kept) == len(every):
        return []
    return [
        f"{len(every) - len(kept)} of {len(every)} {noun} are left out: GitHub takes {MOST} results and "
        f"{MOST_BYTES // 1_000_000} MB, so the gravest are kept"
    ]


def _limits(shown: Sequence[Finding]) -> Iterator[str]:
    """Sentences about what is in the log and is not shown by GitHub, and about places that are left out."""
    if len(shown) > MOST_SHOWN:
        yield f"GitHub shows {MOST_SHOWN} of these {len(shown)} results, the gravest"
    crowded = sum(len(finding.related) >= MOST_PLACES for finding in shown)
    if crowded:
        yield f"places are left out of {counted(crowded, 'result')}: GitHub takes {MOST_PLACES} of each"


def _rule(rule: Rule) -> Shape:
    page, tags = Page(rule), ["aws", rule.service, *topics(rule), *(name.tag for name in names().get(rule.id, ()))]
    return {
        "id": rule.id,
        "name": "".join(word.capitalize() for word in rule.id.split("-")),
        "deprecatedIds": list(rule.aliases),
        "shortDescription": {"text": _short(rule.title)},
        "fullDescription": {"text": _short(f"{rule.reason} What to do: {rule.advice}")},
        "help": {"text": page_text(page), "markdown": page.markdown},
        **({"helpUri": address} if (address := rule_page(rule)) else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.level]},
        "properties": {
            "tags": list(dict.fromkeys(tags)),
            "problem.severity": _SEVERITIES[rule.level],
            **({} if (precision := confidence_of(rule.id)) is None else {"precision": precision}),
        },
    }


def _unknown_rule(id: str) -> Shape:
    """The descriptor for an id without a rule and a page, such as that of an internal error."""
    words = {"text": visible(id.replace("-", " ").capitalize())}
    return {"id": visible(id), "shortDescription": words, "fullDescription": words, "help": words}


def _short(words: str) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + "…"


def _result(finding: Finding, index: int, lines: dict[tuple[str, int], str], locate: Locate) -> Shape:
    span, related = places(finding)
    location = _location(span, locate)
    if finding.resource:
        location["logicalLocations"] = _resources(finding)
    result: Shape = {
        "ruleId": visible(finding.rule),
        "ruleIndex": index,
        "level": _LEVELS[level_of(finding)],
        "message": _message(told(finding)),
        "locations": [location],
        "relatedLocations": [
            {"id": number, **_location(place.span, locate), "message": _message(place.message)}
            for number, place in enumerate(related[: MOST_PLACES - 1], 1)
        ],
        "properties": {
            "type": visible(finding.type),
            "deployment": visible(finding.deployment or "all"),
            **({"do": visible(finding.do)} if finding.do else {}),
        },
    }
    result["partialFingerprints"] = {"awslintMemo/v1": finding.fingerprint}
    if line_hash := lines.get((span.path, span.line)):
        result["partialFingerprints"]["primaryLocationLineHash"] = line_hash
    return result


def _resources(finding: Finding) -> list[Shape]:
    """The resources of a finding, and of those that are told with it."""
    repeats = finding.others if finding.joined else (finding, *finding.others)
    return [
        {
            "fullyQualifiedName": visible(name_of(finding)),
            "kind": "resource",
            **({"decoratedName": visible(finding.generated)} if finding.generated else {}),
        }
        for finding in repeats
    ]


def _state(finding: Finding, report: Report) -> Shape:
    """Whether a finding is new, if the run was compared with something."""
    if report.against is not None:
        return {"baselineState": report.against.state(finding)}
    return {} if report.baseline is None else {"baselineState": "new"}


def _suppressed(hidden: Hidden, index: int, lines: dict[tuple[str, int], str], report: Report, locate: Locate) -> Shape:
    """A suppressed finding, or one of the baseline, which viewers show as dismissed."""
    kind = "inSource" if hidden.is_in_file else "external"
    suppression = {"kind": kind, "justification": visible(hidden.reason)}
    known = {} if report.baseline is None else {id(finding) for finding in report.baseline.findings}
    state = {"baselineState": "unchanged"} if id(hidden.finding) in known else {}
    return {**_result(hidden.finding, index, lines, locate), "suppressions": [suppression], **state}


def _location(span: Span, locate: Locate) -> Shape:
    return {
        "physicalLocation": {
            "artifactLocation": locate(span.path),
            "region": region(span),
        }
    }


def _message(words: str) -> Shape:
    # "[x](y)" is a link in a SARIF message, and no template may write links into an alert.
    return {"text": visible(words).replace("](", "] (")}


def _fingerprints(findings: Iterable[Finding], report: Report) -> dict[tuple[str, int], str]:
    """GitHub's fingerprints of the lines on which findings start, by path and line number.

    Where a fingerprint would be made of a secret, there is none: what is short can be guessed from it.
    """
    numbers_by_path: dict[str, set[int]] = {}
    for finding in findings:
        if finding.span not in finding.secrets:
            span, _ = places(finding)
            numbers_by_path.setdefault(span.path, set()).add(span.line)
    hashes: dict[tuple[str, int], str] = {}
    for path, numbers in numbers_by_path.items():
        text, hidden = report.lines(path), report.secrets.get(path, ())
        # The marks of what is sensitive in a plan stand elsewhere.
        is_plan = any('"resource_changes"' in line for line in text)
        secret = SecretLines([] if is_plan else text, [] if is_plan else hidden_in(path, text, hidden))
        shown = set() if is_plan else {number for number in numbers if not secret.begin_at(number - 1)}
        if text and shown:
            hashes |= {(path, number): value for number, value in fingerprints(text, shown).items()}
    return hashes


def _invocation(report: Report, left_out: Sequence[str], locate: Locate) -> Shape:
    failures: list[Finding | Problem] = [*report.errors, *report.failures]
    return {
        "executionSuccessful": not failures,
        "toolExecutionNotifications": [
            *(
                {**_notification(failure.message, "error"), "locations": [_location(failure.span, locate)]}
                for failure in failures
            ),
            *(_notification(sentence, "warning") for sentence in left_out),
            *(_notification(notice, "note") for notice in report.notices),
        ],
    }


def _notification(words: str, level: str) -> Shape:
    return {"level": level, "message": _message(words)}
