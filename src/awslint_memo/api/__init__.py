"""The Python API: lint templates and list rules. The command line and the tests use it too.

from awslint_memo import api
for finding in api.lint(["template.yaml"], advice=True).findings:
    print(finding.rule, finding.resource, finding.message)
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from awslint_memo.api.known import rules
from awslint_memo.api.questions import graph, recovery, settings, why
from awslint_memo.files.disk import ListedDisk
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root, bounds_of
from awslint_memo.files.source import Source
from awslint_memo.judging.clock import Clock
from awslint_memo.judging.report import Report
from awslint_memo.model import secret
from awslint_memo.model.record import replace

if TYPE_CHECKING:
    from awslint_memo.api.rule_tests import Tested
    from awslint_memo.fixes.mending import Mended
    from awslint_memo.fixes.suggestion import Suggestion
    from awslint_memo.judging.dependants import Dependants
    from awslint_memo.judging.memory import Memory
    from awslint_memo.judging.progress import Progress
    from awslint_memo.judging.run import Run
    from awslint_memo.model.finding import Finding, Level
    from awslint_memo.model.span import Problem
    from awslint_memo.settings.loading import Nearest
    from awslint_memo.settings.settings import Settings

__all__ = [
    "Report",
    "Session",
    "check_rules",
    "graph",
    "lint",
    "mend",
    "prune_baseline",
    "recovery",
    "rules",
    "save",
    "settings",
    "why",
    "write_baseline",
]

_OF_ONE_LOOK = ("paths", *("when_read", "against", "memory", "validate", "progress", "picture", "coverage"))
"""The arguments of `lint` that are not meant when fixes are proved."""


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
    policy: str | None = None,
    config_env: str | None = None,
    force_exclude: bool = False,
    gitignore: bool | None = None,
    links_stacks: bool = True,
    reports_unknown: bool = True,
    standard_input: Source | None = None,
    unsaved: Mapping[str, str] | None = None,
    coverage: bool = False,
    when_read: Callable[[], None] | None = None,
    root: str | None = None,
    against: str | None = None,
    baseline: str | Literal[False] | None = None,
    processes: int = 1,
    memory: Memory | None = None,
    validate: bool = False,
    progress: Progress | None = None,
    dependants: bool | Dependants = False,
    picture: bool = False,
) -> Report:
    """Lint files, and the templates in folders; without paths, the working folder. "-" stands for `standard_input`.

    select, ignore: ids of rules and patterns. profile: "core", "memo" or "all". advice: whether the report includes
    findings of level advice. fail_on: the least severe level that fails the run. parameters: files or Key=Value.
    var_files: files with values of Terraform variables. plan_source: the folder with the configuration of the plans.
    rule_folders: folders with the user's own rules, whose code is run. config: a configuration file to use instead of
    the nearest of each file. policy: a file, or the name of an installed policy, that all configurations extend.
    config_env: the environment of samconfig files in `parameters`. force_exclude: whether `exclude` of configurations
    holds for named files too. gitignore: whether walks leave out what `.gitignore` does; None: as the configuration
    says. links_stacks: whether stacks are linked by their exports and imports. reports_unknown: whether a named
    file that is no template is an error. unsaved: contents by path, used instead of files on disk. coverage: whether
    the report counts what was judged, and what no rule could tell. when_read: called once all files are read, and
    again before another landscape is judged. root: the folder outside of which no file is opened that is not named
    here; by default the repository of each path, else the working folder. against: a revision of git, "prior" for the
    prior state of plans, or an earlier JSON report; the report then says what changed. baseline: the file with the
    findings that are known; None: that of the configuration; False: none. processes: how many may work at once; each
    is a copy of this one, so then no threads may be running. memory: what a Session remembers. validate: whether
    cfn-lint checks the templates too. progress: is told what is done. dependants: whether users of `paths` are linted.
    picture: whether the report has the graph of what is linted, and what is known of its recovery.
    Raises Problem for settings that can't be used, and LookupError for an id or pattern that names no rule.
    """
    options = {name: value for name, value in locals().items() if name not in _OF_ONE_LOOK}
    clock = Clock(when_read)
    named = (config, policy, *parameters, *var_files, baseline or None)
    files = Files(unsaved, bounds_of(paths, root, plan_source, standard_input, named, ListedDisk()))
    known = rules(rule_folders)
    from awslint_memo.settings.loading import Loader
    from awslint_memo.settings.preparing import prepared, wanted_of

    def load(files: Files) -> Loader:
        return Loader(known, files, config, policy)

    if memory is not None:
        memory.begin(files)
    nearest = load(files)
    wanted = wanted_of(known, parameters, config_env, lambda one: one.chosen(known, select, ignore, profile))
    wanted = replace(wanted, advice=advice, fail_on=fail_on, profile=profile, forces_exclude=force_exclude)
    wanted = replace(wanted, git_ignore=gitignore, named=select)
    is_compared = against is not None or baseline is not None or bool(nearest.base.baseline)

    def prepare(files: Files, nearest: Nearest, standard_input: Source | None) -> Run:
        run = prepared(nearest, wanted, files)
        run.standard_input, run.var_files = standard_input, var_files
        run.says_unknown, run.links_stacks, run.plan_source = reports_unknown, links_stacks, plan_source
        run.processes, run.sees, run.beside = processes, is_compared, beside
        named = (*parameters, *var_files, *nearest.base.var_files, *nearest.base.parameter_files.values())
        run.values = named if dependants else None
        return run

    beside = None if isinstance(dependants, bool) else dependants
    secret.forget()
    run = prepare(files, nearest, standard_input)
    run.when_read, run.memory, run.seen.is_narrow = clock.read, memory, bool(parameters or var_files)
    run.validates, run.ignored, run.progress = validate, (*nearest.base.ignore, *ignore), progress or run.progress
    run.seen.folders = [path for path in paths or [""] if files.is_folder(path or os.curdir)]
    if coverage:
        from awslint_memo.judging.coverage import Coverage

        run.coverage = Coverage()
    known_findings = None
    if known_path := nearest.base.baseline if baseline is None else baseline:
        from awslint_memo.comparing.baseline import without

        known_findings = without(known_path, files)
    report = replace(clock.timed(run.report(paths)), suggest=partial(_suggested, files))
    beside = run.beside  # Another landscape is not searched anew.
    report = replace(report, prove=partial(_proved, paths, options, beside, report, files))
    if picture:
        wanted = replace(wanted, has_landscape=True)
        report = _pictured(report, prepare(files, nearest, standard_input), nearest.base, paths)
        wanted = replace(wanted, has_landscape=False)
    configurations = nearest.met
    if configurations or run.finder.ignored or run.finder.unapplied:
        from awslint_memo.settings.left_out import left_out

        said = left_out(configurations, {} if select else known, profile, run.finder)
        report = replace(report, notices=[*said, *report.notices])
    if against is not None:
        from awslint_memo.comparing import landscapes

        if when_read is not None:
            when_read()  # What was judged is kept.
        bounds, values = partial(bounds_of, paths, root, plan_source, standard_input, named), (*parameters, *var_files)
        shows_advice = run.scopes.base.shows_advice
        asked = landscapes.Asked(
            paths, files, nearest, load, values, standard_input, shows_advice, prepare, bounds, validate
        )
        report = landscapes.against(against, asked, report)
    return report if known_findings is None else known_findings(report)


def _pictured(report: Report, run: Run, settings: Settings, paths: Sequence[str]) -> Report:
    """The report with the graph and the survey of what it is about.

    What fails there only is told as a part that is not drawn, since a run ends alike with and without a picture.
    """
    from awslint_memo.settings.surveying import pictured

    graph, survey = pictured(run, settings, paths if run.beside is None else run.beside.with_paths(paths))
    known = {str(one) for one in report.errors}
    more = [one for one in map(str, graph.errors) if one not in known]
    return replace(report, graph=replace(graph, left_out=[*graph.left_out, *more]), survey=survey)


def write_baseline(report: Report, path: str) -> Report:
    """Write what a report has to a baseline, and give the report without it; of a run with `baseline=False`.

    What an earlier baseline at the path has of what the run did not look at stays in it. Raises Problem if the file
    can't be written, or is none.
    """
    from awslint_memo.comparing.baseline import written

    bounds = Root(report.seen.folders or [""])
    bounds.allow(path)
    return written(report, path, Files(bounds=bounds))


def prune_baseline(report: Report) -> Report:
    """Write the baseline that a run had without what no longer occurs. Raises Problem if that fails."""
    from awslint_memo.comparing.baseline import pruned

    return pruned(report)


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
    files = Files(unsaved, bounds_of(paths, options.get("root"), options.get("plan_source"), None, ()))
    return Mender(look, files, unsafe=unsafe).mend(report)


def check_rules(folder: str) -> list[Tested]:
    """Run the examples of all rules in a folder, whose code is run. Raises Problem for what can't be loaded."""
    from awslint_memo.api import rule_tests

    return rule_tests.check_rules(folder, mend)


def save(mended: Mended) -> list[Problem]:
    """Write the files that were mended; gives the errors of those that could not be written, which are as they were."""
    from awslint_memo.files.writing import rewrite_all

    return rewrite_all(mended.sources, mended.texts)


class Session:
    """Lints again and again, as an editor does, and reports what `lint` does; what an edit does not concern is kept."""

    def __init__(self, **options: Any) -> None:
        from awslint_memo.judging.memory import Memory

        self._options = options
        self._memory = Memory()

    def lint(self, paths: Sequence[str] = (), **options: Any) -> Report:
        """Lint as the function `lint` does, with the options that the session was made with and others."""
        collects = gc.isenabled()
        gc.disable()  # What is read is kept.
        self._memory.keep_only(paths)
        try:
            return lint(paths, memory=self._memory, **{**self._options, **options})
        finally:
            if collects:
                gc.enable()


def _proved(
    paths: Sequence[str],
    options: Mapping[str, Any],
    beside: Dependants | None,
    report: Report,
    files: Files,
    wanted: Sequence[Finding],
) -> list[Finding] | None:
    from awslint_memo.api.proving import proved

    def look(paths: Sequence[str], texts: Mapping[str, str]) -> Report:
        source = options["standard_input"]
        if source is not None and source.path in texts:
            source = Source(source.path, source.encoded(texts[source.path]))
        unsaved = {**(options["unsaved"] or {}), **texts}
        more = {"standard_input": source, "unsaved": unsaved, "dependants": beside or False}
        return lint(paths, **{**options, **more, "baseline": False, "processes": 1})

    return proved(paths, look, report, files, wanted)


def _suggested(files: Files, finding: Finding) -> Suggestion | None:
    if finding.fix is None:
        return None
    from awslint_memo.fixes.suggestion import Suggestions

    return files.once(Suggestions)(finding)
