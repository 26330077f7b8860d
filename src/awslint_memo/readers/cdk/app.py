"""The app that an assembly was made by: its folder, and its files that the assembly names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress

from awslint_memo.files.files import Files
from awslint_memo.model.span import Problem, Span
from awslint_memo.readers.cdk.assembly import MANIFEST, OUT, parsed
from awslint_memo.readers.cdk.metadata import Frame
from awslint_memo.syntax.node import fields, text

APP = "cdk.json"
"""The file with the command that runs an app, at its root."""

_MAX_OUTER = 20
"""How many folders above an assembly are looked at."""

_MAX_STEPS = 40
"""How many folders of a path are compared with those of the app."""


class App:
    """The files of an app. folder: that of an assembly of it."""

    def __init__(self, folder: str, files: Files) -> None:
        self._files = files
        self._root = _root(folder, files)
        self._found: dict[str, str | None] = {}

    def span(self, frame: Frame) -> Span | None:
        """Where a line of the app is now; None if the file is not there."""
        if frame.path not in self._found:
            self._found[frame.path] = self._path(frame.path.replace("\\", "/"))
        path = self._found[frame.path]
        return None if path is None else Span(path, frame.line, frame.column, frame.line, frame.column)

    def _path(self, written: str) -> str | None:
        """The file in the app with the longest end of a path: the assembly may be made on another machine."""
        steps = [step for step in written.split("/") if step not in ("", ".")][-_MAX_STEPS:]
        if ".." in steps or "\0" in written:
            return None
        own = self._below(written)
        ends = ([own] if own else []) + [os.path.join(*steps[at:]) for at in range(len(steps))]
        paths = (os.path.normpath(os.path.join(self._root, end)) for end in ends)
        return next((path for path in paths if self._files.is_file(path)), None)

    def _below(self, written: str) -> str | None:
        """The path from the root of the app, if the assembly was made here."""
        top = os.path.join(os.path.abspath(self._root), "").replace(os.sep, "/")
        return written[len(top) :] if written.startswith(top) else None


def output(settings: str, files: Files) -> str:
    """The folder of the assembly of an app. settings: the path of its `cdk.json`."""
    named = None
    with suppress(Problem):  # The CDK does not run with it either.
        named = text(fields(parsed(files.read(settings))).get("output"))
    return os.path.normpath(os.path.join(os.path.dirname(settings), named or OUT))


def _root(folder: str, files: Files) -> str:
    """The folder of the app: the nearest one above the assembly with its settings, else the one that it stands in."""
    above = _outer(folder)
    for _ in range(_MAX_OUTER):
        if not files.is_file(os.path.join(above, MANIFEST)):
            break
        above = _outer(above)
    outer: Sequence[str] = [above, _outer(above), _outer(_outer(above))]
    return next((path for path in outer if files.is_file(os.path.join(path, APP))), above)


def _outer(folder: str) -> str:
    return os.path.normpath(os.path.join(folder, os.pardir))
