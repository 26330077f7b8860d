"""Tells the deployments of a root module that Terraform can't plan, as a map has no entry for what they choose.

A module that reads `local.sizes[terraform.workspace]` has no deployment in a workspace that is no key of that map.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from awslint_memo.model.deployment_words import Choice, Other
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.choices import Choices
from awslint_memo.readers.terraform.instance_keys import repeated_by
from awslint_memo.readers.terraform.module import Module
from awslint_memo.readers.terraform.sections import Sections
from awslint_memo.readers.terraform.source_expressions import Written
from awslint_memo.readers.terraform.values import EvalError, every
from awslint_memo.syntax.node import Node, plain

_CHOSEN = regex(r"\[\s*(?:local|terraform|var)\s*\.")
"""What an expression has that takes an entry by a name."""

_OWN_WAY = ("connection", "dynamic", "lifecycle", "provisioner")
"""Blocks in a resource that are not evaluated in any case, or not as its arguments are."""


class FailingChoices:
    """Asks the deployments of a root module that choose what no expression names. sections: the module's blocks."""

    def __init__(self, choices: Choices, sections: Sections) -> None:
        self._choices = choices
        self._sections = sections

    def fails(self, module: Module, assignment: Mapping[str, Choice]) -> bool:
        """Whether Terraform surely refuses the deployment, since what it chooses is no key of a map."""
        others = {name for name, choice in assignment.items() if isinstance(choice, Other)}
        return bool(others) and any(self._is_lacking(node, module, others) for node in self._nodes)

    def _is_lacking(self, node: Node, module: Module, others: Iterable[str]) -> bool:
        with self._choices.noted() as asked:
            try:
                value = module.scope.evaluate(node)
            except RecursionError:
                return False
        return not asked.isdisjoint(others) and any(isinstance(part, EvalError) for part in every(value))

    @cached_property
    def _nodes(self) -> list[Node]:
        """The expressions that may take an entry of a map and that each plan evaluates."""
        return [node for node in evaluated(self._sections) if _CHOSEN.search(text_of(node))]


def evaluated(sections: Sections) -> Iterator[Node]:
    """The expressions of a module that each plan evaluates."""
    yield from sections.locals.values()
    kinds: tuple[Iterable[Block], ...] = (sections.resources.values(), sections.data.values())
    for block in (block for blocks in (*kinds, sections.modules.values()) for block in blocks):
        repeated = repeated_by(block)
        # Where there is no instance, nothing else of it is evaluated.
        every = block.arguments.items() if repeated is None else [repeated]
        yield from (node for name, node in every if name not in _OWN_WAY)
    types = {type_ for (type_, _), block in sections.resources.items() if "provider" not in block.arguments}
    for provider in sections.providers:
        if "alias" not in provider.arguments and any(one.startswith(f"{provider.name}_") for one in types):
            yield from provider.arguments.values()


def text_of(node: Node) -> str:
    """What is written at a node; of an expression without parsing it, as there are thousands."""
    return node.text if isinstance(node, Written) else repr(plain(node))
