"""Imports that no template of the run exports, where one exports nearly the same and what its importer else imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import takewhile

from awslint_memo.model.lazy import regex
from awslint_memo.model.name_words import name_words
from awslint_memo.readers.cloudformation.stack_names import NamedStack, named_by_values
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate

_TO_A_SIGN = regex(r".*[:_/.-]")

_WORD = regex(r"[A-Za-z][A-Za-z0-9]+[:_/.-]")
"""What says more in a beginning of names than a parameter, which may be an environment: a word and a sign."""

_PARAMETER = regex(r"\$\{[^}]*\}")

_SURE = 2
"""How many other names have to be imported from a template for a name to be sought in it."""


def missing(imported: set[str], exported: Mapping[str, Sequence[CloudFormationTemplate]]) -> Mapping[str, NamedStack]:
    """By the name of an import of one template that no other exports, the exports of the one in which it surely should
    be: all of these begin as it does, and one that is imported nowhere is nearly called so, or any is but for a plural,
    its case or its signs."""
    used = Counter(those[0] for name in imported if len(those := exported.get(name, ())) == 1)
    found: dict[str, NamedStack] = {}
    for template in (one for one, times in used.items() if times >= _SURE):
        names = [*template.exported]
        begin = _beginning(names)
        if not begin or any(
            one is not template for name in exported if name.startswith(begin) for one in exported[name]
        ):
            continue
        unused = [name.removeprefix(begin) for name in names if name not in imported]
        for name in imported - set(exported):
            all_of_it = [one.removeprefix(begin) for one in names]
            near = _near(name.removeprefix(begin), unused, all_of_it) if name.startswith(begin) else ""
            found |= _by_values(name, template, names, f"{begin}{near}") if near else {}
    return found


def _near(name: str, unused: Sequence[str], among: Sequence[str]) -> str:
    """What is nearly called so: one of all the same but for a plural, its case or its signs; or one that is not used,
    the same but for words more or less, or else with few other letters; else nothing."""
    spelled = [one for one in among if _spelled(one) == _spelled(name)]
    words = {one: set(_SIGNS.split(one)) for one in (name, *unused)}
    alike = [one for one in unused if words[one] < words[name] or words[one] > words[name]]
    return next(iter([*spelled, *alike, *get_close_matches(name, unused, n=1)]), "")


def _spelled(name: str) -> str:
    """The words of a name in the singular and in small letters, with no signs between."""
    return "".join(word.lower().removesuffix("s") for word in name_words(name))


_SIGNS = regex(r"[^A-Za-z0-9]+")


def _beginning(names: Sequence[str]) -> str:
    """What all of some names begin with up to a sign, where that has a word and not only a parameter; else nothing."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(min(names), max(names), strict=False))
    common = "".join(letter for letter, _ in pairs)
    parameter, brace, rest = common.rpartition("}")
    match = _TO_A_SIGN.match(rest)
    begin = f"{parameter}{brace}{match[0]}" if match else ""
    return begin if _WORD.search(_PARAMETER.sub("", begin)) else ""


def _by_values(
    name: str, template: CloudFormationTemplate, names: Sequence[str], near: str
) -> Mapping[str, NamedStack]:
    """A name with its stack, once more for each value that the parameter in it may have there."""
    every, meant, *exports = ([one, *named_by_values(one, template.declared)] for one in (name, near, *names))
    return {
        one: NamedStack(template.source.path, template.root, [each[number] for each in exports], meant[number])
        for number, one in enumerate(every)
    }
