"""Values of the parameters of templates from which others import, instead of the default values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from awslint_memo.readers.cloudformation.stack import EXPORTING


@contextmanager
def exporting_with(values: Mapping[str, Mapping[str, str]]) -> Iterator[None]:
    """Inside of the block, templates export with values of parameters, by their absolute paths."""
    EXPORTING.update(values)
    try:
        yield
    finally:
        EXPORTING.clear()
