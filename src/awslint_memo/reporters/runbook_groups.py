"""Runbooks of deployments that have the same steps, told once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.judging.survey import Survey
from awslint_memo.model.phrases import listed
from awslint_memo.model.secret import without_keys
from awslint_memo.relations.recovery import same_names
from awslint_memo.relations.recovery.runbooks.runbooks import Runbook
from awslint_memo.relations.recovery.runbooks.tasks import NAMED
from awslint_memo.reporters import runbook_words as words


def once(survey: Survey) -> list[tuple[Runbook, bool, Sequence[str]]]:
    """The runbooks of a run, each with whether other deployments of its template have other steps, and with the names
    of those that have the same ones, whose runbooks are left out."""
    alike: dict[object, list[tuple[Runbook, bool]]] = {}
    for number, (runbook, differs) in enumerate(words.runbooks(survey)):
        head_ = tuple(words.head(runbook, is_one_of_several=False))
        key = (runbook.application, runbook.name, runbook.disruption, head_, differs, tuple(runbook.outline))
        # Without a name, nobody could say of which deployment it is too.
        alike.setdefault(key if runbook.deployments else number, []).append((runbook, differs))
    others = ([name for other, _ in rest for name in other.deployments] for _, *rest in alike.values())
    return [(*first, names) for (first, *_), names in zip(alike.values(), others, strict=True)]


def also(runbook: Runbook, names: Sequence[str]) -> Iterator[str]:
    """That a runbook is that of other deployments too, and what of these can't be in one account."""
    if not names:
        return
    others = listed(list(map(without_keys, names)), NAMED)
    yield f"Also for: {others}; each by itself, with its own identifiers."
    stores = (row.store.resource for row in runbook.rows)
    named = (name for store in stores if (name := same_names.name(store)) is not None)
    known = list(dict.fromkeys(map(without_keys, named)))
    if known:
        yield f"An account has one of a name in a Region ({listed(known, NAMED)}): each needs its own account."
