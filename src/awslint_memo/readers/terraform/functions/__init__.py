"""Terraform's functions whose results depend on their arguments alone, by name.

Those that read files are in `local_functions`. Missing ones, and those of providers, have an unknown result.
https://developer.hashicorp.com/terraform/language/functions (read on 2026-11-26)
"""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.model.span import Place
from awslint_memo.model.value import Value
from awslint_memo.readers.terraform.collections import COLLECTIONS, Function
from awslint_memo.readers.terraform.functions.decoding import DECODING
from awslint_memo.readers.terraform.functions.encodings import CONVERSIONS, ENCODINGS
from awslint_memo.readers.terraform.functions.formatting import FORMATTING
from awslint_memo.readers.terraform.functions.lists import LISTS, combined
from awslint_memo.readers.terraform.functions.numbers import ADDRESSES, NUMBERS
from awslint_memo.readers.terraform.functions.patterns import PATTERNS
from awslint_memo.readers.terraform.functions.patterns import rounds as rounds_of_search
from awslint_memo.readers.terraform.functions.texts import PATHS, TEXTS
from awslint_memo.readers.terraform.functions.times import TIMES
from awslint_memo.readers.terraform.loops import rounds_of
from awslint_memo.readers.terraform.values import EvalError, NotKnownError, unknown_of


def _caught(name: str, function: Function) -> Function:
    """A function that gives a value where another one raises: an error, or one that is not known."""

    def call(values: Sequence[Value], place: Place) -> Value:
        try:
            return function(values, place)
        except NotKnownError as error:
            return unknown_of(f"{name}() of {error}", place, *values)
        except ValueError:
            return EvalError(f"{name}() of what it does not take", place)

    return call


_ALL: dict[str, Function] = {
    **ADDRESSES,
    **COLLECTIONS,
    **CONVERSIONS,
    **DECODING,
    **ENCODINGS,
    **FORMATTING,
    **LISTS,
    **NUMBERS,
    **PATHS,
    **PATTERNS,
    **TEXTS,
    **TIMES,
}

FUNCTIONS: dict[str, Function] = {name: _caught(name, function) for name, function in _ALL.items()}
"""The implementation of each function by name."""

ON_TEXTS = frozenset(
    (
        *(name for some in (ADDRESSES, ENCODINGS, NUMBERS, PATHS, PATTERNS, TEXTS, TIMES) for name in some),
        *("contains", "index", "jsondecode", "length", "sort", "yamldecode"),
    )
) - {"join"}
"""The functions that look at texts, so that a reference to an attribute is replaced by the text that it is set to. The
others give references on, which rules look at."""

_QUICK = frozenset(
    (
        *("coalesce", "coalescelist", "concat", "contains", "element", "flatten", "index", "keys", "length", "lookup"),
        *("merge", "range", "reverse", "slice", "values", "zipmap"),
    )
)
_QUICKLY = 3
"""Functions that give items on as they are, and how many times as many of them they look at in the same time."""

_SLOW = frozenset(("format", "formatlist", "setintersection", "setsubtract", "setunion"))
_SLOWLY = 2
"""Functions that make something of each item, and how many times as long that takes."""

_LETTERS_OF_A_ROUND = {"title": 150, "urlencode": 350, "chomp": 500}
"""How many characters of a text these look at in the time of an iteration; other functions take a tenth or less."""


def rounds(name: str, values: Sequence[Value]) -> int:
    """How much a function of FUNCTIONS with these arguments may cost, in iterations of a loop.

    A loop may call it with a whole list each time.
    """
    made = combined(values) if name == "setproduct" else 0
    if name in _LETTERS_OF_A_ROUND:
        made = sum(len(value.text or "") for value in values) // _LETTERS_OF_A_ROUND[name]
    return made + (rounds_of_search(name, values) if name in PATTERNS else 0) + _rounds(name, values)


def rounds_of_result(name: str, result: Value) -> int:
    """How much it has cost to make this result, which may have more items than the arguments."""
    return _rounds(name, [result])


def _rounds(name: str, values: Sequence[Value]) -> int:
    return rounds_of(values, quickly=_QUICKLY if name in _QUICK else 1) * (_SLOWLY if name in _SLOW else 1)
