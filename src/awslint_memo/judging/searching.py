"""Searches the files of a repository for words, and reads only those that have some."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.file_names import SUFFIXES, VARIABLES, is_read

MOST_BYTES = 2_000_000
"""Larger files are not searched; CloudFormation takes templates up to 1 MB."""

_TEMPLATES = (".yaml", ".yml", ".json", ".template")


def may_be_template(path: str) -> bool:
    """Whether a file of this name may be a template of CloudFormation, or a part of one."""
    is_ours = path.lower().endswith(_TEMPLATES) and not path.endswith(VARIABLES)
    return is_ours and not (path.endswith(SUFFIXES) and is_read(path))


def having(
    paths: Mapping[str, str], is_wanted: Callable[[bytes], bool], unread: list[Problem], files: Files
) -> Iterator[Source]:
    """The files of which one wants what they have.

    paths: by absolute path. Those that are too large are not searched. unread: receives why files could not be.
    """
    for whole, path in paths.items():
        data = files.glance(path, whole, MOST_BYTES)
        if data is not None and not is_wanted(data):
            continue
        if files.size(path) > MOST_BYTES:
            continue
        try:
            found = files.read(path)
        except Problem as problem:
            unread.append(problem)
            continue
        files.forget(path)  # Who needs it keeps it.
        if is_wanted(found.data):
            yield found
