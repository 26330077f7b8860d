"""Who uses what a commit deletes: calls of a module, and templates that nest or include a file."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.file_names import calls, is_read, read_names

_INSTEAD = "which the commit deletes; name what stands in its place, or keep it"
_MOVED = "which the commit moves to {}; name it there"

_USE = regex(rb"""^[^#\r\n]*?\b(?:TemplateURL|Location)["']?\s*:\s*["']?([^\s"',{}]+)""", re.MULTILINE)
"""How a template names a file that it nests or includes."""


def callers_of(
    gone: Collection[str], sources: Iterable[Source], files: Files, moved: Mapping[str, str]
) -> Iterator[Problem]:
    """The calls of modules of which no file is left. gone: what is deleted. sources: the files that may call some.
    moved: where files of these are now."""
    read = [path for path in gone if is_read(path)]
    folders = {os.path.dirname(os.path.abspath(path)) for path in read}
    folders = {folder for folder in folders if not read_names(files.names(folder))}
    targets: dict[str, set[str]] = {}
    for path in read:
        targets.setdefault(os.path.dirname(os.path.abspath(path)), set()).update(
            [os.path.dirname(moved[path])] if path in moved else []
        )
    for source in sources if folders else ():
        for folder, line in calls(source, files.root_above):
            if folder in folders:
                message = f"this calls the module {path_from(folder)}, {_instead(*targets[folder])}"
                yield Problem(message, source.path, line, is_partial=True)


def nested_in(gone: Collection[str], sources: Iterable[Source], moved: Mapping[str, str]) -> Iterator[Problem]:
    """What nests or includes files that are deleted. gone: their absolute paths. moved: where some of them are now."""
    targets = {os.path.abspath(path): target for path, target in moved.items()}
    for source in sources:
        folder = os.path.dirname(os.path.abspath(source.path))
        for match in _USE.finditer(source.data):
            named = os.path.normpath(os.path.join(folder, os.fsdecode(match[1])))
            if named in gone:
                line = source.data.count(b"\n", 0, match.start(1)) + 1
                message = f"this nests or includes {path_from(named)}, {_instead(*filter(None, [targets.get(named)]))}"
                yield Problem(message, source.path, line, is_partial=True)


def _instead(*targets: str) -> str:
    """What to do about what is gone. targets: where it is now; it is moved if that is one place."""
    return _MOVED.format(targets[0] or os.curdir) if len(targets) == 1 else _INSTEAD
