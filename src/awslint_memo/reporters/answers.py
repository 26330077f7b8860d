"""The reports of `why` and `show-settings`: what a rule read of a resource, and which settings count for a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.judging.why import Read, Verdict, unknown
from awslint_memo.model.outputs import SHARED
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.json_writing import json_text
from awslint_memo.settings.listing import values_of
from awslint_memo.settings.settings import Settings


def why_text(verdicts: Sequence[Verdict]) -> str:
    """The verdicts for a terminal, with a line feed at the end."""
    return "\n".join("\n".join(_lines(verdict)) + "\n" for verdict in verdicts)


def _lines(verdict: Verdict) -> Iterator[str]:
    where = f" ({verdict.deployment})" if verdict.deployment else ""
    yield visible(f"{verdict.rule.id} on {verdict.resource.title}, {verdict.resource.type}{where}")
    yield from (visible(f"  reports: {finding.message}") for finding in verdict.findings)
    yield from (
        visible(f"  silent, since {finding.rule} reports the cause: {finding.message}") for finding in verdict.told_by
    )
    if not (verdict.findings or verdict.told_by):
        yield f"  reports nothing{_reason(verdict)}"
    if verdict.reads:
        yield "  what it read:"
    for read in verdict.reads:
        yield from _read(read)


def _reason(verdict: Verdict) -> str:
    if verdict.rule.resource and verdict.resource.type not in verdict.rule.resource:
        return f"; it checks {', '.join(verdict.rule.resource)}"
    if verdict.unseen:
        return visible(f"; not checked, and it may matter: {', '.join(verdict.unseen)}")
    if unknown(verdict.reads):
        return "; what is unknown below may stand in its way"
    if any(read.path == SHARED for read in verdict.reads):
        return f"; by {SHARED} they may complete or use it"
    return "; with these values there is nothing to report"


def _read(read: Read) -> Iterator[str]:
    hint = f"; {read.hint} to decide" if read.hint else ""
    yield visible(f"    {read.path} of {read.resource}: {read.text}{hint}")
    for span, words in read.steps:
        yield visible(f"      {span.path}:{span.line}:{span.column}" + (f"  {words}" if words else ""))


def why_json(verdicts: Sequence[Verdict]) -> str:
    """The verdicts as one JSON object, in ASCII."""
    shape = {"version": 1, "verdicts": [_verdict(verdict) for verdict in verdicts]}
    return json_text(shape)


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "rule": verdict.rule.id,
        "resource": verdict.resource.written,
        "type": verdict.resource.type,
        "deployment": verdict.deployment,
        "messages": [finding.message for finding in verdict.findings],
        "told_by": [{"rule": finding.rule, "message": finding.message} for finding in verdict.told_by],
        "unseen": list(verdict.unseen),
        "reads": [
            {
                "resource": read.resource,
                "path": read.path,
                "value": read.text,
                "unknown": read.is_unknown,
                "hint": read.hint,
                "steps": [
                    {"path": span.path, "line": span.line, "column": span.column, "text": words}
                    for span, words in read.steps
                ],
            }
            for read in verdict.reads
        ],
    }


WHY_FORMS = {"text": why_text, "json": why_json}
"""How verdicts are shown, by the name of the format."""


_WIDEST = 60


def _settings_text(settings: Settings) -> str:
    rows = [
        (f"{setting.key}: {_setting(setting.value)}", setting.place or "default") for setting in values_of(settings)
    ]
    width = min(_WIDEST, max(len(written) for written, _ in rows))
    listed = "".join(f"{written:<{width}}  {place}\n" for written, place in rows)
    paths = [document.path for document in settings.documents]
    extended = f", which extends {', '.join(paths[1:])}" if len(paths) > 1 else ""
    return f"configuration: {paths[0]}{extended}\n{listed}" if paths else f"configuration: none\n{listed}"


def _setting(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _settings_json(settings: Settings) -> str:
    values = [
        {"setting": setting.key, "value": setting.value, "place": setting.place or None}
        for setting in values_of(settings)
    ]
    paths = [document.path for document in settings.documents]
    return json.dumps({"version": 1, "configurations": paths, "settings": values}, indent=2) + "\n"


SETTINGS_FORMS: Mapping[str, Callable[[Settings], str]] = {"text": _settings_text, "json": _settings_json}
"""The function that formats the list, by the name of the format."""
