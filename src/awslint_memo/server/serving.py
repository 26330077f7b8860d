"""The server: what it answers to each message of the protocol."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.server.actions import Actions, fix_all
from awslint_memo.server.checking import Checker
from awslint_memo.server.diagnostics import diagnostics
from awslint_memo.server.hover import hover
from awslint_memo.server.positions import Positions, overlaps

_WATCHED = "**/*.{yaml,yml,json,template,tf,tofu,tfvars,toml}"
"""The files whose changes outside of the editor matter: templates, values for them, and the configuration."""

_PAUSE = 1.0
"""Seconds after the last check before garbage is looked for."""
_MOST_UNSWEPT = 500
"""Checks after which that is done in any case."""

_CHANGES = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_SAVE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
)
"""The messages after which documents are checked again."""


class Server(LanguageServer):
    """The language server of one editor. options: those of `api.lint`."""

    def __init__(self, **options: Any) -> None:
        super().__init__("awslint-memo", version("awslint-memo"))
        self._checker = Checker(**options)
        self._worker = ThreadPoolExecutor(1)
        self._spelled: dict[str, str] = {}
        self._shown: dict[str, list[tuple[types.Diagnostic, Finding | None]]] = {}
        self._report = Report()
        self._sweep: asyncio.TimerHandle | None = None
        self._unswept = 0
        gc.disable()

    @property
    def texts(self) -> dict[str, str]:
        """The open documents, by path."""
        documents = self.workspace.text_documents.values()
        return {path: one.source for one in documents if (path := self._path(one.uri)) is not None}

    def _path(self, uri: str) -> str | None:
        path = uris.to_fs_path(uri) if uri.startswith("file:") else None
        if path is not None:
            self._spelled[path] = uri
        return path

    def uri(self, path: str) -> str:
        """The URI of a path, as the client spells it."""
        whole = os.path.abspath(path)
        return self._spelled.get(whole) or uris.from_fs_path(whole) or ""

    async def check(self, *, searches: bool) -> None:
        """Check all open documents and publish what is found, unless there is a newer change by then.

        searches: whether other files may depend on the documents now.
        """
        if searches:
            self._checker.search()
        number = self._checker.ask()
        await asyncio.sleep(0)  # Changes that wait to be read come first.
        texts = self.texts
        loop = asyncio.get_running_loop()
        report = await loop.run_in_executor(self._worker, self._checker.check, number, texts)
        if report is not None and self._checker.is_newest(number):
            self._publish(report)
        self._collect_later()

    def _collect_later(self) -> None:
        """Look for garbage once nobody types, since that takes longer than a check; in time if somebody always does."""
        self._unswept += 1
        if self._sweep is not None:
            self._sweep.cancel()
        wait = _PAUSE if self._unswept < _MOST_UNSWEPT else 0
        self._sweep = asyncio.get_running_loop().call_later(wait, self._collect)

    def _collect(self) -> None:
        self._unswept = 0
        gc.collect()

    def _publish(self, report: Report) -> None:
        opened = self.texts
        found = diagnostics(report, self._positions(report), self.uri, lambda path: os.path.abspath(path) in opened)
        shown = {os.path.abspath(path): ones for path, ones in found.items()}
        for path in dict.fromkeys((*opened, *shown, *self._shown)):
            ones = [one for one, _ in shown.get(path, ())]
            document = self.workspace.text_documents.get(self.uri(path))
            params = types.PublishDiagnosticsParams(
                self.uri(path), ones, None if document is None else document.version
            )
            self.text_document_publish_diagnostics(params)
        self._shown, self._report = shown, report

    def _positions(self, report: Report) -> Positions:
        return Positions(self.workspace.position_codec, report.lines)

    def _at(self, uri: str, range_: types.Range) -> list[tuple[types.Diagnostic, Finding]]:
        ones = self._shown.get(self._path(uri) or "", ())
        return [(one, finding) for one, finding in ones if finding is not None and overlaps(one.range, range_)]

    def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the findings in a range, and about all of the document."""
        uri, only = params.text_document.uri, params.context.only
        made: list[types.CodeAction] = []
        path = self._path(uri)
        if path is None:
            return made
        lines, positions = self._report.lines(path), self._positions(self._report)
        if _is_wanted(types.CodeActionKind.QuickFix, only):
            actions = Actions(self._report.suggest, positions, self.uri)
            made += [one for found in self._at(uri, params.range) for one in actions.of(*found, lines)]
        if _is_wanted(types.CodeActionKind.SourceFixAll, only):
            text = self._checker.mended(path, self.texts)
            made += [] if text is None else [fix_all(uri, positions.whole(path), text)]
        return made

    def hovered(self, params: types.HoverParams) -> types.Hover | None:
        """What is said about the findings at a position."""
        at = types.Range(params.position, params.position)
        rules = {rule.id: rule for rule in self._report.rules}
        texts = self.texts
        parts = [
            hover(finding, rules[finding.rule], self._why(finding, texts))
            for _, finding in self._at(params.text_document.uri, at)
            if finding.rule in rules
        ]
        if not parts:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts)))

    def _why(self, finding: Finding, texts: Mapping[str, str]) -> str:
        return self._checker.why(finding.rule, finding.resource, finding.path, texts) if finding.resource else ""


def _is_wanted(kind: types.CodeActionKind, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether a client that names the kinds it wants, some of which hold others, wants this one."""
    return only is None or any(kind == one or kind.startswith(f"{one}.") for one in map(_text, only))


def _text(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def made(**options: Any) -> Server:
    """A server that answers. options: those of `api.lint`."""
    server = Server(**options)
    for name in _CHANGES:
        _check_on(server, name)

    @server.feature(types.INITIALIZED)
    def watch(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is not None and watching.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(_WATCHED)])
            registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([registration]))

    kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(kinds))
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return server.actions(params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hovered(params: types.HoverParams) -> types.Hover | None:
        return server.hovered(params)

    return server


def _check_on(server: Server, name: str) -> None:
    @server.feature(name)
    async def changed(_: Any) -> None:
        await server.check(searches=name != types.TEXT_DOCUMENT_DID_CHANGE)
