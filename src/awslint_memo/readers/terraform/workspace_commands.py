"""The names of the workspaces that the commands of a repository select: in a Makefile, script or workflow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.files.files import Files
from awslint_memo.model.lazy import regex
from awslint_memo.readers.terraform.commanded_files import CommandedFiles

_SELECTED = regex(
    r"\bworkspace[ \t]+(?:select|new)[ \t]+(?:-or-create(?:=true)?[ \t]+)?[\"']?([A-Za-z][\w-]*)[\"']?(?![\w$({-])"
)
_SET = regex(
    r"\bTF_WORKSPACE[\"']?[ \t]*[:=][ \t]*[\"']?([A-Za-z][\w-]*)[\"']?[ \t]*(?:\r?$|[;&|,}])",
)
_LISTED = regex(r"(?m)^[ \t]*(?:export[ \t]+)?WORKSPACES[ \t]*[:?]?=[ \t]*[\"'(]?([A-Za-z][\w -]*)[\"')]?[ \t]*\r?$")
_WORDS = (b"workspace", b"WORKSPACE")

_SEVERAL = 2
"""How many a file has to name for these to be all."""


def workspaces(files: Files, folder: str) -> Iterator[tuple[str, Sequence[str]]]:
    """The workspaces of a root in a folder that each file with its commands names, if it names several, with its path.

    What a file of commands names in a place where Terraform is not called by name is a list of them (`WORKSPACES`).
    """
    for path, text in CommandedFiles(files).texts(folder, _WORDS):
        listed = [name for names in _LISTED.findall(text) for name in names.split()]
        names = dict.fromkeys((*listed, *_SELECTED.findall(text), *_SET.findall(text)))
        if ("terraform" in text or "tofu" in text) and len(names) >= _SEVERAL:
            yield path, list(names)
