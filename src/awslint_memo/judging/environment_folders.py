"""Folders and files of one environment each, told by their names, by those beside them, and by what files say."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from awslint_memo.files.files import Files
from awslint_memo.model.facts import Declared
from awslint_memo.model.name_words import is_named_like, name_words
from awslint_memo.model.span import Problem

_STACKS = (".yaml", ".yml", ".json", ".template")


def is_of_environment(file: str, folder: str, declared: Declared, files: Files, ambiguous: Sequence[str]) -> bool:
    """Whether a template's file, of which a word is one of `development`, is of no production: by the end of its name,
    as orders-dev.yaml, or beside one of production, or of the same name without the word.

    ambiguous: the words that also stand at the end of names of production.
    """
    words = name_words(os.path.splitext(file)[0].removesuffix(".template"))
    # What is only called dev counts beside its like.
    if len(words) > 1 and is_named_like(words[-1], declared.development) and words[-1] not in ambiguous:
        return True
    own = _rest(file, declared.development)
    others = [name for name in templates(files.names(folder)) if not is_named_like(name, declared.development)]
    return any(is_named_like(name, declared.production) or _rest(name, ("main",)) == own for name in others)


def _rest(file: str, words: Sequence[str]) -> set[str]:
    """The words of the name of a file, without its ending and some of them."""
    return set(name_words(os.path.splitext(file)[0])).difference(words)


def is_beside_others(name: str, above: str, declared: Declared, files: Files) -> bool:
    """Whether a folder named as another environment is beside production, or beside folders that look like it."""
    others = [other for other in files.listing(above).folders if not is_named_like(other, declared.development)]
    if any(is_named_like(other, declared.production) or other == _rest_of_folder(name, declared) for other in others):
        return True
    own = templates(files.names(os.path.join(above, name))) if name.lower() in declared.development else set()
    return any(not own.isdisjoint(files.names(os.path.join(above, other))) for other in others)


def _rest_of_folder(name: str, declared: Declared) -> str:
    """The name of a folder without the environment at its end: shop of shop-dev; empty if none is there."""
    rest, _, last = name.rpartition("-")
    return rest if last.lower() in declared.development else ""


def is_another(name: str, above: str, declared: Declared, files: Files) -> bool:
    """Whether a folder beside production, whose name no word is for, holds an environment as that does: in files of the
    same name both write their own name for the same key (`environment_name = "nft"`)."""
    if is_named_like(name, declared.production):
        return False
    own = templates(files.names(os.path.join(above, name)))
    for other in files.listing(above).folders:
        if other.lower() in declared.production:
            common = own.intersection(files.names(os.path.join(above, other)))
            pairs = ([_keys(os.path.join(above, each, file), each, files) for each in (name, other)] for file in common)
            if any(not mine.isdisjoint(theirs) for mine, theirs in pairs):
                return True
    return False


def _keys(path: str, name: str, files: Files) -> set[str]:
    """The keys for which a file writes a name as the whole value."""
    try:
        text = files.read(path).text
    except Problem:
        return set()
    return set(re.findall(rf"""([\w-]+)["']?\s*[:=]\s*["']?{re.escape(name)}(?:["']|[ \t]*$)""", text, re.M))


def templates(names: Sequence[str]) -> set[str]:
    """The names of files that may be configuration."""
    return {name for name in names if name.endswith((*_STACKS, ".tf", ".tofu"))}
