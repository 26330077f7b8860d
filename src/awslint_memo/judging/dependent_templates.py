"""Finds the templates that depend on some of a repository: those that nest, include or import from them.

Nearly all files of a repository are none of that, so files are searched as bytes, and only those with the words of such
a use are parsed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from awslint_memo.files.files import Files
from awslint_memo.files.source import Source
from awslint_memo.judging.notices import MOST_NAMED, isolated, within_budget
from awslint_memo.judging.reading import having, may_be_template
from awslint_memo.model.lazy import regex
from awslint_memo.model.phrases import listed
from awslint_memo.model.span import Problem
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.recognition import template

MOST_PARSED = 200
"""How many templates that may use or give something are parsed."""

_TYPE = b"::"
"""What each type of a resource has."""

_USES = (b"CloudFormation::Stack", b"Serverless::Application", b"AWS::Include")
_IMPORTS, _EXPORTS = b"ImportValue", b"Export"
_EXPORT = regex(rb"""\bExport["']?\s*:""")
"""The key of an output that is exported; other words begin like it."""

_FEW = 50
"""For so many names of files a text is searched for each; for more, its words are looked up among them."""

_NEAREST = 3
"""For so many changed files at most, those are searched first that name one; for more, that takes longer."""

_NAME = regex(rb"[\w.+-]+\.(?:ya?ml|json|template)", re.IGNORECASE)
"""What may be the name of a file in a template."""


class Templates:
    """Searches the templates of a repository.

    changed: the files that were named, or are gone. spelled: the paths of all files by absolute path.
    """

    def __init__(self, changed: Sequence[str], spelled: Mapping[str, str], files: Files) -> None:
        self.context: set[str] = set()
        """The absolute paths of the templates that are only read for others."""
        self.notices: list[str] = []
        self.unread: list[Problem] = []
        """Why files were not searched, some of them twice."""
        self._files = files
        self._changed = {os.path.abspath(path): path for path in changed if may_be_template(path)}
        self._spelled = spelled
        self._wanted = {whole: path for whole, path in spelled.items() if may_be_template(path)}
        self._sources: dict[str, Source] = {}
        """What was kept of the last search."""
        self._named: dict[str, set[bytes]] = {}
        self._parsed: dict[str, CloudFormationTemplate | None] = {}
        self._is_full = False

    def paths(self) -> Iterator[str]:
        """The paths of what depends on the changed ones, and of the exporters that all of them import from."""
        reached = dict(self._changed)
        pending = list(reached)
        is_whole = len(pending) > _NEAREST
        self._sources = self._every() if is_whole else self._near(pending)
        while pending:
            pending = list(dict.fromkeys(self._above(pending, reached)))
            reached |= {path: self._spelled[path] for path in pending}
            if pending and not is_whole:
                is_whole = True
                self._sources = self._every()
        context = self._below(reached)
        self.context |= set(context)
        if self._is_full:
            self.notices.append(
                f"more than {MOST_PARSED} templates may depend on each other here, and only these were searched for "
                f"what depends on {listed(list(self._changed.values()), MOST_NAMED)}"
            )
        yield from (path for where, path in reached.items() if where not in self._changed)
        yield from (self._spelled[path] for path in context)

    @property
    def sources(self) -> Iterable[Source]:
        """The files that may use changed ones, once `paths` were found."""
        return self._sources.values()

    def _near(self, paths: Collection[str]) -> dict[str, Source]:
        """The files that may nest or include these, or import from or export to them; and these.

        Most templates have no dependants, and to search for their names only takes a third of the time.
        """
        there = {path: self._wanted[path] for path in paths if path in self._wanted}
        own = self._searched(there, _may_depend)
        both = ((_EXPORTS, _IMPORTS), (_IMPORTS, _EXPORTS))
        others = [other for word, other in both if any(word in source.data for source in own.values())]
        names = _names(paths)

        first = (*names, *others)

        def is_near(data: bytes) -> bool:
            for word in first:
                if word in data:
                    break
            else:  # as it is with nearly all files
                return False
            may_use = any(name in data for name in names) and any(word in data for word in _USES)
            return (may_use or any(word in data for word in others)) and _TYPE in data

        return {**own, **self._searched(self._wanted, is_near)}

    def _every(self) -> dict[str, Source]:
        """All files that may depend on others, or give something to them."""
        return self._searched(self._wanted, _may_depend)

    def _searched(self, paths: Mapping[str, str], is_wanted: Callable[[bytes], bool]) -> dict[str, Source]:
        sources = having(paths, is_wanted, self.unread, self._files)
        return {os.path.abspath(source.path): source for source in sources}

    def _above(self, paths: Collection[str], reached: Collection[str]) -> Iterator[str]:
        """Who nests, includes or imports from these, without those that are reached."""
        names = _names(paths)
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
        exporters = [path for path in self._having(reached, _EXPORTS) if _EXPORT.search(self._sources[path].data)]
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
            for path, source in self._sources.items()
            if path not in reached and any(word in source.data for word in words)
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
            self.unread += errors


def _names(paths: Iterable[str]) -> set[bytes]:
    """The names of files, as they stand in others."""
    return {os.path.basename(path).encode("utf-8", "surrogateescape") for path in paths}


def _may_depend(data: bytes) -> bool:
    """Whether what a file has may nest, include, import or export something."""
    return _TYPE in data and any(word in data for word in (*_USES, _IMPORTS, _EXPORTS))


def _exported(one: CloudFormationTemplate) -> set[str]:
    return set(one.exported)


def _imported(one: CloudFormationTemplate) -> set[str]:
    return one.imported
