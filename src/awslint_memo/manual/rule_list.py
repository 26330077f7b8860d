"""Lists of the rules: text, JSON, for coding agents (llms.txt), and the ids that there ever were; the agents' guide."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby

from awslint_memo.files.rule_files import packaged
from awslint_memo.judging.rule import FIRST, Rule, is_preview
from awslint_memo.manual.confidence import Measure, confidence_of, measure_of
from awslint_memo.manual.costs import costs
from awslint_memo.manual.elsewhere import KINDS, names
from awslint_memo.manual.memo import OTHER, OWN, chapter_of, chapters
from awslint_memo.model.patterns import matches
from awslint_memo.model.phrases import closest, counted


def chosen(rules: Iterable[Rule], words: Sequence[str], levels: Sequence[str]) -> list[Rule]:
    """The rules of services, ids (older ones too) or patterns, and of levels; without any, all.

    Raises LookupError for a word that names no rule.
    """
    every = list(rules)
    for word in words:
        if not any(_is_named(rule, word) for rule in every):
            known = [*(rule.service for rule in every), *(rule.id for rule in every)]
            raise LookupError(f"there is no service or rule {word}{closest(word, known)}")
    named = [rule for rule in every if not words or any(_is_named(rule, word) for word in words)]
    return [rule for rule in named if not levels or rule.level in levels]


def _is_named(rule: Rule, word: str) -> bool:
    return word == rule.service or any(matches(word, name) for name in (rule.id, *rule.aliases))


def table(rules: Iterable[Rule]) -> str:
    """A table with a line for each rule: id, level, confidence (`-`: not measured) and title."""
    listed = list(rules)
    width = max((len(rule.id) for rule in listed), default=0)
    return "\n".join(_lines(listed, width)) + "\n"


def _lines(rules: list[Rule], width: int) -> Iterator[str]:
    room = max(48, shutil.get_terminal_size((160, 24)).columns - width - 20)
    titles = [*(chapter.title for chapter in chapters()), OTHER, OWN]
    by_chapter = sorted(rules, key=lambda rule: titles.index(chapter_of(rule)))
    for title, group in groupby(by_chapter, key=chapter_of):
        yield f"{title}:"
        for rule in group:
            title = rule.title if len(rule.title) <= room else rule.title[: room - 1] + "…"
            yield f"  {rule.id:<{width}}  {rule.level:<7}  {confidence_of(rule.id) or '-':<6}  {title}"
    yield f"{counted(len(rules), 'rule')}; awslint-memo explain RULE says more"


def as_json(rules: Iterable[Rule]) -> str:
    """A JSON document with an object for each rule."""
    members = [
        {
            "id": rule.id,
            "level": rule.level,
            "confidence": confidence_of(rule.id),
            "cost": costs().get(rule.id),
            "read": _read(measure_of(rule)),
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
            "elsewhere": [
                {"kind": KINDS[name.kind][0], "name": name.text, "url": name.url} for name in names().get(rule.id, ())
            ],
        }
        for rule in rules
    ]
    return json.dumps({"version": 1, "rules": members}, indent=2) + "\n"


def _read(measure: Measure | None) -> dict[str, int] | None:
    """What readers said of a rule's findings."""
    if measure is None:
        return None
    members = {"findings": measure.read, "true": measure.true, "debatable": measure.debatable}
    return {**members, "false": measure.false, "mended": measure.mended}


def _plain(default: object) -> object:
    return list(default) if isinstance(default, (tuple, set, frozenset)) else default


FORMS: Mapping[str, Callable[[Iterable[Rule]], str]] = {"text": table, "json": as_json}
"""The function that formats the list, by the name of the format."""


_ABOUT = (
    "Finds where CloudFormation, SAM, CDK output, Terraform and Terraform plans depart from AWS best practices, says "
    "what follows and what to write instead, and mends what is safe. Offline; needs no AWS account."
)


def llms(pages: Iterable[tuple[str, str]], rules: Iterable[Rule]) -> str:
    """The list of all pages. pages: the file name and the title of each."""
    lines = ["# awslint-memo", "", f"> {_ABOUT}", "", "## Pages", "", "- [How an agent works with it](SKILL.md)"]
    lines += [f"- [{title}]({name})" for name, title in pages]
    lines += ["", "## Rules", ""]
    lines += [f"- [{rule.id}](rules/{rule.id}.md): {rule.title}" for rule in rules]
    return "\n".join(lines) + "\n"


def skill() -> str:
    """How an agent works with the tool, in the form that agents load."""
    return packaged("manual/SKILL.md").text


FILE = "manual/catalogue.txt"
"""The list, an id a line: none is taken away, and new ones stand at the end."""

USERS, UNREAD = 9998, 9999
"""The numbers of all rules of the user's own, and of what could not be checked."""

_FIRST = 9501
"""cfn-lint leaves the numbers from 9000 on to others; its own custom rules take theirs from 9001 on, by line. What no
number is left for behind the first one has those before it, the nearest one first."""


@cache
def numbers() -> Mapping[str, int]:
    """The number of each rule that the package ever had, by its id; a rule keeps it for ever."""
    every = [*range(_FIRST, USERS), *range(_FIRST - 1, 9000, -1)]
    return dict(zip(packaged(FILE).text.split(), every, strict=False))
