"""Converts tree-sitter's tree of an expression to our expression classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.model.lazy import regex
from awslint_memo.model.spelled import whole
from awslint_memo.syntax.hcl import decimals
from awslint_memo.syntax.hcl.expressions import (
    MAX_STEPS,
    Binary,
    Call,
    Conditional,
    Expression,
    For,
    Literal,
    Name,
    Number,
    Object,
    Parentheses,
    Piece,
    Step,
    Template,
    Traversal,
    Tuple,
    Unary,
    braced,
    dedented,
    nested,
    stripped,
    unescaped,
)

if TYPE_CHECKING:
    from tree_sitter import Node

_SIGNS = frozenset(("*", "/", "%", "+", "-", ">", ">=", "<", "<=", "==", "!=", "&&", "||"))
_STEPS = frozenset(("index", "get_attr", "splat"))
_DIRECTIVES = {
    "template_for_start": "for",
    "template_for_end": "endfor",
    "template_if_intro": "if",
    "template_else_intro": "else",
    "template_if_end": "endif",
}
_LITERALS = {"true": True, "false": False, "null": None}
_LINE = regex(r"[^\n]*\n|[^\n]+")


class Builder:
    """Builds the expressions of one text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def expression(self, node: Node) -> Expression:
        """Build an `expression` node."""
        children = _children(node)
        if len(children) == 1 and children[0].type == "conditional":
            return self._conditional(children[0])
        return self._term(children)

    def _of(self, node: Node) -> str:
        return self._text[node.start_byte : node.end_byte]

    def _term(self, children: Sequence[Node]) -> Expression:
        """Build a value with the steps that follow it; in the grammar's tree they are siblings."""
        first, taken = children[0], 1
        expression: Expression
        if first.type == "(":
            taken = 3
            expression = Parentheses(first.start_byte, children[2].end_byte, self.expression(children[1]))
        else:
            expression = _KINDS[first.type](self, first)
        rest = children[taken:]
        if not rest:
            return expression
        steps = tuple(step for node in rest[: MAX_STEPS + 1] for step in self._steps(node))
        return Traversal(expression.start, rest[-1].end_byte, expression, steps)

    def _steps(self, node: Node) -> Iterator[Step]:
        if node.type == "get_attr":
            yield Step("attribute", self._of(_children(node)[-1]))
            return
        inner = _children(node)[0]
        if inner.type == "legacy_index":
            yield Step("index", whole(self._of(inner).lstrip(". \t\r\n")))
        elif inner.type == "new_index":
            yield Step("index", self.expression(_children(inner)[1]))
        else:
            parts = _children(inner)[1:]
            below = [step for child in parts for step in self._steps(child)]
            yield Step("all")
            # An index after `.*.name` applies to the list that the splat gives, and one after a dot to each element.
            is_attribute = inner.type == "attr_splat"
            ends = (at for at, child in enumerate(parts) if is_attribute and _is_index(child))
            end = next(ends, len(below))
            yield from below[:end]
            if end < len(below):
                yield Step("end")
                yield from below[end:]

    def _conditional(self, node: Node) -> Expression:
        """Build a conditional. In a chain, the grammar nests each one in the condition of the next."""
        ends: list[tuple[Expression, Expression]] = []
        while True:
            condition, _, then, _, otherwise = _children(node)
            ends.append((self.expression(then), self.expression(otherwise)))
            inner = _children(condition)
            if len(inner) > 1 or inner[0].type != "conditional":
                break
            node = inner[0]
        conditions = [self.expression(condition), *(otherwise for _, otherwise in ends[:0:-1])]
        expression = ends[0][1]
        for test, (yes, _) in zip(conditions[::-1], ends, strict=True):
            expression = Conditional(test.start, expression.end, test, yes, expression)
        return expression

    def _operation(self, node: Node) -> Expression:
        """Build operators. A long chain is nested deeply, so this descends in a loop instead of recursively."""
        signs: list[tuple[int, str, Expression | None]] = []
        while True:
            inner = _children(node)[0]
            parts = _children(inner)
            if inner.type == "unary_operation":
                signs.append((inner.start_byte, parts[0].type, None))
                left = parts[1:]
            else:
                at = next(number for number, part in enumerate(parts) if part.type in _SIGNS)
                signs.append((0, parts[at].type, self._term(parts[at + 1 :])))
                left = parts[:at]
            if len(left) > 1 or left[0].type != "operation":
                break
            node = left[0]
        expression = self._term(left)
        for start, sign, right in reversed(signs):
            if right is None:
                expression = Unary(start, expression.end, sign, expression)
            else:
                expression = Binary(expression.start, right.end, sign, expression, right)
        return expression

    def _literal(self, node: Node) -> Expression:
        inner = node.children[0]
        text = self._of(inner)
        if inner.type == "numeric_lit":
            return Number(node.start_byte, node.end_byte, _number(text))
        if inner.type == "string_lit":
            return self._quoted(inner)
        return Literal(node.start_byte, node.end_byte, _LITERALS[text])

    def _inner(self, node: Node) -> Expression:
        inner = node.children[0]
        return _KINDS[inner.type](self, inner)

    def _name(self, node: Node) -> Expression:
        return Name(node.start_byte, node.end_byte, self._of(node))

    def _tuple(self, node: Node) -> Expression:
        return Tuple(node.start_byte, node.end_byte, tuple(self._all(node)))

    def _all(self, node: Node) -> Iterator[Expression]:
        return (self.expression(child) for child in node.children if child.type == "expression")

    def _object(self, node: Node) -> Expression:
        elements = [child for child in node.children if child.type == "object_elem"]
        items = tuple((key, value) for key, value in map(self._all, elements))
        return Object(node.start_byte, node.end_byte, items)

    def _call(self, node: Node) -> Expression:
        name, *rest = _children(node)
        given = next((child for child in rest if child.type == "function_arguments"), None)
        values = () if given is None else tuple(self._all(given))
        is_expanded = given is not None and any(child.type == "ellipsis" for child in given.children)
        return Call(node.start_byte, node.end_byte, self._of(name), values, is_expanded)

    def _for(self, node: Node) -> Expression:
        intro = next(child for child in node.children if child.type == "for_intro")
        condition = next((child for child in node.children if child.type == "for_cond"), None)
        results = list(self._all(node))
        return For(
            node.start_byte,
            node.end_byte,
            self._names(intro),
            next(self._all(intro)),
            results[0] if len(results) > 1 else None,
            results[-1],
            next(self._all(condition)) if condition is not None else None,
            any(child.type == "ellipsis" for child in node.children),
        )

    def _names(self, node: Node) -> tuple[str, ...]:
        return tuple(self._of(child) for child in node.children if child.type == "identifier")

    def _quoted(self, node: Node) -> Template:
        """Build a string in quotes."""
        first, *inside, last = _children(node)
        pieces: list[Piece] = []
        start = first.end_byte
        for code in _code(inside):
            pieces += [Piece("text", self._text[start : code.start_byte]), self._piece(code)]
            start = code.end_byte
        pieces.append(Piece("text", self._text[start : last.start_byte]))
        for piece in pieces:
            piece.text = unescaped(piece.text)
        stripped(pieces)
        return Template(node.start_byte, node.end_byte, nested(pieces))

    def heredoc(self, node: Node, *, with_last_line_end: bool = True) -> Template:
        """Build a heredoc; each of its lines is a separate piece."""
        opening, marker, *inside, last = _children(node)
        pieces: list[Piece] = []
        start = self._text.index("\n", marker.end_byte) + 1
        for code in _code(inside):
            pieces += [*self._lines(start, code.start_byte), self._piece(code)]
            start = code.end_byte
        line_end = self._text.rindex("\n", 0, last.start_byte)
        pieces += self._lines(start, line_end + with_last_line_end)
        stripped(pieces)
        if self._of(opening) == "<<-":
            dedented(pieces)
        for piece in pieces:
            piece.text = braced(piece.text)
        return Template(node.start_byte, node.end_byte, nested(pieces))

    def _lines(self, start: int, end: int) -> Iterator[Piece]:
        return (Piece("text", match[0]) for match in _LINE.finditer(self._text, start, end))

    def _piece(self, node: Node) -> Piece:
        parts = _children(node)
        expression = next(self._all(node), None)
        return Piece(
            _DIRECTIVES.get(node.type, "value"),
            made=expression,
            names=self._names(node),
            start=node.start_byte,
            end=node.end_byte,
            left=parts[1].type == "strip_marker",
            right=parts[-2].type == "strip_marker",
        )


def _children(node: Node) -> list[Node]:
    """The direct children of a node, without comments."""
    return [child for child in node.children if child.type != "comment"]


def _code(nodes: Sequence[Node]) -> Iterator[Node]:
    """The `${…}` and `%{…}` of a text in order, including those inside of directives."""
    stack = list(nodes[::-1])
    while stack:
        node = stack.pop()
        if node.type == "template_interpolation" or node.type in _DIRECTIVES:
            yield node
        elif node.type != "template_literal":
            stack.extend(node.children[::-1])


def _number(text: str) -> int | float | None:
    try:
        return decimals.of_text(text)
    except ValueError:
        return None


_KINDS: Mapping[str, Callable[[Builder, Node], Expression]] = {
    "collection_value": Builder._inner,
    "for_expr": Builder._inner,
    "for_object_expr": Builder._for,
    "for_tuple_expr": Builder._for,
    "function_call": Builder._call,
    "heredoc_template": Builder.heredoc,
    "literal_value": Builder._literal,
    "object": Builder._object,
    "operation": Builder._operation,
    "quoted_template": Builder._quoted,
    "template_expr": Builder._inner,
    "tuple": Builder._tuple,
    "variable_expr": Builder._name,
}


def _is_index(node: Node) -> bool:
    """Whether a step is an index in brackets, and none of the older syntax."""
    return node.type == "index" and _children(node)[0].type == "new_index"
