"""Standard input and output, and how a run gives up on them."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TextIO

from awslint_memo.files.source import MAX_BYTES, Source, limited
from awslint_memo.model.span import Problem

STANDARD_INPUTS = ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0")
"""What a person may write for standard input where a file is asked for."""

STANDARD_OUTPUTS = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""What a person may write for standard output."""


def standard_input(name: str) -> Source:
    """What standard input gives, as a file of this name. Raises Problem if it is closed, or gives too much."""
    if sys.stdin is None:
        raise Problem("standard input is closed; give the file to it, or name the file", name)
    try:
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except OSError as error:
        raise Problem(f"standard input can't be read: {(error.strerror or str(error)).lower()}", name) from error
    return limited(data, name)


def discard_output(stream: TextIO | None) -> None:
    """Write nothing more to standard output or error, not even what is left in its buffer."""
    with suppress(OSError, ValueError):
        if stream is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
