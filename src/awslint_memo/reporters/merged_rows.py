"""The tables and sentences of a merged report, which the text and the Markdown show in their own ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from awslint_memo.comparing.merged import Merged
from awslint_memo.comparing.report_file import RepositoryReport
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.phrases import counted
from awslint_memo.model.record import record

REPOSITORIES = ("errors", "warnings", "advice", "not read", "files", "judged", "repository")
RULES = ("errors", "warnings", "advice", "repositories", "rule")


@record(frozen=True)
class Part:
    """The first rows of something, and how many others there are. head: the names of the columns; empty for a list."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    others: int


def summary(merged: Merged) -> str:
    """The totals in a line."""
    totals = merged.totals
    told = [counted(totals["errors"], "error"), counted(totals["warnings"], "warning")]
    told += [counted(totals["advice"], "piece of advice")] if totals["advice"] else []
    more = [
        f"{number} {words}"
        for words, number in (
            ("pieces of advice not shown", totals["advice_hidden"]),
            ("suppressed", totals["suppressed"]),
            ("in baselines", totals["baselined"]),
            ("files or parts not read", totals["unread"]),
            ("expected but not reported", len(merged.missing)),
        )
        if number
    ]
    repositories = f"{_repositories(totals['repositories'])}, {totals['with_findings']} with findings"
    return f"{repositories}: {', '.join(told)} in {counted(totals['files'], 'file')}" + "".join(
        f"; {one}" for one in more
    )


def sentences(merged: Merged) -> Iterator[str]:
    """What made the reports, and what was judged."""
    versions = [f"{name or 'not told'} ({number})" for name, number in merged.versions]
    if versions:
        differ = "; findings of different versions are counted together" if len(versions) > 1 else ""
        yield f"made by version {', '.join(versions)}{differ}"
    told = merged.told
    if told:
        resources, checks = merged.resources, merged.checks
        yield (
            f"judged: {resources['judged']} of {counted(resources['total'], 'resource')}; of "
            f"{counted(checks['total'], 'check')} {checks['reported']} reported something, {checks['unknown']} could "
            f"not tell, {checks['sound']} found nothing, {checks['failed']} failed"
        )
    if len(told) < len(merged.reports):
        yield f"what was judged is not told by {counted(len(merged.reports) - len(told), 'report')}"


def parts(merged: Merged, most: int) -> Iterator[Part]:
    """The tables and lists, each with at most so many rows; those without rows are left out."""
    reports = [one for one in merged.worst_first if one.found or one.unread]
    rules = [
        (*(str(one.levels.get(level, 0)) for level in LEVELS), str(one.repositories), one.rule) for one in merged.rules
    ]
    unread = [(f"{one.name}: {_place(each)}: {each['message']}",) for one in merged.reports for each in one.unread]
    notices = [(f"{one.name}: {each}",) for one in merged.reports for each in one.notices]
    unjudged = [(f"{name} ({number})",) for (name,), number in merged.most("unjudged")]
    unknown = [(f"{' '.join(names)} ({number})",) for names, number in merged.most("unknown")]
    for title, head, rows in (
        ("the repositories with the most", REPOSITORIES, [_row(one) for one in reports]),
        ("rules", RULES, rules),
        ("no report", (), [(one,) for one in merged.missing]),
        ("not read, or not wholly", (), unread),
        ("notes of the runs", (), notices),
        ("types that no rule judges, by resources", (), unjudged),
        ("properties that were not known, by checks", (), unknown),
    ):
        if rows:
            yield Part(title, head, rows[:most], max(len(rows) - most, 0))


def _row(one: RepositoryReport) -> tuple[str, ...]:
    told = one.coverage
    judged = "-" if told is None else f"{told['resources']['judged']} of {told['resources']['total']}"
    levels = (str(one.of_level(level)) for level in LEVELS)
    return (*levels, str(len(one.unread)), str(one.counts["files"]), judged, one.name)


def _place(one: Any) -> str:
    return f"{one['path']}:{one['line']}:{one['column']}"


def _repositories(number: int) -> str:
    return "1 repository" if number == 1 else f"{number} repositories"
