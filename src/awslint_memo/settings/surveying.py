"""Looks at the templates of a run: what they say of recovery, with the objectives of its configuration; their graph."""

from __future__ import annotations

from collections.abc import Sequence

from awslint_memo.judging import survey
from awslint_memo.judging.graphing import Drawing
from awslint_memo.judging.run import Run
from awslint_memo.model.record import replace
from awslint_memo.relations.graph.graph import Graph
from awslint_memo.settings import recovery
from awslint_memo.settings.settings import Settings


def surveyed(run: Run, settings: Settings, paths: Sequence[str]) -> survey.Survey:
    """What each store loses and how one gets back, for the files that `paths` name or contain."""
    found = survey.Survey(recovery=settings.declared.recovery)
    run.survey(paths, found.add)
    found.errors = run.errors
    found.notices += [*survey.notices(found), *run.scopes.base.lint_options.notices()]
    if found.recovery is not None:
        found.notices += recovery.notices(settings.path, found.recovery)
    return found


def drawn(run: Run, paths: Sequence[str]) -> Graph:
    """The graph of what the files that `paths` name or contain make."""
    drawing = Drawing()
    run.survey(paths, drawing.add)
    graph = drawing.graph()
    notices = dict.fromkeys((*graph.left_out, *run.scopes.base.lint_options.notices()))
    return replace(graph, left_out=list(notices), errors=run.errors)
