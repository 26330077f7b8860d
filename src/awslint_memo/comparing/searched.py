"""Files in which names are looked for: new ones that are large, or compressed."""

from __future__ import annotations

import os
import stat

from awslint_memo.files.files import Files
from awslint_memo.files.left_out import MOST_BYTES
from awslint_memo.files.packed import unpacked

MEDIA = (
    ".bmp",
    ".gif",
    ".ico",
    ".jpeg",
    ".jpg",
    ".mov",
    ".mp3",
    ".mp4",
    ".pdf",
    ".png",
    ".svg",
    ".ttf",
    ".webp",
    ".woff2",
)
"""What Git LFS keeps mostly, and no template is called."""

_MOST_LARGE = 64_000_000
"""How many bytes of files are searched of which each is larger than templates are."""


class Searched:
    """Reads files to look for names in them. left_out: those that could not be searched as a whole."""

    def __init__(self, files: Files) -> None:
        self.left_out: list[str] = []
        self._files = files
        self._left = _MOST_LARGE

    def data(self, path: str, whole: str) -> bytes | None:
        """What is in a file that may be opened, or in what it is compressed from; None if `glance` can't tell. whole:
        its absolute path."""
        data = self._files.glance(path, whole, MOST_BYTES)
        if data == b"" and not path.lower().endswith(MEDIA) and _size(whole):
            data = self._files.glance(path, whole, self._left)
            self._left -= len(data or b"")
            self.left_out += [] if data else [path]
        packed = unpacked(data) if data else None
        if packed is None:
            return data
        self.left_out += [] if packed.is_whole else [path]
        return packed.data


def _size(whole: str) -> int:
    """How many bytes a file has; 0 for what is none."""
    try:
        found = os.lstat(whole)
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0
