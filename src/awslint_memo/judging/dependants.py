"""Finds what depends on the files that a run was given: a hook gets only those that changed, and a finding may be at
who uses them.

Configuration depends on the modules that it calls and on its files of variables, a template on those that it nests or
includes, and on those whose exports it imports. Files are searched for the words of such a use, and only those that
have some are parsed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging.isolation import isolated, within_budget
from awslint_memo.judging.notices import MOST_NAMED
from awslint_memo.judging.searching import having
from awslint_memo.model.finding import Finding
from awslint_memo.model.listing import listed
from awslint_memo.model.record import field, record
from awslint_memo.model.regex import regex
from awslint_memo.model.span import Problem
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.recognition import template
from awslint_memo.readers.terraform.callers import CALLS, callers, is_automatic, may_call
from awslint_memo.readers.terraform.file_names import is_read, read_names

MOST_PARSED = 200
"""How many templates that may use or give something are parsed."""

_SUFFIXES = (".yaml", ".yml", ".json", ".template")
_VARIABLES = (".tfvars", ".tfvars.json")
_TYPE = b"::"
"""What each type of a resource has."""

_USES = (b"CloudFormation::Stack", b"Serverless::Application", b"AWS::Include")
_IMPORTS, _EXPORTS = b"ImportValue", b"Export"

_FEW = 50
"""For so many names of files a text is searched for each; for more, its words are looked up among them."""

_NAME = regex(rb"[\w.+-]+\.(?:ya?ml|json|template)", re.IGNORECASE)
"""What may be the name of a file in a template."""


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
        return [one for one in findings if not self.is_beside(one)]

    def is_beside(self, one: Finding) -> bool:
        """Whether a finding concerns only files that are read for others."""
        spans = (one.span, *(related.span for related in one.related))
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
        found.paths |= dict.fromkeys(_of_terraform(changed, values, spelled, found, files))
        found.paths |= dict.fromkeys(Templates(changed, spelled, found, files).paths())
    if found.unread:
        said = listed([str(one) for one in found.unread], MOST_NAMED)
        found.notices.append(f"not searched for what depends on other files: {said}")
    return found


def _values_of_templates(changed: Sequence[str], named: Collection[str]) -> Iterator[str]:
    """Notices that nobody looks for the templates that take the values of a file."""
    where = {os.path.abspath(path) for path in named}
    for path in changed:
        if os.path.abspath(path) in where and not path.endswith(_VARIABLES):
            yield f"{path}: not checked: the templates that take these values are not searched; name them too"


def _of_terraform(
    changed: Sequence[str], values: Collection[str], spelled: dict[str, str], found: Dependants, files: Files
) -> Iterator[str]:
    """The files of the folders that have a changed one, or call a module there."""
    named = {os.path.abspath(path) for path in values}
    folders = {os.path.dirname(os.path.abspath(path)): None for path in changed if may_call(path)}
    for path in changed:
        if path.endswith(_VARIABLES):
            folder = _taking(path, named, files)
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
    above = callers(folders, having(calling, CALLS, (CALLS,), found.unread, files), files.root_above)
    own = {os.path.abspath(path) for path in changed}
    # A folder keeps the words in which one of its files was named: a module is the files of one path.
    words = {os.path.dirname(os.path.abspath(path)): os.path.dirname(path) for path in (*calling.values(), *changed)}
    for folder in (*folders, *sorted(above - folders.keys())):
        for name in files.names(folder):
            if may_call(name) and os.path.join(folder, name) not in own:
                yield os.path.join(words.get(folder, folder), name)


def _taking(path: str, named: Collection[str], files: Files) -> str | None:
    """The folder of the configuration that takes the values of a file; None if that is not known."""
    folder = os.path.dirname(os.path.abspath(path))
    if not is_automatic(path) and os.path.abspath(path) not in named:
        return None
    while files.is_inside(folder):
        if read_names(files.names(folder)):
            return folder
        if is_automatic(path) or os.path.dirname(folder) == folder:
            break
        folder = os.path.dirname(folder)
    return None


class Templates:
    """Searches the templates of a repository.

    changed: the files that were named. spelled: the paths of all files by absolute path.
    """

    def __init__(self, changed: Sequence[str], spelled: dict[str, str], found: Dependants, files: Files) -> None:
        self._found = found
        self._files = files
        self._changed = {os.path.abspath(path): path for path in changed if _may_be_template(path)}
        self._spelled = spelled
        self._sources: dict[str, Source] = {}
        self._named: dict[str, set[bytes]] = {}
        self._parsed: dict[str, CloudFormationTemplate | None] = {}
        self._is_full = False

    def paths(self) -> Iterator[str]:
        """The paths of what depends on the changed ones, and of the exporters that all of them import from."""
        if not self._changed:
            return
        wanted = {whole: path for whole, path in self._spelled.items() if _may_be_template(path)}
        for one in having(wanted, _TYPE, (*_USES, _IMPORTS, _EXPORTS), self._found.unread, self._files):
            self._sources[os.path.abspath(one.path)] = one
        reached = dict(self._changed)
        pending = list(reached)
        while pending:
            pending = list(dict.fromkeys(self._above(pending, reached)))
            reached |= {path: self._spelled[path] for path in pending}
        context = self._below(reached)
        self._found.context |= set(context)
        if self._is_full:
            self._found.notices.append(
                f"more than {MOST_PARSED} templates may depend on each other here, and only these were searched for "
                f"what depends on {listed(list(self._changed.values()), MOST_NAMED)}"
            )
        yield from (path for where, path in reached.items() if where not in self._changed)
        yield from (self._spelled[path] for path in context)

    def _above(self, paths: Collection[str], reached: Collection[str]) -> Iterator[str]:
        """Who nests, includes or imports from these, without those that are reached."""
        names = {os.path.basename(path).encode("utf-8", "surrogateescape") for path in paths}
        is_few = len(names) <= _FEW
        searched = {name for name in names if is_few or not _NAME.fullmatch(name)}
        for path in self._having(reached, *_USES):
            data = self._sources[path].data
            may_use = any(name in data for name in searched)
            may_use = may_use or not (is_few or names.isdisjoint(self._words(path)))
            if may_use and not self._uses(path).isdisjoint(paths):
                yield path
        importers = self._having(reached, _IMPORTS)
        given = self._names(paths, _EXPORTS, _exported) if importers else set()
        yield from (path for path in importers if given and self._names([path], _IMPORTS, _imported) & given)

    def _below(self, reached: Collection[str]) -> list[str]:
        """Who exports what these import."""
        exporters = self._having(reached, _EXPORTS)
        wanted = self._names(reached, _IMPORTS, _imported) if exporters else set()
        return [path for path in exporters if wanted and self._names([path], _EXPORTS, _exported) & wanted]

    def _words(self, path: str) -> set[bytes]:
        """The words of a template that may be names of files."""
        if path not in self._named:
            self._named[path] = set(_NAME.findall(self._sources[path].data))
        return self._named[path]

    def _having(self, reached: Collection[str], *words: bytes) -> list[str]:
        """The templates with one of these words, without those that are reached."""
        return [
            path
            for path, one in self._sources.items()
            if path not in reached and any(word in one.data for word in words)
        ]

    def _uses(self, path: str) -> set[str]:
        """The absolute paths of what a template nests or includes."""
        used: set[str] = set()
        one = self._template(path)
        if one is not None:
            with self._told(one.source.path), within_budget([one], []):
                used = {os.path.abspath(other) for other in one.nests | one.includes}
        return used

    def _names(self, paths: Iterable[str], word: bytes, ask: Callable[[CloudFormationTemplate], set[str]]) -> set[str]:
        """The names of exports that templates with a word export or import."""
        names: set[str] = set()
        for path in paths:
            one = self._template(path) if path in self._sources and word in self._sources[path].data else None
            if one is not None:
                with self._told(one.source.path), within_budget([one], []):
                    names |= ask(one)
        return names

    def _template(self, path: str) -> CloudFormationTemplate | None:
        if path not in self._parsed:
            if len(self._parsed) >= MOST_PARSED and path not in self._changed:
                self._is_full = True
                return None
            made = None
            with self._told(self._sources[path].path):
                made = template(self._sources[path], self._files)
            self._parsed[path] = made if isinstance(made, CloudFormationTemplate) else None
        return self._parsed[path]

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        """Tell of an exception with the files that were not searched; of a named one the run tells later."""
        errors: list[Problem] = []
        with isolated(path, errors):
            yield
        if os.path.abspath(path) not in self._changed:
            self._found.unread += errors


def _may_be_template(path: str) -> bool:
    return path.lower().endswith(_SUFFIXES) and not is_read(path) and not path.endswith(_VARIABLES)


def _exported(one: CloudFormationTemplate) -> set[str]:
    return one.exported


def _imported(one: CloudFormationTemplate) -> set[str]:
    return one.imported
