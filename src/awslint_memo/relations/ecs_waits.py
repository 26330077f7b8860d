"""Amazon ECS: the scripts that wait until a service is stable, which it also is once a deployment was rolled back."""

from __future__ import annotations

import os

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.file_finder import relative
from awslint_memo.files.files import Files
from awslint_memo.files.scripts import Scripts
from awslint_memo.model.deployment import Resource
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record

_WAITS = regex(r"(?m)^[^#\n]*(?:\bwait\s+services-stable\b|\bwait-for-service-stability:\s*[\"']?true\b)")


def waiting_script(service: Resource) -> str:
    """The first script or pipeline of the repository that waits for stable services, with its line; empty if none
    does, or nobody may look."""
    beside = service.deployment.beside
    if not isinstance(beside, FilesBeside):
        return ""
    return beside.files.once(_Waiting(beside.files.root_above(service.place.span.path)))


@record(frozen=True)
class _Waiting:
    """Gives the place in the scripts below a folder, for `Files.once`."""

    top: str

    def __call__(self, files: Files) -> str:
        beside = FilesBeside(files)
        for path in files.once(Scripts(self.top)):
            source = beside.at(os.path.basename(path), path)
            match = _WAITS.search(source.text) if source is not None else None
            if source is not None and match is not None:
                return f"{relative(path, self.top)}:{source.text.count(chr(10), 0, match.end()) + 1}"
        return ""
