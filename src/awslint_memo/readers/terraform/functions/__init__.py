"""Terraform's functions whose results depend on their arguments alone, by name.

Those that read files are in `local_functions`. Missing ones, and those of providers, have an unknown result.
https://developer.hashicorp.com/terraform/language/functions (read on 2026-11-26)
"""

from __future__ import annotations

from awslint_memo.readers.terraform.collections import COLLECTIONS, Function, caught
from awslint_memo.readers.terraform.functions.decoding import DECODING
from awslint_memo.readers.terraform.functions.encodings import CONVERSIONS, ENCODINGS
from awslint_memo.readers.terraform.functions.formatting import FORMATTING, TIMES
from awslint_memo.readers.terraform.functions.lists import LISTS
from awslint_memo.readers.terraform.functions.numbers import ADDRESSES, NUMBERS
from awslint_memo.readers.terraform.functions.patterns import PATTERNS
from awslint_memo.readers.terraform.functions.texts import PATHS, TEXTS

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

FUNCTIONS: dict[str, Function] = {name: caught(name, function) for name, function in _ALL.items()}
"""The implementation of each function by name."""

ON_TEXTS = frozenset(
    (
        *(name for some in (ADDRESSES, ENCODINGS, NUMBERS, PATHS, PATTERNS, TEXTS, TIMES) for name in some),
        *("contains", "index", "jsondecode", "length", "sort", "yamldecode"),
    )
) - {"join"}
"""The functions that look at texts, so that a reference to an attribute is replaced by the text that it is set to. The
others give references on, which rules look at."""
