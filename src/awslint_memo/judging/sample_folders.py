"""Findings in folders of tests, samples and other environments, whose templates deploy no production."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence

from awslint_memo.files.file_finder import relative
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.phrases import counted, listed_in_line
from awslint_memo.model.record import replace
from awslint_memo.readers.template import Template

_NAMED = 3
"""How many folders the notice about them names."""


def with_samples(
    findings: Sequence[Finding],
    template: Template,
    options: CheckOptions,
    top: str,
    folders: list[str],
    names_in: Callable[[str], Collection[str]],
) -> list[Finding]:
    """The findings, warnings of a template in a folder that deploys no production as advice.

    In a folder of tests or samples only what stands in one too is such: what a template uses from elsewhere, as the
    module of which it is the example, is no sample. A folder named as an environment counts where one beside it is
    named as production. An error stays one, and what a policy locks keeps its level. top: the folder from which names
    of folders count. folders: gets the name of the folder for each finding that was lowered. names_in: the folders in a
    folder.
    """
    declared = options.declared
    if not declared.environments:
        return list(findings)
    words = {name.lower() for name in declared.folders}
    path = relative(template.source.path, top)
    environment = _environment(path, top, declared, names_in)
    if environment is None and _sample(path, words) is None:
        return list(findings)
    return [_lowered(finding, words, environment, options.locked, top, folders) for finding in findings]


def sample_folder(path: str, top: str, declared: Declared) -> str | None:
    """The folder of tests or samples in which a file is, whose warnings are advice; None if it is in none."""
    words = {name.lower() for name in declared.folders} if declared.environments else set()
    return _sample(relative(path, top), words)


def told(folders: Iterable[str]) -> list[str]:
    """The notice of how many warnings are advice for their folder; folders: one for each. None if there are none."""
    every = list(folders)
    if not every:
        return []
    names = listed_in_line([f"{name}/" for name in dict.fromkeys(every)], _NAMED)
    are = "is advice, as its template is" if len(every) == 1 else "are advice, as their templates are"
    return [f"{counted(len(every), 'warning')} {are} in a folder that deploys no production: {names} (environments)"]


def _lowered(
    finding: Finding,
    words: Collection[str],
    environment: str | None,
    locked: Collection[str],
    top: str,
    folders: list[str],
) -> Finding:
    if finding.level != "warning" or finding.rule in locked:
        return finding
    name = environment or _sample(relative(finding.path, top), words)
    if name is None:
        return finding
    folders.append(name)
    return replace(finding, level="advice", deployment=finding.deployment or f"in {name}/, which deploys no production")


def _sample(path: str, words: Collection[str]) -> str | None:
    """The first folder on a path that has one of these names; None if none has."""
    return next((name for name in path.split("/")[:-1] if name.lower() in words), None)


_STAGE = "assembly-"
"""How the folders of the CDK's stages begin, which are told apart where their findings are joined."""


def _environment(path: str, top: str, declared: Declared, names_in: Callable[[str], Collection[str]]) -> str | None:
    """The first folder on a path that is named as another environment than production, which stands beside it."""
    parts = path.split("/")[:-1]
    for number, name in enumerate(parts):
        if is_named_like(name, declared.development) and not name.startswith(_STAGE):
            beside = names_in(os.path.join(top, *parts[:number]))
            others = [other for other in beside if not is_named_like(other, declared.development)]
            if any(is_named_like(other, declared.production) for other in others):
                return name
    return None
