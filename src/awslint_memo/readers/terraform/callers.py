"""Tells from the text of configuration files which folders call which as modules, without parsing them.

It is asked of all files of a repository to find the roots of a changed module, so it must be quick. What is taken for a
call and is none costs a look at one folder more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import regex
from awslint_memo.readers.terraform.file_names import COMPONENTS, TERRAGRUNT, is_read

_SOURCE = regex(rb"""\bsource["']?\s*[=:]\s*["']([^"'\r\n]*)["']""")
CALLS = b"source"
"""What a file that calls modules has."""

_AUTOMATIC = ("terraform.tfvars", "terraform.tfvars.json")


def may_call(path: str) -> bool:
    """Whether a file of this name may call modules."""
    return is_read(path) or os.path.basename(path) == TERRAGRUNT or path.endswith(COMPONENTS)


def is_automatic(path: str) -> bool:
    """Whether Terraform reads a file of variables by itself, beside the configuration."""
    name = os.path.basename(path)
    return name in _AUTOMATIC or name.endswith((".auto.tfvars", ".auto.tfvars.json"))


def callers(folders: Iterable[str], sources: Iterable[Source], repository: Callable[[str], str]) -> set[str]:
    """The folders that call one of `folders` as a module, directly or through others; all of them absolute.

    sources: files that `may_call`. repository: gives the root of the repository that has a file.
    """
    above: dict[str, set[str]] = {}
    for one in sources:
        here = os.path.dirname(os.path.abspath(one.path))
        for match in _SOURCE.finditer(one.data):
            source = local_source(match[1].decode("utf-8", "replace").replace("//", "/"), here, repository(one.path))
            if source is not None:
                above.setdefault(os.path.normpath(os.path.join(here, source)), set()).add(here)
    found: set[str] = set()
    pending = list(folders)
    while pending:
        new = above.get(pending.pop(), set()) - found
        found |= new
        pending += new
    return found


def local_source(written: str, folder: str, repository: str) -> str | None:
    """The folder that a `source` names, relative to that of the `terragrunt.hcl`; None if it is not local or not known.

    Two slashes separate what is copied from the module in it.
    """
    path = written.replace("${get_terragrunt_dir()}", ".").replace("${get_original_terragrunt_dir()}", ".")
    path = path.replace("${get_repo_root()}", os.path.relpath(repository, folder or ".").replace(os.sep, "/"))
    is_local = path.startswith(("./", "../")) or path in (".", "..")
    return os.path.normpath(path) if is_local and "${" not in path else None
