"""The index of the package's own rules: what their decorators say, without running their files.

The decorators are read as text. The build of a wheel writes the result down beside the rules, since to read all of them
takes a tenth of the time of a small run; in a checkout, where rules change, they are read each time.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from awslint_memo.files.rule_files import rule_files, rule_head
from awslint_memo.judging.rule import FIX_KINDS, STORES, FixKind, id_of
from awslint_memo.model.finding import LEVELS, Level
from awslint_memo.model.lazy import regex

Declared: TypeAlias = "tuple[str, Level, tuple[str, ...], tuple[str, ...], str, bool, FixKind, str, bool]"
"""Of a rule: id, level, types of resources, aliases, language, whether it is a core one, its fixes, since which
version it exists, and whether a setting asks for it."""

Entry: TypeAlias = "tuple[str, Declared | None]"
"""The path of a rule's file in the folder, with `/`, and what it declares; None where its text does not tell."""

_FIRST = regex(r'\s*(?:"([^"]+)"|\w+=)')
_WORD = regex(
    r'^\s*(id|level|language|core|fix|resource|aliases|since|opt_in)=(?:("[^"]*"|True|STORES|\([^()]*\)|\[[^]]*\]),?$)?',
    8,
)
_TEXT = regex(r'"([^"]*)"')


def entries(folder: str) -> Iterator[Entry]:
    """The index of a folder of rules, read from their text; sorted by service and id."""
    above = os.path.join(folder, "")
    for path in rule_files(folder):
        yield path.removeprefix(above).replace(os.sep, "/"), declared(path)


def module(listed: Sequence[Entry]) -> str:
    """The index as a module that assigns it to RULES."""
    lines = "".join(f"    {entry!r},\n" for entry in listed)
    return f'"""The index of the rules, made when the package was built."""\n\nRULES = (\n{lines})\n'


def declared(path: str) -> Declared | None:
    """What a rule's file declares, as far as its text tells without running it; None where it does not."""
    code = rule_head(path)
    decorators = _calls(code, "\n@rule(")
    first = _FIRST.match(decorators[0]) if len(decorators) == 1 else None
    if first is None:
        return None
    said = dict(_WORD.findall(decorators[0]))
    types, aliases = _types(said.get("resource", ""), _calls(code, ".on(")), _texts(said.get("aliases", ""))
    level = next((one for one in LEVELS if said.get("level") == f'"{one}"'), None)
    if level is None or types is None or aliases is None or "" in said.values():
        return None
    unique = tuple(dict.fromkeys(types))
    fix: FixKind = next((one for one in FIX_KINDS if said.get("fix") == f'"{one}"'), "")
    language, is_core = said.get("language", "").strip('"'), said.get("core") == "True"
    since, is_opt_in = said.get("since", "").strip('"'), said.get("opt_in") == "True"
    name = first[1] or said.get("id", "").strip('"') or id_of(path)
    return name, level, unique, tuple(aliases), language, is_core, fix, since, is_opt_in


def _calls(code: str, opening: str) -> list[str]:
    """The arguments of the decorators that begin so; a decorator's bracket closes at the end of a line."""
    return [part.partition(")\n")[0] for part in code.split(opening)[1:]]


def _types(written: str, added: Sequence[str]) -> list[str] | None:
    """The types of a rule: those that it names, with STORES or `*STORES` among them, and those of its other checks."""
    named = _texts(written.replace("*STORES", "").replace("STORES", ""), *added)
    return None if named is None else [*(STORES if "STORES" in written else ()), *named]


def _texts(*written: str) -> list[str] | None:
    """The texts in brackets or between commas; None where something else stands there too, such as a name."""
    found = []
    for part in written:
        if _TEXT.sub("", part).strip("()[], \n"):
            return None
        found += _TEXT.findall(part)
    return found
