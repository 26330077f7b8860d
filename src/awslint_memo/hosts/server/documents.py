"""The documents that an editor has open: their texts, kept up to date, and the paths that they are checked under."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lsprotocol import types
from pygls import uris
from pygls.workspace import TextDocument, Workspace

_DRIVE = re.compile(r"/[A-Za-z]:")

_LINE_END = re.compile(r"\r\n|\r|\n")

_UNTITLED = {"json": "template.json", "terraform": "main.tf", "terraform-vars": "terraform.tfvars", "hcl": "main.tf"}
"""By the language of a document that was never saved, the name that it is checked under; else it is YAML."""


class Document(TextDocument):
    """The text of a document. Only line feeds and carriage returns end a line, as the protocol says."""

    @property
    def lines(self) -> Sequence[str]:
        """The lines, with their ends."""
        ends = [match.end() for match in _LINE_END.finditer(self.source)]
        return tuple(self.source[start:end] for start, end in zip([0, *ends], [*ends, len(self.source)], strict=True))

    def _apply_incremental_change(self, change: types.TextDocumentContentChangePartial) -> None:
        text, at = self.source, change.range
        start = self._offset(text, at.start)
        end = start if at.end == at.start else max(start, self._offset(text, at.end))
        self._source = f"{text[:start]}{change.text}{text[end:]}"

    def _offset(self, text: str, position: types.Position) -> int:
        first = _line_start(text, position.line)
        match = _LINE_END.search(text, first)
        line = text[first : match.start() if match else len(text)]
        if line.isascii():
            return first + min(position.character, len(line))
        here = types.Position(0, position.character)
        return first + self.position_codec.position_from_client_units([line], here).character


def _line_start(text: str, number: int) -> int:
    """The offset at which a line begins, by its number from 0; the end of the text if there is no such line."""
    if "\r" not in text:
        parts = text.split("\n", number)
        return len(text) - len(parts[-1]) if len(parts) > number else len(text)
    start = 0
    for _ in range(number):
        match = _LINE_END.search(text, start)
        if match is None:
            return len(text)
        start = match.end()
    return start


class Documents:
    """The open documents by path. What has no file yet is checked by itself."""

    def __init__(self) -> None:
        self._spelled: dict[str, str] = {}
        """By path, its URI as the client spells it."""
        self._opened: Mapping[str, TextDocument] = {}
        self._folder = os.getcwd()

    def begin(self, workspace: Workspace) -> None:
        """Take the documents of a workspace, which has none so far."""
        self._opened = workspace.text_documents
        self._folder = workspace.root_path or self._folder
        codec, kind = workspace.position_codec, types.TextDocumentSyncKind.Incremental

        def made(
            uri: str, source: str | None = None, version: int | None = None, language_id: str | None = None
        ) -> Document:
            return Document(uri, source or "", version, language_id, True, kind, codec)

        vars(workspace)["_create_text_document"] = made

    @property
    def texts(self) -> dict[str, str]:
        """The texts by path."""
        found = ((self.path(one.uri), one.source) for one in self._opened.values())
        return {path: text for path, text in found if path is not None}

    def path(self, uri: str) -> str | None:
        """The path of a document; None if it is none of a file."""
        path = _path(uri)
        if path is None and uri.startswith("untitled:"):
            document = self._opened.get(unquote(uri))
            name = _UNTITLED.get(getattr(document, "language_id", None) or "", "template.yaml")
            path = os.path.join(self._folder, uri.replace("/", "_"), name)
        if path is not None:
            self._spelled[path] = uri
        return path

    def uri(self, path: str) -> str:
        """The URI of a path, as the client spells it."""
        whole = os.path.abspath(path)
        return self._spelled.get(whole) or uris.from_fs_path(whole) or Path(whole).as_uri()

    @property
    def versions(self) -> dict[str, int | None]:
        """The versions by path, as the client counts them."""
        found = ((self.path(one.uri), one.version) for one in self._opened.values())
        return {path: version for path, version in found if path is not None}

    def line_end(self, path: str) -> str:
        """How the lines of a document end."""
        document = self._document(path)
        return "\r\n" if document is not None and "\r\n" in document.source else "\n"

    def forget(self, kept: Mapping[str, object]) -> None:
        """Forget how paths are spelled, but for some."""
        self._spelled = {path: uri for path, uri in self._spelled.items() if path in kept}

    def _document(self, path: str) -> TextDocument | None:
        return self._opened.get(unquote(self.uri(path)))


def _path(uri: str) -> str | None:
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return None
    path = unquote(parts.path, errors="surrogateescape")
    if parts.netloc not in ("", "localhost"):
        path = f"//{unquote(parts.netloc)}{path}"
    elif os.name == "nt" and _DRIVE.match(path):
        path = path[1:]
    return os.path.normpath(path) if path else None
