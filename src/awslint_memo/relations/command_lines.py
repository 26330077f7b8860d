"""What the commands of a repository do beside its templates, in scripts, Makefiles and pipelines; none is run."""

from __future__ import annotations

import os
import re

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.file_finder import relative
from awslint_memo.files.files import Files
from awslint_memo.files.scripts import Scripts
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record


def first(resource: Resource, pattern: str) -> str:
    """The first place in a script or pipeline of the repository of a resource where a pattern matches in no comment,
    as its path and line; empty if there is none, or nobody may look."""
    beside = resource.deployment.beside
    if not isinstance(beside, FilesBeside):
        return ""
    return beside.files.once(_First(beside.files.root_above(resource.place.span.path), pattern))


def gives(resource: Resource, name: str, *, but: str) -> str:
    """Where a command gives a parameter or variable of this name a value without the word `but`; empty if none does.

    By Terraform's options or environment, or by options of the AWS CLI and SAM.
    """
    value = rf"[\"']?(?![^\s\"',]*\b{re.escape(but)}\b)[^\s\"',]"
    name = re.escape(name)
    if resource.language == "terraform":
        ways = (rf"\bTF_VAR_{name}[\"']?\s*[:=]\s*{value}", rf"-var[= ][\"']?{name}={value}")
    else:
        ways = (
            rf"\bParameterKey=[\"']?{name}[\"']?,ParameterValue={value}",
            rf"--parameter-overrides\b(?:[^\n]|\\\n)*?[\s\"'=]{name}={value}",
        )
    return first(resource, "|".join(ways))


@record(frozen=True)
class _First:
    """Gives the place in the scripts below a folder, for `Files.once`."""

    top: str
    pattern: str

    def __call__(self, files: Files) -> str:
        beside, wanted = FilesBeside(files), re.compile(self.pattern)
        for path in files.once(Scripts(self.top)):
            source = beside.at(os.path.basename(path), path)
            text = "" if source is None else source.text
            for match in wanted.finditer(text):
                if "#" not in text[text.rfind("\n", 0, match.start()) + 1 : match.start()]:
                    return f"{relative(path, self.top)}:{text.count(chr(10), 0, match.end()) + 1}"
        return ""
