"""The server: what it answers to each message of the protocol."""

from __future__ import annotations

import asyncio
import gc
import json
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from awslint_memo.hosts.server.actions import FIX_ALL, OUR_FIX_ALL, Actions, is_wanted
from awslint_memo.hosts.server.checking import Checker
from awslint_memo.hosts.server.diagnostics import Shown, diagnostics, publish
from awslint_memo.hosts.server.documents import Documents
from awslint_memo.hosts.server.hovers import hover
from awslint_memo.hosts.server.positions import Positions, overlaps
from awslint_memo.hosts.server.preferences import JUDGED, Preferences, counts
from awslint_memo.hosts.server.protocol import Protocol
from awslint_memo.hosts.server.pulled import Pulled, serve
from awslint_memo.hosts.server.unreadable import with_former
from awslint_memo.judging.report import Report
from awslint_memo.judging.why import Verdict
from awslint_memo.model.finding import Finding
from awslint_memo.reporters import tool

T = TypeVar("T")

_WATCHED = ("**/*.{yaml,yml,json,template,tf,tofu,tfvars,toml,hcl}", "**/.gitignore")
"""The files whose changes outside of the editor matter: templates, values for them, and the configuration."""

_PAUSE = 1.0
"""Seconds after the last check before garbage is looked for."""
_MOST_UNSWEPT = 500
"""Checks after which that is done in any case."""
_MOST_NEW = 1_000_000
"""Objects more than after the last time, after which it is done too: some 130 MB."""
_PATIENCE = 0.3
"""Seconds that a hover waits for a check of a large file; then it has what needs no look at the file."""

_CHANGES = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_SAVE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS,
)
"""The messages after which documents are checked again."""


class Server(LanguageServer):
    """The language server of one editor. options: those of `api.lint`.

    All that looks at files happens in one thread, one after the other; messages are read meanwhile.
    """

    def __init__(self, **options: Any) -> None:
        make: Callable[[], Any] = default_converter
        self._converter = make()
        super().__init__(
            "awslint-memo", tool().get("version", ""), protocol_cls=Protocol, converter_factory=lambda: self._converter
        )
        self.documents = Documents()
        self._checker = Checker(**options)
        self._worker = ThreadPoolExecutor(1)
        self._shown: dict[str, list[Shown]] = {}
        self._versions: Mapping[str, int | None] = {}
        self._uris: Mapping[str, str] = {}
        self._texts: Mapping[str, str] = {}
        self._report = Report()
        self._preferences = Preferences()
        self._pulled: Pulled | None = None
        """What a client is given that asks for diagnostics; none are published to it."""
        self._is_current = asyncio.Event()
        self._is_current.set()  # Nothing is open yet.
        self._sweep: asyncio.TimerHandle | None = None
        self._unswept = 0
        gc.disable()

    async def check(self, *, searches: bool) -> None:
        """Check all open documents and publish what is found, unless there is a newer change by then.

        searches: whether other files may depend on the documents now.
        """
        if searches:
            self._checker.search()
        number = self._checker.ask()
        self._is_current.clear()
        await asyncio.sleep(0)  # Changes that wait to be read come first.
        if not self._checker.is_newest(number):
            return
        versions, texts = self.documents.versions, self.documents.texts
        try:
            report = await self._apart(self._checker.check, number, texts)
            if report is not None and self._is_newest(number, versions):
                self._publish(report, versions, texts)
        finally:
            if self._is_newest(number, versions):
                self._is_current.set()  # Also if that failed: what waits has what was found before.
            self._collect_later()

    def _is_newest(self, number: int, versions: Mapping[str, int | None]) -> bool:
        """Whether a check is about the documents as they are; a change is in them before it asks for a check."""
        return self._checker.is_newest(number) and versions == self.documents.versions

    async def _apart(self, work: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._worker, work, *arguments)

    def _collect_later(self) -> None:
        """Look for garbage once nobody types, since that takes longer than a check; in time if somebody always does."""
        self._unswept += 1
        if self._sweep is not None:
            self._sweep.cancel()
        is_due = self._unswept >= _MOST_UNSWEPT or gc.get_count()[0] > _MOST_NEW
        wait = 0 if is_due else _PAUSE
        self._sweep = asyncio.get_running_loop().call_later(wait, self._collect)

    def _collect(self) -> None:
        self._unswept = 0
        gc.collect()

    def _publish(self, report: Report, opened: Mapping[str, int | None], opened_texts: Mapping[str, str]) -> None:
        """Publish what differs from what the client has; it moves what it has of a document that changed by itself.

        opened, opened_texts: the versions and the texts of the documents that the report is about.
        """
        wanted = self._preferences.shown(report)
        positions, uri = self._positions(report), self.documents.uri
        uris = {path: uri(path) for path in opened}
        before = [one for ones in self._shown.values() for one in ones] if uris == self._uris else []
        found = diagnostics(wanted, positions, uri, lambda path: os.path.abspath(path) in opened, before)
        shown = {os.path.abspath(path): ones for path, ones in found.items()}
        shown = with_former(wanted, shown, self._shown, opened_texts, self._texts, self._preferences.wants)
        texts = {path: [one.text for one in ones] for path, ones in shown.items()}
        (self._push if self._pulled is None else self._pulled.take)(texts, opened)
        self._shown, self._report, self._versions, self._uris = shown, report, opened, uris
        self._texts = opened_texts
        if self._preferences.judged:
            self.protocol.notify(JUDGED, counts(wanted))

    def _push(self, texts: Mapping[str, list[str]], opened: Mapping[str, int | None]) -> None:
        """Publish the diagnostics that the client does not have; those of what was edited or opened come first."""
        texts_before = {path: [one.text for one in ones] for path, ones in self._shown.items()}
        edited = [path for path in opened if path not in self._versions or opened[path] != self._versions[path]]
        for path in dict.fromkeys((*edited, *opened, *texts, *texts_before)):
            ones = texts.get(path, [])
            if path in edited or ones != texts_before.get(path, []):
                publish(self.protocol, self.documents.uri(path), ones, opened.get(path))

    def pull(self, client: types.ClientCapabilities) -> None:
        """Answer a client that asks for diagnostics, if it does, instead of telling it."""
        refresh = partial(self.workspace_diagnostic_refresh, None)
        pulled = self._pulled = Pulled.of(client, self.documents.uri, refresh)
        if pulled is not None:
            serve(self, pulled, self.documents.path, self._is_current.wait)

    def prefer(self, value: Any) -> None:
        """Take what a client wants to be told, as it says it; what it wants otherwise now is published anew."""
        before, self._preferences = self._preferences, self._preferences.changed(value)
        if self._versions and self._preferences != before:
            self._publish(self._report, self._versions, self._texts)

    def _positions(self, report: Report) -> Positions:
        return Positions(self.workspace.position_codec, report.lines)

    def _at(self, path: str, range_: types.Range) -> list[tuple[Shown, Finding]]:
        return [
            (one, one.finding)
            for one in self._shown.get(path, ())
            if one.finding is not None and not one.is_kept and overlaps(one.extent, range_)
        ]

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """What can be done about the findings in a range, and about all of the document, as it is now."""
        path, only = self.documents.path(params.text_document.uri), params.context.only
        if path is None or path not in self.documents.texts:
            return []
        await self._is_current.wait()
        versions, texts = self.documents.versions, self.documents.texts
        if versions != self._versions:  # The last check failed.
            return []
        actions, made = self._actions(), list[types.CodeAction]()
        if is_wanted(types.CodeActionKind.QuickFix, only):
            found = [(self._diagnostic(one), finding) for one, finding in self._at(path, params.range)]
            lines = self._report.lines(path)
            made += await self._apart(lambda: [one for pair in found for one in actions.of(*pair, lines)])
        # Where nobody asks for it, it is only worked out if it is chosen.
        kind = next((one for one in (types.CodeActionKind.SourceFixAll, OUR_FIX_ALL) if is_wanted(one, only)), None)
        if only is not None and kind is not None:
            whole, text = self._positions(self._report).whole(path), await self._fixed(path, texts)
            edit = None if text is None else actions.edit({path: [types.TextEdit(whole, text)]})
            made += [] if edit is None else [types.CodeAction(FIX_ALL, kind=kind, edit=edit)]
        return made if versions == self.documents.versions else []  # A change may have come meanwhile.

    def _diagnostic(self, shown: Shown) -> types.Diagnostic:
        made: types.Diagnostic = self._converter.structure(json.loads(shown.text), types.Diagnostic)
        return made

    async def _fixed(self, path: str, texts: dict[str, str]) -> str | None:
        is_cancelled = False
        try:
            return await self._apart(
                lambda: self._checker.fixed(path, texts, lambda: is_cancelled, advice=self._preferences.advice)
            )
        except asyncio.CancelledError:
            is_cancelled = True
            raise

    def _actions(self) -> Actions:
        report, workspace = self._report, self.client_capabilities.workspace
        edits = workspace.workspace_edit if workspace is not None else None
        versions = self._versions if edits is not None and edits.document_changes else None
        return Actions(report.suggest, self._positions(report), self.documents, versions)

    async def hovered(self, params: types.HoverParams) -> types.Hover | None:
        """What is said about the findings at a position."""
        path = self.documents.path(params.text_document.uri)
        found = [] if path is None else self._at(path, types.Range(params.position, params.position))
        rules = {rule.id: rule for rule in self._report.rules}
        uri = self.documents.uri
        parts = [
            hover(finding, rules[finding.rule], await self._why(finding), uri)
            for _, finding in found
            if finding.rule in rules
        ]
        if not parts:
            return None
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, "\n\n---\n\n".join(parts)))

    async def _why(self, finding: Finding) -> Sequence[Verdict] | None:
        """What the rule read; None if that takes too long."""
        if not finding.resource:
            return ()
        work = self._checker.why, finding.rule, finding.resource, finding.path, self.documents.texts
        try:
            return await asyncio.wait_for(self._apart(*work), _PATIENCE)
        except asyncio.TimeoutError:  # which is another one in Python 3.10
            return None


def made(**options: Any) -> Server:
    """A server that answers. options: those of `api.lint`."""
    server = Server(**options)
    for name in _CHANGES:
        _check_on(server, name)

    @server.feature(types.INITIALIZE)
    def begin(params: types.InitializeParams) -> None:
        server.documents.begin(server.workspace)
        server.pull(params.capabilities)
        server.prefer(params.initialization_options)

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def prefer(params: types.DidChangeConfigurationParams) -> None:
        server.prefer(params.settings)

    @server.feature(types.INITIALIZED)
    def watch(_: types.InitializedParams) -> None:
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([registration]))

    kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll, OUR_FIX_ALL]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(kinds))
    async def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        return await server.actions(params)

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hovered(params: types.HoverParams) -> types.Hover | None:
        return await server.hovered(params)

    return server


def _check_on(server: Server, name: str) -> None:
    @server.feature(name)
    async def changed(_: Any) -> None:
        with suppress(asyncio.CancelledError):  # The server ends, of which nothing need be said.
            await server.check(searches=name != types.TEXT_DOCUMENT_DID_CHANGE)
