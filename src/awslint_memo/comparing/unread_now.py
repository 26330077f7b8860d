"""What nobody can tell any more since a file can't be read now: one that calls, nests, includes, exports or imports."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from itertools import chain

from awslint_memo.comparing.faults import text_of
from awslint_memo.comparing.matching import place_of
from awslint_memo.comparing.otherwise import Otherwise, otherwise
from awslint_memo.files.disk import path_from
from awslint_memo.files.files import Files
from awslint_memo.judging.comparison import Gone, unread_key
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import record, replace

_NAMED = 3
_UNREAD = "{} can't be read now"


@record
class UnreadNow:
    """What there is to ask. past, files: the files of then and of now. then, report: the reports of both times.

    roots: what roots are called now that had another name. judged: gives the report of other files with the settings
    of now.
    """

    past: Files
    files: Files
    then: Report
    report: Report
    roots: Mapping[str, str]
    judged: Callable[[Files], Report]

    def why_gone(self, gone: Gone) -> str:
        """Why nobody can tell whether the resource of a finding is gone; empty if it is, or its own file can't be
        read, which is told of it."""
        return "" if gone.why == "unread" else self.why_ended(gone.finding)

    def why_ended(self, finding: Finding) -> str:
        """Why nobody can tell whether a finding of before is mended; empty if it is."""
        if not self._unread:
            return ""
        now = replace(finding, root=self.roots.get(finding.root, finding.root))
        return self._words if self._if_read.tells(now) else ""

    def why_new(self, finding: Finding) -> str:
        """Why nobody can tell whether a finding of now is new; empty if it is."""
        if not self._unread or not self._if_read.lacks(finding) or place_of(finding) in self._places_if_read:
            return ""
        return self._words

    @property
    def _words(self) -> str:
        return _UNREAD.format(listed(sorted(map(path_from, self._unread)), _NAMED))

    @cached_property
    def _if_read(self) -> Otherwise:
        """What is found with these files as they were."""
        return otherwise(self.judged(Files(dict(self._unread), self.files.bounds)))

    @cached_property
    def _places_if_read(self) -> Collection[tuple[str, str, str, str]]:
        """Where something is found then, whatever calls or nests the file: what is found there now is the change's."""
        some = chain.from_iterable(self._if_read.findings.values())
        return {place_of(each) for one in some for each in (one, *one.others)}

    @cached_property
    def _unread(self) -> Mapping[str, str]:
        """The texts that the files had which could be read then and can't be now, by absolute path."""
        before = set(map(unread_key, self.then.errors))
        came = [each for each in self.report.errors if unread_key(each) not in before and not each.is_partial]
        paths = {os.path.abspath(each.path) for each in came}
        return {path: text_of(self.past, path) for path in paths if self.past.is_file(path_from(path))}
