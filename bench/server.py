"""Type in large templates, and measure how long the language server takes to say what it finds.

usage: python -m bench.server [--resources N …] [--sam LINES …] [--changes N] [--languages YAML JSON HCL SAM] [--lines]
       python -m bench.server --files FILE … [--changes N]

A client over standard input and output opens a template, changes one property of one resource after the other, or with
`--lines` adds an empty line above it, which moves all that follows, and waits each time until the findings of that
version are published; then it asks for actions and a hover at a finding.
The size of a template of SAM is in lines: large public ones have 4,636 and 7,359. Its conditions and Globals lead to
several deployments.
With `--files` the numbers in these are changed in turn, and their lines stand in place of the number of resources.
Times are in milliseconds: the first answer; after a change the median, the 95th percentile, and the processor time of
the server in the mean; an answer with actions; one with a hover. Memory is what the server has in use, in MB, after a
tenth of the changes and after all of them: `--changes 1000` shows whether it grows. The client reads messages as plain
JSON, since what an editor does with them is not the server's time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.inputs import FORMS

_CHANGED = {
    "HCL": "visibility_timeout_seconds = ",
    "JSON": '"VisibilityTimeout": ',
    "SAM": "Timeout: ",
    "YAML": "VisibilityTimeout: ",
}
"""What stands before a value that is changed: of SAM in turn that of Globals, of a function and of a queue."""

_COLUMNS = ("open", "change", "p95", "processor", "actions", "hover", "MB", "MB later")


def main() -> None:
    """Measure all sizes and languages."""
    parser = ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--resources", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--sam", type=int, nargs="+", default=[4636, 7359], metavar="LINES")
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--languages", nargs="+", choices=[*_CHANGED], default=["YAML", "JSON", "HCL", "SAM"])
    parser.add_argument("--lines", action="store_true")
    parser.add_argument("--files", nargs="+", type=Path, default=[])
    options = parser.parse_args()
    sys.stdout.write(f"{'resources':>9}  {'':4}" + "".join(f"{column:>11}" for column in _COLUMNS) + "\n")
    for path in options.files:
        typed = Typed.in_file(path)
        _print(typed.lines, path.name, typed.measured(options.changes))
    if options.files:
        return
    plain = [(size, language) for size in options.resources for language in options.languages if language != "SAM"]
    for size, language in [*plain, *((size, "SAM") for size in options.sam if "SAM" in options.languages)]:
        _print(size, language, Typed.made(language, size, options.lines).measured(options.changes))


def _print(size: int, what: str, measured: list[float]) -> None:
    sys.stdout.write(f"{size:>9}  {what:4}" + "".join(f"{one:>11.0f}" for one in measured) + "\n")
    sys.stdout.flush()


class Client:
    """Speaks to a server in plain JSON."""

    def __init__(self, limits: Callable[[], None] | None = None, folder: Path | None = None) -> None:
        command = [sys.executable, "-m", "awslint_memo", "server"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, preexec_fn=limits, cwd=folder
        )
        self._number = 0
        root = None if folder is None else folder.as_uri()
        self.ask("initialize", {"processId": None, "rootUri": root, "capabilities": {}})
        self.send("initialized", {})

    def send(self, method: str, params: Any, **more: Any) -> None:
        """Send a notification."""
        content = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def ask(self, method: str, params: Any) -> Any:
        """Send a request, and give the answer."""
        self._number += 1
        self.send(method, params, id=self._number)
        return self.until(lambda message: message.get("id") == self._number and "method" not in message).get("result")

    def until(self, is_wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next message that is wanted."""
        while not is_wanted(message := self._read()):
            pass
        return message

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        length = 0
        while (line := self._process.stdout.readline().strip()) != b"":
            if line.lower().startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message

    @property
    def processor(self) -> float:
        """The processor time that the server took so far, in milliseconds."""
        tasks = Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(one.read_text().split()[0]) for one in tasks) / 1e6

    @property
    def memory(self) -> float:
        """The memory that the server has in use, in MB."""
        return int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1]) * 4096 / 1e6

    @property
    def peak(self) -> float:
        """The most memory that the server had in use, in kilobytes."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return float(status.partition("VmHWM:")[2].split()[0])

    def kill(self) -> None:
        """End the server at once."""
        self._process.kill()
        self._process.wait()

    def end(self) -> None:
        """End the server."""
        self.ask("shutdown", None)
        self.send("exit", None)
        self._process.wait()


class Typed:
    """A template of a size in a language, in which one types."""

    def __init__(self, name: str, parts: list[str], between: str, adds_lines: bool) -> None:
        """name: of the file. parts, between: its text, which has what stands before a number between the parts."""
        self._adds_lines, self._name = adds_lines, name
        self._parts, self._between = parts, between
        self._client = Client()
        self._found: list[dict[str, Any]] = []
        self.lines = between.join(parts).count("\n")

    @classmethod
    def made(cls, language: str, resources: int, adds_lines: bool) -> Typed:
        """One of a language, with so many resources or lines."""
        name, make = FORMS[language]
        return cls(name, make(resources).split(_CHANGED[language]), _CHANGED[language], adds_lines)

    @classmethod
    def in_file(cls, path: Path) -> Typed:
        """A file of somebody's, of which the numbers behind a colon or an equals sign are changed."""
        text = path.read_text(encoding="utf-8")
        between = ": " if path.suffix in (".yaml", ".yml", ".json", ".template") else "= "
        first, *others = text.split(between)
        parts = [first]
        for part in others:
            if part[:1].isdecimal() and part.lstrip("0123456789")[:1] in ("\n", ",", "}"):
                parts.append(part)
            else:
                parts[-1] += between + part
        return cls(path.name, parts, between, adds_lines=False)

    def measured(self, changes: int) -> list[float]:
        """The figures of a line of the table."""
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / ".git").mkdir()
            uri = (Path(folder) / self._name).as_uri()
            opened = {"uri": uri, "languageId": "", "version": 0, "text": self._between.join(self._parts)}
            first = self._waited("textDocument/didOpen", {"textDocument": opened}, 0)
            times, memory, before = [], 0.0, self._client.processor
            for version in range(1, changes + 1):
                edit = {"contentChanges": [self._edit(version)], "textDocument": {"uri": uri, "version": version}}
                times.append(self._waited("textDocument/didChange", edit, version))
                memory = self._client.memory if version == max(1, changes // 10) else memory
            processor, later = (self._client.processor - before) / changes, self._client.memory
            answered = [self._answered(uri, what) for what in ("codeAction", "hover") if self._found] or [0.0, 0.0]
        self._client.end()
        times.sort()
        return [first, times[len(times) // 2], times[int(len(times) * 0.95)], processor, *answered, memory, later]

    def _edit(self, version: int) -> dict[str, Any]:
        """An edit at the timeout of one of the queues, as an editor sends it."""
        at = 1 + version % (len(self._parts) - 1)
        before = self._between.join((*self._parts[:at], ""))
        digits = len(self._parts[at]) - len(self._parts[at].lstrip("0123456789"))
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        if self._adds_lines:
            above, _, beside = self._parts[at - 1].rpartition("\n")
            self._parts[at - 1] = f"{above}\n\n{beside}"
            return {"range": {key: {"line": line, "character": 0} for key in ("start", "end")}, "text": "\n"}
        self._parts[at] = f"{60 + version}{self._parts[at][digits:]}"
        places = [{"line": line, "character": one} for one in (column, column + digits)]
        return {"range": dict(zip(("start", "end"), places, strict=True)), "text": str(60 + version)}

    def _waited(self, method: str, params: Any, version: int) -> float:
        """How long the findings of a version take."""
        start = perf_counter()
        self._client.send(method, params)
        said = self._client.until(lambda message: message.get("params", {}).get("version") == version)
        self._found = said["params"]["diagnostics"]
        return (perf_counter() - start) * 1000

    def _answered(self, uri: str, what: str) -> float:
        """How long an answer about a finding takes."""
        at = next(iter(self._found))["range"]
        start = perf_counter()
        where = {"range": at, "position": at["start"], "textDocument": {"uri": uri}, "context": {"diagnostics": []}}
        assert self._client.ask(f"textDocument/{what}", where)
        return (perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
