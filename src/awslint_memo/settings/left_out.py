"""What is said of a configuration that is odd or leaves much out of a run, so nobody takes silence for a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.files.file_finder import FileFinder
from awslint_memo.judging.notices import excluded, few_rules, ignored
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.model.record import replace
from awslint_memo.settings.settings import Settings


def left_out(
    configurations: Sequence[Settings], known: Mapping[str, Rule], profile: str | None, finder: FileFinder
) -> list[str]:
    """Sentences about rules that configurations turn off, the paths that they and git left out of a run, and odd
    objectives.

    known: all rules; empty if the user named the rules of the run.
    """
    said = [words for one in configurations if known for words in _turned_off(one, known, profile)]
    by_place: dict[str, list[str]] = {}
    for path, place in finder.excluded.items():
        by_place.setdefault(place, []).append(path)
    said += [words for place, paths in by_place.items() for words in excluded(paths, place)]
    said += [words for one in configurations for words in _odd_objectives(one)]
    return [*said, *ignored(list(finder.ignored)), *finder.unapplied]


def _odd_objectives(settings: Settings) -> list[str]:
    if settings.declared.recovery is None:
        return []
    from awslint_memo.settings.recovery import notices

    return list(notices(settings.path, settings.declared.recovery))


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
