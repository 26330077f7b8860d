"""Protections that a template turns off in production and on elsewhere: the branches of a choice are reversed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from awslint_memo.model.facts import Declared
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.unmet import Unmet
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.stack import StackDeployment, with_nested
from awslint_memo.relations.protections import PROTECTIONS
from awslint_memo.syntax.node import Node, fields, text

_FLAGS = {"true": True, "false": False}

_DEEP = 10
"""How many conditions may name each other."""


def unprotected_in_production(stack: StackDeployment) -> Iterator[Unmet]:
    """The protections of a stack and of those nested in it that surely are off in production and on elsewhere."""
    for each in with_nested([stack]):
        for name, (_, node) in each.document.resources.items():
            said = fields(node)
            path = PROTECTIONS.get(text(said.get("Type")) or "")
            chosen = fields(said.get("Properties")).get(path) if path is not None else None
            if path is not None and chosen is not None and each.has(name) and _is_reversed(each.document, chosen):
                yield Unmet("protection", f"{each.use.prefix}{name}", (path,), chosen, [], path)


def _is_reversed(document: Document, chosen: Node) -> bool:
    """Whether a choice surely gives false to production and true to all others."""
    arguments = [*fields(chosen).items()]
    if len(arguments) != 1:
        return False
    key, node = arguments[0]
    content = node.content if isinstance(node.content, list) else []
    if key == "Fn::If" and len(content) == 3:
        is_production = _holds_in_production(document, text(content[0]) or "")
        then, other = _flag(content[1]), _flag(content[2])
        return is_production is not None and ((then, other) == (not is_production, is_production))
    if key == "Fn::FindInMap" and len(content) == 3:
        return _is_reversed_in(fields(fields(document.mappings).get(text(content[0]) or "")), text(content[2]) or "")
    return False


def _is_reversed_in(rows: Mapping[str, Node], key: str) -> bool:
    """Whether a mapping by environment gives false to production and true to all others."""
    production = Declared().production
    flags = {name: _flag(fields(row).get(key)) for name, row in rows.items()}
    mine = {flag for name, flag in flags.items() if is_named_like(name, production)}
    others = {flag for name, flag in flags.items() if not is_named_like(name, production)}
    return mine == {False} and others == {True}


def _flag(node: Node | None) -> bool | None:
    """Whether a node is written as true or false."""
    content = None if node is None else node.content
    return content if isinstance(content, bool) else _FLAGS.get((text(node) or "").lower())


def _holds_in_production(document: Document, condition: str, depth: int = 0) -> bool | None:
    """Whether a condition holds in production only (True), in other environments only (False), or that is not known."""
    node = document.section("Conditions").get(condition)
    return None if node is None or depth > _DEEP else _holds(document, node, depth)


def _holds(document: Document, node: Node, depth: int) -> bool | None:
    for key, argument in fields(node).items():
        content = argument.content if isinstance(argument.content, list) else []
        if key == "Condition":
            return _holds_in_production(document, text(argument) or "", depth + 1)
        if key == "Fn::Not" and len(content) == 1:
            inner = _holds(document, content[0], depth + 1)
            return None if inner is None else not inner
        if key == "Fn::Equals" and len(content) == 2:
            return _compared(document, content[0], content[1]) or _compared(document, content[1], content[0])
    return None


def _compared(document: Document, referring: Node, other: Node) -> bool | None:
    """Whether a parameter is compared with a name of production, which holds in production only."""
    parameter, value = text(fields(referring).get("Ref")) or "", text(other)
    if parameter not in document.parameters or value is None:
        return None
    return True if is_named_like(value, Declared().production) else None
