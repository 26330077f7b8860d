"""Finds what depends on the files that a run was given: a hook gets only those that changed, and a finding may be at
who uses them.

Configuration depends on the modules that it calls and on its files of variables, a template on those that it nests or
includes, and on those whose exports it imports. Files are searched for the words of such a use, and only those that
have some are parsed.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.files.files import Files
from awslint_memo.judging.notices import MOST_NAMED
from awslint_memo.judging.reading import having, may_be_template
from awslint_memo.model.finding import Finding
from awslint_memo.model.name_words import VARIABLES, may_have_values
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Problem
from awslint_memo.readers.terraform.file_names import CALLS, callers, may_call, read_names

if TYPE_CHECKING:
    from awslint_memo.files.staged import Staged


_PARAMETER_VALUES = (".json", ".yaml", ".yml")
"""How the names of files end that may give a template values of its parameters."""


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
    errors: list[Problem] = field(default_factory=list)
    """What a commit leaves broken, or changes and nobody can check."""
    unplaced: list[Problem] = field(default_factory=list)
    """The files of variables of which it is not known who takes them."""
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


def dependants(paths: Sequence[str], values: Collection[str], files: Files, staged: Staged | None = None) -> Dependants:
    """What depends on the files among these paths; folders are searched anyway.

    values: the files with values of parameters or variables that the user or the configuration names. staged: what
    a commit changes; None if it is not about a commit, of which what nobody can check is an error.
    """
    found = Dependants()
    gone = dict.fromkeys(path for path in (() if staged is None else staged.used) if not files.is_file(path))
    named = [path for path in paths if path != "-" and files.is_file(path)]
    groups: dict[str, list[str]] = {}
    for path in (*named, *gone):
        groups.setdefault(files.root_above(path), []).append(path)
    for top, changed in groups.items():
        if staged is None:  # Else what is deployed with them is compared.
            found.notices += _values_of_templates(changed, values)
        around = files.around(changed[0])
        if around is None:
            found.notices.append(
                f"{top}: too many files to search them for what depends on {listed(changed, MOST_NAMED)}"
            )
            continue
        spelled = {**around, **{os.path.abspath(path): path for path in changed if path not in gone}}
        known = values if staged is not None else ()  # What is deployed with these is compared.
        found.paths |= dict.fromkeys(_of_terraform(changed, spelled, found, files, known))
        found.paths |= dict.fromkeys(_of_parameter_values(changed, files))
        if any(map(may_be_template, changed)):
            _of_templates(changed, spelled, found, files, staged)
        if staged is not None and any(map(may_call, changed)):
            found.errors += _broken_calls(changed, gone, spelled, files, staged)
    if staged is not None:
        found.errors += found.unplaced
    else:
        found.notices += (f"{problem.path}: {problem.message}" for problem in found.unplaced)
    if found.unread:
        said = listed(list(dict.fromkeys(map(str, found.unread))), MOST_NAMED)  # Some are looked at twice.
        found.notices.append(f"not searched for what depends on other files: {said}")
    return found


def _of_templates(
    changed: Sequence[str], spelled: Mapping[str, str], found: Dependants, files: Files, staged: Staged | None
) -> None:
    """Add the templates that depend on changed ones."""
    from awslint_memo.judging.dependent_templates import Templates  # Terraform needs nothing of it.

    templates = Templates(changed, spelled, files)
    found.paths |= dict.fromkeys(templates.paths())
    gone = [whole for whole in map(os.path.abspath, changed) if whole not in spelled]
    if gone:
        from awslint_memo.judging.deleted_files import nested_in

        found.errors += nested_in(gone, templates.sources, {} if staged is None else staged.moved)
    found.context |= templates.context
    found.notices += templates.notices
    found.unread += templates.unread


def _values_of_templates(changed: Sequence[str], named: Collection[str]) -> Iterator[str]:
    """Notices that nobody looks for the templates that take the values of a file."""
    where = {os.path.abspath(path) for path in named}
    for path in changed:
        if os.path.abspath(path) in where and not may_have_values(path):
            yield f"{path}: not checked: the templates that take these values are not searched; name them too"


def _broken_calls(
    changed: Sequence[str], gone: Collection[str], spelled: Mapping[str, str], files: Files, staged: Staged
) -> Iterator[Problem]:
    """The calls of modules that a commit deletes, or changes so that Terraform refuses the call."""
    from awslint_memo.judging.deleted_files import callers_of
    from awslint_memo.judging.module_interfaces import refused_calls

    calling = {whole: path for whole, path in spelled.items() if may_call(path)}
    sources = list(having(calling, lambda data: CALLS in data, [], files))
    yield from callers_of([path for path in changed if path in gone], sources, files, staged.moved)
    yield from refused_calls({os.path.dirname(os.path.abspath(path)) for path in changed}, sources, files, staged)


def _of_parameter_values(changed: Sequence[str], files: Files) -> Iterator[str]:
    """The templates to which samconfig files, and files of parameter values, among changed ones give values."""
    for path in changed:
        if os.path.basename(path).startswith("samconfig."):
            from awslint_memo.readers.sam.samconfig import templates_of

            yield from (one for one in templates_of(path, files) if one not in changed)
        elif path.endswith(_PARAMETER_VALUES):
            from awslint_memo.readers.cloudformation.value_files import ValueFiles

            yield from (one for one in files.once(ValueFiles).templates_of(path) if one not in changed)


def _of_terraform(
    changed: Sequence[str], spelled: dict[str, str], found: Dependants, files: Files, known: Collection[str]
) -> Iterator[str]:
    """The files of the folders that have a changed one, or call a module there. known: the files of values of which
    somebody else looks for who takes them."""
    elsewhere = {os.path.abspath(path) for path in known}
    folders = {os.path.dirname(os.path.abspath(path)): None for path in changed if may_call(path)}
    for path in changed:
        if may_have_values(path):
            folder = _taking(path, files)
            if folder is None and not path.endswith(VARIABLES):
                continue  # Files of other programs may be called so, too.
            if folder is None and os.path.abspath(path) in elsewhere:
                found.variables.add(os.path.abspath(path))
            elif folder is None:
                found.unplaced.append(
                    Problem(
                        "not checked: it is not known which configuration takes these values; name it under var-file "
                        "or deployments in the configuration, or rename it to *.auto.tfvars",
                        path,
                        is_partial=True,
                    )
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
