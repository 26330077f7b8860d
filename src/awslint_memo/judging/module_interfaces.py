"""Calls of a module that a commit changes which Terraform refuses since then: of variables that it has no more, or that
have no default and get no value."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.model.phrases import listed
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.configuration import decoded
from awslint_memo.readers.terraform.file_names import NATIVE, calls, read_names
from awslint_memo.syntax.hcl.document import Block, Document, document

_META = frozenset(("source", "version", "count", "for_each", "providers", "depends_on", "lifecycle"))
"""What a call says that is no variable.

https://developer.hashicorp.com/terraform/language/block/module (read on 2026-11-30)
"""


def refused_calls(folders: Collection[str], sources: Iterable[Source], files: Files) -> Iterator[Problem]:
    """The calls of modules in some folders that give them other values than they take. sources: files that may call
    some."""
    known: dict[str, Mapping[str, bool] | None] = {}
    for source in sources:
        lines = {line: folder for folder, line in calls(source, files.root_above) if folder in folders}
        for block, first, last in _blocks(source) or () if lines else ():
            is_call = block.name.text == "module"
            folder = next((one for line, one in lines.items() if is_call and first <= line <= last), None)
            if folder is None:
                continue
            if folder not in known:
                known[folder] = _variables(folder, files)
            message = _refusal({item.name.text for item in block.items} - _META, known[folder])
            if message:
                yield Problem(f"the module {os.path.relpath(folder)} {message}", source.path, first, is_partial=True)


def _refusal(given: Collection[str], variables: Mapping[str, bool] | None) -> str:
    """Why Terraform refuses what a call gives, in words behind the name of the module; empty if it takes it.

    variables: those of the module, each with whether it has a default; None if they are not known.
    """
    if variables is None:
        return ""
    unknown = sorted(name for name in given if name not in variables)
    lacking = sorted(name for name, has_default in variables.items() if not has_default and name not in given)
    words = [f"has no variable {listed(unknown)}, to which this gives a value,"] if unknown else []
    words += [f"wants a value for {listed(lacking)}, which this does not give"] if lacking else []
    return f"{' and '.join(words)}; change the call, or the module" if words else ""


def _variables(folder: str, files: Files) -> Mapping[str, bool] | None:
    """The variables of a module, each with whether it has a default; None if not all of it can be read here, or nothing
    is left of it."""
    found: dict[str, bool] = {}
    names = read_names(files.names(folder))
    for name in names:
        try:
            blocks = _blocks(files.read(os.path.join(folder, name)))
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
