"""What an editor offers about findings: their fixes, all safe fixes, and a suppression."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lsprotocol.types import CodeAction, CodeActionKind, Diagnostic, Position, Range, TextEdit, WorkspaceEdit

from awslint_memo.fixes.suggestion import Suggestion
from awslint_memo.model.finding import Finding
from awslint_memo.server.positions import Positions

_COMMENTED = (".yaml", ".yml", ".template", ".tf", ".tofu")
"""Endings of files that have comments."""


class Actions:
    """The actions for findings. suggest: gives the fix of a finding. uri: gives that of a path."""

    def __init__(
        self, suggest: Callable[[Finding], Suggestion | None], positions: Positions, uri: Callable[[str], str]
    ) -> None:
        self._suggest = suggest
        self._positions = positions
        self._uri = uri

    def of(self, diagnostic: Diagnostic, finding: Finding, lines: Sequence[str]) -> Iterator[CodeAction]:
        """What is offered about one finding. lines: those of its file."""
        suggestion = self._suggest(finding)
        if suggestion is not None and not suggestion.refused:
            why = f" (unsafe: {suggestion.unsafe})" if suggestion.unsafe else ""
            yield CodeAction(
                f"{suggestion.title[:1].upper()}{suggestion.title[1:]}{why}",
                kind=CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                is_preferred=not suggestion.unsafe,
                edit=self._edit(suggestion),
            )
        if finding.path.endswith(_COMMENTED) and not _is_json(lines):
            yield self._suppression(diagnostic, finding, lines)

    def _edit(self, suggestion: Suggestion) -> WorkspaceEdit:
        changes: dict[str, list[TextEdit]] = {}
        for one in suggestion.edits:
            edit = TextEdit(self._positions.range(one.span), one.text)
            changes.setdefault(self._uri(one.span.path), []).append(edit)
        return WorkspaceEdit(changes)

    def _suppression(self, diagnostic: Diagnostic, finding: Finding, lines: Sequence[str]) -> CodeAction:
        """A comment above the line of the finding, for whose reason the person has to think."""
        line = diagnostic.range.start.line
        text = lines[line] if line < len(lines) else ""
        indent = text[: len(text) - len(text.lstrip())]
        at = Range(Position(line, 0), Position(line, 0))
        comment = f"{indent}# awslint-memo: ignore[{finding.rule}] write the reason here\n"
        return CodeAction(
            f"Suppress {finding.rule} here, with a reason",
            kind=CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            edit=WorkspaceEdit({self._uri(finding.path): [TextEdit(at, comment)]}),
        )


def fix_all(uri: str, whole: Range, text: str) -> CodeAction:
    """The action that makes all safe fixes of a file. whole: its range. text: what it becomes."""
    edit = WorkspaceEdit({uri: [TextEdit(whole, text)]})
    return CodeAction("Make all safe fixes of awslint-memo", kind=CodeActionKind.SourceFixAll, edit=edit)


def _is_json(lines: Sequence[str]) -> bool:
    return next((line.lstrip()[:1] == "{" for line in lines if line.strip()), False)
