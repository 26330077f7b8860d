"""The settings and the values of parameters with which an earlier landscape is judged.

The configuration of now judges both sides, so that a changed rule or level does not look like a change of the
templates. Only what it suppresses is that of the revision, so that a new suppression is told. Files with values of
parameters are a part of the landscape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager

from awslint_memo.files.files import Files
from awslint_memo.files.root import Root
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem
from awslint_memo.settings import parameter_files
from awslint_memo.settings.loading import Nearest
from awslint_memo.settings.settings import Settings


def values_then(bounds: Root, now: Files, paths: Iterable[str]) -> Files:
    """The files of the revision. paths: files with values; one that there was not yet is taken as it is now."""
    then = Files(bounds=bounds)
    missing = [path for path in paths if now.is_file(path) and not then.is_file(path)]
    return Files({path: now.read(path).text for path in missing}, bounds) if missing else then


class SettingsThen:
    """The settings for the files of a revision: those of now, with what the configurations of then suppress.

    now: the settings of now. then: makes those of the revision; None if that can't be. notices: sentences about what
    could not be taken from there.
    """

    def __init__(self, now: Nearest, then: Callable[[], Nearest], files: Files) -> None:
        self._now, self._files = now, files
        self.notices: dict[str, None] = {}
        self._then: Nearest | None = None
        self._settings: dict[tuple[int, int], Settings] = {}
        with self._told("what the configuration suppresses now was taken for both sides, since that of the revision"):
            self._then = then()
        self.pairs: dict[tuple[int, int], tuple[Settings, Settings]] = {}
        """The settings of now and of then that count for the same files."""
        self.base = self._of(now.base, None if self._then is None else self._then.base)

    @property
    def then(self) -> Nearest | None:
        """The settings that the revision had; None if they can't be used."""
        return self._then

    def of(self, folder: str) -> Settings:
        """The settings for the files in a folder."""
        then = None
        with self._told("what the configuration suppresses now was taken for both sides, since that of the revision"):
            then = None if self._then is None else self._then.of(folder)
        return self._of(self._now.of(folder), then)

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except Problem as problem:
            self.notices[f"{what} can't be used ({problem})"] = None

    def _of(self, now: Settings, then: Settings | None) -> Settings:
        key = id(now), id(then)
        if key not in self._settings:
            suppress = now.suppress if then is None else then.suppress
            if then is not None:
                self.pairs[key] = now, then
            refused = () if then is None else then.refused
            self._settings[key] = replace(now, suppress=suppress, refused=refused, deployments=self._deployments(now))
        return self._settings[key]

    def _deployments(self, now: Settings) -> Mapping[str, Mapping[str, str]]:
        try:
            read = {
                name: parameter_files.read([path], self._files, parameter_files.Environment(name, is_meant=False))
                for name, path in now.parameter_files.items()
            }
        except Problem as problem:
            notice = f"the parameters of now were taken for both sides, since those of then are no use ({problem})"
            self.notices[notice] = None
            return now.deployments
        return {name: read.get(name, values) for name, values in now.deployments.items()}
