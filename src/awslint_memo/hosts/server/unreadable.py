"""What stays shown while a document can't be read: a line that is half written would else take all of it away.

It moves with the text. What could be done about it is not known until that is read.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from awslint_memo.hosts.server.diagnostics import Shown, at_extent
from awslint_memo.hosts.server.positions import Extent
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.syntax.difference import difference


def with_former(
    report: Report,
    shown: Mapping[str, list[Shown]],
    former: Mapping[str, list[Shown]],
    texts: Mapping[str, str],
    texts_before: Mapping[str, str],
    is_wanted: Callable[[Finding], bool],
) -> dict[str, list[Shown]]:
    """What is to be shown of each file, with what was shown of those that can't be read now, and of others in their
    folders, which may be deployed with them; of all files, if the configuration can't be read.

    shown, former: what a report has, and what was shown until then. texts, texts_before: of the open documents, by
    path. What was edited itself, and can be read, has what the report has. is_wanted: whether the client wants to see
    a finding.
    """
    unread = {os.path.abspath(problem.path) for problem in report.errors if not problem.is_partial} & texts.keys()
    folders = set(map(os.path.dirname, unread))
    is_unjudged = bool(report.errors) and not report.rules
    found = dict(shown)
    for path, ones in former.items() if unread or is_unjudged else ():
        before, after = texts_before.get(path), texts.get(path)
        is_beside = is_unjudged or os.path.dirname(path) in folders
        if path not in unread and (before != after or not is_beside):
            continue
        here = found.get(path, [])
        said = {one.text for one in here}
        kept = [_moved(one, before, after) for one in ones if one.finding is not None and is_wanted(one.finding)]
        found[path] = [*here, *(one for one in kept if one.text not in said)]
    return found


def _moved(one: Shown, before: str | None, after: str | None) -> Shown:
    if before is None or after is None or before == after:
        return Shown(one.extent, one.text, one.finding, is_kept=True)
    return at_extent(one, _extent(one.extent, *_lines(before, after)))


def _lines(before: str, after: str) -> Sequence[int]:
    """The first and the last line that an edit changes, from 0, and by how many lines what follows moves."""
    start, end, end_after = difference(before, after)
    first, last = before.count("\n", 0, start), before.count("\n", 0, end)
    return first, last, after.count("\n", 0, end_after) - last


def _extent(extent: Extent, first: int, last: int, down: int) -> Extent:
    """Where a range is after an edit; what begins in the lines of the edit stays there."""
    line, character, end_line, end_character = extent
    if end_line < first:
        return extent
    if line > last:
        return line + down, character, end_line + down, end_character
    return line, character, max(line, end_line + down), end_character
