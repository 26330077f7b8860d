"""The results of a conditional, which Terraform converts to one type, and what kinds expressions surely have."""

from __future__ import annotations

from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Value
from awslint_memo.readers.terraform.unification import unified
from awslint_memo.readers.terraform.values import EvalError, NoCommonTypeError, NotKnownError, unknown_of
from awslint_memo.syntax.hcl.expressions import Call, Conditional, Expression, Parentheses, Template, Tuple


def alike(chosen: Value, other: Value, place: Place) -> Value:
    """One of two results with the type that both have in common."""
    try:
        return chosen if isinstance(other, (Absent, EvalError)) else unified([chosen, other])[0]
    except NotKnownError:
        return unknown_of("a conditional with results that are nested too deep", place, chosen)
    except NoCommonTypeError:
        return EvalError("a conditional with results of two types", place)


def is_text(written: Expression) -> bool:
    """Whether an expression surely gives a text, whatever its names are."""
    if isinstance(written, Parentheses):
        return is_text(written.inner)
    if isinstance(written, Conditional):
        return is_text(written.then) and is_text(written.otherwise)
    return isinstance(written, Template) and (written.text is not None or len(written.parts) > 1)


_OF_LISTS = ("concat", "flatten", "keys", "range", "reverse", "sort", "split", "tolist", "values")
"""Functions whose results are lists, never sets."""


def is_list(written: Expression) -> bool:
    """Whether an expression surely gives a list, as it is written."""
    return isinstance(written, Tuple) or (isinstance(written, Call) and written.name in _OF_LISTS)
