"""A Terraform module: its variables, locals, data sources, resources and module calls, evaluated on first use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from awslint_memo.model.origin import Step
from awslint_memo.model.outputs import Argument
from awslint_memo.model.partial import kept_by_name, kept_secret
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.terraform.block_instances import Calling, Expansion, instance_of, times
from awslint_memo.readers.terraform.blocks import DEPENDS_ON, Block, dependencies, literal
from awslint_memo.readers.terraform.choices import ANY, Chosen
from awslint_memo.readers.terraform.data_sources import EVALUATED, evaluated
from awslint_memo.readers.terraform.directories import Directory, called_directory, is_local
from awslint_memo.readers.terraform.evaluations import Evaluations
from awslint_memo.readers.terraform.instance_keys import (
    InstanceKey,
    InstanceKeys,
    instance_keys,
    repeated_by,
    unknown_instance,
)
from awslint_memo.readers.terraform.instances import Call, Instance, asking_for_itself
from awslint_memo.readers.terraform.looked_up import LOOKED_UP, looked_up
from awslint_memo.readers.terraform.module_arguments import arguments
from awslint_memo.readers.terraform.scope import ModuleScope, from_outside
from awslint_memo.readers.terraform.scopes import Way
from awslint_memo.readers.terraform.tree import Tree, unread
from awslint_memo.readers.terraform.values import EvalError, ResourceRef, without_nulls
from awslint_memo.readers.terraform.variables import Given, Variable, is_marked_secret
from awslint_memo.syntax.node import Node, plain


@record
class Module:
    """One instance of a module: the root module, or one that another module calls.

    given: values of its variables from the caller or the user. prefix: is put before its addresses. copies: the number
    of instances, if this one represents all of them. inside: the directories of the modules that call it. caller: the
    calling module and its `module` block.
    """

    directory: Directory
    given: Mapping[str, Given] = field(default_factory=dict)
    prefix: str = ""
    tree: Tree = field(default_factory=Tree)
    copies: Value | None = None
    inside: tuple[str, ...] = ()
    caller: tuple[Module, Block] | None = None
    decided_by: frozenset[str] = frozenset()
    """The root module's variables that decide whether it is there."""
    all_read: frozenset[str] = frozenset()
    """Those with which its instance was read, as in `Noted`."""

    def __post_init__(self) -> None:
        self._blocks = self.directory.sections
        self.scope = ModuleScope(self)
        self.values = Evaluations(self.tree, self.prefix, self.all_read)
        self._read_with: dict[tuple[str, str], frozenset[str]] = {}
        """By the kind and name of a block, the variables with which its instances were read."""
        self.providers: dict[tuple[str, str], tuple[Calling, str, Node] | None] = {}
        self._resources: dict[tuple[str, str], Expansion[Instance]] = {}
        self._calls: dict[str, Expansion[Module] | None] = {}
        self.tree.meets(self.directory)

    @property
    def address(self) -> str:
        """The module's address; empty for the root module."""
        return self.prefix.removesuffix(".")

    @property
    def key(self) -> str:
        """The names of the module calls that lead to it, joined by dots; empty for the root module."""
        if self.caller is None:
            return ""
        module, block = self.caller
        return f"{module.key}.{block.name}".removeprefix(".")

    @property
    def call(self) -> Call | None:
        """For a module that nobody edits, the call in a file of the user's that brings it in; else None."""
        module, call = self, None
        while module.caller is not None and module.directory.is_given:
            call = Call(module.caller[1].place, module.directory.sections.variables)
            module = module.caller[0]
        return call

    @property
    def is_open(self) -> bool:
        """Whether there may be unseen resources of any kind; valid only after `instances`."""
        return not self.tree.is_whole

    def instances(self) -> Iterator[Instance]:
        """All instances of resources in the order of the files, followed by those of the called modules."""
        for key in self._blocks.resources:
            yield from self._resource(key).instances.values()
        for name in self._blocks.modules:
            called = self._call(name)
            for module in called.instances.values() if called is not None else ():
                yield from module.instances()

    def called_modules(self) -> Iterator[Module]:
        """The instances of the modules that it calls and that were asked for."""
        for called in self._calls.values():
            yield from called.instances.values() if called is not None else ()

    def outputs(self) -> tuple[Value, ...]:
        """The values of the module's outputs."""
        return tuple(without_nulls(self.output(name, block.place)) for name, block in self._blocks.outputs.items())

    def named(self, root: str, way: Way, place: Place) -> tuple[Value, int]:
        """The object that a name and the first of the steps refer to, and the number of these steps."""
        names = [key.text for _, key in way]
        first, second = [*names, "", ""][:2]
        first = first or ""
        if root == "var" and first:
            return self.values.once(("var", first), place, partial(self._variable, first)).moved(place), 1
        if root == "local" and first in self._blocks.locals:
            value = self.values.once(("local", first), place, partial(self._local, first))
            return value.moved(place, Step(f"{self.prefix}local.{first}", value.place)), 1
        if (root, first) in self._blocks.resources:
            return self._whole(self._resource((root, first)), self._blocks.resources[root, first], place), 1
        called = self._call(first) if root == "module" and first in self._blocks.modules else None
        if called is not None:
            return self._whole(called, self._blocks.modules[first], place, is_module=True), 1
        key = self.prefix + ".".join([root, *(name or "" for name in names)]) if None not in names else ""
        block = self._blocks.data.get(f"{first}.{second}") if root == "data" else self._blocks.modules.get(first)
        if block is not None and root == "data" and first in EVALUATED:
            return self.values.once(("document", block.name), place, partial(self._evaluated, block, key)), 2
        if root in ("data", "module") and block is not None:
            known = self.values.once((root, block.name), place, partial(self._given, block))
            given = unread(root, block.name, place, known, key)
            if root == "data" and first in LOOKED_UP:
                given = looked_up(block, given, self.scope, self.values, partial(self._instance_keys, block, root))
            return given, len(way)
        # A local or module in another file of the directory may depend on any resource in this one.
        is_beside = root in ("data", "local", "module")
        return Unknown(f"{key or root} is not in this file", place, key=key, anything=is_beside), len(way)

    def _variable(self, name: str) -> Value:
        given, choices = self.given.get(name), self.tree.choices
        if not self.prefix and name in choices.free:
            choices.read(frozenset((name,)))
        if isinstance(given, Chosen) or (not self.prefix and (name in choices.limited or name in choices.defaults)):
            choices.asked(name)
        call = None if self.caller is None or self.caller[0].directory.is_given else self.caller[1].place
        return Variable(name, self._blocks.variables.get(name), self.prefix, call).value(self.scope, given)

    def _local(self, name: str) -> Value:
        return kept_by_name(name, self.scope.evaluate(self._blocks.locals[name]))

    def _given(self, block: Block) -> Value:
        """The arguments of a data source or module call, which its attributes may depend on."""
        return Known([self.scope.evaluate(node) for node in block.arguments.values()], block.place)

    def _evaluated(self, block: Block, key: str) -> Value:
        """The attributes of a data source that is evaluated, by its instances."""
        others = unread("data", block.name, block.place, self._given(block), key)
        return evaluated(block, self.scope, self._instance_keys(block, "data"), others)

    def forget(self) -> None:
        """Let go of what knows the module itself, and of what it calls, once nobody asks any more."""
        for module in self.called_modules():
            module.forget()
        vars(self).clear()

    def unseen_inputs(self) -> Iterator[Argument]:
        """What modules that were not read are given; valid only after `instances`."""
        for one in self.tree.unseen.values():
            yield from one.inputs()

    def _inputs(self, block: Block) -> Iterator[Argument]:
        """The arguments of a module call, and all values inside of them."""
        given = self.values.once(("module", block.name), block.place, partial(self._given, block))
        module = f"{self.prefix}module.{block.name.removeprefix('module.')}"
        for name, value in zip(block.arguments, given.items, strict=False):
            yield from arguments(module, name, value, is_inside=self.directory.release is not None)

    def output(self, name: str, place: Place) -> Value:
        """The value of one output."""
        block = self._blocks.outputs.get(name)
        node = block.arguments.get("value") if block is not None else None
        if block is None or node is None:
            return EvalError(f"{self.prefix}{name} is no output", place)
        try:
            value = self.values.once(("output", name), place, partial(self.scope.evaluate, node))
        except RecursionError:
            return Unknown(f"the output {self.prefix}{name} is nested too deep", place, anything=True)
        return kept_secret(value) if is_marked_secret(block, self.scope) else kept_by_name(name, value)

    def _whole(
        self, expansion: Expansion[Instance] | Expansion[Module], block: Block, place: Place, *, is_module: bool = False
    ) -> Value:
        several, instances = expansion.several, expansion.instances.items()
        wholes = {key: ResourceRef(one.address, place, several=several, is_module=is_module) for key, one in instances}
        return expansion.shape(wholes, block, place)

    def _instance_keys(self, block: Block, kind: str) -> InstanceKeys:
        """The instances of a block; its `count` or `for_each` must not depend on the block itself."""
        if repeated_by(block) is None:
            return InstanceKeys([InstanceKey()])
        address, place = f"{self.prefix}{block.name}", block.place
        if self.values.is_open((kind, block.name)):
            itself = Unknown(f"the count of {address} asks for itself", place)
            return InstanceKeys([unknown_instance(block, itself, address)])
        with self.values.opened((kind, block.name)):
            found = instance_keys(block, self.scope, address)
        self.tree.repeating(found, kind, address, place)
        return found

    def _noted_keys(self, block: Block, kind: str) -> tuple[InstanceKeys, set[str]]:
        """The same, and the variables that decide which these are."""
        with (noted := self.tree.choices.noted()) as asked:
            noted.read(self.all_read)
            found = self._instance_keys(block, kind)
        self._read_with[kind, block.name] = noted.all_read
        return found, asked

    def _resource(self, key: tuple[str, str]) -> Expansion[Instance]:
        block = self._blocks.resources[key]
        if key in self._resources:
            self.tree.choices.read(self._read_with["resource", block.name])
            return self._resources[key]
        address, place = f"{self.prefix}{block.name}", block.place
        if self.values.is_open(("resource", block.name)):
            return Expansion({None: Instance(address, key[0], place, partial(asking_for_itself, place))}, True)
        found, asked = self._noted_keys(block, "resource")
        if (number := len(found.keys)) > 1 and not self.tree.repeats(number - 1):
            found = InstanceKeys([unknown_instance(block, Known(number, place), address)])
        self.tree.choices.decides(self.decided_by.union(asked), key[0], without_instance_keys(address))
        instances = {each.key: instance_of(self, block, each, self._read) for each in found.keys}
        expansion = self._resources[key] = Expansion(instances, found.several, found.origin)
        self.tree.instances.update({instance.address: instance for instance in instances.values()})
        return expansion

    def _call(self, name: str) -> Expansion[Module] | None:
        """The instances of a called module; None if its directory can't be read."""
        self.tree.choices.read(self._read_with.get(("module", name), frozenset()))
        if name not in self._calls:
            # If this is requested again during its evaluation, there is a circular dependency.
            self._calls[name] = None
            self._calls[name] = self._called(self._blocks.modules[name])
        return self._calls[name]

    def _called(self, block: Block) -> Expansion[Module] | None:
        found, asked = self._noted_keys(block, "module")
        decided_by = self.decided_by.union(asked)
        if not found.keys:
            self.tree.choices.decides(decided_by, ANY)
        source = literal(block.arguments.get("source"))
        key = f"{self.key}.{block.name}".removeprefix(".")
        directory, misfit = called_directory(self.directory, block, self.tree.installed, key)
        is_circle = directory is not None and directory.path in self.inside
        if directory is None or is_circle or not self.tree.has_room(len(found.keys), directory):
            if found.keys:
                why = "it calls this one" if is_circle else misfit
                is_missing = directory is None and not self.tree.installed.is_outside(key)
                inputs = partial(self._inputs, block)
                self.tree.leave(f"{self.prefix}{block.name}", block, inputs, why, is_missing=is_missing)
            return None
        if source is not None and not is_local(source) and self.directory.release is None:
            self.tree.take(block, source, directory, is_copy=key in self.tree.installed.folders)
        if found.is_off:
            prefix = f"{self.prefix}module.{block.name}."
            self.tree.off.see_call(directory, block.place.span.path, prefix, key, self.tree.installed)
        modules = {each.key: self._module(block, directory, each, decided_by) for each in found.keys}
        self.tree.outputs.update({module.address: module.output for module in modules.values()})
        self.tree.calls(directory, [each.copies for each in found.keys], block.place.span)
        return Expansion(modules, found.several, found.origin)

    def _module(
        self, block: Block, directory: Directory, instance_key: InstanceKey, decided_by: frozenset[str]
    ) -> Module:
        scope = self.scope.within(instance_key.names)
        given = {name: partial(from_outside, scope, node) for name, node in block.arguments.items()}
        prefix = f"{self.prefix}module.{block.name}{instance_key.suffix}."
        copies = times(self.copies, instance_key.copies, block.place)
        inside, all_read = (*self.inside, directory.path), self._read_with["module", block.name]
        return Module(directory, given, prefix, self.tree, copies, inside, (self, block), decided_by, all_read)

    def _read(self, block: Block, address: str, scope: ModuleScope, name: str) -> Value:
        """Evaluate an argument of a resource; Absent if it is null or missing."""
        if name != DEPENDS_ON and block.arguments.keys().isdisjoint((name, "dynamic")):
            return Absent(block.place)  # Most of those that rules ask for are missing.
        try:
            return self.values.once((address, name), block.place, partial(self._argument, block, scope, name))
        except RecursionError:
            return Unknown(f"{name} of {address} is nested too deep", block.place, anything=True)

    def _argument(self, block: Block, scope: ModuleScope, name: str) -> Value:
        self.tree.choices.read(self._read_with["resource", block.name])
        if name == DEPENDS_ON:
            return dependencies(plain(block.body), self._blocks.plain, block.place, self.prefix)
        return scope.argument(block, name)
