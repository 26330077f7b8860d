"""Fixes in SARIF: what a viewer can apply to the files of a result."""

from __future__ import annotations

from typing import Any

from awslint_memo.fixes.suggestion import Suggestion
from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.uris import Locate


def region(span: Span) -> dict[str, int]:
    """SARIF's region of a span."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def fixes(suggestion: Suggestion | None, locate: Locate) -> dict[str, Any]:
    """The member `fixes` of a result; none if nothing can be changed in its files."""
    if suggestion is None or not suggestion.edits:
        return {}
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in suggestion.edits:
        replacement = {"deletedRegion": region(edit.span), "insertedContent": {"text": edit.text}}
        changes.setdefault(edit.span.path, []).append(replacement)
    why = f" ({suggestion.unsafe}, so a person should decide)" if suggestion.unsafe else ""
    made = [{"artifactLocation": locate(path), "replacements": ones} for path, ones in changes.items()]
    return {"fixes": [{"description": {"text": visible(f"{suggestion.title}{why}")}, "artifactChanges": made}]}
