"""Finds what depends on the files that a run was given: a hook gets only those that changed, and a finding may be at
who uses them.

Configuration depends on the modules that it calls and on its files of variables, a template on those that it nests or
includes, and on those whose exports it imports. Files are searched for the words of such a use, and only those that
have some are parsed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from awslint_memo.files.files import Files
from awslint_memo.judging.notices import MOST_NAMED
from awslint_memo.judging.reading import having, may_be_template
from awslint_memo.model.finding import Finding
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.file_names import CALLS, VARIABLES, callers, may_call, read_names


@record
class Dependants:
    """What is linted besides what was named.

    paths: of the files, exporters included. context: the absolute paths of files that are only read: what is found in
    them is reported if it concerns another file. variables: the absolute paths of the files of variables for which
    configuration is linted instead. notices: what was not searched.
    """

    paths: dict[str, None] = field(default_factory=dict)
    context: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)
    notices: list[str] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)
    """Why files were not searched; what is in a named one is an error of the run."""

    def with_paths(self, paths: Sequence[str]) -> list[str]:
        """All that the run is to look at."""
        return [*(path for path in paths if os.path.abspath(path) not in self.variables), *self.paths]

    def shown(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings without those that concern only files that nobody asked about."""
        return [finding for finding in findings if not self.is_beside(finding)]

    def is_beside(self, finding: Finding) -> bool:
        """Whether a finding concerns only files that are read for others."""
        spans = (finding.span, *(related.span for related in finding.related))
        return bool(self.context) and all(os.path.abspath(span.path) in self.context for span in spans)


def dependants(paths: Sequence[str], values: Collection[str], files: Files) -> Dependants:
    """What depends on the files among these paths; folders are searched anyway.

    values: the files with values of parameters or variables that the user or the configuration names.
    """
    found = Dependants()
    named = [path for path in paths if path != "-" and files.is_file(path)]
    groups: dict[str, list[str]] = {}
    for path in named:
        groups.setdefault(files.root_above(path), []).append(path)
    for top, changed in groups.items():
        found.notices += _values_of_templates(changed, values)
        around = files.around(changed[0])
        if around is None:
            found.notices.append(
                f"{top}: too many files to search them for what depends on {listed(changed, MOST_NAMED)}"
            )
            continue
        spelled = {**around, **{os.path.abspath(path): path for path in changed}}
        found.paths |= dict.fromkeys(_of_terraform(changed, spelled, found, files))
        if any(map(may_be_template, changed)):
            _of_templates(changed, spelled, found, files)
    if found.unread:
        said = listed(list(dict.fromkeys(map(str, found.unread))), MOST_NAMED)  # Some are looked at twice.
        found.notices.append(f"not searched for what depends on other files: {said}")
    return found


def _of_templates(changed: Sequence[str], spelled: Mapping[str, str], found: Dependants, files: Files) -> None:
    """Add the templates that depend on changed ones."""
    from awslint_memo.judging.dependent_templates import Templates  # Terraform needs nothing of it.

    templates = Templates(changed, spelled, files)
    found.paths |= dict.fromkeys(templates.paths())
    found.context |= templates.context
    found.notices += templates.notices
    found.unread += templates.unread


def _values_of_templates(changed: Sequence[str], named: Collection[str]) -> Iterator[str]:
    """Notices that nobody looks for the templates that take the values of a file."""
    where = {os.path.abspath(path) for path in named}
    for path in changed:
        if os.path.abspath(path) in where and not path.endswith(VARIABLES):
            yield f"{path}: not checked: the templates that take these values are not searched; name them too"


def _of_terraform(changed: Sequence[str], spelled: dict[str, str], found: Dependants, files: Files) -> Iterator[str]:
    """The files of the folders that have a changed one, or call a module there."""
    folders = {os.path.dirname(os.path.abspath(path)): None for path in changed if may_call(path)}
    for path in changed:
        if path.endswith(VARIABLES):
            folder = _taking(path, files)
            if folder is None:
                found.notices.append(
                    f"{path}: not checked: it is not known which configuration takes these values; name it under "
                    "var-file or deployments in the configuration, or rename it to *.auto.tfvars"
                )
            else:
                folders[folder] = None
                found.variables.add(os.path.abspath(path))
    if not folders:
        return
    calling = {whole: path for whole, path in spelled.items() if may_call(path)}
    above = callers(folders, having(calling, lambda data: CALLS in data, found.unread, files), files.root_above)
    own = {os.path.abspath(path) for path in changed}
    # A folder keeps the words in which one of its files was named: a module is the files of one path.
    words = {os.path.dirname(os.path.abspath(path)): os.path.dirname(path) for path in (*calling.values(), *changed)}
    for folder in (*folders, *sorted(above - folders.keys())):
        for name in files.names(folder):
            if may_call(name) and os.path.join(folder, name) not in own:
                yield os.path.join(words.get(folder, folder), name)


def _taking(path: str, files: Files) -> str | None:
    """The folder of the configuration that takes the values of a file: the nearest above it; None if there is none."""
    folder = os.path.dirname(os.path.abspath(path))
    while files.is_inside(folder):
        if read_names(files.names(folder)):
            return folder
        if os.path.dirname(folder) == folder:
            break
        folder = os.path.dirname(folder)
    return None
