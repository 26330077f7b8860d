"""Text with `${…}` and `%{…}` in it: what it comes to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.terraform.expressions import Scope, elements, evaluate
from awslint_memo.readers.terraform.templates import Code, parsed, pieces
from awslint_memo.readers.terraform.values import moved, unknown_of

_DIRECTIVE = re.compile(r"\s*(if|else|endif|for|endfor)\b(.*)", re.S)
_LOOP = re.compile(r"\s*([A-Za-z_][\w-]*)(?:\s*,\s*([A-Za-z_][\w-]*))?\s+in\b(.*)", re.S)
_NOT_PARSED = "an expression that can't be parsed"


@dataclass
class _Directive:
    """An `if` or a `for`, with what stands up to its end."""

    word: str
    code: str
    body: list[_Part] = field(default_factory=list)
    otherwise: list[_Part] = field(default_factory=list)


_Part: TypeAlias = "str | Code | _Directive"


def template(written: str, scope: Scope, place: Place) -> Value:
    """What a text comes to in a scope; the value itself where `${…}` is all there is."""
    if "${" not in written and "%{" not in written:
        return Known(written, place)
    parts = pieces(written)
    nested = _nested(parts) if parts is not None else None
    if nested is None:
        return Unknown(_NOT_PARSED, place, anything=True)
    if len(nested) == 1 and isinstance(nested[0], Code):
        return moved(_code(nested[0].text, scope, place), place)
    return scope.text(list(_values(nested, scope, place)), place)


def _nested(parts: Sequence[str | Code]) -> list[_Part] | None:
    """The parts with every directive around its own; None where one has no end, or an end has no beginning."""
    resource_ref: list[_Part] = []
    here, open_ones = resource_ref, []
    for part in parts:
        match = _DIRECTIVE.fullmatch(part.text) if isinstance(part, Code) and part.is_directive else None
        word = match[1] if match else ""
        if match is None:
            if isinstance(part, Code) and part.is_directive:
                return None
            here.append(part)
        elif word in ("if", "for"):
            made = _Directive(word, match[2])
            here.append(made)
            open_ones.append((made, here))
            here = made.body
        elif not open_ones or (word == "else") == (open_ones[-1][0].word == "for") != (word == "endfor"):
            return None
        elif word == "else":
            here = open_ones[-1][0].otherwise
        else:
            here = open_ones.pop()[1]
    return None if open_ones else resource_ref


def _values(parts: Iterable[_Part], scope: Scope, place: Place) -> Iterator[Value]:
    for part in parts:
        if isinstance(part, str):
            yield Known(part, place)
        elif isinstance(part, Code):
            yield _code(part.text, scope, place)
        elif part.word == "if":
            yield from _chosen(part, scope, place)
        else:
            yield from _repeated(part, scope, place)


def _chosen(directive: _Directive, scope: Scope, place: Place) -> Iterator[Value]:
    asked = _code(directive.code, scope, place).flag
    if asked is not None:
        yield from _values(directive.body if asked else directive.otherwise, scope, place)
    else:
        both = _values([*directive.body, *directive.otherwise], scope, place)
        yield unknown_of("text with a condition that is not known", place, *both)


def _repeated(directive: _Directive, scope: Scope, place: Place) -> Iterator[Value]:
    match = _LOOP.fullmatch(directive.code)
    over = _code(match[3], scope, place) if match else Unknown(_NOT_PARSED, place, anything=True)
    pairs = elements(over, place)
    if match is None or pairs is None or not scope.spend(len(pairs)):
        yield unknown_of("text that repeats what is not known", place, over)
        return
    for key, item in pairs:
        names = {match[1]: key, match[2]: item} if match[2] else {match[1]: item}
        yield from _values(directive.body, scope.within(names), place)


def _code(text: str, scope: Scope, place: Place) -> Value:
    expression = parsed(text)
    if expression is None:
        return Unknown(_NOT_PARSED, place, anything=True)
    return evaluate(expression, scope, place)
