"""What may be asked of templates and settings beside a report: why a rule reports, recovery, graphs, what counts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.api.known import rules
from awslint_memo.files.files import Files
from awslint_memo.files.root import bounds_of
from awslint_memo.files.source import Source
from awslint_memo.judging.rule import Rule
from awslint_memo.model import secret
from awslint_memo.model.record import replace

if TYPE_CHECKING:
    from awslint_memo.judging.run import Run
    from awslint_memo.judging.survey import Survey
    from awslint_memo.judging.why import Verdict
    from awslint_memo.model.span import Problem
    from awslint_memo.relations.graph.graph import Graph
    from awslint_memo.settings.settings import Settings


def why(
    rule: str,
    resource: str,
    paths: Sequence[str] = (),
    *,
    parameters: Sequence[str] = (),
    var_files: Sequence[str] = (),
    plan_source: str | None = None,
    rule_folders: Sequence[str] = (),
    config: str | None = None,
    policy: str | None = None,
    config_env: str | None = None,
    standard_input: Source | None = None,
    unsaved: Mapping[str, str] | None = None,
    root: str | None = None,
    unread: list[Problem] | None = None,
) -> list[Verdict]:
    """How a rule comes to its verdict on a resource (its name or a pattern): each value that it read, with its origin.

    unread: receives the errors of files, if the resource was found in others. The other arguments are those of `lint`.
    Raises LookupError, with a sentence, for a rule or resource that is not there, and Problem for settings or files
    that can't be used.
    """
    from awslint_memo.judging.asking import verdicts_of
    from awslint_memo.model.similar import closest
    from awslint_memo.settings.loading import Loader
    from awslint_memo.settings.preparing import prepared, wanted_of

    named = (config, policy, *parameters, *var_files)
    files = Files(unsaved, bounds_of(paths, root, plan_source, standard_input, named))
    known = rules(rule_folders)
    wanted = next((one for one in known.values() if rule in (one.id, *one.aliases)), None)
    if wanted is None:
        raise LookupError(f"there is no rule {rule}{closest(rule, known)}")
    nearest = Loader(known, files, config, policy)
    secret.forget()
    asked = wanted

    def choose(settings: Settings) -> list[Rule]:
        return [asked, *(one for one in settings.chosen(known, (), (), None) if one.id in asked.yields_to)]

    run = prepared(nearest, replace(wanted_of(known, parameters, config_env, choose), named=[rule]), files)
    run.var_files, run.plan_source = var_files, plan_source
    run.standard_input = standard_input
    found = verdicts_of(run, wanted, resource, paths)
    if unread is not None:
        unread += run.errors
    return found


def recovery(
    paths: Sequence[str] = (),
    *,
    parameters: Sequence[str] = (),
    var_files: Sequence[str] = (),
    plan_source: str | None = None,
    rule_folders: Sequence[str] = (),
    config: str | None = None,
    policy: str | None = None,
    config_env: str | None = None,
    standard_input: Source | None = None,
    unsaved: Mapping[str, str] | None = None,
    root: str | None = None,
) -> Survey:
    """What each store of data loses after each disruption, and how one gets back, with objectives if there are any.

    The arguments are those of `lint`. Raises Problem for settings that can't be used; the result has errors in files.
    """
    from awslint_memo.settings.surveying import surveyed

    run, settings = _run(
        paths,
        parameters=parameters,
        var_files=var_files,
        plan_source=plan_source,
        rule_folders=rule_folders,
        config=config,
        policy=policy,
        config_env=config_env,
        standard_input=standard_input,
        unsaved=unsaved,
        root=root,
    )
    return surveyed(run, settings, paths)


def graph(
    paths: Sequence[str] = (),
    *,
    parameters: Sequence[str] = (),
    var_files: Sequence[str] = (),
    plan_source: str | None = None,
    rule_folders: Sequence[str] = (),
    config: str | None = None,
    policy: str | None = None,
    config_env: str | None = None,
    standard_input: Source | None = None,
    unsaved: Mapping[str, str] | None = None,
    root: str | None = None,
) -> Graph:
    """What templates make, and how it hangs together.

    The arguments are those of `lint`. Raises Problem for settings that can't be used; the result has errors in files.
    """
    from awslint_memo.settings.surveying import drawn

    run, _ = _run(
        paths,
        parameters=parameters,
        var_files=var_files,
        plan_source=plan_source,
        rule_folders=rule_folders,
        config=config,
        policy=policy,
        config_env=config_env,
        standard_input=standard_input,
        unsaved=unsaved,
        root=root,
    )
    return drawn(run, paths)


def _run(
    paths: Sequence[str],
    *,
    parameters: Sequence[str],
    var_files: Sequence[str],
    plan_source: str | None,
    rule_folders: Sequence[str],
    config: str | None,
    policy: str | None,
    config_env: str | None,
    standard_input: Source | None,
    unsaved: Mapping[str, str] | None,
    root: str | None,
) -> tuple[Run, Settings]:
    """A run without rules, for somebody who looks at its templates, and the settings of the working folder."""
    from awslint_memo.settings.loading import Loader
    from awslint_memo.settings.preparing import prepared, wanted_of

    named = (config, policy, *parameters, *var_files)
    files = Files(unsaved, bounds_of(paths, root, plan_source, standard_input, named))
    known = rules(rule_folders)
    nearest = Loader(known, files, config, policy)
    secret.forget()
    wanted = replace(wanted_of(known, parameters, config_env, lambda _: ()), has_landscape=True)
    run = prepared(nearest, wanted, files)
    run.var_files, run.plan_source = var_files, plan_source
    run.standard_input = standard_input
    return run, nearest.base


def settings(
    path: str = "",
    *,
    rule_folders: Sequence[str] = (),
    config: str | None = None,
    policy: str | None = None,
    root: str | None = None,
) -> Settings:
    """The settings that count for a file, or for the files in a folder. Raises Problem for what can't be used."""
    from awslint_memo.settings.loading import Loader

    files = Files(bounds=bounds_of([path], root, None, None, (config, policy)))
    loader = Loader(rules(rule_folders), files, config, policy)
    return loader.of(path if os.path.isdir(path or os.curdir) else os.path.dirname(path))
