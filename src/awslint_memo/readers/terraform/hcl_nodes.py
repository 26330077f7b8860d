"""Terraform's native language: a file becomes the node that the same blocks in JSON would be.

Blocks come as lists, so that one kind may stand several times. The parser's tree stays behind every expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hcl2.api import parses_to_tree
from lark.exceptions import LarkError, UnexpectedCharacters, UnexpectedToken
from lark.tree import Tree

from awslint_memo.files.source import Source, duplicate
from awslint_memo.model.span import Place, Problem, Span
from awslint_memo.readers.terraform.written import Written, stretch, trees, unescaped
from awslint_memo.syntax.node import Made, Node

_COMMENT = re.compile(r'"(?:[^"\\\n]|\\.)*"|(?:#|//)[^\n]*|(/\*.*?\*/)', re.S)
_LINE_COMMENT = re.compile(r"(?:#|//)(.*)|/\*(.*?)\*/", re.S)


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What stands between the braces of a block, or in a file: arguments and blocks by name."""

    content: Mapping[str, Node]
    span: Span
    """The whole block, its first line included."""
    keys: Mapping[str, Place]

    def key(self, name: str) -> Place:
        """Where the argument's name, or the first block of the name, stands."""
        return self.keys.get(name, self.span)


@dataclass(frozen=True, slots=True, eq=False)
class Document(Body):
    """A whole file, with its tree."""

    tree: Tree[Any]
    source: Source

    def comments(self) -> Iterator[tuple[int, str]]:
        """The line and the text of each comment."""
        for token in self.tree.scan_values(_is_comment):
            for line, text in enumerate(str(token).split("\n"), self.source.position(token.start_pos)[0]):
                match = _LINE_COMMENT.match(text.strip())
                if match:
                    yield line, (match[1] or match[2] or "").strip()

    def block(self, line: int) -> range | None:
        """The lines of the outermost block or argument that begins in a line."""
        trees_ = self.tree.find_pred(lambda tree: tree.data in ("block", "attribute"))
        ends = [span.end_line for span in (stretch(self.source, one) for one in trees_) if span.line == line]
        return range(line, max(ends) + 1) if ends else None


def parse(source: Source) -> Document:
    """The document as a node. Raises Problem, with its line, for what is not Terraform's language."""
    tree = _tree(source)
    body = _body(source, tree.children[0], Span(source.path, 1, 1, 1, 1))
    return Document(body.content, body.span, body.keys, tree, source)


def _is_comment(token: Any) -> bool:
    return bool(token.type == "NL_OR_COMMENT")


def _tree(source: Source) -> Tree[Any]:
    text = source.text
    try:
        try:
            tree: Tree[Any] = parses_to_tree(text)
        except LarkError:
            # The grammar knows no comment within a line.
            blank = _COMMENT.sub(_blanked, text)
            if blank == text:
                raise
            tree = parses_to_tree(blank)
    except (UnexpectedToken, UnexpectedCharacters) as error:
        raise _problem(source, error) from error
    except (LarkError, RecursionError) as error:
        raise Problem("can't be read as Terraform's language", source.path) from error
    return tree


def _blanked(match: re.Match[str]) -> str:
    return match[0] if match[1] is None else re.sub(r"[^\n]", " ", match[1])


def _problem(source: Source, error: UnexpectedToken | UnexpectedCharacters) -> Problem:
    at = min(getattr(error, "pos_in_stream", None) or len(source.text), len(source.text))
    found = source.text[at:].split(None, 1)
    before = source.text[:at].rstrip()
    if before.endswith("=") and source.text[len(before) : at + 1].strip() == "":
        at, found = len(before) - 1, ["="]
    line, column = source.position(at)
    if found == ["="]:
        message = "after = a value must stand, in the same line"
    elif found and found[0].startswith("'"):
        message = "text stands in double quotes in Terraform's language; replace the single ones"
    elif not found:
        message = "the file ends in the middle of a block or text; look for a brace, bracket or quote left open"
    else:
        word = found[0] if len(found[0]) <= 20 else f"{found[0][:20]}…"
        message = f"this can't be read as Terraform's language: {word} can't stand here"
    return Problem(message, source.path, line, column)


def _body(source: Source, tree: Tree[Any], resource_ref: Span) -> Body:
    content: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    for child in trees(tree):
        word = trees(child)[0]
        name, place = str(word.children[0]), stretch(source, word)
        if child.data == "attribute":
            if name in content:
                first = keys[name].span
                message = duplicate(name, (first.line, first.column), (place.line, place.column))
                raise Problem(message, source.path, place.line, place.column)
            content[name] = Written(source, trees(child)[1])
        else:
            above = content.get(name)
            same = above.content if isinstance(above, Made) and isinstance(above.content, list) else []
            content[name] = Made([*same, _block(source, child)], place if above is None else keys[name])
        keys.setdefault(name, place)
    return Body(content, resource_ref, keys)


def _block(source: Source, tree: Tree[Any]) -> Node:
    """The body of a block below its labels: `{"aws_sqs_queue": {"orders": {…}}}`."""
    _, *labels, body = trees(tree)
    resource_ref = stretch(source, tree)
    node: Node = _body(source, body, resource_ref)
    for label in reversed(labels):
        name = "".join(_label(part) for part in label.children)
        node = Body({name: node}, resource_ref, {name: stretch(source, label)})
    return node


def _label(part: Any) -> str:
    if hasattr(part, "children"):
        return unescaped(str(part.children[0]))
    return "" if part.type == "DBLQUOTE" else str(part)
