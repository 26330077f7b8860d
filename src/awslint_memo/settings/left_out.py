"""What is said of a configuration that leaves much out of a run, so that nobody takes silence for a verdict."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from awslint_memo.judging.engine_rules import ENGINE_RULES
from awslint_memo.judging.notices import excluded, few_rules
from awslint_memo.judging.rule import Rule
from awslint_memo.model.record import replace
from awslint_memo.settings.settings import Settings


def left_out(settings: Settings, known: Mapping[str, Rule], profile: str | None, paths: Collection[str]) -> list[str]:
    """Sentences about rules that the configuration turns off, and about the paths that it left out of a run.

    known: all rules; empty if the user named the rules of the run.
    """
    said = _turned_off(settings, known, profile) if known else []
    if paths:
        said += excluded(list(paths), f"{settings.path}:{settings.place(('exclude',)).line}")
    return said


def _turned_off(settings: Settings, known: Mapping[str, Rule], profile: str | None) -> list[str]:
    """What is to be said if the configuration turns off most rules of the profile."""
    if not (settings.select or settings.ignore or settings.off):
        return []
    whole = replace(settings, select=(), ignore=(), off=frozenset())
    kept, every = (
        len([rule for rule in one.chosen(known, (), (), profile) if rule.id not in ENGINE_RULES])
        for one in (settings, whole)
    )
    return few_rules(kept, every, settings.path)
