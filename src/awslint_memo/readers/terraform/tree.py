"""The state that the modules of one deployment share.

The tree has the instances by address, limits, and modules that were not read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from awslint_memo.files.disk import path_from
from awslint_memo.files.left_out import is_downloaded
from awslint_memo.model.budget import refuse
from awslint_memo.model.lazy import regex
from awslint_memo.model.outputs import Argument
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place, Span
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.readers.terraform.blocks import Block, literal
from awslint_memo.readers.terraform.choices import WORKSPACE, Choices, Chosen, chosen_value, why_free
from awslint_memo.readers.terraform.collections import is_wholly_known
from awslint_memo.readers.terraform.directories import NOT_INSTALLED, Directory, Installed, is_local, shown
from awslint_memo.readers.terraform.encoded import Encoded
from awslint_memo.readers.terraform.instances import Instance, argument, attribute, is_translated
from awslint_memo.readers.terraform.local_files import LocalFiles
from awslint_memo.readers.terraform.module_calls import KnownCall
from awslint_memo.readers.terraform.scopes import Way
from awslint_memo.readers.terraform.switched_off import SwitchedOff
from awslint_memo.readers.terraform.unification import is_in_order, untyped
from awslint_memo.readers.terraform.values import NotKnownError, unknown_of

_MODULE = regex(r"\bmodule\.")
"""What stands before the names of modules in an address."""

_MAX_ROUNDS = 100_000

_WORKSPACE = frozenset((WORKSPACE,))

_MAX_MODULES = 500

MAX_REPEATED = 8_000
"""The most resources that count, for_each and modules make of those that are written, in one deployment."""


@record(frozen=True)
class Unread:
    """A called module that was not read.

    words: its name and source. place: its block. inputs: gives its arguments, all values inside included. call: the
    call in words, if `terraform get` would download the module; else empty.
    """

    words: str
    place: Place
    inputs: Callable[[], Iterable[Argument]]
    call: str

    @property
    def is_call(self) -> bool:
        """Whether it is a call; else it is some of the instances of what is repeated."""
        return self.words.startswith("module ")


def unread(root: str, name: str, place: Place, given: Value, key: str) -> Unknown:
    """What a data source or a module that was not read gives. given: its arguments. key: names what is asked for."""
    why = "was not looked at" if root == "module" else "is not known before it is applied"
    return unknown_of(f"{root}.{name} {why}", place, given, key=key, is_unread=root == "module")


class Repeated(Protocol):
    """How often a block is repeated."""

    @property
    def total(self) -> int:
        """How many instances there are, if they are too many for each to be looked at; else 0."""

    @property
    def is_off(self) -> bool:
        """Whether there is none, by the default value of a variable."""


@record
class Tree:
    """The root module and all called modules. outputs: by module address, a function that gives an output by name.

    workspace: the name of the workspace that the user gives, or that is chosen in this deployment, if one is.
    """

    workspace: object = None
    instances: dict[str, Instance] = field(default_factory=dict)
    outputs: dict[str, Callable[[str, Place], Value]] = field(default_factory=dict)
    unseen: dict[str, Unread] = field(default_factory=dict)
    """The modules that were not read, by address."""
    is_whole: bool = True
    """Whether all files of all modules could be read."""
    broken: dict[Span, None] = field(default_factory=dict)
    """Where files of modules are wrong, so that they could not be read."""
    directories: set[str] = field(default_factory=set)
    """The directories of the called modules that have an instance."""
    calls_read: set[Span] = field(default_factory=set)
    """The `module` blocks of these in files that people edit."""
    moved: dict[tuple[str, str], str] = field(default_factory=dict)
    """By folder and former address in its module, what `moved` blocks call a resource now; without instances."""
    off: SwitchedOff = field(default_factory=SwitchedOff)
    """The resources of which a variable's default makes none."""
    taken: dict[str, bool] = field(default_factory=dict)
    """In words, the calls of modules that are read as they are here, each with whether it asks for a version."""
    known: dict[KnownCall, None] = field(default_factory=dict)
    """The calls of modules that are known by facts."""
    given: Mapping[str, object] = field(default_factory=dict)
    """What the root module's variables are given, and the workspace."""
    is_settled: bool = False
    """Whether all instances are known, so that what is evaluated from now on depends on no order."""
    rounds: int = 0
    repeated: int = 0
    """The resources that count, for_each and modules made so far beside those of the root module's blocks."""
    choices: Choices = field(default_factory=Choices)
    """What deployments of the root module can differ in."""
    installed: Installed = NOT_INSTALLED
    """The modules that were downloaded for the root module."""
    local: LocalFiles | None = None
    """The files that functions read; None if none are to be read."""

    def take(self, block: Block, source: str, directory: Directory, *, is_copy: bool) -> None:
        """Note what a call whose `source` is not local was read from. is_copy: what was downloaded for it, if any."""
        release = directory.release
        if release is not None:
            call = KnownCall(f"module {block.name}", release.source, release.version, release.day, block.place.span)
            self.known[call] = None
        elif not is_copy:
            words = f"module {block.name} ({shown(source)}) as {path_from(directory.path)}"
            self.taken[words] = "ref=" in source or "version" in block.arguments

    def chosen(self, names: Iterable[str]) -> tuple[object, ...]:
        """What this deployment chooses for variables, to compare it with others."""
        values = [self.given.get(name) for name in sorted(names)] if names else ()
        return tuple((type(one.content), one) if isinstance(one, Chosen) else None for one in values)

    def spend(self, rounds: int) -> bool:
        """Count iterations of loops; returns whether they are within the limit."""
        self.rounds += rounds
        if self.rounds > _MAX_ROUNDS:
            refuse("iterations")
        return self.rounds <= _MAX_ROUNDS

    def repeats(self, resources: int) -> bool:
        """Count resources beside those of the root module's blocks; False if one is to stand for them, or none."""
        if self.repeated + resources > MAX_REPEATED:
            refuse("instances")
            return False
        self.repeated += resources
        return True

    def repeating(self, found: Repeated, kind: str, address: str, place: Place) -> None:
        """Note that one instance stands for so many of a block that not each is looked at, or that there is none."""
        if found.is_off and kind == "resource":
            self.off.resources.add((place.span.path, address))
        if found.total:
            name = f"module {address}" if kind == "module" else address
            which = f"each of the {found.total} instances of {name} by itself"
            words = f"{which}, as one stands for those that it does not name"
            self.unseen.setdefault(f"{address}[*]", Unread(words, place, tuple, ""))

    def meets(self, directory: Directory) -> None:
        """Note what a module brings with it for the whole deployment."""
        self.is_whole = self.is_whole and directory.is_whole
        self.broken.update(dict.fromkeys(directory.broken))
        for place, old, new in directory.sections.moved:
            folder = os.path.dirname(place.span.path)
            self.moved[folder, without_instance_keys(old)] = without_instance_keys(new)
        if directory.sections.names_workspace:
            self.choices.names_workspace()

    def leave(
        self, address: str, block: Block, inputs: Callable[[], Iterable[Argument]], why: str, *, is_missing: bool
    ) -> None:
        """Note a call that is not read. why: in words, if it could be. is_missing: whether nothing of it is there."""
        source = literal(block.arguments.get("source"))
        path = _MODULE.sub("", without_instance_keys(address))
        words = f"module {path} ({shown(source or 'source not known')}{why and f'; {why}'})"
        is_remote = is_missing and not why and source is not None and not is_local(source)
        call = f"module {block.name} ({shown(source or '')})" if is_remote else ""
        self.unseen[address] = Unread(words, block.place, inputs, call)

    def calls(self, directory: Directory, copies: Sequence[Value | None], span: Span) -> None:
        """Note the directory of a called module, if the call surely has an instance; else it is judged alone too.

        copies: the number of each of the instances that are looked at; None for one. span: where the call stands.
        """
        if not is_downloaded(span.path):
            self.calls_read.add(span)
        if not all(number is not None and number.is_unknown for number in copies):
            self.directories.add(directory.path)

    def told(self, key: str, place: Place) -> Value:
        """What Terraform tells of itself, such as the name of the workspace, which the user may give."""
        self.choices.read(_WORKSPACE)
        if key == WORKSPACE and isinstance(self.workspace, str):
            return Known(self.workspace, place)
        if key != WORKSPACE or not isinstance(self.workspace, Chosen):
            return Unknown(why_free(WORKSPACE) if key == WORKSPACE else f"{key} is not known", place, key=key)
        self.choices.asked(WORKSPACE)
        return chosen_value(WORKSPACE, self.workspace, place)

    def has_room(self, modules: int, directory: Directory) -> bool:
        """Whether so many modules may be read from a directory; their resources are then counted."""
        return len(self.outputs) < _MAX_MODULES and self.repeats(modules * len(directory.sections.resources))

    def attribute(self, address: str, name: str, place: Place) -> Value:
        """An attribute of a resource: a reference with CloudFormation's name, else the configured value, else Unknown.

        For a module, its output.
        """
        if address in self.outputs:
            value = self.outputs[address](name, place)
            return value.passed_on(f"{address}.{name}", place)
        instance = self.instances.get(address)
        if instance is None:
            return Unknown(f"{address}.{name} takes itself to work out", place)
        word = attribute(instance.type, name)
        if word is not None:
            return Link(address, word, place)
        value = instance.read(name)
        if not isinstance(value, Absent):
            return _of_provider(value).passed_on(f"{address}.{name}", place)
        return self._unset(address, name, place)

    def unset(self, taken: str, way: Way, error: Value) -> Value:
        """What a nested block of a resource has under a name that the configuration doesn't set; for an output of a
        module, the error that it is. taken: the address with the attribute's name. way: the steps behind that."""
        address, _, name = taken.rpartition(".")
        if address not in self.instances:
            return error
        return self._unset(address, ".".join([name, *(key.text or "…" for _, key in way)]), error.place)

    def _unset(self, address: str, name: str, place: Place) -> Unknown:
        unknown = Unknown(f"{address}.{name} is known after apply", place, key=f"{address}.{name}")
        instance = self.instances.get(address)
        if instance is not None and is_translated(instance.type):
            unknown.may_come_from = (Link(address, "Ref", place),)
            unknown.attribute = Link(address, name, place)
        return unknown

    def said(self, link: Link) -> Value:
        """The text of an attribute if the configuration sets it; else the reference."""
        instance = self.instances.get(link.resource)
        name = argument(instance.type, link.attribute) if instance is not None else None
        value = instance.read(name) if instance is not None and name is not None else link
        return untyped(value, with_texts=True) if value.text is not None else link


def _of_provider(value: Value) -> Value:
    """An argument as the attribute of the same name: a provider may have another type for it, and a set for a list."""
    try:
        is_certain = not is_wholly_known(value) or not isinstance(value.plain, list) or is_in_order(value.items)
    except (NotKnownError, ValueError):
        is_certain = False
    if is_certain or isinstance(value, Encoded):
        return untyped(value, with_texts=True)
    return unknown_of("a list that may be a set", value.place, value)
