"""Prepares a run for the settings and the values of parameters that the user gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from awslint_memo.files.file_finder import FileFinder
from awslint_memo.files.files import Files
from awslint_memo.judging.given import Given, GivenNames
from awslint_memo.judging.judge import LintOptions
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.run import Run
from awslint_memo.judging.suppressions import Suppressions
from awslint_memo.settings import parameter_files
from awslint_memo.settings.settings import Settings

if TYPE_CHECKING:
    from awslint_memo.judging.families import Landscape


def prepared(
    settings: Settings, chosen: Sequence[Rule], known: Mapping[str, Rule], parameters: Sequence[str], files: Files
) -> Run:
    """A run that applies the chosen rules. parameters: files or Key=Value. Raises Problem for values of no use."""
    lint_options = _lint_options(settings, chosen, parameters, files)
    # What the run leaves out is said; other searches for files leave out the same.
    finder, files.finder = (
        FileFinder(settings.root, settings.exclude, settings.include, files.bounds, files.unsaved) for _ in range(2)
    )
    run = Run(lint_options, Suppressions(lint_options, known, date.today(), settings.suppress), files, finder)
    run.settings_path = settings.path
    run.given = _given(settings, lint_options, parameters, files)
    return run


def _given(settings: Settings, lint_options: LintOptions, parameters: Sequence[str], files: Files) -> GivenNames:
    def place(name: str, deployment: str) -> str:
        if deployment in settings.parameter_files:
            return parameter_files.place(name, [settings.parameter_files[deployment]], files)
        return configured("deployments", deployment, name)

    def configured(*at: str) -> str:
        return f"{settings.path}:{settings.place(at).line}"

    given = []
    if lint_options.parameters is not None:
        given = [Given(lint_options.parameters, partial(parameter_files.place, arguments=parameters, files=files))]
    else:
        for name, values in settings.deployments.items():
            given.append(Given(values, partial(place, deployment=name), is_for_run=False))
    times = {queue: configured("processing-time", queue) for queue in settings.declared.processing_times}
    return GivenNames(given, times, settings.root, files.finder)


def _lint_options(settings: Settings, chosen: Sequence[Rule], parameters: Sequence[str], files: Files) -> LintOptions:
    return LintOptions(
        chosen,
        settings.levels,
        settings.options,
        settings.declared,
        parameter_files.read(parameters, files) if parameters else None,
        settings.deployments,
        _landscape(settings),
        settings.deployed,
        settings.root,
    )


def _landscape(settings: Settings) -> Landscape | None:
    """What tells the templates of a run of each other; only objectives of recovery ask for that."""
    if settings.declared.recovery is None:
        return None
    from awslint_memo.judging.families import Landscape

    return Landscape()
