"""Reads a file and decodes it (UTF-8, UTF-16 or UTF-32); converts offsets to lines and columns."""

from __future__ import annotations

import codecs
import os
import re
import stat
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate

from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.phrases import quoted
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem, Span

MAX_BYTES = 200_000_000
"""Limit for one file. Large Terraform plans have about ten million bytes."""

_USUAL = 1 << 15
"""Nearly all templates have fewer bytes."""

_FLAGS = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"))
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)

_KINDS = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}
_INSTEAD = "save what it gives as a file, or give a template to standard input and name -"

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_UNMARKED = (
    (regex(rb"[\t-~]\0\0\0"), "utf-32-le"),
    (regex(rb"\0\0\0[\t-~]"), "utf-32-be"),
    (regex(rb"[\t-~]\0"), "utf-16-le"),
    (regex(rb"\0[\t-~]"), "utf-16-be"),
)
"""How the encodings begin without a byte order mark, as YAML and JSON tell them apart
(https://yaml.org/spec/1.2.2/#52-character-encodings, read on 2026-11-29)."""

_ESCAPE = regex(
    r"\\(?:x([0-7][0-9A-Fa-f])|u00([0-7][0-9A-Fa-f])|U000000([0-7][0-9A-Fa-f])|(/)"
    r"|(?:\r\n|[\n\r\x85\u2028\u2029])[ \t]*)"
)
"""What YAML and JSON read as a character that can be written as it is, or as nothing."""

_WITHOUT_MARK = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}

ENCRYPTED = "the file is encrypted by git-crypt; unlock it (git-crypt unlock) or exclude it"
_GIT_CRYPT = b"\0GITCRYPT\0"
"""How an encrypted file begins; the file format is in git-crypt's commands.cpp (read on 2026-11-26)."""

POINTERS = (b"version https://git-lfs.github.com/spec/v1\n", b"version https://hawser.github.com/spec/v1\n")
"""How a file begins that stands for one kept by Git LFS: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
(read on 2026-11-29)."""
_POINTS = "this only names a file that Git LFS keeps; get it (git lfs pull) or exclude it"

_LOCKED = regex(
    rb"\s*(?:\$ANSIBLE_VAULT;|-----BEGIN (?:AGE E|PGP M)|Salted__|U2FsdGVkX1|age-encrypt|\{\s*.data.:\s*.ENC\[)"
)
"""How files begin that ansible-vault, age, GnuPG, OpenSSL and SOPS have encrypted as a whole."""
_CLOSED = "the file is encrypted; commit what it is made of, or exclude it"

_LINE_END = regex(r"\r\n|\r|\n")
_ODD_LINE_END = regex(r"[\x85\u2028\u2029]")


@record(frozen=True)
class Source:
    """A file's contents, and its path as shown to the user."""

    path: str
    data: bytes

    @property
    def encoding(self) -> str:
        """The encoding that the file's first bytes name: "utf-8", "utf-16" or "utf-32"."""
        return self._codec.removesuffix("-sig")

    @property
    def _codec(self) -> str:
        marked = next((name for mark, name in _MARKS if self.data.startswith(mark)), "")
        if marked or b"\0" not in self.data[:4]:
            return marked or "utf-8"
        return next((name for beginning, name in _UNMARKED if beginning.match(self.data)), "utf-8")

    @cached_property
    def text(self) -> str:
        """The decoded text. Raises Problem if the bytes can't be decoded."""
        if self.is_encrypted:
            raise Problem(ENCRYPTED, self.path)
        encoding = self._codec
        try:
            return self.data.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError as error:
            before = self.data[: error.start].decode(encoding, errors="replace")
            starts = line_starts(before)
            raise Problem(
                f"byte {self.data[error.start]:#04x} is not {encoding.removesuffix('-sig').upper()} text; "
                "save the file as UTF-8",
                self.path,
                len(starts),
                len(before) - starts[-1] + 1,
            ) from error

    def encoded(self, text: str) -> bytes:
        """Another text in the encoding of this file, with its byte order mark if it has one."""
        mark = next((one for one, _ in _MARKS if self.data.startswith(one)), b"")
        return mark + text.encode(_WITHOUT_MARK.get(mark, self._codec.removesuffix("-sig")))

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, to show them. Only line feeds and carriage returns end a line, as in editors."""
        return self.text.split("\n") if "\r" not in self.text else _LINE_END.split(self.text)

    @cached_property
    def words(self) -> str:
        """The text to search for words: without escapes such as \\x41, by which words can be written otherwise."""
        return self.text if "\\" not in self.text else _ESCAPE.sub(_escaped, self.text)

    def release(self) -> None:
        """Free the memory of what was made of the bytes; it is made again when somebody asks."""
        for name in ("text", "words", "lines", "_line_starts"):
            self.__dict__.pop(name, None)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column, both from 1, of the character at an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """The offset of the character at a line and column; below the last line, the end, as libyaml says it."""
        starts = self._line_starts
        return starts[line - 1] + column - 1 if line <= len(starts) else len(self.text)

    @cached_property
    def _line_starts(self) -> Sequence[int]:
        return line_starts(self.text)

    @cached_property
    def has_odd_line_ends(self) -> bool:
        """Whether the text contains a character that ends a line in YAML, but not in editors."""
        return not self.data.isascii() and _ODD_LINE_END.search(self.text) is not None

    @property
    def is_encrypted(self) -> bool:
        """Whether git-crypt has encrypted the file."""
        return self.data.startswith(_GIT_CRYPT)

    @property
    def withheld(self) -> str:
        """Why the file does not have its contents, and what to do, as a sentence; empty if it has them."""
        if self.is_encrypted:
            return ENCRYPTED
        return _POINTS if self.data.startswith(POINTERS) else _CLOSED if _LOCKED.match(self.data) else ""

    @property
    def is_binary(self) -> bool:
        """Whether the file is probably not text: it has a NUL byte in an encoding that has none in texts."""
        return b"\0" in self.data[:8192] and self._codec.startswith("utf-8")


def _escaped(match: re.Match[str]) -> str:
    digits = match[1] or match[2] or match[3]
    return chr(int(digits, 16)) if digits else match[4] or ""


@record(frozen=True)
class WholeFile:
    """The place of a text that is a whole file, for what is decided somewhere in it."""

    source: Source

    @property
    def span(self) -> Span:
        """The beginning of the file."""
        return Span(self.source.path, 1, 1, 1, 1)


def line_starts(text: str) -> Sequence[int]:
    """The offsets at which the lines of a text begin."""
    if "\r" not in text:
        return array("q", accumulate([len(line) + 1 for line in text.split("\n")[:-1]], initial=0))
    return array("q", [0, *(match.end() for match in _LINE_END.finditer(text))])


def duplicate(key: str, first: tuple[int, int], second: tuple[int, int], remedy: str = "keep one of them") -> str:
    """The message for a duplicate key, reported at `second`; both positions are (line, column)."""
    where = f"on line {first[0]}" if first[0] != second[0] else f"in column {first[1]} of this line"
    return f"duplicate key {quoted(key)} (first {where}); {remedy}"


def read(path: str, where: str | None = None) -> Source:
    """The file at `path`, opened at `where`, which has no symbolic links, if that is given.

    Raises Problem if it can't be read, is no regular file, or is too large.
    """
    flags = _FLAGS if where is None else _FLAGS | _NO_LINK
    where = path if where is None else where
    try:
        # Looked at before: opening a device may already do something, as a tape that rewinds.
        _check(os.stat(where), path)
        descriptor = os.open(where, flags)
        try:
            found = os.fstat(descriptor)
            _check(found, path)
            if flags & _NO_LINK and not _is_at(descriptor, where):
                raise Problem("a folder of this path became a symbolic link while it was opened; run again", path)
            data = _read_all(descriptor, found.st_size + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise Problem((error.strerror or str(error)).lower(), path) from error
    except ValueError as error:
        # Each version of Python says this in its own words.
        raise Problem(
            f"the path is not valid: {'it has a NUL character' if chr(0) in path else error}", path
        ) from error
    return limited(data, path)


def glance(where: str, most: int) -> bytes | None:
    """What a file has, to see whether it is worth `read`; None if only that can tell. Empty if it has more bytes.

    It is looked at without the checks of `read`, so nothing but that may follow from it.
    """
    try:
        descriptor = os.open(where, _FLAGS | _NO_LINK)
    except (OSError, ValueError):
        return None
    try:
        data = os.read(descriptor, _USUAL)
        if len(data) < _USUAL:
            return data
        size = os.fstat(descriptor).st_size
        return b"" if size > most else data + os.read(descriptor, size)
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _is_at(descriptor: int, where: str) -> bool:
    """Whether an open file is the one at a path without symbolic links: none of its folders became one meanwhile."""
    try:
        found = os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        found = os.path.realpath(where)
    # A file that was just replaced is told as deleted, and some systems take letters of any case.
    return found.removesuffix(" (deleted)").casefold() == where.casefold()


def limited(data: bytes, path: str) -> Source:
    """The file with these contents, of which at most one byte more than the limit need be given."""
    if len(data) > MAX_BYTES:
        raise too_large(path)
    return Source(path, data)


def too_large(path: str) -> Problem:
    """The error for a file that is larger than the limit."""
    return Problem(f"the file is larger than {MAX_BYTES // 1_000_000} MB; exclude or split it", path)


def check_kind(path: str) -> None:
    """Raise Problem if there is a pipe, a socket or a device at a path; what can't be looked at is left to `read`."""
    with suppress(OSError, ValueError):
        _check(os.stat(path), path)


def _check(found: os.stat_result, path: str) -> None:
    kind = stat.S_IFMT(found.st_mode)
    if kind in _KINDS:
        raise Problem(f"this is {_KINDS[kind]}, which is not opened; {_INSTEAD}", path)
    if kind == stat.S_IFREG and found.st_size > MAX_BYTES:
        raise too_large(path)


def _read_all(descriptor: int, size: int) -> bytes:
    """All that a file has, or one byte more than the limit; size: how much to ask for at once."""
    data = b""
    while len(data) <= MAX_BYTES:
        piece = os.read(descriptor, min(size, MAX_BYTES + 1))
        data += piece
        if len(piece) < size:
            break
    return data
