"""Parses YAML into nodes as CloudFormation does: dates are text, yes and no are booleans, tags functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from sys import intern

from awslint_memo.files.source import Source, duplicate
from awslint_memo.model.lazy import cached_property, regex
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.syntax.node import MAX_DEPTH, UNREADABLE, Content, Flaws, Node
from awslint_memo.syntax.yaml_values import (
    PLAIN,
    Listing,
    Part,
    Scalar,
    Table,
    are_same,
    composed,
    position_of,
    scalar,
    tagged,
    yaml,
)

MAX_NODES = 1_000_000
"""Limit of nodes after all aliases are expanded; ten times the size of the largest known template."""

_MERGE = "<<"

_GLUED = regex(r"[\w-]+:[\[{]")
_GLUED_TEXT = regex(r"[\w-]+:[^:\s]")
_GLUED_DASH = regex(r"-[A-Z][a-z]")
_NO_DASH_SPACE = "a space is missing after the dash; add it"
_NO_SPACE = "a space is missing after the colon; write 'key: value'"

_DEPTH = f"the nesting is deeper than {MAX_DEPTH} levels; look for a bracket that is not closed"


def parse(source: Source, flaws: Flaws | None = None) -> Node:
    """The root node. Raises Problem for invalid YAML, and for documents that are too deep or too large.

    flaws: receives duplicate keys, of which the last counts, and entries of mappings that can't be read; None: they
    raise Problem.
    """
    return YamlNode(compose(source, flaws), source)


def compose(source: Source, flaws: Flaws | None) -> Part:
    """The root node of the text as it is written; the rest is as with `parse`."""
    try:
        root = composed(source.text, source)
    except RecursionError as error:
        raise Problem(_DEPTH, source.path) from error
    except yaml.YAMLError as error:
        raise _problem_of(error, source) from error
    if root is None:
        raise Problem("the file has no content" if source.text.strip() else "the file is empty", source.path)
    Check(source, flaws).visit(root, 0)
    return root


def _problem_of(error: yaml.YAMLError, source: Source) -> Problem:
    from awslint_memo.syntax.yaml_errors import control_character, explain

    control = control_character(source.text)
    if control is not None:
        return Problem(control[0], source.path, *source.position(control[1]))
    message, at = explain(error, source.text)
    return Problem(message, source.path, *((1, 1) if at is None else source.position(at)))


class Check:
    """Checks keys, depth, and the size after expansion of aliases, visiting each node once.

    No function inside a function: one that calls itself would keep the whole source until garbage is looked for.
    """

    def __init__(self, source: Source, flaws: Flaws | None) -> None:
        self._source = source
        self._flaws = flaws
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()

    def visit(self, node: Part, depth: int) -> int:
        """Check a node and what is in it; gives its size."""
        at = id(node)
        known = self._sizes.get(at)
        if known is not None:
            return known
        if at in self._open:
            message = "this alias is inside its own anchor, which never ends; write the value out"
            raise _problem(message, node, self._source)
        if depth >= MAX_DEPTH:
            raise _problem(_DEPTH, node, self._source)
        children = _children(node, self._source, self._flaws)
        size = 1
        if children:
            self._open.add(at)
            for child in children:
                size += 1 if isinstance(child, Scalar) else self.visit(child, depth + 1)
            self._open.discard(at)
        if size > MAX_NODES:
            message = f"aliases expand this to more than {MAX_NODES:,} values; write the values out or split the file"
            raise _problem(message, node, self._source)
        self._sizes[at] = size
        return size


def _children(node: Part, source: Source, flaws: Flaws | None) -> list[Part]:
    if isinstance(node, Scalar):
        return []
    if isinstance(node, Listing):
        return list(node.value)
    seen: dict[str, Part] = {}
    for key, value in node.value:
        if isinstance(key, Scalar) and key.value.isalnum() and key.value not in seen:
            key.value = intern(key.value)  # The same few names stand in each resource.
            seen[key.value] = key  # Nothing can be wrong with it.
        elif not isinstance(key, Scalar):
            _flaw(_not_text(key, source), key, source, flaws)
        elif _is_merge(key):
            _check_merge(value, source, flaws)
        elif key.value[:1].isspace() and key.tag == PLAIN:
            code = f"U+{ord(key.value[0]):04X}"
            raise _problem(f"the space {code} is no indentation in YAML; write plain spaces", key, source)
        elif _is_misread(key, value):
            _flaw(_NO_DASH_SPACE if key.value.startswith("-") else _NO_SPACE, key, source, flaws)
        elif key.value in seen:
            first, second = (position_of(part.start) for part in (seen[key.value], key))
            message = duplicate(key.value, first, second, *([] if flaws is None else [flaws.on_duplicate]))
            _flaw(message, key, source, flaws)
        else:
            seen[key.value] = key
    return [child for _, child in node.value]


def _is_misread(key: Scalar, value: Part) -> bool:
    """Whether a space is missing, after the colon or the dash: `Tags:[a: b]`, `{a:b}`, `-Key: a`."""
    if key.tag != PLAIN or (":" not in key.value and not key.value.startswith("-")):
        return False
    if _GLUED_DASH.match(key.value):
        return True
    is_empty = isinstance(value, Scalar) and value.value == "" and value.tag == PLAIN
    return _GLUED.match(key.value) is not None or (is_empty and _GLUED_TEXT.match(key.value) is not None)


def _is_merge(key: Part) -> bool:
    return key.value == _MERGE and key.tag == PLAIN


def _not_text(key: Part, source: Source) -> str:
    # `{{ name }}` is a mapping whose key is a mapping.
    at = source.offset(*position_of(key.start))
    if "{{" in source.text[max(at - 1, 0) : at + 2]:
        from awslint_memo.syntax.yaml_errors import Lines, of_other_tools

        cause = of_other_tools(Lines(source.text), at)
        if cause is not None:
            return cause[0]
    return "this key is not text; write a name"


def _check_merge(value: Part, source: Source, flaws: Flaws | None) -> None:
    for part in value.value if isinstance(value, Listing) else [value]:
        if not isinstance(part, Table):
            _flaw("the value of << is not a mapping; write an alias of a mapping", part, source, flaws)


def _flaw(message: str, node: Part, source: Source, flaws: Flaws | None) -> None:
    if flaws is None:
        raise _problem(message, node, source)
    flaws.add(message, source.path, position_of(node.start))


def _problem(message: str, node: Part, source: Source) -> Problem:
    return Problem(message, source.path, *position_of(node.start))


class YamlNode:
    """A node of a YAML file; its children are created on first access.

    down: by how many lines it stands below where it was read, since the lines above it were edited. bare:
    whether its tag does not count.
    """

    def __init__(self, node: Part, source: Source, down: int = 0, *, bare: bool = False) -> None:
        self._node = node
        self._source = source
        self._down = down
        self._bare = bare

    @cached_property
    def content(self) -> Content:
        """The content as a mapping, list or scalar. A short tag such as !Ref gives the mapping of its long form."""
        tag = self._node.tag
        if tag[:1] == "!" and tag != "!" and not self._bare:
            return tagged(tag[1:], YamlNode(self._node, self._source, self._down, bare=True))
        if isinstance(self._node, Scalar):
            return scalar(self._node)
        if isinstance(self._node, Listing):
            return [YamlNode(child, self._source, self._down) for child in self._node.value]
        return self._mapping()

    def is_like(self, other: YamlNode) -> bool:
        """Whether another node says the same."""
        return self._bare == other._bare and are_same(self._node, other._node)

    @property
    def unquoted(self) -> str | None:
        """The text of a scalar that is not quoted; None for any other."""
        is_plain = isinstance(self._node, Scalar) and self._node.tag == PLAIN
        return self._node.value if is_plain else None

    @property
    def composed(self) -> tuple[Part, Source]:
        """The node as it is written, and the file."""
        return self._node, self._source

    def _mapping(self) -> Mapping[str, Node]:
        merged: dict[str, Node] = {}
        own: dict[str, Node] = {}
        for key, value in self._node.value:
            if isinstance(key, Scalar) and key.value.isalnum():
                own[key.value] = YamlNode(value, self._source, self._down)
            elif not isinstance(key, Scalar) or _is_misread(key, value):
                own[UNREADABLE] = YamlNode(key, self._source, self._down)
            elif _is_merge(key):
                parts = value.value if isinstance(value, Listing) else [value]
                for part in reversed(parts):
                    node = YamlNode(part, self._source, self._down)
                    content = node.content
                    merged.update(content if isinstance(content, Mapping) else {UNREADABLE: node})
            else:
                own[key.value] = YamlNode(value, self._source, self._down)
        return {**merged, **own}

    @cached_property
    def span(self) -> Span:
        """The span of the node, without blank lines that YAML counts as part of the end of a block."""
        return span_of(self._node, self._source, self._down)

    def key(self, name: str) -> Place:
        """The span of the key `name`, the last one of several; the whole mapping if it comes from a merge (`<<`)."""
        key = self._keys.get(name)
        return self.span if key is None else span_of(key, self._source, self._down)

    @cached_property
    def entry_lines(self) -> dict[str, tuple[int, int]]:
        """The first and the last line of each entry of this mapping."""
        source, down = self._source, self._down
        return {
            key.value: (position_of(key.start, down)[0], end_of(value, source, down)[0])
            for key, value in self._pairs
            if isinstance(key, Scalar)
        }

    @cached_property
    def _keys(self) -> dict[str, Part]:
        return {key.value: key for key, _ in self._pairs if isinstance(key, Scalar)}

    @property
    def _pairs(self) -> Sequence[tuple[Part, Part]]:
        return self._node.value if isinstance(self._node, Table) else ()

    def scalars(self) -> list[Span]:
        """The spans of all scalars below this node. A "#" inside of one does not begin a comment."""
        spans, stack, seen = [], [self._node], set()
        while stack:
            node = stack.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, Scalar):
                spans.append(span_of(node, self._source, self._down))
            else:
                stack.extend(node.value if isinstance(node, Listing) else [c for p in node.value for c in p])
        return spans


def span_of(node: Part, source: Source, down: int = 0) -> Span:
    """The span of a node that stands `down` lines below where it was read."""
    line, column = position_of(node.start, down)
    end_line, end_column = end_of(node, source, down)
    return Span(source.path, line, column, end_line, max(end_column, 2) if end_line > line else end_column)


def end_of(node: Part, source: Source, down: int = 0) -> tuple[int, int]:
    """Where a node ends, without blank lines that YAML counts as part of the end of a block."""
    line = position_of(node.start, down)[0]
    end_line, end_column = position_of(node.end, down)
    while end_column == 1 and end_line > line:
        end_line -= 1
        end_column = len(source.lines[end_line - 1].rstrip()) + 1
    return end_line, end_column
