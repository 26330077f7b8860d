"""Roots: how the stack or root module of a finding is named, wherever the run is started and whatever the format."""

from __future__ import annotations

import os
import re

from awslint_memo.model.regex import regex
from awslint_memo.readers.template import Template

_ENDING = regex(r"(\.template)?\.(ya?ml|json|template)$", re.IGNORECASE)


def root_of(template: Template, top: str) -> str:
    """A template's path without its ending, or the folder of Terraform's configuration; from `top`, with `/`.

    A plan is a root of its own: it was made for one set of variables.
    """
    path = os.path.abspath(template.source.path)
    is_folder = template.language == "terraform" and not template.is_plan
    return _from(top, os.path.dirname(path) if is_folder else _ENDING.sub("", path))


def root_beside(path: str, top: str) -> str:
    """The name of the root module that a file of Terraform configuration is part of."""
    return _from(top, os.path.dirname(os.path.abspath(path)))


def _from(top: str, path: str) -> str:
    try:
        return os.path.relpath(path, top).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")
