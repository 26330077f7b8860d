"""The words of which a name is made: prod in orders-prod and OrdersProd, not in product. And how files of Terraform
are called that a name alone has to tell."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache

from awslint_memo.model.lazy import regex

VARIABLES = (".tfvars", ".tfvars.json")
"""Endings of files with values of variables."""

_UNENDED = "vars"
"""What such files are also called, each in the folder of its environment."""

_LANGUAGE = (".tf", ".tofu", ".tfvars", ".hcl")
"""Endings of files in Terraform's language."""

_WORD = regex(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")

_JOINED = {
    **{(first, last): f"{first}prod" for first in ("pre", "non") for last in ("prod", "production")},
    ("dev", "ops"): "devops",
    ("dev", "tools"): "devtools",
}
"""Words that are one, where they are written as two."""


def name_words(name: str) -> list[str]:
    """The words of a name, in lower case; preprod, nonprod and devops also where they are written as two."""
    words = [part.lower() for part in _WORD.findall(name)]
    for number in range(len(words) - 1, 0, -1):
        joined = _JOINED.get((words[number - 1], words[number]))
        if joined is not None:
            words[number - 1 : number + 1] = [joined]
    return words


def is_named_like(name: str, words: Sequence[str]) -> bool:
    """Whether a name is one of these words, or holds one as a word of its own."""
    known = _kept(name) if len(name) <= _SHORT else _whole_and_words(name)
    return not known.isdisjoint(map(str.lower, words))


def _whole_and_words(name: str) -> frozenset[str]:
    return frozenset((name.lower(), *name_words(name)))


_kept = lru_cache(maxsize=1024)(_whole_and_words)
"""Few names are asked about, each in every deployment of a template."""

_SHORT = 200
"""The characters of a name that may be kept."""


def may_have_values(path: str) -> bool:
    """Whether a file at a path is called as those with values of Terraform's variables are."""
    return path.endswith(VARIABLES) or _is_unended(path)


def is_given_with_values(path: str) -> bool:
    """Whether a file that a person names for a deployment is one with values of Terraform's variables, whatever stands
    behind that in its name, as in terraform.tfvars.prod."""
    lower = path.lower()
    return may_have_values(lower) or f"{VARIABLES[0]}." in os.path.basename(lower)


def is_in_hcl(path: str) -> bool:
    """Whether a file at a path is called as those in Terraform's language are."""
    return path.endswith(_LANGUAGE) or _is_unended(path)


def _is_unended(path: str) -> bool:
    return path.endswith(_UNENDED) and path.replace("\\", "/").rpartition("/")[2] == _UNENDED
