"""The rules as a list: for people a table by service, for machines everything that a rule says of itself."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from awslint_memo.rule import Rule


def table(rules: Iterable[Rule]) -> str:
    """One line a rule: id, level, title."""
    listed = list(rules)
    width = max(len(rule.id) for rule in listed)
    return "\n".join(_lines(listed, width)) + "\n"


def _lines(rules: list[Rule], width: int) -> Iterator[str]:
    room = max(40, shutil.get_terminal_size((160, 24)).columns - width - 12)
    for service, group in groupby(rules, key=lambda rule: rule.service):
        yield f"{service}:"
        for rule in group:
            title = rule.title if len(rule.title) <= room else rule.title[: room - 1] + "…"
            yield f"  {rule.id:<{width}}  {rule.level:<7}  {title}"
    yield f"{len(rules)} rules; awslint-memo explain RULE says more"


def as_json(rules: Iterable[Rule]) -> str:
    """A list of objects, one a rule."""
    said = [
        {
            "id": rule.id,
            "level": rule.level,
            "service": rule.service,
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
    return json.dumps({"version": 1, "rules": said}, ensure_ascii=False, indent=2) + "\n"


def _plain(default: object) -> object:
    return list(default) if isinstance(default, (tuple, set, frozenset)) else default


FORMS: Mapping[str, Callable[[Iterable[Rule]], str]] = {"text": table, "json": as_json}
"""How the list is shown, by the name of the format."""
