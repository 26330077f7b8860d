"""Values of the parameters of templates from which others import, instead of the default values."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

_GIVEN: Final[dict[str, Mapping[str, str]]] = {}
"""By the absolute path of a template, while it exports with these values."""


@contextmanager
def exporting_with(values: Mapping[str, Mapping[str, str]]) -> Iterator[None]:
    """Inside of the block, templates export with values of parameters, by their absolute paths."""
    _GIVEN.update(values)
    try:
        yield
    finally:
        _GIVEN.clear()


def given_to_exporter(path: str) -> Mapping[str, str]:
    """The values with which the template of a file exports, beside the default ones."""
    return _GIVEN.get(os.path.abspath(path), {})
