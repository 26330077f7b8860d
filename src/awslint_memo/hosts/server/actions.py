"""What an editor offers to do about findings: their fixes, all safe fixes, and a suppression."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from lsprotocol.types import (
    CodeAction,
    CodeActionKind,
    Diagnostic,
    OptionalVersionedTextDocumentIdentifier,
    Position,
    Range,
    TextDocumentEdit,
    TextEdit,
    WorkspaceEdit,
)

from awslint_memo.fixes.suggestion import Suggestion
from awslint_memo.hosts.server.documents import Documents
from awslint_memo.hosts.server.positions import Positions
from awslint_memo.model.finding import Finding
from awslint_memo.model.fix import Fix, Setting, Target
from awslint_memo.model.record import replace
from awslint_memo.model.span import Span
from awslint_memo.reporters.characters import visible

_REASON = "write the reason here"

FIX_ALL = "Make all safe fixes of awslint-memo"
OUR_FIX_ALL = "source.fixAll.awslintMemo"
"""The kind by which an editor asks for these, and not for those of other programs."""


class Actions:
    """The actions for findings of one report. suggest: gives the fix of a finding.

    versions: those of the documents that the report is about; None if the client takes no edits with versions.
    """

    def __init__(
        self,
        suggest: Callable[[Finding], Suggestion | None],
        positions: Positions,
        documents: Documents,
        versions: Mapping[str, int | None] | None,
    ) -> None:
        self._suggest = suggest
        self._positions = positions
        self._documents = documents
        self._versions = versions

    def of(self, diagnostic: Diagnostic, finding: Finding, lines: Sequence[str]) -> Iterator[CodeAction]:
        """What is offered about one finding. lines: those of the file with the diagnostic."""
        suggestion = self._suggest(finding)
        if suggestion is not None and not suggestion.refused:
            why = f" (unsafe: {suggestion.unsafe})" if suggestion.unsafe else ""
            yield CodeAction(
                visible(f"{suggestion.title[:1].upper()}{suggestion.title[1:]}{why}"),
                kind=CodeActionKind.QuickFix,
                diagnostics=[diagnostic],
                is_preferred=not suggestion.unsafe,
                edit=self._edit_of(suggestion),
            )
        suppression = self._in_metadata(finding) if _is_json(lines) else self._in_comment(diagnostic, finding, lines)
        if suppression is not None:
            title = f"Suppress {finding.rule} here, with a reason"
            yield CodeAction(
                title, kind=CodeActionKind.QuickFix, diagnostics=[diagnostic], is_preferred=False, edit=suppression
            )

    def edit(self, changes: Mapping[str, Sequence[TextEdit]]) -> WorkspaceEdit:
        """An edit of files, by their paths."""
        named = {self._documents.uri(path): (path, list(edits)) for path, edits in changes.items()}
        if self._versions is None:
            return WorkspaceEdit({uri: edits for uri, (_, edits) in named.items()})
        made = [
            TextDocumentEdit(
                OptionalVersionedTextDocumentIdentifier(uri, self._versions.get(os.path.abspath(path))), [*edits]
            )
            for uri, (path, edits) in named.items()
        ]
        return WorkspaceEdit(document_changes=made)

    def _edit_of(self, suggestion: Suggestion) -> WorkspaceEdit:
        changes: dict[str, list[TextEdit]] = {}
        for edit in suggestion.edits:
            changes.setdefault(edit.span.path, []).append(TextEdit(self._positions.range(edit.span), edit.text))
        return self.edit(changes)

    def _in_comment(self, diagnostic: Diagnostic, finding: Finding, lines: Sequence[str]) -> WorkspaceEdit | None:
        """A comment above the line of the finding, for whose reason the person has to think."""
        path = _shown_in(diagnostic, finding, self._positions)
        line = diagnostic.range.start.line
        text = lines[line] if line < len(lines) else ""
        indent = text[: len(text) - len(text.lstrip())]
        at = Range(Position(line, 0), Position(line, 0))
        end = self._documents.line_end(path)
        return self.edit({path: [TextEdit(at, f"{indent}# awslint-memo: ignore[{finding.rule}] {_REASON}{end}")]})

    def _in_metadata(self, finding: Finding) -> WorkspaceEdit | None:
        """An entry in the Metadata of the resource, since JSON has no comments; None where there is no such section."""
        if finding.home is None or "::" not in finding.type or _is_terraform(finding.home):
            return None
        target = Target(finding.resource, finding.type, "cloudformation", finding.home)
        way = f"@Metadata.awslint-memo.ignore.{finding.rule}"
        suggestion = self._suggest(replace(finding, fix=Fix((Setting(target, way, way, _REASON),))))
        return None if suggestion is None or suggestion.refused else self._edit_of(suggestion)


def _is_terraform(home: Span) -> bool:
    return home.path.endswith((".tf.json", ".tofu.json"))


def _shown_in(diagnostic: Diagnostic, finding: Finding, positions: Positions) -> str:
    """The path of the file that shows a finding, which may be another one than decides it."""
    places = (finding.span, *finding.places, *(() if finding.home is None else (finding.home,)))
    return next((place.path for place in places if positions.range(place) == diagnostic.range), finding.path)


def _is_json(lines: Sequence[str]) -> bool:
    return next((line.lstrip()[:1] == "{" for line in lines if line.strip()), False)


def is_wanted(kind: CodeActionKind | str, only: Sequence[CodeActionKind | str] | None) -> bool:
    """Whether a client that names the kinds it wants, some of which hold others, wants this one."""
    name = _text(kind)
    return only is None or any(name == one or name.startswith(f"{one}.") for one in map(_text, only))


def _text(kind: CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, CodeActionKind) else kind
