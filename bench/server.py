"""Type in a large template, and measure how long the language server takes to say what it finds.

usage: python -m bench.server [--resources N] [--changes N]

A client over standard input and output opens a template, changes one property of one resource after the other, and
waits each time until the findings of that version are published. In YAML and JSON: the first answer, and of those after
a change the median and the 99th percentile, in milliseconds. The client reads messages as plain JSON, since what an
editor does with them is not the server's time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.inputs import in_json, in_yaml


def main() -> None:
    """Measure both languages."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--resources", type=int, default=500)
    parser.add_argument("--changes", type=int, default=200)
    options = parser.parse_args()
    for ending, make in (("yaml", in_yaml), ("json", in_json)):
        first, *rest = _typed(ending, make(options.resources), options.changes)
        rest.sort()
        median, last = rest[len(rest) // 2], rest[int(len(rest) * 0.99)]
        figures = f"first {first:.0f} ms, median {median:.0f} ms, p99 {last:.0f} ms"
        sys.stdout.write(f"{options.resources} resources, {ending}: {figures}\n")


class Client:
    """Speaks to a server in plain JSON."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "awslint_memo", "server"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, method: str, params: Any, number: int | None = None) -> None:
        """Send a notification, or a request with a number."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        content = json.dumps(message if number is None else {**message, "id": number}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def read(self) -> dict[str, Any]:
        """The next message."""
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline().strip()) != b"":
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message

    def end(self) -> None:
        """End the server."""
        self.send("shutdown", None, 2)
        while self.read().get("id") != 2:
            pass
        self.send("exit", None)
        self._process.wait()


def _typed(ending: str, text: str, changes: int) -> list[float]:
    client = Client()
    client.send("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
    while client.read().get("id") != 1:
        pass
    client.send("initialized", {})
    times = []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".git").mkdir()
        document: dict[str, Any] = {"uri": (Path(folder) / f"template.{ending}").as_uri()}
        for version in range(changes + 1):
            text = _changed(text, version)
            document["version"] = version
            start = perf_counter()
            if version == 0:
                opened = {**document, "languageId": ending, "text": text}
                client.send("textDocument/didOpen", {"textDocument": opened})
            else:
                edits = [{"text": text}]
                client.send("textDocument/didChange", {"textDocument": document, "contentChanges": edits})
            while client.read().get("params", {}).get("version") != version:
                pass
            times.append((perf_counter() - start) * 1000)
    client.end()
    return times


def _changed(text: str, version: int) -> str:
    """A text with another timeout of one of its queues."""
    parts = text.split("VisibilityTimeout")
    at = 1 + version % (len(parts) - 1)
    parts[at] = parts[at].replace("60", str(60 + version), 1)
    return "VisibilityTimeout".join(parts)


if __name__ == "__main__":
    main()
