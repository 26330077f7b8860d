"""Who owns a file, by the repository's CODEOWNERS."""

from __future__ import annotations

import os
from collections.abc import Sequence

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.patterns import path_matches
from awslint_memo.model.span import Problem

_PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where it may be; the first one counts."""

_MOST_LINES = 5_000


class Owners:
    """The owners of the files of a repository. root: its top."""

    def __init__(self, files: Files, root: str) -> None:
        self._files, self._root = files, root

    def of(self, path: str) -> Sequence[str]:
        """The owners of a file; none if nobody says so. The last line that fits counts, as on GitHub."""
        if not self._lines:
            return ()
        below = path_from(path, self._root).replace(os.sep, "/")
        return next((owners for pattern, owners in self._lines if _fits(pattern, below)), ())

    @cached_property
    def _lines(self) -> Sequence[tuple[str, Sequence[str]]]:
        """The patterns with their owners, the last line first."""
        for place in _PLACES:
            path = path_from(os.path.join(self._root, *place.split("/")))
            if self._files.is_file(path):
                try:
                    lines = self._files.read(path).lines
                except Problem:
                    return ()
                split = (line.partition(" #")[0].split() for line in lines[:_MOST_LINES])
                # Sections of GitLab have brackets, and say for nothing by themselves who owns it.
                rows = [words for words in split if words and not words[0].startswith(("#", "[", "^["))]
                return [(words[0], tuple(words[1:])) for words in reversed(rows)]
        return ()


def _fits(pattern: str, path: str) -> bool:
    if pattern.endswith("/*"):
        # Only what is in the folder itself.
        return path_matches(pattern, path) and path.count("/") == pattern.lstrip("/").count("/")
    return path_matches(pattern, path)
