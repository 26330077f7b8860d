"""Type in a large template, and measure how long the language server takes to say what it finds.

usage: python -m bench.server [--resources N] [--changes N]

A client over standard input and output opens a template, changes one property of one resource after the other, and
waits each time until the findings of that version are published. In YAML and JSON: the first answer, and of those after
a change the median and the 99th percentile, in milliseconds.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter

from bench.inputs import in_json, in_yaml
from lsprotocol import types
from pygls.lsp.client import LanguageClient


def main() -> None:
    """Measure both languages."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--resources", type=int, default=500)
    parser.add_argument("--changes", type=int, default=200)
    options = parser.parse_args()
    for ending in ("yaml", "json"):
        times = asyncio.run(_typed(ending, options.resources, options.changes))
        first, *rest = times
        rest.sort()
        median, last = rest[len(rest) // 2], rest[int(len(rest) * 0.99)]
        figures = f"first {first:.0f} ms, median {median:.0f} ms, p99 {last:.0f} ms"
        sys.stdout.write(f"{options.resources} resources, {ending}: {figures}\n")


def _changed(text: str, version: int) -> str:
    """A text with another timeout of one of its queues."""
    parts = text.split("VisibilityTimeout")
    at = 1 + version % (len(parts) - 1)
    parts[at] = parts[at].replace("60", str(60 + version), 1)
    return "VisibilityTimeout".join(parts)


async def _typed(ending: str, resources: int, changes: int) -> list[float]:
    client = LanguageClient("bench", "1")
    told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda said: told.put_nowait(said))
    await client.start_io(sys.executable, "-m", "awslint_memo", "server")
    await client.initialize_async(types.InitializeParams(types.ClientCapabilities()))
    client.initialized(types.InitializedParams())
    times = []
    text = {"yaml": in_yaml, "json": in_json}[ending](resources)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".git").mkdir()
        uri = (Path(folder) / f"template.{ending}").as_uri()
        for version in range(changes + 1):
            text = _changed(text, version)
            start = perf_counter()
            if version == 0:
                item = types.TextDocumentItem(uri, ending, version, text)
                client.text_document_did_open(types.DidOpenTextDocumentParams(item))
            else:
                whole = types.TextDocumentContentChangeWholeDocument(text)
                document = types.VersionedTextDocumentIdentifier(version, uri)
                client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))
            while (await told.get()).version != version:
                pass
            times.append((perf_counter() - start) * 1000)
    await client.shutdown_async(None)
    client.exit(None)
    return times


if __name__ == "__main__":
    main()
