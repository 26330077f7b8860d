"""Outputs that a root module reads from the state of another root of the repository, which does not declare them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from awslint_memo.files.disk import path_from
from awslint_memo.files.file_finder import SKIPPED
from awslint_memo.files.files import Files
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import nearest
from awslint_memo.model.span import Problem
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.terraform.blocks import Block, literal, mapping
from awslint_memo.readers.terraform.directories import Directory
from awslint_memo.readers.terraform.file_names import is_read
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.written_expressions import Expression, expressions, user

_STATE = "terraform_remote_state"
_BACKEND = regex(r'\bbackend\s+"s3"\s*\{([^{}]*)\}')
_SETTING = regex(r'(?m)^[ \t]*(bucket|key)\s*=\s*"([^"$]+)"')
_OUTPUT = regex(r"\bdata\.terraform_remote_state\.([\w-]+)\.outputs\.([A-Za-z_][\w-]*)")
_WHOLE = regex(r"data\.terraform_remote_state\.([\w-]+)\.outputs")
_LOCAL = regex(r"\blocal\.([A-Za-z_][\w-]*)\.([A-Za-z_][\w-]*)")
_TRYING = regex(r"\b(?:try|can|lookup|merge)\s*\(")

_DEPTH = 3
"""How many folders above a root, and below such a folder, another root may be."""

_MOST = 300
"""The most folders that are looked at."""


def missing_outputs(module: Module) -> Iterator[Unmet]:
    """The outputs of states that a root module reads which their roots, as they are in the repository, do not have."""
    sections = module.directory.sections
    states = {block.labels[1]: block for block in sections.data.values() if block.labels[0] == _STATE}
    roots = {name: found for name, block in states.items() if (found := _root_of(module.directory, block)) is not None}
    if not roots:
        return
    written = list(expressions(sections))
    whole = {one.name: match[1] for one in written if one.block is None and (match := _WHOLE.fullmatch(one.text))}
    for expression in written:
        for state, output in _asked(expression, whole):
            path, declared = roots.get(state, ("", None))
            if declared is None or output in declared.sections.outputs:
                continue
            resource, near = user(module, expression.address), nearest(output, declared.sections.outputs)
            names, among = [output, f"data.{_STATE}.{state}"], [] if near is None else [near]
            yield Unmet("import", resource, (), expression.place, names, path, among)


def _asked(expression: Expression, whole: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The states and outputs that an expression surely reads. whole: the locals that are all outputs of a state."""
    if _TRYING.search(expression.text) is None:
        yield from dict.fromkeys(_OUTPUT.findall(expression.text))
        yield from ((whole[name], output) for name, output in _LOCAL.findall(expression.text) if name in whole)


def _root_of(directory: Directory, block: Block) -> tuple[str, Directory] | None:
    """The one root of the repository whose state a data source reads, with the path of its folder."""
    arguments, local = block.arguments, directory.local
    config = mapping(arguments["config"]) if "config" in arguments else {}
    wanted = {name: literal(config.get(name)) for name in ("bucket", "key")}
    if local is None or literal(arguments.get("backend")) != "s3" or None in wanted.values() or "defaults" in arguments:
        return None
    here = os.path.abspath(local.folder)
    found = [folder for folder in _folders(local.files, here) if folder != here and _has(local.files, folder, wanted)]
    if len(found) != 1:
        return None
    other = directory.find(os.path.join(".", os.path.relpath(found[0], here)), None)
    return (path_from(found[0]), other) if other is not None and other.is_whole else None


def _folders(files: Files, here: str) -> Iterator[str]:
    """The folders that are near a root, in the same repository."""
    top = here
    for _ in range(_DEPTH):
        above = os.path.dirname(top)
        top = above if above != top and files.is_inside(above) else top
    pending, number = [(top, 0)], 0
    while pending and number < _MOST:
        folder, depth = pending.pop(0)
        number += 1
        yield folder
        if depth < 2 * _DEPTH:
            below = (name for name in files.listing(folder).folders if name not in SKIPPED)
            pending += [(os.path.join(folder, name), depth + 1) for name in below]


def _has(files: Files, folder: str, wanted: Mapping[str, str | None]) -> bool:
    """Whether the backend of a folder's configuration keeps its state at a place."""
    for name in files.names(folder):
        if is_read(name):
            try:
                text = files.read(os.path.join(folder, name)).text
            except Problem:
                continue
            if any(dict(_SETTING.findall(body)) == wanted for body in _BACKEND.findall(text)):
                return True
    return False
