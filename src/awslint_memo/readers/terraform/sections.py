"""The blocks of a module, merged from all files of its directory, by kind and name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.readers.terraform.blocks import Block, blocks, mapping
from awslint_memo.readers.terraform.installed import NOT_INSTALLED, Installed
from awslint_memo.readers.terraform.local_files import LocalFiles
from awslint_memo.syntax.node import Flaws, Node

K = TypeVar("K")

ACTING = ("aws_lambda_invocation",)
"""Types of data sources that do something when they are read. They are taken for resources too, of the type
data.aws_lambda_invocation."""


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
    is_deployed: list[bool] = field(default_factory=list)
    """Not empty if something says that the module is a root: a provider, a backend or a workspace in the cloud."""
    names_workspace: list[bool] = field(default_factory=list)
    """Not empty if an expression may ask for the name of the workspace."""


class DuplicateError(Problem):
    """A block with a name is defined twice, in one file or in two files of a directory; the first one counts."""

    def __init__(self, name: str, second: Span, first: Span) -> None:
        where = f"on line {first.line}" if second.path == first.path else f"in {first.path}:{first.line}"
        message = f"duplicate {name} (first {where}); keep one of them"
        super().__init__(message, second.path, second.line, second.column, is_partial=True)
        self.paths = {second.path, first.path}


@record(frozen=True)
class Directory:
    """The source of a module.

    is_whole: whether all of its files could be read. find: gives the directory of a called module for the `source` of
    the call and the folder that it was downloaded to, if it was; None if there is none that can be read. installed:
    gives what was downloaded for it as a root module. local: the files around it; None if none are to be read.
    """

    sections: Sections
    path: str = ""
    is_whole: bool = True
    find: Callable[[str, str | None], Directory | None] = lambda _source, _folder: None
    installed: Callable[[], Installed] = lambda: NOT_INSTALLED
    local: LocalFiles | None = None


def sections_of(root: Node, flaws: Flaws | None = None) -> Sections:
    """The blocks of one file. flaws: receives what Terraform would not take; None: it raises Problem.

    Of two blocks with one name the first counts.
    """
    written = mapping(root)
    resources: dict[tuple[str, str], Block] = {}
    for block in blocks(written.get("resource"), "resource", 2, flaws):
        _add(resources, (block.labels[0], block.labels[1]), block, "resource", flaws)
    data, modules, variables, outputs = (
        _by_name(blocks(written.get(kind), kind, labels, flaws), kind, flaws)
        for kind, labels in (("data", 2), ("module", 1), ("variable", 1), ("output", 1))
    )
    for one in data.values():
        if one.labels[0] in ACTING:
            acting = Block((f"data.{one.labels[0]}", *one.labels[1:]), one.body, one.place)
            resources[acting.labels[0], acting.labels[1]] = acting
    providers = list(blocks(written.get("provider"), "provider", 1, flaws))
    locals_ = [one.arguments for one in blocks(written.get("locals"), "locals", 0, flaws)]
    named = {name: node for arguments in locals_ for name, node in arguments.items()}
    settings = [one.arguments for one in blocks(written.get("terraform"), "terraform", 0, flaws)]
    deployed = [True] if providers or any({"backend", "cloud"} & one.keys() for one in settings) else []
    return Sections(resources, data, modules, variables, outputs, providers, named, deployed)


def _by_name(found: Iterable[Block], kind: str, flaws: Flaws | None) -> dict[str, Block]:
    made: dict[str, Block] = {}
    for block in found:
        _add(made, block.name, block, kind, flaws)
    return made


def joined(files: Iterable[Sections], flaws: Flaws | None = None) -> Sections:
    """The blocks of several files as those of one module.

    Of two blocks with one name the first counts. flaws: receives these as errors; None: it raises DuplicateError.
    """
    whole = Sections()
    for one in files:
        for key, block in one.resources.items():
            # A data source that is there twice is refused as such.
            _add(whole.resources, key, block, "resource", flaws if not key[0].startswith("data.") else Flaws())
        for kind, mine, its in (
            ("data", whole.data, one.data),
            ("module", whole.modules, one.modules),
            ("variable", whole.variables, one.variables),
            ("output", whole.outputs, one.outputs),
        ):
            for name, block in its.items():
                _add(mine, name, block, kind, flaws)
        for name, node in one.locals.items():
            first = whole.locals.setdefault(name, node)
            if first is not node:
                _refuse(f"local {name}", node, first, flaws)
        whole.providers.extend(one.providers)
        whole.is_deployed.extend(one.is_deployed)
        whole.names_workspace.extend(one.names_workspace)
    return whole


def _add(made: dict[K, Block], key: K, block: Block, kind: str, flaws: Flaws | None) -> None:
    first = made.setdefault(key, block)
    if first is not block:
        _refuse(f"{kind} {block.name}", block.place, first.place, flaws)


def _refuse(name: str, second: Place, first: Place, flaws: Flaws | None) -> None:
    span = second.span
    if flaws is None:
        raise DuplicateError(name, span, first.span)
    if not flaws.is_full(span.path):
        flaws.note(DuplicateError(name, span, first.span))
