"""Diagnostics for clients that ask for them, document by document or all at once, instead of being told.

Each answer has a number; a client that names it again is told that nothing has changed since.
https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#textDocument_pullDiagnostics
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from json import dumps

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from awslint_memo.hosts.server.protocol import Written
from awslint_memo.model.record import record

OPTIONS = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=True, identifier="awslint-memo")

_NOTHING = "0"
"""The number of an answer about a file of which nothing is to be said."""


@record(frozen=True)
class _Result:
    """What is to be said of a file. id: its number. diagnostics: each in JSON. version: of an open document."""

    id: str
    diagnostics: Sequence[str]
    version: int | None


class Pulled:
    """What a client is given that asks.

    has_related: whether it takes what is said of other files with the answer about one. refresh: asks it to ask again.
    """

    def __init__(self, uri: Callable[[str], str], refresh: Callable[[], object], *, has_related: bool) -> None:
        self._uri, self._refresh, self._has_related = uri, refresh, has_related
        self._results: dict[str, _Result] = {}
        self._given: dict[str, str] = {}
        """The numbers of what the client was given last, by path."""
        self._count = 0

    @classmethod
    def of(
        cls, client: types.ClientCapabilities, uri: Callable[[str], str], refresh: Callable[[], object]
    ) -> Pulled | None:
        """For a client with these capabilities; None if it doesn't ask for diagnostics, or can't be asked to do so
        again: where an edit changes what is said of another document, that would show what is no longer so."""
        asking = client.text_document.diagnostic if client.text_document is not None else None
        whole = client.workspace.diagnostics if client.workspace is not None else None
        if asking is None or whole is None or not whole.refresh_support:
            return None
        return cls(uri, refresh, has_related=bool(asking.related_document_support))

    def take(self, diagnostics: Mapping[str, Sequence[str]], versions: Mapping[str, int | None]) -> None:
        """Take what a check found, by path. A client asks by itself about a document that it opened or edited, and is
        asked to do so where something else is to be said of another file. versions: of the open documents."""
        is_elsewhere = False
        for path in list(dict.fromkeys((*versions, *diagnostics, *self._results))):
            found, version, known = diagnostics.get(path, ()), versions.get(path), self._results.get(path)
            if known is not None and (known.diagnostics, known.version) == (found, version):
                continue
            is_edited = path in versions and (known is None or known.version != version)
            is_elsewhere = is_elsewhere or not is_edited
            if found or path in versions:
                self._count += 1
                self._results[path] = _Result(str(self._count), found, version)
            else:
                self._results.pop(path, None)
        if is_elsewhere:
            self._refresh()

    def of_document(self, path: str, previous: str | None) -> Written:
        """The answer about a document. previous: the number of the last one that the client has."""
        related = [] if not self._has_related else self._news(path)
        documents = [f"{dumps(self._uri(other))}:{{{self._said(other, None)}}}" for other in related]
        beside = f',"relatedDocuments":{{{",".join(documents)}}}' if documents else ""
        return Written(f"{{{self._said(path, previous)}{beside}}}")

    def of_workspace(self, previous: Iterable[tuple[str, str]]) -> Written:
        """The answer about all files. previous: the paths with the numbers of the last answers that the client has."""
        known = dict(previous)
        items = []
        for path in dict.fromkeys((*self._results, *known)):
            result = self._results.get(path)
            version = "null" if result is None or result.version is None else str(result.version)
            said = self._said(path, known.get(path))
            items.append(f'{{"uri":{dumps(self._uri(path))},"version":{version},{said}}}')
        return Written(f'{{"items":[{",".join(items)}]}}')

    def _news(self, path: str) -> list[str]:
        """The other files of which something else is to be said than the client was given last."""
        every = dict.fromkeys((*self._results, *self._given))
        return [other for other in every if other != path and self._given.get(other, _NOTHING) != self._id(other)]

    def _id(self, path: str) -> str:
        result = self._results.get(path)
        return _NOTHING if result is None else result.id

    def _said(self, path: str, previous: str | None) -> str:
        """The members of a report about a file, in JSON; the client has it from then on."""
        id_, result = self._id(path), self._results.get(path)
        self._given[path] = id_
        if id_ == _NOTHING:
            del self._given[path]
        if previous == id_:
            return f'"kind":"unchanged","resultId":"{id_}"'
        found = () if result is None else result.diagnostics
        return f'"kind":"full","resultId":"{id_}","items":[{",".join(found)}]'


def serve(
    server: LanguageServer,
    pulled: Pulled,
    path: Callable[[str], str | None],
    checked: Callable[[], Awaitable[object]],
) -> None:
    """Answer requests for diagnostics. path: of a URI. checked: waits until documents are checked as they are."""

    @server.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, OPTIONS)
    async def of_document(params: types.DocumentDiagnosticParams) -> Written:
        await checked()
        uri = params.text_document.uri
        return pulled.of_document(path(uri) or uri, params.previous_result_id)

    @server.feature(types.WORKSPACE_DIAGNOSTIC)
    async def of_workspace(params: types.WorkspaceDiagnosticParams) -> Written:
        await checked()
        return pulled.of_workspace((path(one.uri) or one.uri, one.value) for one in params.previous_result_ids)
