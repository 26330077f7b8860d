"""Notices about calls of Terraform's modules: of those that are not downloaded, those read as they are here, and those
judged by facts."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence

from awslint_memo.judging.notices import MOST_NAMED
from awslint_memo.model.phrases import counted, listed, listed_in_line
from awslint_memo.readers.template import Template
from awslint_memo.readers.terraform.module_calls import KnownCall, ModuleCalls

_ROOTS = 3
"""How many roots have a notice each; those of more are one."""

_OPENTOFU = (".tofu", ".tofu.json")


def not_downloaded(every: Iterable[ModuleCalls]) -> list[str]:
    """The notices of calls of modules that are not downloaded: one a root, or one for many roots."""
    roots: dict[str, ModuleCalls] = {}
    for calls in every:
        known = roots.get(calls.folder)
        roots[calls.folder] = calls if known is None else known.joined(calls)
    if len(roots) <= _ROOTS:
        return [_of_root(calls) for calls in roots.values()]
    first = next(iter(roots.values()))
    number = sum(len(calls.unread_blocks) for calls in roots.values())
    where = listed_in_line([f"{calls.folder} ({_count(calls)})" for calls in roots.values()], MOST_NAMED)
    calls_in = f"{number} module calls not read in {len(roots)} roots: {where}"
    return [f"{_place(first)}{calls_in}; `{_command(first)}` in each of them reads them"]


def _of_root(calls: ModuleCalls) -> str:
    names = listed_in_line(list(dict.fromkeys(words for words, _ in calls.unread.values())), MOST_NAMED)
    where = "" if calls.folder == os.curdir else f" in {calls.folder}"
    noun = "module call" if len(calls.every_block) == 1 else "module calls"
    read = f"`{_command(calls)}`{where} reads {'it' if len(calls.unread_blocks) == 1 else 'them'}"
    return f"{_place(calls)}{_count(calls)} {noun} not read: {names}; {read}"


def _count(calls: ModuleCalls) -> str:
    return f"{len(calls.unread_blocks)} of {len(calls.every_block)}"


def _place(calls: ModuleCalls) -> str:
    """What stands before a notice about calls: the place of the first of them."""
    return f"{calls.first.path}:{calls.first.line}: "


def _command(calls: ModuleCalls) -> str:
    """What downloads them."""
    is_for_opentofu = any(span.path.endswith(_OPENTOFU) for span in calls.every_block)
    return "tofu get" if is_for_opentofu else "terraform get"


def read_here(modules: Sequence[str]) -> list[str]:
    """The notice that Terraform's modules were read from files here though an address names them; none if none were."""
    if not modules:
        return []
    words = (
        "as it is here, whatever revision it names"
        if len(modules) == 1
        else "as they are here, whatever revisions they name"
    )
    return [f"{counted(len(modules), 'module')} read {words}: {listed_in_line(modules, MOST_NAMED)}"]


def by_facts(calls: Iterable[KnownCall]) -> list[str]:
    """The notice that public modules were judged by facts about their releases; none if none were."""
    every = list(dict.fromkeys(calls))
    if not every:
        return []
    count = f"{len(every)} calls of public modules" if len(every) > 1 else "1 call of a public module"
    days, names = listed(sorted({call.day for call in every})), listed_in_line(list(map(str, every)), MOST_NAMED)
    return [f"{count} judged by facts of {days}, without the files of the modules: {names}"]


def not_told(inside: int) -> list[str]:
    """The notice that advice is left out which only a called module could follow; none if none is."""
    if not inside:
        return []
    what = "1 piece of advice" if inside == 1 else f"{inside} pieces of advice"
    return [f"{what} on what called modules decide, whatever the calls say: left out (--profile all tells it)"]


def judged_in_roots(modules: Sequence[Template], reached: Collection[str]) -> list[str]:
    """The notices that modules were looked at only in the roots that call them, or in none, as none makes them; none
    if each was looked at by itself.

    Of the former only those with a provider of their own are told: nobody takes the others for roots. reached: the
    absolute paths of the files that are in a deployment.
    """
    made = [module for module in modules if os.path.abspath(module.source.path) in reached]
    idle = [_folder(module) for module in modules if module not in made]
    return [*_judged([_folder(module) for module in made if module.is_root]), *_not_judged(idle)]


def _judged(folders: Sequence[str]) -> Iterator[str]:
    if folders:
        words = "1 module with a provider of its own is judged in the roots that call it, not as a root"
        if len(folders) > 1:
            which = f"{len(folders)} modules with providers of their own"
            words = f"{which} are judged in the roots that call them, not as roots"
        yield f"{words}: {listed_in_line(folders, MOST_NAMED)} (name one alone to have it judged as a root)"


def _not_judged(folders: Sequence[str]) -> Iterator[str]:
    if folders:
        words = "1 module is not judged, as the roots that call it make"
        if len(folders) > 1:
            words = f"{len(folders)} modules are not judged, as the roots that call them make"
        it, names = "it" if len(folders) == 1 else "them", listed_in_line(folders, MOST_NAMED)
        yield f"{words} none of {it} by the values here: {names} (give others, or name one alone)"


def _folder(module: Template) -> str:
    return os.path.dirname(module.source.path) or os.curdir
