"""What decides values of Terraform and is not followed: arguments that Terragrunt adds, and files that it writes."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence

from awslint_memo.files.files import Files
from awslint_memo.files.revision import Revision
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem

_TERRAGRUNT = (".hcl", ".hcl.json")
_BLOCK = regex(r"\b(?:extra_arguments|generate)\b[^{}\n]*\{")
_DECIDING = regex(
    r"-var|TF_|var_files|get_env|\blocal\.|\b(?:resource|locals|variable|module|data|jsonencode|override|file)\b|main\.tf"
)
"""What a block of Terragrunt has that may give a variable a value or an argument another one; a backend has none."""

_MOST = 100_000


@record
class Unfollowed:
    """The files that came or changed since a revision. past: its files."""

    revision: Revision
    files: Files
    past: Files

    def why(self, home: str, owners: Collection[str]) -> str:
        """Why nobody can tell what a file of Terraform comes to now, as the end of a sentence; empty if nothing came.

        owners: the absolute paths of the files and folders that deploy it.
        """
        return self._of_terragrunt if any(path.endswith(_TERRAGRUNT) for path in (home, *owners)) else ""

    @cached_property
    def _of_terragrunt(self) -> str:
        for path in self._changed:
            came = set(_blocks(_text(self.files, path))) - set(_blocks(_text(self.past, path)))
            if came:
                word = min(came).split()[0].strip("={")
                return f"{path} has another {word}, which is not followed"
        return ""

    @cached_property
    def _changed(self) -> Sequence[str]:
        then, top = self.revision.files, self.revision.git.top
        asked = (pair for pair in sorted(self.revision.tracked.items()) if pair[0].endswith(_TERRAGRUNT))
        paths = [path for path, key in asked if then.get(path, ("", ""))[1] != key]
        return [os.path.relpath(os.path.join(top, *path.split("/"))) for path in paths]


def _text(files: Files, path: str) -> str:
    try:
        return files.read(path).text[:_MOST] if files.is_inside(path) and files.is_file(path) else ""
    except Problem:
        return ""


def _blocks(text: str) -> Iterator[str]:
    """The blocks that may decide values, with the braces that belong to each."""
    for match in _BLOCK.finditer(text):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        block = text[match.start() : end]
        if _DECIDING.search(block, match.end() - match.start()):
            yield block
