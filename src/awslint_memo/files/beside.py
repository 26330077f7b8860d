"""The files beside a template that it names and that are no templates: buildspecs, and the code of functions."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem

MAX_BYTES = 1_000_000
"""Limit for one file."""


class FilesBeside:
    """Opens what checks of a template ask for, and knows what that was.

    A path that leads out of the root, into a folder or to a file that is too large, encrypted or no text names nothing.
    """

    def __init__(self, files: Files) -> None:
        self.files = files
        self._met: dict[str, bytes | None] = {}

    def at(self, written: str, near: str) -> Source | None:
        """The file at a path relative to the folder of the file `near`; None if there is none."""
        return self._read(os.path.join(os.path.dirname(near), written))

    def named(self, written: str, near: str) -> Source | None:
        """The file at a path relative to the folder of the file `near`, or to one above it in the repository.

        None if there is none, or several with other contents.
        """
        if os.path.isabs(written):
            return None
        found = [source for path in self._paths(written, near) if (source := self._read(path)) is not None]
        return found[0] if len({source.data for source in found}) == 1 else None

    def has_file(self, written: str, near: str) -> bool:
        """Whether there is a file, whatever it holds, at a path relative to the folder of the file `near`."""
        return self.files.is_file(os.path.normpath(os.path.join(os.path.dirname(near), written)))

    def is_as_in(self, other: FilesBeside) -> bool:
        """Whether all that was asked of another one is here as it was there; it then counts as asked here too."""
        return all(self._data(path) == data for path, data in other._met.items())

    def _paths(self, written: str, near: str) -> Iterator[str]:
        folder, top = os.path.dirname(near), self.files.root_above(near)
        while True:
            yield os.path.join(folder, written)
            here = os.path.abspath(folder)
            if here in (top, os.path.dirname(here)) or not self.files.is_inside(os.path.join(folder, os.pardir)):
                return
            folder = os.path.normpath(os.path.join(folder, os.pardir))

    def _read(self, path: str) -> Source | None:
        path = os.path.normpath(path)
        return None if self._data(path) is None else self.files.read(path)

    def _data(self, path: str) -> bytes | None:
        if path not in self._met:
            self._met[path] = self._opened(path)
        return self._met[path]

    def _opened(self, path: str) -> bytes | None:
        if "\0" in path or not self.files.is_file(path) or self.files.size(path) > MAX_BYTES:
            return None
        try:
            source = self.files.read(path)
            is_text = not (source.withheld or source.is_binary) and source.text is not None
            return source.data if is_text else None
        except (Problem, ValueError):
            return None
