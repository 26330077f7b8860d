"""The files of a repository that no run reads as templates and that name a table beside its stream: functions of the
Serverless Framework read streams by their ARN, and so may whatever else has one.

https://www.serverless.com/framework/docs/providers/aws/events/streams (read on 2026-12-02)
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.files.beside import FilesBeside
from awslint_memo.files.files import Files
from awslint_memo.files.holding import Holding
from awslint_memo.files.source import Source
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record

_SERVERLESS = tuple(f"serverless.{ending}" for ending in ("yml", "yaml", "json", "ts", "js"))
_SHORTEST = 5
"""Letters of the part of a name that is looked for. Chosen: a shorter one stands for anything."""


def may_read(table: Resource) -> bool:
    """Whether a file of the repository has the ARN of a table's stream, or is one of the Serverless Framework that has
    streams and names the table: the whole of its name, or the longest part that is known."""
    beside, name = table.deployment.beside, table.get("TableName")
    if not isinstance(beside, FilesBeside):
        return False
    path, known = table.place.span.path, max((piece.text or "" for piece in name.pieces), key=len, default="")
    if len(known) < _SHORTEST:
        return False
    top = beside.files.root_above(path)
    if any(known in source.text for source in beside.files.once(_Services(top))):
        return True
    arns = beside.files.once(Holding(top, "/stream/"))
    return any(_has_arn(source.text, known, is_whole=name.text is not None) for source in arns)


def _has_arn(text: str, known: str, *, is_whole: bool) -> bool:
    if is_whole:
        return f":table/{known}/stream/" in text
    return any(known in line and "/stream/" in line for line in text.splitlines())


@record(frozen=True)
class _Services:
    """Gives, for `Files.once`, the files of the framework with streams below a folder."""

    top: str

    def __call__(self, files: Files) -> list[Source]:
        return list(self._found(files))

    def _found(self, files: Files) -> Iterator[Source]:
        beside = FilesBeside(files)
        for name in _SERVERLESS:
            for path in files.with_name(name, os.path.join(self.top, name)) or ():
                source = beside.at(os.path.basename(path), path)
                if source is not None and "stream" in source.text:
                    yield source
