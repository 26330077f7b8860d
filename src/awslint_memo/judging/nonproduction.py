"""Findings in folders of tests, samples and other environments, whose templates deploy no production."""

from __future__ import annotations

import os
from collections.abc import Sequence

from awslint_memo.files.file_finder import relative
from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.phrases import counted, listed_in_line
from awslint_memo.readers.template import Template

_NAMED = 3
"""How many folders the notice about them names."""

_STAGE = "assembly-"
"""How the folders of the CDK's stages begin, which are told apart where their findings are joined."""


def lowered_by_folder(
    findings: Sequence[Finding],
    template: Template,
    options: CheckOptions,
    top: str,
    folders: list[str],
    files: Files,
) -> list[Finding]:
    """The findings, warnings of a template in a folder that deploys no production as advice.

    In a folder of tests or samples only what stands in one too is such: what a template uses from elsewhere, as the
    module of which it is the example, is no sample. A folder named as an environment counts where one beside it is
    named as production. An error stays one, and what a policy locks keeps its level. top: the folder from which names
    of folders count. folders: gets the name of the folder for each finding that was lowered. files: has the folders.
    """
    path, declared = template.source.path, options.declared
    if nonproduction_folder(path, top, declared, files) is None:
        return list(findings)
    environment = _environment(path, top, declared, files)
    kept = []
    for finding in findings:
        name = environment or _sample(finding.path, top, declared)
        if name is not None and finding.level == "warning" and finding.rule not in options.locked:
            folders.append(name)
            finding = finding.as_advice(f"in {name}/, which deploys no production")
        kept.append(finding)
    return kept


def nonproduction_folder(path: str, top: str, declared: Declared, files: Files) -> str | None:
    """The folder of another environment, of tests or samples in which a template is, whose warnings are advice; None if
    it is in none."""
    if not declared.environments:
        return None
    return _environment(path, top, declared, files) or _sample(path, top, declared)


def told(folders: Sequence[str]) -> list[str]:
    """The notice of how many warnings are advice for their folder, which `folders` has for each; none if none are."""
    if not folders:
        return []
    names = listed_in_line([f"{name}/" for name in dict.fromkeys(folders)], _NAMED)
    are = "is advice, as its template is" if len(folders) == 1 else "are advice, as their templates are"
    return [f"{counted(len(folders), 'warning')} {are} in a folder that deploys no production: {names} (environments)"]


def _folders(path: str, top: str) -> Sequence[str]:
    return relative(path, top).split("/")[:-1]


def _sample(path: str, top: str, declared: Declared) -> str | None:
    """The first folder on a path that is named as those of tests and samples are; None if none is."""
    words = {name.lower() for name in declared.folders}
    return next((name for name in _folders(path, top) if name.lower() in words), None)


def _environment(path: str, top: str, declared: Declared, files: Files) -> str | None:
    """The first folder on a path that is named as another environment than production, which stands beside it."""
    parts = _folders(path, top)
    for number, name in enumerate(parts):
        if is_named_like(name, declared.development) and not name.startswith(_STAGE):
            beside = files.listing(os.path.join(top, *parts[:number])).folders
            others = [other for other in beside if not is_named_like(other, declared.development)]
            if any(is_named_like(other, declared.production) for other in others):
                return name
    return None
