"""The list of rules: as a text table grouped by chapter, or as JSON with all metadata of each rule."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from awslint_memo.judging.rule import FIRST, Rule, is_preview
from awslint_memo.manual.memo import OTHER, OWN, chapter_of, chapters
from awslint_memo.model.patterns import matches
from awslint_memo.model.phrases import closest, counted


def chosen(rules: Iterable[Rule], wanted: Sequence[str], levels: Sequence[str]) -> list[Rule]:
    """The rules of services, ids (older ones too) or patterns, and of levels; without any, all.

    Raises LookupError for a word that names no rule.
    """
    every = list(rules)
    for word in wanted:
        if not any(_is_named(one, word) for one in every):
            known = [*(one.service for one in every), *(one.id for one in every)]
            raise LookupError(f"there is no service or rule {word}{closest(word, known)}")
    named = [one for one in every if not wanted or any(_is_named(one, word) for word in wanted)]
    return [one for one in named if not levels or one.level in levels]


def _is_named(rule: Rule, word: str) -> bool:
    return word == rule.service or any(matches(word, name) for name in (rule.id, *rule.aliases))


def table(rules: Iterable[Rule]) -> str:
    """A table with a line for each rule: id, level and title."""
    listed = list(rules)
    width = max((len(rule.id) for rule in listed), default=0)
    return "\n".join(_lines(listed, width)) + "\n"


def _lines(rules: list[Rule], width: int) -> Iterator[str]:
    room = max(40, shutil.get_terminal_size((160, 24)).columns - width - 12)
    titles = [*(chapter.title for chapter in chapters()), OTHER, OWN]
    by_chapter = sorted(rules, key=lambda rule: titles.index(chapter_of(rule)))
    for title, group in groupby(by_chapter, key=chapter_of):
        yield f"{title}:"
        for rule in group:
            title = rule.title if len(rule.title) <= room else rule.title[: room - 1] + "…"
            yield f"  {rule.id:<{width}}  {rule.level:<7}  {title}"
    yield f"{counted(len(rules), 'rule')}; awslint-memo explain RULE says more"


def as_json(rules: Iterable[Rule]) -> str:
    """A JSON document with an object for each rule."""
    said = [
        {
            "id": rule.id,
            "level": rule.level,
            "service": rule.service,
            "chapter": chapter_of(rule),
            "core": rule.is_core,
            "fix": rule.fix or None,
            "since": None if rule.is_users else rule.since or FIRST,
            "preview": is_preview(rule),
            "widened": dict(rule.widened),
            "title": rule.title,
            "reason": rule.reason,
            "advice": rule.advice,
            "memo": rule.memo,
            "url": rule.url,
            "resources": list(rule.resource),
            "options": {name.replace("_", "-"): _plain(default) for name, default in rule.options.items()},
            "aliases": list(rule.aliases),
        }
        for rule in rules
    ]
    return json.dumps({"version": 1, "rules": said}, indent=2) + "\n"


def _plain(default: object) -> object:
    return list(default) if isinstance(default, (tuple, set, frozenset)) else default


FORMS: Mapping[str, Callable[[Iterable[Rule]], str]] = {"text": table, "json": as_json}
"""The function that formats the list, by the name of the format."""
