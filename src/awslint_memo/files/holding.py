"""The files of a repository that hold a word: what no template of the run says, but another file beside it may."""

from __future__ import annotations

import os
from collections.abc import Sequence

from awslint_memo.files.beside import MAX_BYTES, FilesBeside
from awslint_memo.files.disk import Entry, walk
from awslint_memo.files.file_finder import SKIPPED
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.record import record

MAX_FILES = 5_000
"""How many files are searched. Chosen: it takes about a second."""

_ENDINGS = (".json", ".template", ".tf", ".tfvars", ".yaml", ".yml")
"""How the names of the files end in which resources and their settings stand."""


@record(frozen=True)
class Holding:
    """Gives the files below a folder that hold a word, for `Files.once`, in order: templates, values, other settings.

    top: the folder. word: in the case that it has there.
    """

    top: str
    word: str

    def __call__(self, files: Files) -> Sequence[Source]:
        """The files; none where the folder may not be read."""
        if not files.is_inside(self.top):
            return ()
        beside, word = FilesBeside(files), self.word.encode()
        found: list[Source] = []
        entries = walk(self.top, _is_entered, files.disk, _is_setting)
        for count, (entry, path) in enumerate(entries, 1):
            if isinstance(entry, OSError) or entry.is_symlink():
                continue
            data = files.glance(path, os.path.abspath(path), MAX_BYTES)
            source = beside.at(os.path.basename(path), path) if data is None or word in data else None
            found += [source] if source is not None and word in source.data else []
            if count == MAX_FILES:
                break
        return found


def _is_entered(entry: Entry, _path: str) -> bool:
    return entry.name not in SKIPPED


def _is_setting(entry: Entry) -> bool:
    return entry.name.endswith(_ENDINGS)
