"""Helpers for tests with a folder of files: read, deploy or lint it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests import command

from awslint_memo.files.file_finder import FileFinder, Found
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.files.source import read
from awslint_memo.model.deployment import Resource
from awslint_memo.readers.recognition import template
from awslint_memo.readers.template import Deployments, Template
from awslint_memo.readers.terraform.directories import Directory
from awslint_memo.readers.terraform.workspace import Workspace


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files, creating their folders."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def templates(folder: Path, *paths: str, var_files: Sequence[str] = ()) -> list[Template]:
    """The templates in the folder (or at the paths in it), after the files of each directory are merged."""
    found = FileFinder().find([str(folder / path) for path in paths] or [str(folder)])
    made = [template(read(one.path)) for one in found if isinstance(one, Found)]
    files = Files(bounds=Root([str(folder)]))
    return Workspace(files, [str(folder / path) for path in var_files]).merge_directories(
        [one for one in made if one is not None]
    )


def deployments(folder: Path, files: Mapping[str, str], fixed: Mapping[str, str] | None = None) -> Deployments:
    """The deployments of the root module with these files."""
    write(folder, files)
    made = templates(folder)
    nested = {path for one in made for path in one.nests}
    (root,) = (one for one in made if one.source.path not in nested)
    return root.deployments(fixed)


def resources(folder: Path, files: Mapping[str, str], fixed: Mapping[str, str] | None = None) -> Mapping[str, Resource]:
    """The resources of the root module's deployment by address."""
    return deployments(folder, files, fixed).deployments[0].resources


def report(*arguments: str) -> dict[str, Any]:
    """The JSON report of `lint`."""
    return command.report(*arguments, "--advice")


def findings(*arguments: str) -> set[tuple[str, str]]:
    """The rule and resource of each finding, limited to the rules that these tests use."""
    return {
        (one["rule"], one["resource"])
        for one in report(*arguments)["findings"]
        if one["rule"] in ("sqs-long-polling", "sqs-visibility-below-processing-time")
    }


def directory(folder: Path) -> Directory:
    """The root module in a folder."""
    found = Workspace(Files(bounds=Root([str(folder)]))).directories.load(str(folder)).directory
    assert found is not None
    return found
