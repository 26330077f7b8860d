"""The files that a configuration names, with paths relative to its folder, as paths from the working folder."""

from __future__ import annotations

import os

from awslint_memo.settings.configuration_file import Document


def parameter_paths(document: Document) -> dict[str, str]:
    """The files with parameter values of the deployments that have one, by the deployment's name."""
    said = document.data.get("deployments", {})
    return {name: _below(document, path) for name, path in said.items() if isinstance(path, str)}


def var_files(document: Document) -> tuple[str, ...]:
    """The files with values of Terraform variables."""
    said = document.data.get("var-file", ())
    return tuple(_below(document, path) for path in ([said] if isinstance(said, str) else said))


def _below(document: Document, path: str) -> str:
    return os.path.relpath(document.root / path)
