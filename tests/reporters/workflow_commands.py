"""Reads workflow commands as the runner of GitHub Actions does.

Written after https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs.
"""

from __future__ import annotations

from typing import NamedTuple

_REGISTERED = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "stop-commands", "set-output"}
_ISSUES = ("error", "warning", "notice")


class Command(NamedTuple):
    """A command with its properties and its message, unescaped."""

    name: str
    properties: dict[str, str]
    message: str


def commands(log: str) -> list[Command]:
    """The commands in the lines of a log."""
    return [found for line in log.split("\n") if (found := _command(line)) is not None]


def shown(log: str) -> dict[str, list[str]]:
    """The messages of the annotations that are kept of a step by kind: ten of each."""
    found = commands(log)
    return {name: [one.message for one in found if one.name == name][:10] for name in _ISSUES}


def _command(line: str) -> Command | None:
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    name, _, properties = line[2:end].partition(" ")
    if name not in _REGISTERED:
        return None
    pairs = [one.split("=", 1) for one in properties.strip().split(",") if one]
    values = {pair[0]: _unescaped(pair[1], property=True) for pair in pairs if len(pair) == 2 and pair[1]}
    return Command(name, values, _unescaped(line[end + 2 :], property=False))


def _unescaped(text: str, *, property: bool) -> str:
    text = text.replace("%0D", "\r").replace("%0A", "\n")
    if property:
        text = text.replace("%3A", ":").replace("%2C", ",")
    return text.replace("%25", "%")
