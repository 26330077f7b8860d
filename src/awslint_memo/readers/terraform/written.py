"""An expression where it stands in a file of Terraform's native language: a node whose every part knows its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from awslint_memo.files.source import Source
from awslint_memo.model.span import Place, Span
from awslint_memo.syntax.node import Content

if TYPE_CHECKING:
    from lark.tree import Tree

_ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[nrt"\\])')
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """An expression as a node: lists, objects and literals are taken apart, anything else reads as `${…}`."""

    source: Source
    tree: Tree[Any]

    @property
    def content(self) -> Content:
        """What stands here, as Terraform's JSON syntax would have it."""
        tree = bare(self.tree)
        if tree.data == "tuple":
            return [Written(self.source, child) for child in trees(tree)]
        if tree.data == "object":
            return {self._name(key): Written(self.source, value) for key, value in map(trees, trees(tree))}
        if tree.data in ("int_lit", "float_lit"):
            return json.loads(str(tree.children[0]))  # type: ignore[no-any-return]
        if tree.data == "literal_value":
            return {"true": True, "false": False}.get(str(tree.children[0]))
        if tree.data == "string" and not any(hasattr(part.children[0], "children") for part in trees(tree)):
            return "".join(unescaped(str(part.children[0])) for part in trees(tree))
        if tree.data.startswith("heredoc"):
            return heredoc(str(tree.children[0]))
        return f"${{{self._text(self.tree)}}}"

    @property
    def span(self) -> Span:
        """Where the expression stands."""
        return stretch(self.source, self.tree)

    def key(self, name: str) -> Place:
        """Where the key `name` of this object stands, or else the whole."""
        tree = bare(self.tree)
        elements = map(trees, trees(tree)) if tree.data == "object" else ()
        return next((Written(self.source, key) for key, _ in elements if self._name(key) == name), self)

    def at(self, tree: Tree[Any]) -> Written:
        """A part of the expression."""
        return Written(self.source, tree) if not tree.meta.empty else self

    def _name(self, key: Tree[Any]) -> str:
        word = bare(key.children[0])
        if word.data in ("identifier", "keyword"):
            return str(word.children[0])
        content = Written(self.source, word).content
        return content if isinstance(content, str) else self._text(word)

    def _text(self, tree: Tree[Any]) -> str:
        return self.source.text[tree.meta.start_pos : tree.meta.end_pos]


def located(tree: Tree[Any], place: Place) -> Place:
    """Where a part of what stands at `place` is, if that is a file of the native language; else `place` itself."""
    return place.at(tree) if isinstance(place, Written) else place


def stretch(source: Source, tree: Tree[Any]) -> Span:
    """The stretch of text that a tree was made of."""
    meta = tree.meta
    end = source.position(min(meta.end_pos, len(source.text)))
    return Span(source.path, *source.position(min(meta.start_pos, len(source.text))), *end)


def trees(tree: Tree[Any]) -> list[Tree[Any]]:
    """The trees right below one, comments and signs left out."""
    return list(_trees(tree))


def _trees(tree: Tree[Any]) -> Iterator[Tree[Any]]:
    return (child for child in tree.children if hasattr(child, "children") and child.data != "new_line_or_comment")


def bare(tree: Tree[Any]) -> Tree[Any]:
    """The expression inside of what only wraps it; parentheses stay, since they make a word a name."""
    while tree.data == "expr_term" and len(tree.children) == 1:
        tree = tree.children[0]
    return tree


def heredoc(token: str) -> str:
    """The text between the markers of `<<EOF`; `<<-EOF` takes off the indentation that all of its lines have."""
    lines = token.rstrip("\r\n").replace("\r\n", "\n").split("\n")
    body = lines[1:-1]
    if lines[0].startswith("<<-"):
        indents = [len(line) - len(line.lstrip()) for line in (*body, lines[-1]) if line.strip()]
        body = [line[min(indents) :] for line in body]
    return "".join(f"{line}\n" for line in body)


def unescaped(token: str) -> str:
    """A piece of quoted text as it is meant."""
    if token.startswith(("$${", "%%{")):
        return token[1:]
    return _ESCAPE.sub(_meant, token) if "\\" in token else token


def _meant(match: re.Match[str]) -> str:
    word = match[1]
    if word in _ESCAPES:
        return _ESCAPES[word]
    code = int(word[1:], 16)
    return chr(code) if code <= 0x10FFFF else match[0]
