"""A file's bytes become text, whatever encoding they are in, or one sentence that says why not."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from awslint_memo.span import Problem

MAX_BYTES = 200_000_000
"""A large plan has some ten million bytes; past this bound something else was named by mistake."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Source:
    """A file's text and the path by which the user knows it."""

    path: str
    data: bytes

    @cached_property
    def text(self) -> str:
        """The text. Raises Problem where the bytes are no text."""
        encoding = next((name for mark, name in _MARKS if self.data.startswith(mark)), "utf-8")
        try:
            return self.data.decode(encoding)
        except UnicodeDecodeError as error:
            before = self.data[: error.start]
            line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
            raise Problem(
                f"byte {self.data[error.start]:#04x} is not {encoding.removesuffix('-sig').upper()} text; "
                "save the file as UTF-8",
                self.path,
                line,
                column,
            ) from error

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, for showing them. YAML and JSON end a line where an editor does."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    @property
    def is_binary(self) -> bool:
        """Whether the bytes look like no text: a NUL byte without one of the marks of UTF-16 or UTF-32."""
        return b"\0" in self.data[:8192] and not any(self.data.startswith(mark) for mark, _ in _MARKS)


def read(path: str) -> Source:
    """The file at `path`. Raises Problem where it can't be read or is too large."""
    try:
        file = Path(path)
        if file.stat().st_size > MAX_BYTES:
            raise Problem(f"larger than {MAX_BYTES // 1_000_000} MB, so not read; is it a template?", path)
        return Source(path, file.read_bytes())
    except OSError as error:
        raise Problem(f"can't be read: {(error.strerror or str(error)).lower()}", path) from error
