"""Loads the settings of a run: for each folder, those of the nearest configuration with what it extends."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Protocol

from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.files.root import OUTSIDE
from awslint_memo.judging.rule import Rule
from awslint_memo.model.record import replace
from awslint_memo.settings.configuration_file import NAMES, At, Document, find, read
from awslint_memo.settings.settings import Settings

_OWN = (*NAMES, ".git")
"""What gives a folder other settings than the one above it."""

MOST_EXTENDED = 20
"""How many files a configuration may extend, one through the other."""


class Nearest(Protocol):
    """Gives the settings that count for the files in a folder. base: those of the working folder."""

    @property
    def base(self) -> Settings:
        """The settings of the working folder, which count where there are no nearer ones."""

    def of(self, folder: str) -> Settings:
        """The settings for the files in a folder."""


class Loader:
    """The settings of a run. explicit: a file that counts for all folders. policy: what all configurations extend.

    rules: all existing ones, those about suppressions included. Raises Problem, with file and line, for invalid
    settings of the working folder, and LookupError, with a sentence, for a policy that is not there.
    """

    def __init__(
        self, rules: Mapping[str, Rule], files: Files, explicit: str | None = None, policy: str | None = None
    ) -> None:
        self._rules, self._files = rules, files
        self._found: dict[str, Settings | None] = {}
        self._extended: dict[tuple[str, str], Settings] = {}
        self._met: dict[int, Settings] = {}
        self._policies: tuple[Settings, ...] = ()
        """What every configuration extends."""
        self._named = None if policy is None else self._asked(policy)
        self._policies = () if self._named is None else (self._named,)
        self._is_for_all = explicit is not None
        document = None if explicit is None else read(explicit, "", files, is_named=True)
        settings = self._nearest("") if document is None else self._complete(document, ())
        self.base = settings or next(iter(self._policies), Settings())
        self._policies = extending_policies(self._policies, self.base)

    @property
    def policy(self) -> Settings | None:
        """The policy that the user named for the run; None if it is a part of the repository."""
        top = os.path.join(os.path.realpath(self._files.root), "")
        is_far = self._named is not None and not os.path.realpath(self._named.path).startswith(top)
        return self._named if is_far else None

    @property
    def met(self) -> list[Settings]:
        """The configurations that were found so far."""
        every = {id(self.base): self.base, **self._met}
        return [settings for settings in every.values() if settings.path]

    def of(self, folder: str) -> Settings:
        """The settings for the files in a folder. Raises Problem for a configuration that is invalid."""
        return self.found(folder) or self.base

    def found(self, folder: str) -> Settings | None:
        """The settings of the configuration nearest to a folder, in its repository."""
        found = self.base if self._is_for_all else self._nearest(folder)
        if found is not None:
            self._met[id(found)] = found
        return found

    def _nearest(self, folder: str) -> Settings | None:
        whole = self._files.disk.absolute(folder)
        above = whole.rpartition(os.sep)[0]
        if above in self._found and whole not in self._found and self._files.lacks(whole, _OWN):
            self._found[whole] = self._found[above]
        here: str | None = whole
        passed = []
        settings = None
        while here is not None and here not in self._found:
            passed.append(here)
            document = find(here, self._files)
            if document is not None:
                settings = self._complete(document, (), above=self._files.above(here))
                break
            here = self._files.above(here)
        else:
            settings = None if here is None else self._found[here]
        self._found.update(dict.fromkeys(passed, settings))
        return settings

    def _asked(self, policy: str) -> Settings:
        """The policy that the user named: a file, or that of an installed package."""
        from awslint_memo.settings.extending import installed_policy, is_path  # Most runs have none.

        if is_path(policy):
            document = read(policy, "", self._files, is_named=True)
            top = ""
        else:
            try:
                origin = installed_policy(policy)
            except LookupError as error:
                raise LookupError(f"--policy names {error.args[0]}") from error
            self._files.bounds.allow(origin.key)
            document, top = read(origin.key, "", self._files, is_named=True), origin.top
        if document is None:
            raise LookupError(f"--policy names {policy}, which has no settings")
        return self._complete(document, (), policy, top)

    def _over(self, above: str | None) -> tuple[Settings, ...]:
        """The policies that a configuration extends without naming them: of the run, and of configurations above."""
        outer = None if above is None else self._nearest(above)
        return self._policies if outer is None else extending_policies(self._policies, outer)

    def _complete(
        self,
        document: Document,
        through: tuple[str, ...],
        name: str = "",
        top: str = "",
        above: str | None = None,
    ) -> Settings:
        """The settings of a configuration with what it extends.

        through: the files that lead to it. name: how a person calls it. top: the folder of its package, if it has one.
        above: the folder above it, whose policies hold for it; None if there is none in its repository.
        """
        from awslint_memo.settings import configuration, extending, refusing  # Most runs have none.

        own = configuration.settings(document, self._rules, self._files, name or document.path)
        far: Settings | None = None
        for policy in () if through else self._over(above):
            if policy.path != document.path:
                far = policy if far is None else extending.extended(policy, far, self._rules)
        here = (*through, os.path.abspath(document.path))
        named = [self._far(document, at, said, here, top) for at, said in configuration.extends(document)]
        for number, settings in enumerate(named, 1):
            settings = extending.held_by_later(settings, named[number:], self._rules)
            far = settings if far is None else extending.extended(settings, far, self._rules)
        complete = own if far is None else extending.extended(own, far, self._rules)
        outer = None if above is None or not complete.locks else self._nearest(above)
        if outer is not None:
            complete = refusing.with_recovery_above(complete, outer, self._rules)
        return replace(complete, policies=(*complete.policies, complete)) if own.locks else complete

    def _far(self, document: Document, at: At, said: str, through: tuple[str, ...], top: str) -> Settings:
        """What a configuration extends. Raises Problem if that is not there, is outside of the root, or leads back."""
        from awslint_memo.settings.extending import installed_policy, is_path

        if is_path(said):
            path = os.path.normpath(os.path.join(os.path.dirname(document.path), said))
            key, name, root = (
                os.path.abspath(path),
                said,
                document.root if top else os.path.dirname(os.path.abspath(path)),
            )
            if top:
                is_inside = os.path.join(os.path.realpath(path), "").startswith(os.path.join(os.path.realpath(top), ""))
            else:
                is_inside = "\0" not in said and self._files.bounds.is_home(path)
            if not is_inside:
                where = "outside of its package" if top else OUTSIDE
                raise document.problem(f"extends names {said}, which is {where}", at)
        else:
            try:
                origin = installed_policy(said)
            except LookupError as error:
                raise document.problem(f"extends names {error.args[0]}", at) from error
            path = key = origin.key
            name, root, top = said, document.root, origin.top
        if key in through:
            way = " → ".join(path_from(one) for one in (*through[through.index(key) :], key))
            raise document.problem(f"extends leads back to where it began: {way}; remove one of them", at)
        if len(through) > MOST_EXTENDED:
            raise document.problem(f"extends leads on through more than {MOST_EXTENDED} files; extend fewer", at)
        if (key, root) not in self._extended:
            self._files.bounds.allow(path)
            found = self._read(path, root, document, at)
            self._extended[key, root] = self._complete(found, through, name, top)
        return self._extended[key, root]

    def _read(self, path: str, root: str, document: Document, at: At) -> Document:
        if not self._files.is_file(path):
            raise document.problem(f"extends names {path}, and there is no such file; change it", at)
        found = read(path, root, self._files, is_named=True)
        if found is None:
            raise document.problem(f"extends names {path}, which has no settings; change it", at)
        return found


def extending_policies(known: tuple[Settings, ...], settings: Settings) -> tuple[Settings, ...]:
    """These policies and those of a configuration, each once by its file."""
    paths = {os.path.abspath(policy.path) for policy in known}
    return (*known, *(policy for policy in settings.policies if os.path.abspath(policy.path) not in paths))


def load(start: str, explicit: str | None, rules: Mapping[str, Rule], files: Files) -> Settings:
    """The settings for the files in the folder `start`, or those of the file `explicit`.

    Path patterns are relative to the configuration's folder, or to the working folder if the file is given explicitly.
    """
    return Loader(rules, files, explicit).found(start) or Settings()
