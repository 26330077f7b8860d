"""Which capabilities the commands of a repository give stacks: options of commands count before samconfig."""

from __future__ import annotations

import os
from collections.abc import Mapping

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.file_finder import relative
from awslint_memo.files.files import Files
from awslint_memo.files.scripts import Commands
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

_DEPLOYS = regex(
    r"(?s)\bsam\s+deploy\b(?:(?!\n[ \t]*\n|\b(?:aws|sam)\s+\w|&&|;).){0,1500}?--capabilities[= \t]+"
    r"(?P<given>(?:[\"']?CAPABILITY_\w+[\"',]*[ \t]*(?:\\?\r?\n[ \t]*)?)+)"
)
"""A command of SAM with capabilities, whatever lines it is written in."""


def giving(deployment: Deployment, path: str, capability: str) -> str:
    """The file with a command that gives a stack a capability, from the top of the repository; empty if none does.

    path: of its template or samconfig file.
    """
    beside = deployment.beside
    if not isinstance(beside, FilesBeside):
        return ""
    return beside.files.once(_Every(beside.files.root_above(path))).get(capability, "")


@record(frozen=True)
class _Every:
    """Gives the first file that gives each capability, for `Files.once`."""

    top: str

    def __call__(self, files: Files) -> Mapping[str, str]:
        beside, found = FilesBeside(files), dict[str, str]()
        for path in files.once(Commands(self.top)):
            source = beside.at(os.path.basename(path), path)
            for match in _DEPLOYS.finditer(source.text) if source is not None and "CAPABILITY_" in source.text else ():
                for word in match["given"].replace(",", " ").split():
                    found.setdefault(word.strip("\"'"), relative(path, self.top))
        return found
