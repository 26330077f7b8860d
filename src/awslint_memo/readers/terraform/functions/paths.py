"""Terraform's functions on the text of paths."""

from __future__ import annotations

import posixpath

from awslint_memo.readers.terraform.collections import Function
from awslint_memo.readers.terraform.functions.arguments import NotKnownError, plains


def _basename(path: str) -> str:
    bare = path.rstrip("/")
    return posixpath.basename(bare) if bare else "/" if path else "."


def _dirname(path: str) -> str:
    folder = path[: path.rfind("/") + 1]
    return posixpath.normpath(folder) if folder else "."


def _pathexpand(path: str) -> str:
    if path.startswith("~"):
        raise NotKnownError("a folder of the user who runs Terraform")
    return path


def _abspath(path: str) -> str:
    if not path.startswith("/"):
        raise NotKnownError("the folder where Terraform runs")
    return posixpath.normpath(path)


PATHS: dict[str, Function] = plains(
    {
        "abspath": ("text", _abspath),
        "basename": ("text", _basename),
        "dirname": ("text", _dirname),
        "pathexpand": ("text", _pathexpand),
    }
)
"""The implementation of each function by name."""
