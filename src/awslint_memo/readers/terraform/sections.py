"""The blocks of a module, merged from all files of its directory, by kind and name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.readers.terraform.blocks import Block, blocks, mapping
from awslint_memo.syntax.node import Made, Node


class Sections:
    """The blocks of one module. Raises Problem for blocks with an invalid structure."""

    def __init__(self, sections: Mapping[str, Node]) -> None:
        self._sections = sections
        self.resources: dict[tuple[str, str], Block] = {}
        for block in blocks(sections.get("resource"), "resource", 2):
            key = (block.labels[0], block.labels[1])
            if key in self.resources:
                raise DuplicateError(block, self.resources[key])
            self.resources[key] = block
        self.data = self._named("data", 2)
        self.modules = self._named("module", 1)
        self.variables = self._named("variable", 1)
        self.outputs = self._named("output", 1)
        self.providers = list(blocks(sections.get("provider"), "provider", 1))
        locals_ = [one.arguments for one in blocks(sections.get("locals"), "locals", 0)]
        self.locals = {name: node for arguments in locals_ for name, node in arguments.items()}

    def _named(self, kind: str, labels: int) -> dict[str, Block]:
        return {one.name: one for one in blocks(self._sections.get(kind), kind, labels)}


class DuplicateError(Problem):
    """A resource is defined twice, in one file or in two files of a directory."""

    def __init__(self, second: Block, first: Block) -> None:
        here, there = second.place.span, first.place.span
        where = f"in line {there.line}" if here.path == there.path else f"in {there.path}:{there.line}"
        message = f"the resource {second.name} stands here and {where}; keep one of them"
        super().__init__(message, here.path, here.line, here.column)
        self.paths = {here.path, there.path}


@record(frozen=True)
class Directory:
    """The source of a module.

    is_whole: whether all of its files could be read. find: gives the directory for the `source` of a module call; None
    if it is not a local one that can be read.
    """

    sections: Sections
    path: str = ""
    is_whole: bool = True
    find: Callable[[str], Directory | None] = lambda _source: None


def merged(roots: Iterable[Node], overrides: Iterable[Node] = ()) -> dict[str, Node]:
    """The merged sections of several files; arguments in override files replace those in other files."""
    found: dict[str, list[Node]] = {}
    for root in roots:
        for name, node in mapping(root).items():
            found.setdefault(name, []).append(node)
    sections = {name: nodes[0] if len(nodes) == 1 else _together(nodes) for name, nodes in found.items()}
    for root in overrides:
        for name, node in mapping(root).items():
            labels = _LABELS.get(name)
            if labels is not None and name in sections:
                said = {one.labels: one for one in blocks(node, name, labels)}
                written = [_overridden(one, said) for one in blocks(sections[name], name, labels)]
                sections[name] = Made(written, sections[name])
    return sections


_LABELS = {"resource": 2, "data": 2, "module": 1, "variable": 1, "output": 1, "provider": 1}


@record(frozen=True, slots=True, eq=False)
class _Labelled:
    """A body nested in its labels, with the position of the block's name."""

    content: Mapping[str, Node]
    place: Place

    @property
    def span(self) -> Span:
        """The position of the block's name."""
        return self.place.span

    def key(self, name: str) -> Place:
        """The position of the block's name."""
        return self.place


def _overridden(block: Block, overrides: Mapping[tuple[str, ...], Block]) -> Node:
    """The block with the arguments of an override, nested in its labels."""
    other = overrides.get(block.labels)
    node: Node = block.body
    if other is not None:
        node = Made({**mapping(block.body), **other.arguments}, block.place)
    for label in reversed(block.labels):
        node = _Labelled({label: node}, block.place)
    return node


def _together(nodes: Sequence[Node]) -> Node:
    return Made([item for node in nodes for item in _items(node)], nodes[0])


def _items(node: Node) -> Iterator[Node]:
    content = node.content
    if isinstance(content, list):
        yield from content
    elif content is not None:
        yield node
