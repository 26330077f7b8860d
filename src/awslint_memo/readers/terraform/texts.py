"""Evaluates text with `${…}` and `%{…}`."""

from __future__ import annotations

from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Unknown, Value
from awslint_memo.readers.terraform.expressions import evaluate
from awslint_memo.readers.terraform.scopes import Scope
from awslint_memo.readers.terraform.templates import template as parsed


def template(written: str, scope: Scope, place: Place) -> Value:
    """Evaluate a text in a scope. If the text is a single `${…}`, the result is the value itself."""
    if "${" not in written and "%{" not in written:
        return Known(written, place)
    made = parsed(written)
    if made is None:
        return Unknown("an expression that can't be parsed", place, anything=True)
    return evaluate(made, scope, place).moved(place)
