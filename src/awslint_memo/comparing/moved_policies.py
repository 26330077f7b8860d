"""What was moved out of a folder in which a policy held at the revision: that policy counts for it all the same."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence

from awslint_memo.comparing.gate import lost
from awslint_memo.comparing.setting_changes import AsThen
from awslint_memo.judging.inventory import Inventory
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record
from awslint_memo.settings.loading import Nearest
from awslint_memo.settings.settings import Settings


class _AsInFolder(AsThen):
    """The settings that some folders of now have as if their files were still in another one of the revision."""

    def __init__(self, then: Nearest, now: Nearest, folders: Mapping[str, Settings]) -> None:
        super().__init__(then, now)
        self._folders = folders

    def of(self, folder: str) -> Settings:
        earlier = self._folders.get(os.path.abspath(folder)) or self._then.of(folder)
        return self._of(earlier, self._now.of(folder))


@record(frozen=True)
class MovedPolicies:
    """What was looked at at both times, and the settings of the revision and of now."""

    then: Inventory
    now: Inventory
    earlier: Nearest
    nearest: Nearest

    @cached_property
    def _sources(self) -> Mapping[str, Sequence[Settings]]:
        """By file of now, the settings of the revision in whose folders its resources may have been.

        A resource that came has the type of one that is gone, and its name, unless the whole file came.
        """
        gone: dict[tuple[str, str], list[Settings]] = {}
        for path, type_, name in sorted(self.then.judged - self.now.judged):
            settings = self.earlier.of(os.path.dirname(path))
            for key in ((type_, name), (type_, "")) if settings.locks else ():
                gone.setdefault(key, []).append(settings)
        found: dict[str, list[Settings]] = {}
        for path, type_, name in sorted(self.now.judged - self.then.judged) if gone else ():
            key = (type_, name if path in self.then.files else "")
            own = self.earlier.of(os.path.dirname(path)).locks
            known = found.setdefault(path, [])
            known += [each for each in gone.get(key, ()) if each.locks != own and each not in known]
        return {path: every for path, every in found.items() if every}

    def of(self, path: str) -> Sequence[Settings]:
        """The settings of the revision, besides those of its own folder, that count for a file of now."""
        return self._sources.get(os.path.abspath(path), ())

    def lost(self, report: Report, judged: Callable[[Nearest], Report]) -> Iterator[Finding]:
        """What fails the run by a policy of where it was, and not by what holds where it is. judged: gives the report
        of now by some settings."""
        every = {id(settings): settings for known in self._sources.values() for settings in known}
        for settings in every.values():
            files = {path for path, known in self._sources.items() if settings in known}
            folders = {os.path.dirname(path): settings for path in files}
            found = lost(report, judged(_AsInFolder(self.earlier, self.nearest, folders)))
            yield from (each for each in found if os.path.abspath(each.home_path) in files)
