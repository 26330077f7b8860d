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

from awslint_memo.files.files import Files
from awslint_memo.files.root import Root, bounds_of
from awslint_memo.files.source import Source
from awslint_memo.judging.clock import Clock
from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule
from awslint_memo.model import secret
from awslint_memo.model.record import replace

if TYPE_CHECKING:
    from awslint_memo.fixes.mending import Mended
    from awslint_memo.fixes.suggestion import Suggestion
    from awslint_memo.judging.dependants import Dependants
    from awslint_memo.judging.memory import Memory
    from awslint_memo.judging.progress import Progress
    from awslint_memo.judging.run import Run
    from awslint_memo.judging.survey import Survey
    from awslint_memo.judging.why import Verdict
    from awslint_memo.model.finding import Finding, Level
    from awslint_memo.model.span import Problem
    from awslint_memo.settings.settings import Settings

__all__ = ["Report", "Session", "lint", "mend", "prune_baseline", "recovery", "rules", "save", "why", "write_baseline"]


def rules(folders: Sequence[str] = ()) -> Mapping[str, Rule]:
    """All rules by id: the package's own, those in `folders`, and those about suppressions.

    Raises Problem for a rule file that can't be loaded.
    """
    from awslint_memo.judging import registry
    from awslint_memo.judging.engine_rules import ENGINE_RULES

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
    against: str | None = None,
    baseline: str | Literal[False] | None = None,
    processes: int = 1,
    memory: Memory | None = None,
    validate: bool = False,
    progress: Progress | None = None,
    dependants: bool | Dependants = False,
) -> Report:
    """Lint files, and the templates in folders; without paths, the working folder. "-" stands for `standard_input`.

    select, ignore: ids of rules and patterns. profile: "core", "memo" or "all". advice: whether the report includes
    findings of level advice. fail_on: the least severe level that fails the run. parameters: files or Key=Value.
    var_files: files with values of Terraform variables. plan_source: the folder with the configuration of the plans.
    rule_folders: folders with the user's own rules, whose code is run. config: a configuration file to use instead of
    the nearest. links_stacks: whether stacks are linked by their exports and imports. reports_unknown: whether a named
    file that is no template is an error. unsaved: contents by path, used instead of files on disk. coverage: whether
    the report counts what was judged, and what no rule could tell. when_read: called once all files are read, and
    again before another landscape is judged. root: the folder outside of which no file is opened that is not named
    here; by default the repository of each path, else the working folder. against: a revision of git, "prior" for the
    prior state of plans, or an earlier JSON report; the report then says what changed. baseline: the file with the
    findings that are known; None: that of the configuration; False: none. processes: how many may work at once; each
    is a copy of this one, so then no threads may be running. memory: what a Session remembers. validate: whether
    cfn-lint checks the templates too. progress: is told what is done. dependants: whether who uses `paths` is linted, or who.
    Raises Problem for settings that can't be used, and LookupError for an id or pattern that names no rule.
    """
    clock = Clock(when_read)
    named = (config, *parameters, *var_files, baseline or None)
    files = Files(unsaved, bounds_of(paths, root, plan_source, standard_input, named))
    known = rules(rule_folders)
    settings = _settings(config, known, files)
    fails_on = fail_on or settings.fail_on or "warning"
    from awslint_memo.settings.preparing import prepared

    chosen = settings.chosen(known, select, ignore, profile)
    shows_advice = advice or fails_on == "advice" or (profile or settings.profile) == "all"
    is_compared = against is not None or baseline is not None or bool(settings.baseline)

    def prepare(files: Files, settings: Settings, standard_input: Source | None) -> Run:
        run = prepared(settings, chosen, known, parameters, files)
        run.shows_advice, run.fail_on, run.standard_input = shows_advice, fails_on, standard_input
        run.says_unknown, run.links_stacks, run.plan_source = reports_unknown, links_stacks, plan_source
        run.processes, run.sees, run.var_files = processes, is_compared, [*settings.var_files, *var_files]
        run.values = [*parameters, *run.var_files, *settings.parameter_files.values()] if dependants else None
        run.beside = beside
        return run

    beside = None if isinstance(dependants, bool) else dependants
    secret.forget()
    run = prepare(files, settings, standard_input)
    run.when_read, run.memory, run.seen.is_narrow = clock.read, memory, bool(parameters or var_files)
    run.validates, run.ignored, run.progress = validate, (*settings.ignore, *ignore), progress or run.progress
    run.seen.folders = [path for path in paths or [""] if files.is_folder(path or os.curdir)]
    if coverage:
        from awslint_memo.judging.coverage import Coverage

        run.coverage = Coverage()
    known_findings = None
    if known_path := settings.baseline if baseline is None else baseline:
        from awslint_memo.comparing.baseline import without

        known_findings = without(known_path, files)
    report = replace(clock.timed(run.report(paths)), suggest=partial(_suggested, files))
    beside = run.beside  # Another landscape is not searched anew.
    if settings.path:
        from awslint_memo.settings.left_out import left_out

        said = left_out(settings, {} if select else known, profile, run.finder.excluded)
        report = replace(report, notices=[*said, *report.notices])
    if against is not None:
        from awslint_memo.comparing import landscapes

        if when_read is not None:
            when_read()  # What was judged is kept.
        bounds, values = partial(bounds_of, paths, root, plan_source, standard_input, named), (*parameters, *var_files)
        asked = landscapes.Asked(
            paths, files, settings, config, known, values, standard_input, shows_advice, prepare, bounds, validate
        )
        report = landscapes.against(against, asked, report)
    return report if known_findings is None else known_findings(report)


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
        try:
            return lint(paths, memory=self._memory, **{**self._options, **options})
        finally:
            if collects:
                gc.enable()


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
    from awslint_memo.settings.preparing import prepared

    files = Files(unsaved, bounds_of(paths, root, plan_source, standard_input, (config, *parameters, *var_files)))
    known = rules(rule_folders)
    wanted = next((one for one in known.values() if rule in (one.id, *one.aliases)), None)
    if wanted is None:
        raise LookupError(f"there is no rule {rule}{closest(rule, known)}")
    settings = _settings(config, known, files)
    secret.forget()
    yields_to = [one for one in settings.chosen(known, (), (), None) if one.id in wanted.yields_to]
    run = prepared(settings, [wanted, *yields_to], known, parameters, files)
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
    from awslint_memo.settings.preparing import prepared
    from awslint_memo.settings.surveying import surveyed

    files = Files(unsaved, bounds_of(paths, root, plan_source, standard_input, (config, *parameters, *var_files)))
    known = rules(rule_folders)
    settings = _settings(config, known, files)
    secret.forget()
    run = prepared(settings, (), known, parameters, files)
    run.var_files, run.plan_source = [*settings.var_files, *var_files], plan_source
    run.standard_input = standard_input
    return surveyed(run, settings, paths)


def _suggested(files: Files, finding: Finding) -> Suggestion | None:
    if finding.fix is None:
        return None
    from awslint_memo.fixes.suggestion import Suggestions

    return files.once(Suggestions)(finding)


def _settings(config: str | None, known: Mapping[str, Rule], files: Files) -> Settings:
    from awslint_memo.settings.loading import load

    return load("", config, known, files)
