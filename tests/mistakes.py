"""A helper for tests of what is said about broken files."""

from __future__ import annotations

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.recognition import template


def mistakes(source: Source) -> list[Problem]:
    """The errors in a file: the one that makes it unreadable, or those that the reader reads past."""
    try:
        made = template(source)
    except Problem as problem:
        return [problem]
    return list(made.deployments(None).problems) if made is not None else []
