"""What a parent, a call or a unit gives a parameter of a template or module that may be the one that it deploys, and
was not found.

A nested stack at an address, or a module of a repository at a tag, may be what is here. It counts as that where it is
given no parameter that is not here, and each that has no default; of modules, also by what their address ends with.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Set
from typing import Any, Final

from awslint_memo.comparing.given_texts import values
from awslint_memo.comparing.written_parts import LABELS, Writings, every_block
from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.judging.inventory import MODULES, Inventory
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import record
from awslint_memo.model.span import Problem
from awslint_memo.syntax.node import descend, fields, plain, text

_STACK: Final = "the nested stack "
_CALL: Final = "module "
_UNIT: Final = "its module"
"""How the inventory says what was not read."""

_OF_CALLS: Final = frozenset({"source", "version", "providers", "count", "for_each", "depends_on", LABELS})
_SOURCE = regex(r'\bsource\s*=\s*"([^"$\n]*)"')
_LITERAL = regex(r'"[^"$%\n]*"|-?[\d.]+|true|false')


@record(frozen=True)
class UnreadGivers:
    """What the files of now and their inventory tell. top: the folder of the repository."""

    files: Files
    inventory: Inventory
    top: str

    def giving(
        self, path: str, text: str, names: Set[str], home: str, *, is_of_other: bool = False
    ) -> Iterator[tuple[str, str | None]]:
        """The names of parameters of the template or module in a file (`home`), each with a value that another file
        gives it; None where it is not written out. text: of the other file. is_of_other: whether what a
        parent gives that is read counts too, since other stacks were judged with the defaults."""
        whole = os.path.abspath(path)
        if is_of_other and whole in self.inventory.owners.get(os.path.abspath(home), ()):
            yield from self._of_stacks(path, None, names, home)
        unread = self._unread(whole)
        if not unread:
            return
        if not home.endswith(MODULES):
            yield from self._of_stacks(path, {what.removeprefix(_STACK) for what in unread}, names, home)
        elif path.endswith(MODULES):
            yield from self._of_calls(path, {what.removeprefix(_CALL) for what in unread}, names, home)
        elif _UNIT in unread and self._may_be(_source_in(text), home):
            for name in sorted(name for name in names if name in text):
                found = values(name, path, text, is_of_terraform=True, is_looked_at=False)
                yield from ((name, value) for value in found if value is None or value != self._default(name, home))

    def _unread(self, whole: str) -> set[str]:
        """The stacks and calls that are not read of the templates that a file is a part of, without those around."""
        owners = self.inventory.owners.get(whole, ())
        every = (what for owner in owners for what in self.inventory.unread.get(owner, ()))
        return {_inner(what) for what in every if what == _UNIT or what.startswith((_STACK, _CALL))}

    def _of_stacks(
        self, path: str, stacks: Set[str] | None, names: Set[str], home: str
    ) -> Iterator[tuple[str, str | None]]:
        """What nested stacks give, by their names; None: all of them."""
        document, own = _document(self.files, path), _document(self.files, home)
        if document is None or own is None:
            return
        required = {name for name, parameter in own.parameters.items() if parameter.default is None}
        there = set(document.resources)
        for name in sorted(there if stacks is None else stacks & there):
            nodes = fields(fields(fields(document.resources[name][1]).get("Properties")).get("Parameters"))
            made = {key for key in nodes if key.startswith("Fn::")}  # A loop or a macro makes names there.
            if nodes.keys() - made <= own.parameters.keys() and (made or required <= nodes.keys()):
                for each in sorted(names if made else names & nodes.keys()):
                    content = plain(nodes[each]) if each in nodes else None
                    yield each, None if content is None or isinstance(content, (dict, list)) else _text(content)

    def _of_calls(self, path: str, calls: Set[str], names: Set[str], home: str) -> Iterator[tuple[str, str | None]]:
        declared = set(self._variables(home))
        for name in sorted(calls):
            block = Writings(self.files).block(path, f"module.{name}")
            given: Mapping[str, str] = {} if block is None else {key: block[key] for key in block.keys() - _OF_CALLS}
            if not given or not given.keys() <= declared or not self._may_be(_literal(block.get("source")), home):
                continue
            for each in sorted(names & given.keys()):
                value = _literal(given[each])
                if value is None or value != self._default(each, home):
                    yield each, value

    def _may_be(self, source: str | None, home: str) -> bool:
        """Whether the address of a module may be of the folder in which a file is. source: None if it is not known."""
        folder = os.path.dirname(os.path.abspath(home))
        address = (source or "").partition("?")[0]
        _, inside, path = address.partition("://")[2].partition("//") if "://" in address else address.partition("//")
        if source is None or (folder == self.top and not inside):
            return True
        return os.path.basename((path if inside else address).rstrip("/")) == os.path.basename(folder)

    def _default(self, name: str, home: str) -> str | None:
        """The default of a variable of a module, if it is written out."""
        return _literal(self._variables(home).get(name, {}).get("default"))

    def _variables(self, home: str) -> dict[str, Any]:
        folder = os.path.dirname(os.path.abspath(home))
        beside = (each for each in sorted(self.inventory.files) if os.path.dirname(each) == folder)
        every = (block for each in beside for block in every_block(self.files, path_from(each)))
        return {head[1]: data for head, data in every if head[0] == "variable" and len(head) == 2}


def _inner(what: str) -> str:
    """What is not read, by its own name: a stack or call in others has theirs before it."""
    if what.startswith(_STACK):
        return _STACK + what.removeprefix(_STACK).rpartition("/")[2]
    return _CALL + what.rpartition(_CALL)[2].rpartition(".")[2] if what.startswith(_CALL) else what


def _source_in(text: str) -> str | None:
    found = _SOURCE.search(text)
    return None if found is None else found[1]


def _literal(written: object) -> str | None:
    """A text, number or switch that is written out in Terraform's language; None for any other expression."""
    return written.strip('"') if isinstance(written, str) and _LITERAL.fullmatch(written) else None


def _text(content: object) -> str:
    return str(content).lower() if isinstance(content, bool) else str(content)


def deciding_conditions(files: Files, path: str) -> set[str]:
    """The parameters with default values that the conditions of a template name."""
    document = _document(files, path)
    if document is None:
        return set()
    said = {text(node) or "" for each in document.section("Conditions").values() for node in descend(each)}
    own = (name for name, parameter in document.parameters.items() if parameter.default is not None)
    return {name for name in own if any(name in each for each in said)}


def _document(files: Files, path: str) -> Any:
    """The document of a template of CloudFormation; None for any other file."""
    from awslint_memo.readers.cloudformation.stack import Imports
    from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
    from awslint_memo.readers.recognition import template

    try:
        found = template(files.read(path), files)
    except Problem:
        return None
    return found.stack(Imports()).document if isinstance(found, CloudFormationTemplate) else None
