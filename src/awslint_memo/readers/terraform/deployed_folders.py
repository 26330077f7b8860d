"""Whether somebody runs Terraform in a folder, as far as the files around it tell: such a folder is a root, also
without a backend or a provider's configuration."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.model.lazy import regex
from awslint_memo.readers.terraform.commanded_files import CommandedFiles
from awslint_memo.readers.terraform.variable_file_commands import folder_of, lines_of

LOCK = ".terraform.lock.hcl"
"""What `init` writes into a root, to be committed (https://developer.hashicorp.com/terraform/language/files/dependency-lock,
read 2026-12-02); some keep that of their tests in a module."""

_APPLIES = regex(r"\b(?:terraform|tofu)\b[^|;&\n]*?[ \t\"',](?:apply|destroy)\b")
_WORDS = (b"apply", b"destroy")
_MODULE = "module"
_MOST_LINES = 200
"""How many lines of a file with commands are looked at that apply something."""


class DeployedFolders:
    """The folders in which commands of the repositories of a run apply Terraform's configuration."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._commanded = CommandedFiles(files)
        self._applied: dict[str, frozenset[str]] = {}
        """By folder, those that the files with commands in it and beside it name, by absolute path."""

    def is_applied(self, folder: str) -> bool:
        """Whether a command surely runs in a folder: the file that has it names that."""
        here, top = os.path.abspath(folder), self._files.root_above(os.path.join(folder, "x"))
        for above, programs in self._commanded.programs(folder):
            if above not in self._applied:
                self._applied[above] = frozenset(self._named(programs, str(top or here)))
            if here in self._applied[above]:
                return True
        return False

    def _named(self, programs: Sequence[str], top: str) -> Iterator[str]:
        for path in programs:
            text = self._commanded.text(path, _WORDS)
            for named in _folders(path, text) if "terraform" in text or "tofu" in text else ():
                for base in (top, os.path.dirname(os.path.abspath(path))):
                    yield os.path.normpath(os.path.join(base, named))

    def has_lock(self, folder: str) -> bool:
        """Whether `init` was run in a folder that is not called one of modules, and what it wrote was kept."""
        is_module = _MODULE in path_from(os.path.abspath(folder)).lower()
        return not is_module and self._files.is_file(os.path.join(folder, LOCK))


def _folders(path: str, text: str) -> Iterator[str]:
    name = os.path.basename(path).lower()
    lines, found = lines_of(text), 0
    for number, line in enumerate(lines):
        if found < _MOST_LINES and _APPLIES.search(line):
            found += 1
            named = folder_of(lines, number, is_make="make" in name or name.endswith(".mk"))
            if named is not None:
                yield named
