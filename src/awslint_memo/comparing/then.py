"""The settings and the values of parameters with which an earlier landscape is judged.

The configuration of now judges both sides, so that a changed rule or level does not look like a change of the
templates. Only what it suppresses is that of the revision, so that a new suppression is told. Files with values of
parameters are a part of the landscape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.judging.rule import Rule
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.settings import parameter_files
from awslint_memo.settings.loading import load
from awslint_memo.settings.settings import Settings


def values_then(bounds: Root, now: Files, paths: Iterable[str]) -> Files:
    """The files of the revision. paths: files with values; one that there was not yet is taken as it is now."""
    then = Files(bounds=bounds)
    missing = [path for path in paths if now.is_file(path) and not then.is_file(path)]
    return Files({path: now.read(path).text for path in missing}, bounds) if missing else then


def settings_then(
    settings: Settings, config: str | None, known: Mapping[str, Rule], files: Files
) -> tuple[Settings, list[str]]:
    """The settings for the files of the revision, and sentences about what could not be taken from there."""
    notices = []
    suppress, deployments = settings.suppress, settings.deployments
    try:
        suppress = load("", config, known, files).suppress
    except Problem as problem:
        why = f"that of the revision can't be used ({problem})"
        notices.append(f"what the configuration suppresses now was taken for both sides, since {why}")
    try:
        read = {name: parameter_files.read([path], files) for name, path in settings.parameter_files.items()}
        deployments = {name: read.get(name, values) for name, values in settings.deployments.items()}
    except Problem as problem:
        notices.append(f"the parameters of now were taken for both sides, since those of then are no use ({problem})")
    return replace(settings, suppress=suppress, deployments=deployments), notices
