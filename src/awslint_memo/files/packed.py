"""What is in compressed files, as far as names are looked for in it: nobody else asks."""

from __future__ import annotations

import bz2
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from awslint_memo.files.left_out import SUFFIXES
from awslint_memo.model.record import record

_MOST = 8_000_000
"""How many bytes of what is in a file are searched."""

_MOST_MEMORY = 64_000_000
"""How much memory a file may ask for to be read."""

_GZIP = 31
"""What zlib calls the format of gzip, with its largest window."""


class _Decompressor(Protocol):
    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        """The next bytes of what is compressed, at most so many."""

    @property
    def eof(self) -> bool:
        """Whether nothing of it follows."""

    @property
    def unused_data(self) -> bytes:
        """What stands behind it, such as another one."""


_FORMATS: tuple[tuple[bytes, Callable[[], _Decompressor]], ...] = (
    (b"\x1f\x8b", lambda: zlib.decompressobj(_GZIP)),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(memlimit=_MOST_MEMORY)),
)
"""How files begin that are compressed as a whole, and what reads them."""

_ZIP, _END_OF_ZIP = b"PK\x03\x04", b"PK\x05\x06"
_MOST_LISTED = 4_000_000
"""How many bytes the list of the files in an archive may have, which is read as a whole: 40,000 files or so."""

_BROKEN = (EOFError, OSError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)
"""What is raised by a file that is none of its format, or is encrypted."""

_OTHERS = (b"7z\xbc\xaf\x27\x1c", b"\x28\xb5\x2f\xfd", b"Rar!\x1a\x07")
"""How archives begin of formats that Python does not read: 7-Zip, Zstandard and RAR."""


@record(frozen=True)
class Unpacked:
    """What is in a compressed file. is_whole: whether all of it was looked at."""

    data: bytes
    is_whole: bool = True


def unpacked(data: bytes) -> Unpacked | None:
    """What is in a compressed file, up to a bound; None for a file that is not compressed."""
    try:
        if data.startswith(_ZIP):
            return _of_zip(data)
        made = next((make() for begin, make in _FORMATS if data.startswith(begin)), None)
        if made is None:
            return Unpacked(b"", is_whole=False) if data.startswith(_OTHERS) else None
        found = made.decompress(data, _MOST)
        return Unpacked(found, is_whole=made.eof and not made.unused_data)
    except _BROKEN:
        return Unpacked(b"", is_whole=False)


def _of_zip(data: bytes) -> Unpacked:
    end = data.rfind(_END_OF_ZIP)
    if int.from_bytes(data[end + 12 : end + 16], "little") > _MOST_LISTED:
        return Unpacked(b"", is_whole=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return Unpacked(b"\n".join(_parts(archive)))


def _parts(archive: zipfile.ZipFile) -> Iterator[bytes]:
    """The files in an archive that are called like templates; most archives are packages of functions, with thousands
    of others."""
    left = _MOST
    for one in archive.infolist():
        if left <= 0 or not one.filename.lower().endswith(SUFFIXES):
            continue
        with archive.open(one) as entry:
            part = entry.read(left)
        left -= len(part)
        yield part
