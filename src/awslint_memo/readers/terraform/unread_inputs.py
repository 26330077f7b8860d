"""Variables of local modules that their callers set and that nothing in the modules reads.

Only numbers and switches are told: what says who or where something is (a name, tags, a Region) is often passed through
all modules alike, and changes nothing where it is not used.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Problem
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.terraform.blocks import Block, word
from awslint_memo.readers.terraform.directories import Directory
from awslint_memo.readers.terraform.file_names import is_read
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.written_expressions import user
from awslint_memo.syntax.node import plain

_READ = regex(r"\bvar\s*\.\s*([A-Za-z_][\w-]*)")


def unread_inputs(root: Module) -> Iterator[Unmet]:
    """The variables of the modules that a root module calls, also through others, each once for each folder."""
    told: set[str] = set()
    pending = [root]
    while pending:
        calling = pending.pop(0)
        list(calling.instances())
        called = [one for one in calling.called_modules() if not one.directory.is_given]
        pending += called
        for module in called:
            if module.directory.path not in told and module.caller is not None:
                told.add(module.directory.path)
                yield from _unread(module, [one for one in called if one.directory is module.directory])


def _unread(module: Module, alike: list[Module]) -> Iterator[Unmet]:
    """The variables of a module that nothing in it reads. alike: its instances, with those of other calls."""
    declared = module.directory.sections.variables
    calls = {id(one.caller[1]): one.caller[1] for one in alike if one.caller is not None}
    given = {name: call for call in calls.values() for name in call.arguments if name in declared}
    read = _names_read(module.directory) if given else None
    for name, call in () if read is None else [pair for pair in given.items() if pair[0] not in read]:
        content = plain(call.arguments[name])
        if content is None or not _is_setting(declared[name], content):
            continue
        shown = str(content).lower() if isinstance(content, bool) else "" if isinstance(content, str) else str(content)
        related = [(call.arguments[name], f"what module.{call.name} gives it")]
        place, names = declared[name].place, [name, shown, f"module.{call.name}"]
        yield Unmet("input", user(module, ""), (), place, names, module.address, related=related)


def _is_setting(variable: Block, given: object) -> bool:
    """Whether a variable holds a number or a switch, by its type or else by what it is given."""
    type_ = word(variable.arguments.get("type"))
    return type_ in ("bool", "number") or (not type_ and isinstance(given, (bool, int, float)))


def _names_read(directory: Directory) -> set[str] | None:
    """The variables that a module reads anywhere, a comment too; None if not all of its files could be read."""
    local = directory.local
    if local is None or not directory.is_whole:
        return None
    found: set[str] = set()
    for name in local.files.names(local.folder):
        if is_read(name):
            try:
                text = local.files.read(os.path.join(local.folder, name)).text
            except Problem:
                return None
            found.update(_READ.findall(text))
    return found
