"""Calls of a module that a commit changes which Terraform refuses since then: of variables that it has no more, or that
have no default and get no value."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.phrases import listed
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.configuration import decoded
from awslint_memo.readers.terraform.file_names import NATIVE, calls, read_names
from awslint_memo.syntax.hcl.document import Block, Document, document

if TYPE_CHECKING:
    from awslint_memo.files.staged import Staged

_META = frozenset(("source", "version", "count", "for_each", "providers", "depends_on", "lifecycle"))
"""What a call says that is no variable.

https://developer.hashicorp.com/terraform/language/block/module (read on 2026-11-30)
"""


def refused_calls(
    folders: Collection[str], sources: Iterable[Source], files: Files, staged: Staged
) -> Iterator[Problem]:
    """The calls of modules in some folders that give them other values than they take, and took before the commit.

    sources: files that may call some. staged: what the commit changes.
    """
    known: dict[str, Mapping[str, bool] | None] = {}
    before = _Before(staged, files)
    for source in sources:
        lines = {line: folder for folder, line in calls(source, files.root_above) if folder in folders}
        for block, first, last in _blocks(source) or () if lines else ():
            is_call = block.name.text == "module"
            folder = next((one for line, one in lines.items() if is_call and first <= line <= last), None)
            if folder is None:
                continue
            if folder not in known:
                known[folder] = _variables(folder, read_names(files.names(folder)), files.read)
            unknown, lacking = _unmet(_given(block), known[folder])
            if unknown or lacking:
                then = before.unmet(folder, source, block)
                message = _refusal(unknown - then[0], lacking - then[1])
                if message:
                    yield Problem(f"the module {path_from(folder)} {message}", source.path, first, is_partial=True)


class _Before:
    """What calls and modules said before a commit."""

    def __init__(self, staged: Staged, files: Files) -> None:
        self._staged, self._files = staged, files
        self._changed = {os.path.abspath(path): path for path in (*staged.changed, *staged.deleted)}
        self._variables: dict[str, Mapping[str, bool] | None] = {}

    def unmet(self, folder: str, source: Source, call: Block) -> tuple[frozenset[str], frozenset[str]]:
        """The variables that a call of a module gave and it had not, and those that it did not give and had to, as far
        as that is known."""
        if folder not in self._variables:
            gone = (os.path.basename(path) for path in self._changed if os.path.dirname(path) == folder)
            names = read_names(list(dict.fromkeys((*self._files.names(folder), *gone))))
            self._variables[folder] = _variables(folder, names, self._read)
        try:
            blocks = _blocks(self._read(source.path)) or ()
        except Problem:
            blocks = ()
        labels = [label.text for label in call.labels]
        here = (block for block, _, _ in blocks if block.name.text == "module")
        given = next((_given(block) for block in here if [label.text for label in block.labels] == labels), None)
        return (frozenset(), frozenset()) if given is None else _unmet(given, self._variables[folder])

    def _read(self, path: str) -> Source:
        """A file as it was. Raises Problem if it can't be read, or git can't tell."""
        changed = self._changed.get(os.path.abspath(path))
        if changed is None:
            return self._files.read(path)
        data = self._staged.known_before(changed)
        if data is None:
            raise Problem("git can't tell what this had before the commit", path)
        return Source(path, data)


def _given(call: Block) -> frozenset[str]:
    return frozenset(item.name.text for item in call.items) - _META


def _unmet(given: frozenset[str], variables: Mapping[str, bool] | None) -> tuple[frozenset[str], frozenset[str]]:
    """The variables that a call gives and a module has not, and those that it has to give and does not.

    variables: those of the module, each with whether it has a default; None if they are not known.
    """
    known = {} if variables is None else variables
    lacking = frozenset(name for name, has_default in known.items() if not has_default and name not in given)
    return given - known.keys() if variables is not None else frozenset(), lacking


def _refusal(unknown: Collection[str], lacking: Collection[str]) -> str:
    """Why Terraform refuses a call, in words behind the name of the module; empty if it takes it."""
    words = [f"has no variable {listed(sorted(unknown))}, to which this gives a value,"] if unknown else []
    words += [f"wants a value for {listed(sorted(lacking))}, which this does not give"] if lacking else []
    return f"{' and '.join(words)}; change the call, or the module" if words else ""


def _variables(folder: str, names: Sequence[str], read: Callable[[str], Source]) -> Mapping[str, bool] | None:
    """The variables of a module, each with whether it has a default; None if not all of it can be read here, or nothing
    is left of it. names: of its files."""
    found: dict[str, bool] = {}
    for name in names:
        try:
            blocks = _blocks(read(os.path.join(folder, name)))
        except Problem:
            return None
        if blocks is None:
            return None
        for block in (block for block, _, _ in blocks if block.name.text == "variable" and block.labels):
            has_default = any(inner.name.text == "default" for inner in block.items)
            found[block.labels[0].text] = has_default or found.get(block.labels[0].text, False)
    return found if names else None


def _blocks(source: Source) -> list[tuple[Block, int, int]] | None:
    """The blocks of a file, each with its first and last line; None if it can't be read here, of which the check of its
    folder tells."""
    if not source.path.endswith(NATIVE):
        return None
    shown = decoded(source)
    try:
        read = document(shown.text)
    except Problem:
        return None
    if not isinstance(read, Document):
        return None
    blocks = (item for item in read.items if isinstance(item, Block))
    return [(block, shown.position(block.name.start)[0], shown.position(block.end)[0]) for block in blocks]
