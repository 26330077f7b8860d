"""Reads Terraform Stacks: `*.tfcomponent.hcl` calls modules as components, `*.tfdeploy.hcl` lists the deployments.

A component is a module call whose arguments stand in `inputs`; its address is written as that of a module here.
https://developer.hashicorp.com/terraform/language/files/stack (read on 2026-11-26)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from awslint_memo.model.deployment import Deployment
from awslint_memo.model.record import replace
from awslint_memo.model.unmade import is_unmade
from awslint_memo.readers.one_variation import OneVariation
from awslint_memo.readers.template import Deployments, Inputs
from awslint_memo.readers.terraform.blocks import Block, blocks, mapping
from awslint_memo.readers.terraform.configuration import NativeConfiguration, deployed, read_parts
from awslint_memo.readers.terraform.directories import Directory, shown
from awslint_memo.readers.terraform.file_names import DEPLOYMENTS
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.resources import terraform_deployment
from awslint_memo.readers.terraform.root_module import forgotten, inputs, root_module
from awslint_memo.readers.terraform.roots import Loaded, Root
from awslint_memo.readers.terraform.sections import Sections, joined
from awslint_memo.readers.terraform.variable_files import given_by
from awslint_memo.readers.terraform.variables import Given, given_value
from awslint_memo.syntax.node import Made, Node

if TYPE_CHECKING:
    pass

_META = ("source", "version", "for_each")


class StackFile(NativeConfiguration):
    """One file of a stack."""

    is_stack = True

    @property
    def is_deployments(self) -> bool:
        """Whether it lists deployments, and not components."""
        return self.source.path.endswith(DEPLOYMENTS)

    def component_sections(self) -> Sections:
        """Its blocks, components as calls of modules."""
        found = blocks(mapping(self.root).get("component"), "component", 1, self._flaws)
        calls = {block.name: _call(block) for block in found}
        return replace(self.sections, modules=calls)

    def unread(self) -> Iterator[str]:
        """What it deploys that is not read: stacks of a registry."""
        for block in blocks(mapping(self.root).get("stack"), "stack", 1, self._flaws):
            node = block.arguments.get("source")
            yield f"stack {block.name} ({shown(str(node.content)) if node is not None else 'source not known'})"

    def deployment_blocks(self) -> Iterator[Block]:
        """Its deployments."""
        yield from blocks(mapping(self.root).get("deployment"), "deployment", 1, self._flaws)


def _call(block: Block) -> Block:
    """A component as the call of a module, whose inputs are arguments."""
    written = block.arguments
    inputs = written.get("inputs")
    given: Mapping[str, Node] = mapping(inputs) if inputs is not None else {}
    own = {name: written[name] for name in _META if name in written}
    return replace(block, body=Made({**given, **own}, block.place))


class StackRoot(Root):
    """A stack. called: the folders of the modules that its components and these call."""

    def __init__(self, files: Sequence[StackFile], directory: Directory, called: Sequence[Loaded]) -> None:
        super().__init__(files, lambda: called)
        self._files = files
        self._directory = directory

    @property
    def inputs(self) -> Inputs:
        """Its variables."""
        return inputs(self._directory, {})

    def deployments(self, fixed: Mapping[str, str] | None) -> Deployments:
        """One for each `deployment` block, with its name; without them, those that its variables allow."""
        listed = [(file, block) for file in self._files for block in file.deployment_blocks()]
        if listed:
            made, folders = self._named(listed, fixed)
        else:
            made, folders = deployed(self._directory, {}, fixed)
        # `terraform init` downloads nothing for a stack, so it is no remedy.
        unseen = [*made.unseen, *(what for file in self._files for what in file.unread())]
        problems = (problem for file in self._files for problem in file.problems)
        return self._completed(replace(made, unseen=unseen, calls=None), folders, problems)

    def _named(
        self, listed: Sequence[tuple[StackFile, Block]], fixed: Mapping[str, str] | None
    ) -> tuple[Deployments, Collection[str]]:
        deployments: list[Deployment] = []
        folders: set[str] = set()
        unseen: dict[str, None] = {}
        modules: list[Module] = []
        for file, block in listed:
            module = root_module(self._directory, {**_values(file, block), **given_by(fixed or {})})
            modules.append(module)
            instances = [instance for instance in module.instances() if not is_unmade(instance.copies)]
            deployment = terraform_deployment(instances, module.is_open, module.outputs, module.unseen_inputs)
            deployment.name = block.name
            deployments.append(deployment)
            folders |= module.tree.directories
            unseen |= dict.fromkeys(what.words for what in module.tree.unseen.values())
        known = dict.fromkeys(call for module in modules for call in module.tree.known)
        made = Deployments(deployments, OneVariation(deployments), list(unseen), read_parts=read_parts(modules))
        return replace(made, known_calls=list(known), end=partial(_forget, modules)), folders


def _forget(modules: Sequence[Module]) -> None:
    for module in modules:
        module.forget()


def _values(file: StackFile, block: Block) -> dict[str, Given]:
    """The values that a deployment gives to the stack's variables."""
    node = block.arguments.get("inputs")
    if node is None:
        return {}
    with forgotten(root_module(Directory(file.sections), {})) as module:
        return {name: given_value(value) for name, value in module.scope.evaluate(node).fields.items()}


def stack_sections(files: Sequence[StackFile]) -> Sections:
    """The blocks of a stack's components, its variables and locals. Raises DuplicateError for two of one name."""
    return replace(joined([file.component_sections() for file in files if not file.is_deployments]), is_deployed=[True])
