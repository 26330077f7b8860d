"""The blocks of a module, merged from all files of its directory, by kind and name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.blocks import Block, blocks, mapping
from awslint_memo.readers.terraform.installed import NOT_INSTALLED, Installed
from awslint_memo.syntax.node import Flaws, Node


@record(frozen=True, eq=False)
class Sections:
    """The blocks of a file or of a module."""

    resources: dict[tuple[str, str], Block] = field(default_factory=dict)
    data: dict[str, Block] = field(default_factory=dict)
    modules: dict[str, Block] = field(default_factory=dict)
    variables: dict[str, Block] = field(default_factory=dict)
    outputs: dict[str, Block] = field(default_factory=dict)
    providers: list[Block] = field(default_factory=list)
    locals: dict[str, Node] = field(default_factory=dict)


class DuplicateError(Problem):
    """A resource, or another block with a name, is defined twice, in one file or in two files of a directory."""

    def __init__(self, second: Block, first: Block, kind: str = "resource") -> None:
        here, there = second.place.span, first.place.span
        where = f"on line {there.line}" if here.path == there.path else f"in {there.path}:{there.line}"
        message = f"duplicate {kind} {second.name} (first {where}); keep one of them"
        super().__init__(message, here.path, here.line, here.column)
        self.paths = {here.path, there.path}


@record(frozen=True)
class Directory:
    """The source of a module.

    is_whole: whether all of its files could be read. find: gives the directory of a called module for the `source` of
    the call and the folder that it was downloaded to, if it was; None if there is none that can be read. installed:
    gives what was downloaded for it as a root module.
    """

    sections: Sections
    path: str = ""
    is_whole: bool = True
    find: Callable[[str, str | None], Directory | None] = lambda _source, _folder: None
    installed: Callable[[], Installed] = lambda: NOT_INSTALLED


def sections_of(root: Node, flaws: Flaws | None = None) -> Sections:
    """The blocks of one file. flaws: receives what Terraform would not take; None: it raises Problem.

    Of two blocks with one name the first counts.
    """
    written = mapping(root)
    resources: dict[tuple[str, str], Block] = {}
    _add(resources, blocks(written.get("resource"), "resource", 2, flaws), flaws)
    data, modules, variables, outputs = (
        _by_name(blocks(written.get(kind), kind, labels, flaws), kind, flaws)
        for kind, labels in (("data", 2), ("module", 1), ("variable", 1), ("output", 1))
    )
    providers = list(blocks(written.get("provider"), "provider", 1, flaws))
    locals_ = [one.arguments for one in blocks(written.get("locals"), "locals", 0, flaws)]
    named = {name: node for arguments in locals_ for name, node in arguments.items()}
    return Sections(resources, data, modules, variables, outputs, providers, named)


def _by_name(found: Iterable[Block], kind: str, flaws: Flaws | None) -> dict[str, Block]:
    made: dict[str, Block] = {}
    for block in found:
        first = made.setdefault(block.name, block)
        if first is not block and flaws is not None:
            _note(DuplicateError(block, first, kind), flaws)
    return made


def joined(files: Iterable[Sections]) -> Sections:
    """The blocks of several files as those of one module. Raises DuplicateError where two hold the same resource."""
    whole = Sections()
    for one in files:
        _add(whole.resources, one.resources.values())
        whole.data.update(one.data)
        whole.modules.update(one.modules)
        whole.variables.update(one.variables)
        whole.outputs.update(one.outputs)
        whole.providers.extend(one.providers)
        whole.locals.update(one.locals)
    return whole


def _add(resources: dict[tuple[str, str], Block], added: Iterable[Block], flaws: Flaws | None = None) -> None:
    for block in added:
        first = resources.setdefault((block.labels[0], block.labels[1]), block)
        if first is not block and flaws is None:
            raise DuplicateError(block, first)
        if first is not block and flaws is not None:
            _note(DuplicateError(block, first), flaws)


def _note(error: DuplicateError, flaws: Flaws) -> None:
    flaws.add(error.message, error.path, (error.line, error.column))
