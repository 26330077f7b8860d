"""Writes a file atomically, so that a failure never leaves a file with half of its contents."""

from __future__ import annotations

import os
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
