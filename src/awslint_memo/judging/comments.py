"""Finds the comments that are addressed to awslint-memo, and the resource, block or argument that each stands in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from awslint_memo.judging.suppression import addressed
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.span import Span
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.syntax.outline import Part

_MARKS = ("#", "//", "/*")


@record(frozen=True)
class Block:
    """The lines of a resource in an indented file, beginning with that of its logical id."""

    name: str
    lines: range


@record(frozen=True)
class Comment:
    """A comment that is addressed to us. names: the resources that it is about. lines: those that it is about.

    resource: the name of the resource that it stands in.
    """

    said: str
    span: Span
    names: Sequence[str]
    lines: tuple[range, ...]
    resource: str


def resources_and_blocks(template: Template, deployments: Deployments) -> tuple[list[Resource], dict[str, Block]]:
    """The resources that stand in the file of a template, and the lines of those that have a block of their own."""
    resources = [resource for resource in deployments.resources if resource.place.span.path == template.source.path]
    return resources, {block.name: block for block in _blocks(template.source.lines, resources)}


def _blocks(lines: Sequence[str], resources: Iterable[Resource]) -> Iterator[Block]:
    """The block of each resource whose logical id begins a line. Resources generated from SAM have no block."""
    seen: set[tuple[str, Span]] = set()
    # All resources may stand on one line, which is then not copied for each of them.
    starts = [len(line) - len(line.lstrip()) for line in lines]
    for resource in resources:
        span = resource.place.span
        if (resource.name, span) in seen:
            continue
        seen.add((resource.name, span))
        indent = span.column - 1
        name = resource.name.rpartition("/")[2]
        is_first = span.line <= len(lines) and starts[span.line - 1] >= indent
        written = lines[span.line - 1][indent : indent + len(name) + 2] if is_first else ""
        if is_first and written.lstrip("\"'").startswith(name) and resource.language == "cloudformation":
            last = span.line
            while last < len(lines) and _is_inside(lines[last], indent):
                last += 1
            yield Block(resource.name, range(span.line, last + 1))


def _is_inside(line: str, indent: int) -> bool:
    text = line.lstrip()
    return not text or text.startswith("#") or len(line) - len(text) > indent


def comments(
    template: Template,
    blocks: Collection[Block],
    resources: Collection[Resource],
    understand: Callable[[str], str | None] = addressed,
) -> Iterator[Comment]:
    """The comments that are addressed to us, each with what it is about. understand: gives what one says, else None."""
    lines = template.source.lines
    found = [(number, text, said) for number, text in template.comments() if (said := understand(text)) is not None]
    if not found:
        return
    places = _Places(template.outline(), blocks, resources)
    target = 0
    for number, text, said in found:
        # Comments below each other speak of the same line.
        target = max(target, number)
        while target <= len(lines) and lines[target - 1].lstrip().startswith(_MARKS):
            target += 1
        is_alone = lines[number - 1].lstrip().startswith(_MARKS)
        names, about, resource = places.of(number, target if is_alone else number, is_alone=is_alone)
        column = lines[number - 1].rfind(text) + 1
        span = Span(template.source.path, number, column, number, column + len(text))
        yield Comment(said, span, names, about, resource)


class _Places:
    """What comments of a file are about."""

    def __init__(self, outline: Part, blocks: Collection[Block], resources: Collection[Resource]) -> None:
        self._outline = outline
        self._blocks = {block.lines.start: block for block in blocks}
        self._beginning: dict[int, list[Resource]] = {}
        for resource in resources:
            self._beginning.setdefault(resource.place.span.line, []).append(resource)

    def of(self, number: int, target: int, *, is_alone: bool) -> tuple[Sequence[str], tuple[range, ...], str]:
        """The names of the resources that a comment is about, its lines, and the resource that it stands in.

        number: its line. target: the line with code that it stands on or above. is_alone: whether its line has no code.
        """
        chain = self._outline.around(target)
        begun = next((part for part in chain if part.first == target), None)
        if target in self._blocks or target in self._beginning:
            about = self._blocks[target].lines if target in self._blocks else None
            return (
                self._names(target),
                (about or (begun.lines if begun else range(target, target + 1)),),
                self._name(target),
            )
        around = self._outline.around(number)
        unit = _body(around, begun) if is_alone else begun or (around[-1] if around else None)
        if unit is None or unit.is_section:
            return (), (range(target, target + 1),), ""
        outer = [
            part for part in (around if unit in around else chain) if part.first <= unit.first and part is not unit
        ]
        owner = next((part for part in (unit, *reversed(outer)) if part.first in self._beginning), None)
        names = self._names(unit.first) if owner is unit else ()
        # What is found about the whole of what it stands in is reported at the head of that.
        heads = [range(part.first, part.first + 1) for part in outer if not part.is_section]
        return names, (unit.lines, *heads), self._name(owner.first) if owner is not None else ""

    def _names(self, line: int) -> Sequence[str]:
        """The resources that begin on a line; of those that SAM makes of one, the one that is written."""
        block = self._blocks.get(line)
        return (
            [block.name]
            if block is not None
            else [resource.name for resource in self._beginning.get(line, ()) if resource.name]
        )

    def _name(self, line: int) -> str:
        block = self._blocks.get(line)
        return (
            block.name
            if block is not None
            else next((resource.written for resource in self._beginning.get(line, ())), "")
        )


def _body(around: Sequence[Part], begun: Part | None) -> Part | None:
    """What a comment on a line of its own is about: the body that it stands in.

    In a section, and above one of several items or blocks of a kind, that is what follows (begun).
    """
    within = next((part for part in reversed(around) if not part.is_flat), None)
    if within is None or within.is_section or (begun is not None and begun.is_item):
        return begun
    return within
