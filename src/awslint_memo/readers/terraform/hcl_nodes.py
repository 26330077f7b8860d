"""Reads a file in Terraform's native syntax into the same nodes as the equivalent JSON.

Blocks are lists, since a block type may occur several times. Expressions are kept unevaluated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from awslint_memo.files.source import Source, duplicate
from awslint_memo.model.record import record
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.readers.terraform.block_types import wrong_names
from awslint_memo.readers.terraform.written import Stretch, Written
from awslint_memo.syntax.hcl import document
from awslint_memo.syntax.hcl.document import Argument, Block, Item
from awslint_memo.syntax.hcl.layout import MAX_DEPTH, Fault
from awslint_memo.syntax.node import Flaws, Made, Node
from awslint_memo.syntax.outline import Part

_SENTENCES = {
    "no value": "a value is expected after =, on the same line; add it",
    "quotes": "the closing quote is missing on this line; add it, or write <<EOF for text of several lines",
    "head": "= and a value, or a body in braces, is expected after this name, on the same line; add it",
    "heredoc": "this text does not end; write the marker after << alone on the line below the text",
    "line": "an expression can span lines only in parentheses or brackets; move this to the line before",
    "depth": f"the nesting is deeper than {MAX_DEPTH} levels; look for a bracket that is not closed",
}
_LONGEST = 20


@record(frozen=True, slots=True, eq=False)
class Body:
    """The body of a block or file: arguments and blocks by name."""

    content: Mapping[str, Node]
    place: Place
    """The whole block, including its first line."""
    keys: Mapping[str, Place]

    @property
    def span(self) -> Span:
        """The span of the whole block."""
        return self.place.span

    def key(self, name: str) -> Place:
        """The position of the argument's name, or of the first block with this name."""
        return self.keys.get(name, self.place)


@record(frozen=True, slots=True, eq=False)
class Document(Body):
    """The body of a whole file, with its parse result."""

    written: document.Document
    source: Source

    def comments(self) -> Iterator[tuple[int, str]]:
        """The line number and the text of each comment that is within one line."""
        for start, end in self.written.comments:
            text = self.source.text[start:end]
            if text.startswith("/*"):
                text = text[:-2]
            if "\n" not in text:
                yield self.source.position(start)[0], text.removeprefix("#").lstrip("/*").strip()

    @property
    def outline(self) -> Part:
        """Its blocks and arguments."""
        return Part("", self.place.span, len(self.source.lines), partial(self._listed, self.written.items, 0))

    def _parts(self, items: Sequence[Item], depth: int) -> Iterator[Part]:
        counts = Counter(item.name.text for item in items)
        for item in items:
            span = Stretch(self.source, item.name.start, item.end).span
            name = item.name.text
            if isinstance(item, Argument):
                yield Part(name, span, span.end_line)
                continue
            inside = partial(self._listed, item.items, depth + 1)
            is_item, is_section = depth > 0 and counts[name] > 1, depth == 0 and name == "locals"
            yield Part(name, span, span.end_line, inside, is_item=is_item, is_section=is_section)

    def _listed(self, items: Sequence[Item], depth: int) -> Sequence[Part]:
        return list(self._parts(items, depth))


def parse(source: Source, flaws: Flaws | None = None) -> Document:
    """Parse a file. Raises Problem for a syntax error.

    flaws: receives what Terraform refuses but can be read past: duplicate arguments, of which the last counts, blocks
    with too few or too many names, which are left out, and blanks behind the marker of a text; None: these raise
    Problem.
    """
    written = document.document(source.text)
    if isinstance(written, Fault):
        raise _problem(source, written)
    for at in written.blanks:
        marker = source.text[at:].split(None, 1)[0]
        _flaw(f"Terraform does not allow blanks behind {marker}; remove them", source, at, flaws)
    items = [item for item in written.items if not _is_misnamed(item, source, flaws)]
    body = _body(source, items, Span(source.path, 1, 1, 1, 1), flaws)
    return Document(body.content, body.place, body.keys, written, source)


def _is_misnamed(item: Item, source: Source, flaws: Flaws | None) -> bool:
    """Whether a block of a file has too few or too many names, so that it can't be read."""
    said = wrong_names(item.name.text, len(item.labels)) if isinstance(item, Block) else ""
    if said:
        _flaw(said, source, item.start, flaws)
    return bool(said)


def _flaw(message: str, source: Source, at: int, flaws: Flaws | None) -> None:
    if flaws is None:
        raise Problem(message, source.path, *source.position(at))
    flaws.add(message, source.path, source.position(at))


def _problem(source: Source, fault: Fault) -> Problem:
    from awslint_memo.syntax.yaml_causes import of_conflict

    at = min(fault.at, len(source.text))
    found = source.text[at:].split(None, 1)
    conflict = of_conflict(source.text)
    if conflict is not None:
        message, at = conflict
    elif fault.kind != "syntax":
        message = _SENTENCES[fault.kind]
    elif found and found[0].startswith("'"):
        message = "Terraform does not allow single quotes; use double quotes"
    elif not found:
        message = "the file ends inside a block or text; look for a brace, bracket or quote that is not closed"
    else:
        word = found[0] if len(found[0]) <= _LONGEST else f"{found[0][:_LONGEST]}…"
        # A text may be a secret.
        word = "a text" if '"' in word else word
        message = f"invalid Terraform syntax: {word} is not expected here"
    return Problem(message, source.path, *source.position(at))


def _body(source: Source, items: Sequence[Item], whole: Place, flaws: Flaws | None) -> Body:
    content: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    same: dict[str, list[Node]] = {}
    for item in items:
        name, place = item.name.text, Stretch(source, item.name.start, item.name.end)
        if isinstance(item, Argument):
            if name in content:
                _duplicate(name, keys[name], place, flaws)
            content[name] = Written(source, item)
        else:
            # A block with the same name as an argument replaces the argument.
            blocks = same.setdefault(name, [])
            blocks.append(_block(source, item, flaws))
            content[name] = Made(blocks, keys.get(name, place))
        keys.setdefault(name, place)
    return Body(content, whole, keys)


def _duplicate(name: str, earlier: Place, later: Place, flaws: Flaws | None) -> None:
    first, place = earlier.span, later.span
    positions = (first.line, first.column), (place.line, place.column)
    if flaws is None:
        raise Problem(duplicate(name, *positions), place.path, *positions[1])
    flaws.add(duplicate(name, *positions, flaws.on_duplicate), place.path, positions[1])


def _block(source: Source, block: Block, flaws: Flaws | None) -> Node:
    """The body of a block nested in its labels: `{"aws_sqs_queue": {"orders": {…}}}`."""
    whole = Stretch(source, block.start, block.end)
    node: Node = _body(source, block.items, whole, flaws)
    for label in reversed(block.labels):
        node = Body({label.text: node}, whole, {label.text: Stretch(source, label.start, label.end)})
    return node
