"""Sends what is JSON already, so that nothing is made of it only to be written again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from json import dumps

from lsprotocol.types import TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS
from pygls.protocol import JsonRPCProtocol


def publish(protocol: JsonRPCProtocol, uri: str, diagnostics: Sequence[str], version: int | None) -> None:
    """Publish the diagnostics of a document, each of them in JSON. version: that of the document, if it is open."""
    of_version = "" if version is None else f',"version":{version}'
    params = f'{{"uri":{dumps(uri)}{of_version},"diagnostics":[{",".join(diagnostics)}]}}'
    body = f'{{"jsonrpc":"2.0","method":"{TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS}","params":{params}}}'
    if protocol.writer is not None:
        # Standard output, which is written to at once. If the client has left, the end of the input ends the server.
        with suppress(BrokenPipeError):
            protocol.writer.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode("ascii"))
