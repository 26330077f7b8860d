"""What a survey has to say of the applications of the configuration that match nothing of the run."""

from __future__ import annotations

from collections.abc import Iterator

from awslint_memo.judging.survey import Survey
from awslint_memo.model.objectives import Application, Recovery
from awslint_memo.model.phrases import quoted
from awslint_memo.relations.recovery import store_objectives


def notices(found: Survey) -> Iterator[str]:
    """Sentences about applications that have no store in this run, and their paths at which there is no template."""
    every = [*found.declared.values(), *([] if found.recovery is None else [found.recovery])]
    told = [words for recovery in every for one in recovery.applications for words in _of_nothing(one, recovery, found)]
    yield from dict.fromkeys(told)


def _of_nothing(application: Application, recovery: Recovery, found: Survey) -> Iterator[str]:
    place, name = application.layer.place, application.name
    for path in store_objectives.unmatched(application, recovery, found.files):
        yield f"{place}: no template of this run is at {quoted(path)}, a path of the application {name}"
    if (place, name) not in found.matched:
        yield f"{place}: the application {name} has no store of data in this run"
    if application.policy and name not in found.named:
        yield f"{place}: the policy {application.policy} of the application {name} is not in this run"
