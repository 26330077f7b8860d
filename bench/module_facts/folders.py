"""The blocks of a folder of a module as facts, each argument as it is and as what it mentions."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bench.mirrors import Mirror
from bench.module_facts import arguments
from bench.module_facts.expressions import Fact, mention, of_argument, of_node

from awslint_memo.files.source import Source
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.blocks import Block
from awslint_memo.readers.terraform.configuration import NativeConfiguration
from awslint_memo.readers.terraform.data_sources import EVALUATED
from awslint_memo.readers.terraform.file_names import TERRAFORM, is_override, read_names
from awslint_memo.readers.terraform.sections import Sections, joined, overridden
from awslint_memo.syntax.node import Flaws

FLAGS = ("sensitive", "ephemeral")
"""What a variable or output may say of itself, beside its value."""


@dataclass(frozen=True)
class Argument:
    """An argument: the fact of it, and what it mentions. is_kept: whether it is worth more than what it mentions."""

    fact: Fact
    is_kept: bool = True

    @property
    def mention(self) -> Fact:
        """What it mentions."""
        return mention(self.fact)


@dataclass
class Folder:
    """A folder of a module. blocks: by address ("variable.name", "resource.aws_sqs_queue.this"), its arguments by name;
    those of a local or an output have no name."""

    blocks: dict[str, dict[str, Argument]] = field(default_factory=dict)

    def source(self, address: str) -> str:
        """Where the module of a call is, as it is written."""
        argument = self.blocks[address].get("source")
        return str(argument.fact) if argument is not None else ""


class Reading:
    """Reads folders of a repository; one that stands in several versions as it is, once."""

    def __init__(self, repository: Mirror) -> None:
        self._repository = repository
        self._known: dict[tuple[tuple[str, str], ...], Folder] = {}

    def folder(self, files: Mapping[str, str], path: str) -> Folder | None:
        """The folder at a path, None if it has no configuration. Raises Problem for what can't be read.

        files: the paths of the repository with the names of their contents.
        """
        inside = {posixpath.basename(file): name for file, name in files.items() if posixpath.dirname(file) == path}
        names = tuple((name, inside[name]) for name in read_names(sorted(inside), TERRAFORM))
        if not names:
            return None
        if names not in self._known:
            self._known[names] = _folder(self._sections(names))
        return self._known[names]

    def _sections(self, names: tuple[tuple[str, str], ...]) -> Sections:
        plain: list[Sections] = []
        over: list[Sections] = []
        for name, blob in names:
            if name.endswith(".json"):
                raise Problem("configuration in JSON syntax", name)
            configuration = NativeConfiguration(Source(name, self._repository.text(blob)))
            if configuration.problems:
                raise configuration.problems[0]
            (over if is_override(name) else plain).append(configuration.sections)
        flaws = Flaws()
        whole = joined(plain, flaws)
        if flaws.problems:
            raise flaws.problems[0]
        for sections in over:
            whole = overridden(whole, sections)
        return whole


def _folder(sections: Sections) -> Folder:
    folder = Folder()
    for name, node in sections.locals.items():
        folder.blocks[f"local.{name}"] = {"": Argument(of_node(node))}
    for name, block in sections.variables.items():
        folder.blocks[f"variable.{name}"] = dict(_named(block, ("default", "type", "nullable", *FLAGS)))
    for name, block in sections.outputs.items():
        folder.blocks[f"output.{name}"] = {
            key.removeprefix("value"): argument for key, argument in _named(block, ("value", *FLAGS))
        }
    for block in sections.data.values():
        folder.blocks[f"data.{block.name}"] = dict(_of_data(block))
    for name, block in sections.modules.items():
        folder.blocks[f"module.{name}"] = dict(_named(block, block.arguments))
    for (type_, _), block in sections.resources.items():
        if not type_.startswith("data."):
            folder.blocks[f"resource.{block.name}"] = dict(_of_resource(type_, block))
    return folder


def _named(block: Block, names: Iterable[str]) -> Iterator[tuple[str, Argument]]:
    written = block.arguments
    for name in names:
        if name in written and name not in ("depends_on", "lifecycle"):
            yield name, Argument(of_argument(name, written[name]))


def _of_data(block: Block) -> Iterator[tuple[str, Argument]]:
    is_kept = block.labels[0] in EVALUATED
    for name, argument in _named(block, block.arguments):
        yield name, Argument(argument.fact, is_kept)


def _of_resource(type_: str, block: Block) -> Iterator[tuple[str, Argument]]:
    kept = arguments.kept_of(type_)
    written = block.arguments
    names = [name for name in written if name != "depends_on" or (kept is not None and name in kept)]
    facts = {name: of_argument(name, written[name]) for name in names}
    for name, of in arguments.pruned(facts, kept).items():
        is_kept = not arguments.is_mention(of)
        # Another block may ask for an attribute that is this argument.
        yield name, Argument(of if is_kept else facts.get(name, of), is_kept)
