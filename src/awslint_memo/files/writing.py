"""Writes a file atomically, so that a failure never leaves half of its contents, and gives up on standard output."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from awslint_memo.model.span import Problem


def write_whole(path: str, text: str) -> None:
    """Write `text` to a file in UTF-8. Raises Problem if that fails; an existing file is then unchanged."""
    target = Path(path)
    draft = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise Problem(f"the report can't be written: {(error.strerror or str(error)).lower()}", path) from error


def discard_output() -> None:
    """Write nothing more to standard output, not even what is left in its buffer."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
