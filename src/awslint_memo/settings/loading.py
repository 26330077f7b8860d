"""Loads the settings of a run: those of its configuration, if there is one."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.files.files import Files
from awslint_memo.judging.rule import Rule
from awslint_memo.settings.configuration_file import find, read
from awslint_memo.settings.settings import Settings


def load(start: str, explicit: str | None, rules: Mapping[str, Rule], files: Files) -> Settings:
    """The settings of the nearest configuration in `start` or a folder above it, or of the file `explicit`.

    Path patterns are relative to the configuration's folder, or to `start` if the file is given explicitly. `rules`:
    all existing rules, those about suppressions included. Raises Problem, with file and line, for invalid settings.
    """
    document = find(start, files) if explicit is None else read(explicit, start, files, is_named=True)
    if document is None:
        return Settings()
    from awslint_memo.settings import configuration  # Most runs have none.

    return configuration.settings(document, rules, files)
