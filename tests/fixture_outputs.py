"""The expected outputs of fixtures: each .out file has a command and its complete output.

usage: python -m tests.fixture_outputs     runs every command again and updates the .out files
"""

from __future__ import annotations

import os
import shlex
from pathlib import Path

from click.testing import CliRunner

from awslint_memo.cli import main

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
OUTPUTS = sorted(path for path in FIXTURES.rglob("*.out") if path.name != "cdk.out")
PROMPT = "$ awslint-memo "


def command(output: Path) -> list[str]:
    """The arguments of the command in the first line of an .out file; paths are relative to the fixtures' folder."""
    first = output.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith(PROMPT), f"{output}: the first line is the command, '{PROMPT}…'"
    return shlex.split(first.removeprefix(PROMPT))


def said(arguments: list[str]) -> str:
    """The command with its output on both streams and its exit code. Run it in the fixtures' folder."""
    result = CliRunner().invoke(main, arguments)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return f"{PROMPT}{shlex.join(arguments)}\n{result.output}[exit {result.exit_code}]\n"


if __name__ == "__main__":
    os.chdir(FIXTURES)
    for path in OUTPUTS:
        path.write_text(said(command(path)), encoding="utf-8")
