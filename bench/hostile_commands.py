"""Runs a command over a construction of `bench.hostile` as a process of its own, and measures it."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.server import Client

STOPPED_AFTER = 30
"""The seconds of processor time after which a process is ended."""

WAITED = 300
"""The seconds after which a server that does not answer is ended."""

COMMANDS: dict[str, tuple[str, ...]] = {
    "fix": ("lint", "--fix", "--unsafe-fixes", "--advice"),
    "diff": ("lint", "--diff", "--unsafe-fixes", "--advice"),
    "dependants": ("lint", "--dependants", "{file}"),
    "recovery": ("recovery",),
    "graph": ("graph",),
    "hook": ("hook",),
    "server": (),
}
"""The commands beside a plain `lint`, by name. {file} is the first file of the construction."""

_SUFFIXES = (".yaml", ".yml", ".json", ".template", ".tf", ".tofu", ".hcl")
_GIT = ("git", "-c", "user.name=x", "-c", "user.email=x", "-c", "core.hooksPath=/dev/null")


@dataclass
class Run:
    """What a run of a command cost: processor time in seconds, memory in kilobytes; and what it wrote."""

    seconds: float
    kilobytes: float
    output: str
    escape: str = ""


def run(command: str, folder: Path, files: Iterable[str]) -> Run:
    """Run a command in a folder that has the files of a construction."""
    named = [name for name in files if name.endswith(_SUFFIXES) and not Path(name).name.startswith(".")]
    file = min(named, key=lambda name: name.count("/"), default="t.json")
    if command == "server":
        return _served(folder, file)
    given = ""
    if command == "hook":
        _commit(folder)
        with (folder / file).open("a", encoding="utf-8") as edited:
            edited.write("\n")
        given = json.dumps({"cwd": str(folder), "tool_input": {"file_path": str(folder / file)}})
    return _ran([part.replace("{file}", file) for part in COMMANDS[command]], folder, given)


def _commit(folder: Path) -> None:
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "x")):
        subprocess.run([*_GIT, *arguments], cwd=folder, check=False, capture_output=True)


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (STOPPED_AFTER, STOPPED_AFTER + 1))
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))


def _ran(arguments: list[str], folder: Path, given: str) -> Run:
    (folder.parent / "given").write_text(given)
    out = folder.parent / "out"
    with (folder.parent / "given").open() as stdin, out.open("wb") as stdout:
        process = subprocess.Popen(
            [sys.executable, "-m", "awslint_memo", *arguments],
            cwd=folder,
            stdin=stdin,
            stdout=stdout,
            stderr=subprocess.STDOUT,
            preexec_fn=_limited,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = status
    text = out.read_text("utf-8", "replace")[-200_000:]
    code = os.waitstatus_to_exitcode(status)
    escape = f"the process ended with {code}" if code not in (0, 1, 2) else ""
    marks = [line for line in text.splitlines() if "internal error" in line or line.startswith("Traceback")]
    last = text.strip().rpartition("\n")[2]
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss, last, escape or "".join(marks[:1])[:200])


def _served(folder: Path, file: str) -> Run:
    """Open a file in a server, change it at its end, and ask for actions and a hover."""
    client = Client(limits=_limited, folder=folder)
    timer = threading.Timer(WAITED, client.kill)
    timer.start()
    uri = (folder / file).as_uri()
    text = (folder / file).read_bytes().decode("utf-8", "replace")
    escape = ""
    try:
        client.send("textDocument/didOpen", {"textDocument": _document(uri, 0, languageId="", text=text)})
        client.until(lambda message: message.get("params", {}).get("version") == 0)
        client.send("textDocument/didChange", {"textDocument": _document(uri, 1), "contentChanges": [_end_of(text)]})
        diagnostics = client.until(lambda message: message.get("params", {}).get("version") == 1)["params"]
        at = next(iter(diagnostics["diagnostics"]), {"range": _range(0, 0)})["range"]
        where = {"range": at, "position": at["start"], "textDocument": {"uri": uri}, "context": {"diagnostics": []}}
        client.ask("textDocument/codeAction", where)
        client.ask("textDocument/hover", where)
        seconds, memory = client.processor / 1000, client.peak
        client.end()
    except (ValueError, OSError):
        escape, seconds, memory = "the server ended or was stopped", float(STOPPED_AFTER), 0.0
        client.kill()
    timer.cancel()
    return Run(seconds, memory, "", escape)


def _document(uri: str, version: int, **more: str) -> dict[str, Any]:
    return {"uri": uri, "version": version, **more}


def _end_of(text: str) -> dict[str, Any]:
    """An edit that adds an empty line at the end of a text."""
    lines = text.split("\n")
    return {"range": _range(len(lines) - 1, len(lines[-1])), "text": "\n"}


def _range(line: int, character: int) -> dict[str, Any]:
    return {key: {"line": line, "character": character} for key in ("start", "end")}
