"""The one way in: for the command line, for tests, and for programs that lint.

from awslint_memo import api
report = api.lint(["template.yaml"], advice=True)
for finding in report.findings:
    print(finding.rule, finding.resource, finding.message)
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging.report import Report
from awslint_memo.judging.rule import Rule

if TYPE_CHECKING:
    from awslint_memo.judging.judge import LintOptions
    from awslint_memo.model.finding import Level
    from awslint_memo.settings.configuration import Settings

__all__ = ["Report", "lint", "rules"]


def rules(folders: Sequence[str] = ()) -> Mapping[str, Rule]:
    """All rules by id: the package's own, those in `folders`, and those about suppressions.

    Raises Problem for a rule's file that can't be used.
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
) -> Report:
    """Lint files and what folders hold; without paths, the working folder. "-" stands for `standard_input`.

    select, ignore: ids of rules and patterns. profile: "core", "memo" or "all". advice: whether the report holds advice
    too. fail_on: the lightest level that fails the run. parameters: files or Key=Value. var_files: files of values for
    Terraform's variables. plan_source: the folder of the configuration that plans were made of. rule_folders: folders
    of the user's own rules, which are run. config: a configuration instead of the nearest. links_stacks: whether stacks
    that import what others export are judged together. reports_unknown: whether a named file that is no template is
    worth a notice. unsaved: text by path that counts instead of what the disk holds. Raises Problem, with a sentence,
    for settings that can't be used, and LookupError for what names no rule; what is wrong in a template stands in the
    report.
    """
    from datetime import date

    from awslint_memo.files.file_finder import FileFinder
    from awslint_memo.judging.run import Run
    from awslint_memo.judging.suppressions import Suppressions
    from awslint_memo.settings.configuration import load

    files = Files(unsaved)
    known = rules(rule_folders)
    settings = load(Path(), None if config is None else Path(config), known, files)
    lint_options = _lint_options(settings, settings.chosen(known, select, ignore, profile), parameters, files)
    fails_on = fail_on or settings.fail_on or "warning"
    return Run(
        lint_options,
        Suppressions(lint_options, known, date.today(), settings.suppress),
        files,
        FileFinder(settings.root, settings.exclude, settings.include),
        shows_advice=advice or fails_on == "advice" or (profile or settings.profile) == "all",
        says_unknown=reports_unknown,
        links_stacks=links_stacks,
        var_files=var_files,
        plan_source=plan_source,
        standard_input=standard_input,
        fail_on=fails_on,
    ).report(paths)


def _lint_options(settings: Settings, chosen: Sequence[Rule], parameters: Sequence[str], files: Files) -> LintOptions:
    from awslint_memo.judging.judge import LintOptions
    from awslint_memo.readers.looked_at import LookedAt
    from awslint_memo.settings import parameter_files

    return LintOptions(
        chosen,
        LookedAt(type_ for rule in chosen for type_ in rule.resource),
        settings.levels,
        settings.options,
        settings.declared,
        parameter_files.read(parameters, files) if parameters else None,
        settings.deployments,
    )
