"""What the configurations of now say otherwise than those of a revision, and whether that decides what is found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.judging.suppression import Configured
from awslint_memo.model.phrases import listed_in_line
from awslint_memo.model.record import replace
from awslint_memo.model.secret import without_secrets
from awslint_memo.settings.listing import values_of
from awslint_memo.settings.loading import Nearest
from awslint_memo.settings.settings import Settings

_APART = ("extends", "suppress", "baseline")
"""The settings that are compared by what they do: suppressed findings and known ones are told by themselves."""

_NAMED = 5
_LONGEST = 60


def differ(now: Settings, then: Settings) -> bool:
    """Whether two settings may judge the same files otherwise."""
    return _deciding(now) != _deciding(then)


def needs_leave(now: Settings, then: Settings) -> bool:
    """Whether the configurations of now suppress what policies of then may have something against."""
    return bool(then.locks) and any(not _is_in(each, then.suppress) for each in now.suppress)


def _deciding(settings: Settings) -> tuple[object, ...]:
    return (
        *(settings.profile, settings.select, settings.ignore, settings.fail_on, settings.off, settings.levels),
        *(settings.options, settings.exclude, settings.include, settings.as_of, settings.preview),
        *(settings.foreign_suppressions, settings.git_ignore, settings.declared, settings.deployments),
        *(settings.deployed, settings.var_files, settings.modules, settings.public_modules, settings.locks),
    )


def sentences(pairs: Iterable[tuple[Settings, Settings]], words: str) -> list[str]:
    """What the configurations of now say otherwise, each in one sentence. pairs: settings of now and of then."""
    found: dict[str, None] = {}
    for now, then in pairs:
        if differ(now, then):
            changes = listed_in_line(list(_changes(now, then)) or ["what it names has changed"], _NAMED)
            found[without_secrets(f"settings changed since {words}: {now.path or then.path}: {changes}")] = None
    return list(found)


def _changes(now: Settings, then: Settings) -> Iterator[str]:
    ours, theirs = _written(now), _written(then)
    for key in dict.fromkeys((*ours, *theirs)):
        if ours.get(key) != theirs.get(key):
            yield f"{key}: {theirs.get(key, 'nothing')} → {ours.get(key, 'nothing')}"


def _written(settings: Settings) -> dict[str, str]:
    values: dict[str, list[object]] = {}
    for value in values_of(settings):
        if value.key not in _APART:
            values.setdefault(value.key, []).append(value.value)
    return {key: _short(every[0] if len(every) == 1 else every) for key, every in values.items()}


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


class AsThen:
    """The settings that a revision had, for the files of now.

    What is suppressed is told by itself, so it is as now, as far as the policies of then allow it.
    """

    def __init__(self, then: Nearest, now: Nearest) -> None:
        self._then, self._now = then, now
        self._made: dict[tuple[int, int], tuple[Settings, Settings, Settings]] = {}
        self.base = self._of(then.base, now.base)

    def of(self, folder: str) -> Settings:
        """The settings for the files in a folder."""
        return self._of(self._then.of(folder), self._now.of(folder))

    def _of(self, then: Settings, now: Settings) -> Settings:
        key = id(then), id(now)
        if key not in self._made:
            suppress = tuple(_as_anybody(each, then.suppress) for each in now.suppress)
            self._made[key] = replace(then, suppress=suppress, refused=now.refused), then, now
        return self._made[key][0]


def _as_anybody(configured: Configured, then: Sequence[Configured]) -> Configured:
    """A suppression of now. A new one gets no place: in the file of a policy it would need no leave of that."""
    return configured if _is_in(configured, then) else replace(configured, span=replace(configured.span, path=""))


def _is_in(configured: Configured, then: Sequence[Configured]) -> bool:
    return any(replace(configured, span=other.span) == other for other in then)
