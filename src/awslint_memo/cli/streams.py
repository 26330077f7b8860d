"""Writing to standard output and error."""

from __future__ import annotations

import io
import os
import sys


def echo(text: str, *, err: bool = False) -> None:
    """Write a text as it is to standard output, or to standard error."""
    stream = sys.stderr if err else sys.stdout
    if os.name != "nt" and isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() == "utf-8":
        if text:  # A device that is full refuses nothing too.
            stream.write(text)
        stream.flush()
        return
    import click  # It knows consoles of Windows, and how to write to what takes less than these texts have.

    click.echo(text, nl=False, err=err, color=True)


def take_any_text() -> None:
    """Let both streams take any text: a terminal that is not UTF-8 shows "?" for other characters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
