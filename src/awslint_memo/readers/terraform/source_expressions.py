"""Expressions of Terraform's native syntax as nodes, with the position of each part."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from awslint_memo.files.source import line_starts
from awslint_memo.model.lazy import regex
from awslint_memo.model.span import Place, Span
from awslint_memo.syntax.hcl.document import Argument
from awslint_memo.syntax.hcl.expressions import Expression, Literal, Name, Number, Object, Template, Tuple
from awslint_memo.syntax.node import Content


class Extract:
    """A part of a file, from the beginning of one line to that of another. line: its first one, from 1."""

    __slots__ = ("_line", "_starts", "path", "text")

    def __init__(self, path: str, text: str, line: int) -> None:
        self.path = path
        self.text = text
        self._line = line
        self._starts: Sequence[int] = ()

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column in the file, both from 1, of the character at an offset of this text."""
        if not self._starts:
            self._starts = line_starts(self.text)
        number = bisect_right(self._starts, offset)
        return self._line + number - 1, offset - self._starts[number - 1] + 1


class Written:
    """An expression as a node: lists, objects and literals have their contents, any other expression is `${…}`."""

    __slots__ = ("extract", "of")

    def __init__(self, extract: Extract, of: Argument | Expression) -> None:
        self.extract = extract
        self.of = of

    @property
    def expression(self) -> Expression:
        """The expression; that of an argument is parsed on first access."""
        return self.of.expression if isinstance(self.of, Argument) else self.of

    @property
    def text(self) -> str:
        """The expression as it stands in the file, which is not parsed for this."""
        return self._text(self.of)

    @property
    def content(self) -> Content:
        """The content as in Terraform's JSON syntax."""
        written = self.expression
        if isinstance(written, Tuple):
            return [self.at(child) for child in written.items]
        if isinstance(written, Object):
            return {self._name(key): self.at(value) for key, value in written.items}
        if isinstance(written, Literal) or (isinstance(written, Number) and written.value is not None):
            return written.value
        if isinstance(written, Template) and written.text is not None:
            return written.text
        return f"${{{self._text(written)}}}"

    @property
    def span(self) -> Span:
        """The span of the expression."""
        return _span(self.extract, self.of.start, self.of.end)

    def key(self, name: str) -> Place:
        """The position of the key `name` of this object; if there is none, that of the expression."""
        written = self.expression
        keys = (key for key, _ in written.items) if isinstance(written, Object) else ()
        return next((self.at(key) for key in keys if self._name(key) == name), self)

    def at(self, expression: Expression) -> Written:
        """The node of a part of the expression."""
        return Written(self.extract, expression)

    def _name(self, key: Expression) -> str:
        if isinstance(key, Name):
            return key.name
        if isinstance(key, Literal):
            return key.word
        content = self.at(key).content
        return content if isinstance(content, str) else self._text(key)

    def _text(self, part: Argument | Expression) -> str:
        return self.extract.text[part.start : part.end]


def located(expression: Expression, place: Place) -> Place:
    """The position of a part of the expression at `place`, if it is in native syntax; else `place` itself."""
    return place.at(expression) if isinstance(place, Written) else place


_TEXT = regex(r'\$\{"(.*)"\}', re.DOTALL)


def unquoted(content: str) -> str:
    """The content of an expression: of a text with expressions in it that text, as it stands between the quotes."""
    match = _TEXT.fullmatch(content)
    return match[1] if match else content


class Stretch:
    """The place between two offsets. Its lines and columns are worked out when somebody asks: most are never shown."""

    __slots__ = ("_end", "_extract", "_start")

    def __init__(self, extract: Extract, start: int, end: int) -> None:
        self._extract = extract
        self._start = start
        self._end = end

    @property
    def span(self) -> Span:
        """The span between the offsets."""
        return _span(self._extract, self._start, self._end)


def _span(extract: Extract, start: int, end: int) -> Span:
    return Span(extract.path, *extract.position(start), *extract.position(end))
