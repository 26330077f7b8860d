"""The Python API: lint templates and list rules. The command line and the tests use it too.

from awslint_memo import api
for finding in api.lint(["template.yaml"], advice=True).findings:
    print(finding.rule, finding.resource, finding.message)
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from awslint_memo.api.linting import Linting
from awslint_memo.api.questions import graph, recovery, settings, why
from awslint_memo.api.request import Request, rules
from awslint_memo.files.files import Files
from awslint_memo.files.root import Root, bounds_of
from awslint_memo.files.source import Source
from awslint_memo.judging.report import Report

if TYPE_CHECKING:
    from awslint_memo.api.rule_tests import Tested
    from awslint_memo.comparing.merged import Merged
    from awslint_memo.files.staged import Staged
    from awslint_memo.fixes.fixing import Fixed
    from awslint_memo.judging.dependants import Dependants
    from awslint_memo.judging.memory import Memory
    from awslint_memo.judging.run_options import Progress
    from awslint_memo.manual.confidence import Confidence
    from awslint_memo.model.finding import Level
    from awslint_memo.model.span import Problem

__all__ = [
    "Report",
    "Session",
    "check_rules",
    "fix",
    "graph",
    "lint",
    "merge",
    "prune_baseline",
    "recovery",
    "rules",
    "save",
    "settings",
    "why",
    "write_baseline",
]


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
    unsaved: Mapping[str, str | bytes] | None = None,
    coverage: bool = False,
    when_read: Callable[[], None] | None = None,
    root: str | None = None,
    against: str | None = None,
    gate: bool | Literal["policy"] | None = None,
    baseline: str | Literal[False] | None = None,
    processes: int = 1,
    memory: Memory | None = None,
    validate: bool | str = False,
    progress: Progress | None = None,
    dependants: bool | Dependants = False,
    staged: Staged | None = None,
    picture: bool = False,
    ranks: bool = False,
    fail_on_nothing: bool = False,
    min_confidence: Confidence | None = None,
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
    prior state of plans, or an earlier JSON report; the report then says what changed. gate: whether the run fails too
    for what was looked at there and is hidden now, against HEAD if `against` is None; None: with `against`, if a policy
    stands; "policy": if a policy stands, against HEAD too. baseline: the file with the
    findings that are known; None: that of the configuration; False: none. processes: how many may work at once; each
    is a copy of this one, so then no threads may be running. memory: what a Session remembers. validate: whether
    cfn-lint checks the templates too; a path: with this configuration of its own, which may name code that it runs.
    progress: is told what is done. dependants: whether users of `paths` are linted. staged: what a commit
    changes: users of what it deletes are linted too; then what of the commit nobody can check is an error, and without
    paths these users alone are linted.
    picture: whether the report has the graph of what is linted, and what is known of its recovery. ranks: whether
    it has the graph alone, if there is more than one finding to put in order. fail_on_nothing:
    whether a run that judges no resource fails. min_confidence: leaves out findings of rules that are less sure,
    but for those that a policy locks, and unless there is a gate; a notice counts them.
    Raises Problem for settings that can't be used, and LookupError for an id or pattern that names no rule.
    """
    return Linting(Request(**locals())).report()


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
    """Write the baseline that a run had without what no longer occurs, and with what it knew by likeness as that is
    called now. Raises Problem if that fails."""
    from awslint_memo.comparing.baseline import pruned

    return pruned(report, Files(bounds=Root(report.seen.folders or [""])))


def fix(paths: Sequence[str] = (), *, unsafe: bool = False, **options: Any) -> Fixed:
    """Fix the findings of a run that have a fix, in memory; `save` writes the files.

    unsafe: make fixes too that a person should decide about. The other arguments are those of `lint`, and what it
    raises is raised here; with `against`, only what is new since then is fixed. Each fix that is made is proved: judged
    again, the finding is gone and nothing new has come.
    """
    from awslint_memo.fixes.fixing import Fixer, each
    from awslint_memo.model.record import replace

    unsaved = dict(options.pop("unsaved", None) or {})
    against = options.pop("against", None)

    def look(texts: Mapping[str, str]) -> Report:
        return lint(paths, unsaved={**unsaved, **files.encoded(texts)}, **options)

    files = Files(unsaved, bounds_of(paths, options.get("root"), options.get("plan_source"), None, ()))
    report, fixer = look({}), Fixer(look, files, unsafe=unsafe)
    if against is None:
        return fixer.fix(report)
    compared = lint(paths, unsaved=unsaved, against=against, **options)
    fixed = fixer.fix(report, each(compared.against.worse if compared.against is not None else compared.findings))
    left = lint(paths, unsaved={**unsaved, **files.encoded(fixed.texts)}, against=against, **options)
    return replace(fixed, report=left)


def merge(reports: Sequence[str], *, keeps_findings: bool = False, expected: str | None = None) -> Merged:
    """The totals of JSON reports of `lint`, one of each repository, by level, rule, owner and root.

    reports: files, and folders with them. keeps_findings: whether each finding is kept too. expected: a file with the
    names of all repositories, one a line, so that those without a report are told; raises Problem if it can't be read.
    What is no report is in `refused` of the result.
    """
    from awslint_memo.comparing.merged import merged

    return merged(reports, keeps_findings=keeps_findings, expected=expected)


def check_rules(folder: str) -> list[Tested]:
    """Run the examples of all rules in a folder, whose code is run. Raises Problem for what can't be loaded."""
    from awslint_memo.api import rule_tests

    return rule_tests.check_rules(folder, fix)


def save(fixed: Fixed) -> list[Problem]:
    """Write the files that were fixed; gives the errors of those that could not be written, which are as they were."""
    from awslint_memo.files.writing import rewrite_all

    return rewrite_all(fixed.sources, fixed.texts)


class Session:
    """Lints again and again, as an editor does, and reports what `lint` does; what an edit does not concern is kept."""

    def __init__(self, **options: Any) -> None:
        from awslint_memo.judging.memory import Memory

        self._options = options
        self._memory = Memory()
        self.why = self._memory.verdicts

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
