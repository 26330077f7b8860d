"""The Python API: lint templates and list rules. The command line and the tests use it too.

from awslint_memo import api
report = api.lint(["template.yaml"], advice=True)
for finding in report.findings:
    print(finding.rule, finding.resource, finding.message)
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.files.source import Source
from awslint_memo.judging.clock import Clock
from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.model.record import replace

if TYPE_CHECKING:
    from awslint_memo.fixes.mending import Mended
    from awslint_memo.fixes.suggestion import Suggestion
    from awslint_memo.judging.given import GivenNames
    from awslint_memo.judging.judge import LintOptions
    from awslint_memo.judging.run import Run
    from awslint_memo.judging.survey import Survey
    from awslint_memo.judging.why import Verdict
    from awslint_memo.model.finding import Finding, Level
    from awslint_memo.model.span import Problem
    from awslint_memo.settings.configuration import Settings

__all__ = ["Report", "lint", "mend", "recovery", "rules", "save", "why"]


def rules(folders: Sequence[str] = ()) -> Mapping[str, Rule]:
    """All rules by id: the package's own, those in `folders`, and those about suppressions.

    Raises Problem for a rule file that can't be loaded.
    """
    from awslint_memo.judging import registry
    from awslint_memo.judging.suppressions import ENGINE_RULES

    return {**registry.rules(tuple(os.path.abspath(folder) for folder in folders)), **ENGINE_RULES}


def lint(
    paths: Sequence[str] = (),
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    profile: str | None = None,
    advice: bool = False,
    fail_on: Level | Literal["never"] | None = None,
    parameters: Sequence[str] = (),
    var_files: Sequence[str] = (),
    plan_source: str | None = None,
    rule_folders: Sequence[str] = (),
    config: str | None = None,
    links_stacks: bool = True,
    reports_unknown: bool = True,
    standard_input: Source | None = None,
    unsaved: Mapping[str, str] | None = None,
    coverage: bool = False,
    when_read: Callable[[], None] | None = None,
    root: str | None = None,
) -> Report:
    """Lint files, and the templates in folders; without paths, the working folder. "-" stands for `standard_input`.

    select, ignore: ids of rules and patterns. profile: "core", "memo" or "all". advice: whether the report includes
    findings of level advice. fail_on: the least severe level that fails the run. parameters: files or Key=Value.
    var_files: files with values of Terraform variables. plan_source: the folder with the configuration of the plans.
    rule_folders: folders with the user's own rules, whose code is run. config: a configuration file to use instead of
    the nearest. links_stacks: whether stacks are linked by their exports and imports. reports_unknown: whether any
    named file that is no template is an error. unsaved: contents of files by path, used instead of those on disk.
    coverage: whether the report counts what was judged, and what no rule could tell. when_read: called once all files
    are read, before they are judged. root: the folder outside of which
    no file is opened that is not named here; by default the repository of each path, else the working folder.
    Raises Problem for settings that can't be used, and LookupError for an id or pattern that names no rule. Errors in a
    template are part of the report.
    """
    clock = Clock(when_read)
    named = (config, *parameters, *var_files)
    files = Files(unsaved, _bounds(paths, root, plan_source, standard_input, named))
    known = rules(rule_folders)
    settings = _settings(config, known, files)
    fails_on = fail_on or settings.fail_on or "warning"
    run = _run(settings, settings.chosen(known, select, ignore, profile), known, parameters, files)
    run.shows_advice = advice or fails_on == "advice" or (profile or settings.profile) == "all"
    run.says_unknown, run.links_stacks = reports_unknown, links_stacks
    run.var_files, run.plan_source = [*settings.var_files, *var_files], plan_source
    run.standard_input, run.fail_on, run.when_read = standard_input, fails_on, clock.read
    if coverage:
        from awslint_memo.judging.coverage import Coverage

        run.coverage = Coverage()
    return replace(clock.timed(run.report(paths)), suggest=partial(_suggested, files))


def mend(paths: Sequence[str] = (), *, unsafe: bool = False, **options: Any) -> Mended:
    """Mend the findings of a run that have a fix, in memory; `save` writes the files.

    unsafe: make fixes too that a person should decide about. The other arguments are those of `lint`, and what it
    raises is raised here. Each fix that is made is proved: judged again, the finding is gone and nothing new has come.
    """
    from awslint_memo.fixes.mending import Mender

    unsaved = dict(options.pop("unsaved", None) or {})

    def look(texts: Mapping[str, str]) -> Report:
        return lint(paths, unsaved={**unsaved, **texts}, **options)

    report = look({})
    files = Files(unsaved, _bounds(paths, options.get("root"), options.get("plan_source"), None, ()))
    return Mender(look, files, unsafe=unsafe).mend(report)


def save(mended: Mended) -> list[Problem]:
    """Write the files that were mended; gives the errors of those that could not be written, which are as they were."""
    from awslint_memo.files.writing import rewrite
    from awslint_memo.model.span import Problem

    def saved(path: str) -> Iterator[Problem]:
        try:
            rewrite(mended.sources[path], mended.texts[path])
        except Problem as problem:
            yield problem

    return [problem for path in mended.texts for problem in saved(path)]


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
    from awslint_memo.model.similar import closest

    named = (config, *parameters, *var_files)
    files = Files(unsaved, _bounds(paths, root, plan_source, standard_input, named))
    known = rules(rule_folders)
    wanted = next((one for one in known.values() if rule in (one.id, *one.aliases)), None)
    if wanted is None:
        raise LookupError(f"there is no rule {rule}{closest(rule, known)}")
    settings = _settings(config, known, files)
    yields_to = [one for one in settings.chosen(known, (), (), None) if one.id in wanted.yields_to]
    run = _run(settings, [wanted, *yields_to], known, parameters, files)
    run.var_files, run.plan_source = [*settings.var_files, *var_files], plan_source
    run.standard_input = standard_input
    found = run.verdicts(wanted, resource, paths)
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
    standard_input: Source | None = None,
    unsaved: Mapping[str, str] | None = None,
    root: str | None = None,
) -> Survey:
    """What each store of data loses after each disruption, and how one gets back, with objectives if there are any.

    The arguments are those of `lint`. Raises Problem for settings that can't be used; the result has errors in files.
    """
    from awslint_memo.judging import survey

    files = Files(unsaved, _bounds(paths, root, plan_source, standard_input, (config, *parameters, *var_files)))
    known = rules(rule_folders)
    settings = _settings(config, known, files)
    run = _run(settings, (), known, parameters, files)
    run.var_files, run.plan_source = [*settings.var_files, *var_files], plan_source
    run.standard_input = standard_input
    found = survey.Survey(recovery=settings.declared.recovery)
    run.survey(paths, lambda template, deployments: found.add(template, deployments, run.lint_options))
    found.errors = run.errors
    found.notices += survey.notices(found)
    if found.recovery is not None:
        from awslint_memo.settings.recovery import notices

        found.notices += notices(settings.path, found.recovery)
    return found


def _suggested(files: Files, finding: Finding) -> Suggestion | None:
    if finding.fix is None:
        return None
    from awslint_memo.fixes.suggestion import Suggestions

    return files.once(Suggestions)(finding)


def _bounds(
    paths: Sequence[str],
    root: str | None,
    plan_source: str | None,
    standard_input: Source | None,
    named: Sequence[str | None],
) -> Root:
    """What the run may open. named: files that are named for another purpose than to be checked."""
    entered = [standard_input.path if path == "-" and standard_input is not None else path for path in paths or [""]]
    bounds = Root([*entered, *([] if plan_source is None else [plan_source])], root)
    for path in named:
        if path is not None:
            bounds.allow(path)
    return bounds


def _settings(config: str | None, known: Mapping[str, Rule], files: Files) -> Settings:
    from awslint_memo.settings.configuration import load

    return load(Path(), None if config is None else Path(config), known, files)


def _run(
    settings: Settings, chosen: Sequence[Rule], known: Mapping[str, Rule], parameters: Sequence[str], files: Files
) -> Run:
    from datetime import date

    from awslint_memo.files.file_finder import FileFinder
    from awslint_memo.judging.run import Run
    from awslint_memo.judging.suppressions import Suppressions
    from awslint_memo.model import secret

    secret.forget()
    lint_options = _lint_options(settings, chosen, parameters, files)
    finder = files.finder = FileFinder(settings.root, settings.exclude, settings.include, files.bounds, files.unsaved)
    run = Run(lint_options, Suppressions(lint_options, known, date.today(), settings.suppress), files, finder)
    run.settings_path = settings.path
    run.given = _given(settings, lint_options, parameters, files)
    return run


def _given(settings: Settings, lint_options: LintOptions, parameters: Sequence[str], files: Files) -> GivenNames:
    from awslint_memo.judging.given import Given, GivenNames
    from awslint_memo.settings import parameter_files

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
    from awslint_memo.judging.judge import LintOptions
    from awslint_memo.settings import parameter_files

    return LintOptions(
        chosen,
        settings.levels,
        settings.options,
        settings.declared,
        parameter_files.read(parameters, files) if parameters else None,
        settings.deployments,
    )
