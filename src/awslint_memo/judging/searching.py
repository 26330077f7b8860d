"""Searches the files of a repository for words, and reads only those that have some."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem

MOST_BYTES = 2_000_000
"""Larger files are not searched; CloudFormation takes templates up to 1 MB."""


def having(
    paths: Mapping[str, str], needed: bytes, words: Sequence[bytes], unread: list[Problem], files: Files
) -> Iterator[Source]:
    """The files that have one of some words, which are soon told from others as they have `needed` too.

    paths: by absolute path. Those that are too large are not searched. unread: receives why files could not be.
    """
    for whole, path in paths.items():
        data = files.glance(path, whole, MOST_BYTES)
        if data is not None and not _has(data, needed, words):
            continue
        if files.size(path) > MOST_BYTES:
            continue
        try:
            found = files.read(path)
        except Problem as problem:
            unread.append(problem)
            continue
        files.forget(path)  # Who needs it keeps it.
        if _has(found.data, needed, words):
            yield found


def _has(data: bytes, needed: bytes, words: Sequence[bytes]) -> bool:
    return needed in data and any(word in data for word in words)
