"""The files that a configuration names, with paths relative to its folder, as paths from the working folder."""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.files.files import Files
from awslint_memo.files.root import OUTSIDE
from awslint_memo.settings.configuration_file import At, Document


def parameter_paths(document: Document) -> dict[str, str]:
    """The files with parameter values of the deployments that have one, by the deployment's name."""
    said = document.data.get("deployments", {})
    return {name: _below(document, path) for name, path in said.items() if isinstance(path, str)}


def var_files(document: Document) -> tuple[str, ...]:
    """The files with values of Terraform variables."""
    said = document.data.get("var-file", ())
    return tuple(_below(document, path) for path in ([said] if isinstance(said, str) else said))


def baseline(document: Document) -> str:
    """The file with the findings that are known; empty if there is none."""
    said = document.data.get("baseline")
    return _below(document, said) if isinstance(said, str) else ""


def check_inside(document: Document, files: Files) -> None:
    """Raise Problem if the configuration, which is a part of the repository itself, names a file outside of it."""
    for at, path in _named(document):
        if "\0" in path:
            raise document.problem(f"{at[0]} names a path with a NUL character, which no file has; change it", at)
        if not files.bounds.is_home(path):
            raise document.problem(f"{at[0]} names {path}, which is {OUTSIDE}", at)
        files.bounds.allow(path)


def _named(document: Document) -> Iterator[tuple[At, str]]:
    """All of these files, each with its key in the configuration."""
    for name, path in parameter_paths(document).items():
        yield ("deployments", name), path
    if baseline(document):
        yield ("baseline",), baseline(document)
    is_one = isinstance(document.data.get("var-file"), str)
    for number, path in enumerate(var_files(document)):
        yield ("var-file",) if is_one else ("var-file", number), path


def _below(document: Document, path: str) -> str:
    return os.path.relpath(os.path.join(document.root, path))
