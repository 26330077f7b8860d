"""What of a version's blocks its facts need: the resources that rules know, and what these are made of.

A value counts where it decides something that is kept; elsewhere it only mentions, and there no more is kept of it than
the references that may lead to what a caller gives, or to a resource.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TypeAlias

from bench.module_facts.arguments import is_asked_for, is_attribute, is_translated
from bench.module_facts.expressions import MENTIONS, Fact, rebuilt, references
from bench.module_facts.folders import FLAGS, Argument, Folder
from bench.module_facts.writing import unread_inputs

from awslint_memo.readers.terraform.directories import is_local

MENTIONED, COUNTS = 1, 2

Key: TypeAlias = "tuple[str, str, str]"
"""An argument: the folder, the address of the block, and the name."""

_SCALARS = (["ref", "bool"], ["ref", "number"])
_ALWAYS = ("count", "for_each", "providers", "source", "version")
_ANY = ["ref", "any"]
_NOTHING: Fact = object()
"""Stands for an argument of which nothing is kept."""


@dataclass
class Needs:
    """The needs of one version, whose folders these are by path."""

    folders: Mapping[str, Folder]
    levels: dict[Key, int] = field(default_factory=dict)
    met: dict[tuple[str, str], None] = field(default_factory=dict)
    """The blocks that are there, whether or not an argument of theirs is kept."""
    _carrying: dict[Key, bool] = field(default_factory=dict)
    _pending: list[tuple[Key, int]] = field(default_factory=list)

    def facts(self) -> Iterator[tuple[str, str, Fact]]:
        """All facts of the version: folder, key and fact."""
        self._find()
        for path, folder in self.folders.items():
            for address, block in folder.blocks.items():
                yield from ((path, key, fact) for key, fact in self._of_block(path, address, block))

    def _find(self) -> None:
        for path, folder in self.folders.items():
            for address, block in folder.blocks.items():
                self._begin(path, address, block)
        while self._pending:
            key, level = self._pending.pop()
            if self.levels.get(key, 0) < level:
                self.levels[key] = level
                self._follow(key, level)

    def _begin(self, path: str, address: str, block: Mapping[str, Argument]) -> None:
        kind, _, name = address.partition(".")
        if kind == "output" and "" in block:
            if self._is_worth(path, block[""].fact):
                self._need((path, address, ""), COUNTS)
        elif kind == "module":
            self.met[path, address] = None
            is_here = self._called(path, address) is not None
            ignored = unread_inputs(self.folders[path].source(address)) if not is_here else frozenset()
            for argument in block:
                if argument in _ALWAYS or not is_here:
                    self._need((path, address, argument), MENTIONED if argument in ignored else COUNTS)
        elif kind == "resource" and (
            is_asked_for(name.partition(".")[0]) or any(self._carries_any(path, each.fact) for each in block.values())
        ):
            self._meet(path, address)

    def _is_worth(self, path: str, of: Fact) -> bool:
        """Whether an output is more than the attribute of a resource that nobody knows."""
        roots = {reference[1] for reference, _ in references(of) if len(reference) > 2}
        return self._carries_any(path, of) or roots <= {"local", "var", "path", "each", "count"}

    def _meet(self, path: str, address: str) -> None:
        """Need a resource or data source: how many there are, and what its arguments are or mention."""
        if (path, address) in self.met:
            return
        self.met[path, address] = None
        for name, argument in self.folders[path].blocks[address].items():
            self._need((path, address, name), COUNTS if argument.is_kept else MENTIONED)

    def _need(self, key: Key, level: int) -> None:
        self._pending.append((key, level))

    def _follow(self, key: Key, level: int) -> None:
        path, address, name = key
        kind, _, called = address.partition(".")
        if kind == "variable":
            for caller, call in self._callers.get(path, ()):
                self._need((caller, call, called), level)
            return
        argument = self.folders[path].blocks[address].get(name)
        if argument is None:
            return
        of = argument.fact if level == COUNTS else argument.mention
        for reference, counts in references(of):
            if (counts and level == COUNTS) or self._carries(path, reference):
                self._target(path, reference, COUNTS if counts and level == COUNTS else MENTIONED)

    def _target(self, path: str, reference: list[Fact], level: int) -> None:
        """Need what a reference refers to."""
        address, attribute = self._referred(path, reference)
        kind = address.partition(".")[0]
        if kind in ("variable", "local"):
            self._need((path, address, ""), level)
        elif kind == "module":
            called = self._called(path, address)
            if called is not None and f"output.{attribute}" in self.folders[called].blocks:
                self._need((called, f"output.{attribute}", ""), level)
        elif kind in ("data", "resource"):
            self._meet(path, address)
            for name in self.folders[path].blocks[address]:
                if kind == "resource" and name == attribute:
                    self._need((path, address, name), level)

    def _referred(self, path: str, reference: list[Fact]) -> tuple[str, str]:
        """The address of the block that a reference refers to, empty if none, and the attribute."""
        root, *steps = reference[1:]
        count = 2 if root == "data" else 1
        names, rest = steps[:count], steps[count:]
        if len(names) < count or not all(isinstance(name, str) for name in names):
            return "", ""
        kind = {"var": "variable"}.get(root, root if root in ("local", "data", "module") else f"resource.{root}")
        address = ".".join([kind, *names])
        attribute = next((step for step in rest if isinstance(step, str) and step != "*"), "")
        return (address, attribute) if address in self.folders[path].blocks else ("", "")

    @cached_property
    def _callers(self) -> Mapping[str, list[tuple[str, str]]]:
        """By the folder that they call, the folders and addresses of calls."""
        callers: dict[str, list[tuple[str, str]]] = {}
        for path, folder in self.folders.items():
            for address in folder.blocks:
                called = self._called(path, address) if address.startswith("module.") else None
                if called is not None:
                    callers.setdefault(called, []).append((path, address))
        return callers

    def _called(self, path: str, address: str) -> str | None:
        """The folder that a call leads to; None if it is none of these."""
        source = self.folders[path].source(address)
        if not is_local(source):
            return None
        folder = posixpath.normpath(posixpath.join(path, source)).removeprefix(".")
        return folder if folder in self.folders else None

    def _carries_any(self, path: str, of: Fact) -> bool:
        return any(self._carries(path, reference) for reference, _ in references(of))

    def _carries(self, path: str, reference: list[Fact]) -> bool:
        """Whether a reference may lead to a resource that rules know, or to what a caller gives."""
        root = str(reference[1])
        address, attribute = self._referred(path, reference)
        if not address:
            return root not in ("count", "path", "terraform", "data", "var", "local")
        kind, _, name = address.partition(".")
        if kind == "variable":
            written = self.folders[path].blocks[address].get("type")
            return written is None or written.fact not in _SCALARS
        block, type_ = self.folders[path].blocks[address], name.partition(".")[0]
        is_reference = is_translated(type_) and (attribute not in block or is_attribute(type_, attribute))
        if kind == "resource" and is_reference:
            return True
        key = path, address, attribute if kind in ("module", "resource") else ""
        if key not in self._carrying:
            self._carrying[key] = False  # In a circle nothing else is carried.
            self._carrying[key] = self._carries_in(path, address, attribute)
        return self._carrying[key]

    def _carries_in(self, path: str, address: str, attribute: str) -> bool:
        block = self.folders[path].blocks[address]
        kind = address.partition(".")[0]
        if kind == "module":
            called = self._called(path, address)
            output = self.folders[called].blocks.get(f"output.{attribute}", {}) if called is not None else {}
            is_unsure = called is None or not attribute
            return is_unsure or any(self._carries_any(str(called), each.fact) for each in output.values())
        names = [attribute] if kind == "resource" and attribute else list(block)
        return any(self._carries_any(path, block[name].fact) for name in names if name in block)

    def _of_block(self, path: str, address: str, block: Mapping[str, Argument]) -> Iterator[tuple[str, Fact]]:
        kind = address.partition(".")[0]
        if kind == "variable":
            yield address, self._variable(path, address, block)
        elif kind == "output":
            level = self.levels.get((path, address, ""), 0)
            yield address, self._finished(path, block[""].fact) if level and "" in block else ["unknown"]
            yield from ((f"{address}.{flag}", True) for flag in _flags(block))
        elif kind == "local":
            level = self.levels.get((path, address, ""), 0)
            if level:
                of = self._finished(path, block[""].fact) if level == COUNTS else self._mention(path, block[""])
                yield address, ["unknown"] if of is _NOTHING else of
        elif (path, address) in self.met:
            kept = {name: self._argument(path, address, name, each) for name, each in block.items()}
            facts = {name: of for name, of in kept.items() if of is not _NOTHING}
            yield from ((f"{address}.{name}", of) for name, of in facts.items())
            if not facts:
                yield address, True

    def _argument(self, path: str, address: str, name: str, argument: Argument) -> Fact:
        level = self.levels.get((path, address, name), 0)
        if not level:
            return _NOTHING
        return self._finished(path, argument.fact) if level == COUNTS else self._mention(path, argument)

    def _mention(self, path: str, argument: Argument) -> Fact:
        """What an argument mentions; a reference that leads somewhere is itself."""
        of = self._finished(path, argument.mention)
        return argument.fact if isinstance(of, list) and of[1:] == [argument.fact] else of

    def _variable(self, path: str, address: str, block: Mapping[str, Argument]) -> dict[str, Fact]:
        flags = dict.fromkeys(_flags(block), True)
        if self.levels.get((path, address, ""), 0) < COUNTS:
            return {**({"default": None} if "default" in block else {}), **flags}
        made = {"type": _ANY, **{name: block[name].fact for name in ("default", "type") if name in block}}
        if made["type"] == _ANY and made.get("default") is not None:
            del made["type"]  # Without it, nobody would know this from a variable that nothing reads.
        is_strict = "nullable" in block and block["nullable"].fact is False
        return {**made, **({"nullable": False} if is_strict else {}), **flags}

    def _finished(self, path: str, of: Fact) -> Fact:
        """A fact as it is written, without mentions that lead nowhere."""
        if isinstance(of, dict):
            parts = {name: self._finished(path, child) for name, child in of.items()}
            return {name: child for name, child in parts.items() if child is not _NOTHING}
        if not isinstance(of, list):
            return of
        if of[0] not in (MENTIONS, "unknown"):
            made = rebuilt(of, partial(self._finished, path))
            return ["list", *made[1:]] if of[0] == "blocks" else made
        carrying = [reference for reference in of[1:] if self._carries(path, reference)]
        return ["unknown", *carrying] if carrying or of[0] == "unknown" else _NOTHING


def _flags(block: Mapping[str, Argument]) -> list[str]:
    """What a variable or output surely says of itself."""
    return [flag for flag in FLAGS if flag in block and block[flag].fact is True]
