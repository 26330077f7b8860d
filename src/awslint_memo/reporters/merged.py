"""The reports of `merge`: totals and tables for people, and JSON for programs (docs/fleet.md, merged.schema.json)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from awslint_memo.comparing.merged import Merged, RuleCount
from awslint_memo.comparing.report_file import RepositoryReport
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.phrases import counted
from awslint_memo.reporters import tool
from awslint_memo.reporters.characters import json_text, visible
from awslint_memo.reporters.markdown import plain
from awslint_memo.reporters.tables import Group, Table, markdown_lines, text_lines

REPOSITORIES = ("errors", "warnings", "advice", "not read", "files", "judged", "repository")
RULES = ("errors", "warnings", "advice", "repositories", "rule")


VERSION = 1
"""Incremented when a member of the JSON is removed or changes its meaning; members may be added at any time."""

_LEVELS = ("errors", "warnings", "advice")


def text(merged: Merged, most: int) -> str:
    """The totals, and tables with at most so many rows each, for a terminal."""
    blocks = ["\n".join([summary(merged), *map(visible, sentences(merged))])]
    for title, table in tables(merged, most):
        more = [f"  and {table.others} more (--top)"] if table.others else []
        blocks.append("\n".join([f"{title}:", *(f"  {line}" for line in text_lines(table)), *more]))
    return "\n\n".join(blocks) + "\n"


def markdown(merged: Merged, most: int) -> str:
    """The same in Markdown, for a page or a job's summary."""
    blocks = [f"### awslint-memo: {plain(summary(merged))}", *(f"{plain(words)}." for words in sentences(merged))]
    for title, table in tables(merged, most):
        more = [f"\nand {table.others} more (`--top`)"] if table.others else []
        blocks.append("\n".join([f"**{title[0].upper()}{title[1:]}**\n", *markdown_lines(table), *more]))
    return "\n\n".join(blocks) + "\n"


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


def tables(merged: Merged, most: int) -> Iterator[tuple[str, Table]]:
    """The tables and lists with their titles, each with at most so many rows; those without rows are left out."""
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
            yield title, Table(head, [Group(rows[:most])], bool(head), max(len(rows) - most, 0))


def _row(one: RepositoryReport) -> tuple[str, ...]:
    told = one.coverage
    judged = "-" if told is None else f"{told['resources']['judged']} of {told['resources']['total']}"
    levels = (str(one.of_level(level)) for level in LEVELS)
    return (*levels, str(len(one.unread)), str(one.counts["files"]), judged, one.name)


def _place(one: Any) -> str:
    return f"{one['path']}:{one['line']}:{one['column']}"


def _repositories(number: int) -> str:
    return "1 repository" if number == 1 else f"{number} repositories"


def as_json(merged: Merged, with_findings: bool) -> str:
    """One JSON object in ASCII, the worst repository first. with_findings: whether each finding is in it."""
    unread = [{"repository": one.name, **each} for one in merged.reports for each in one.unread]
    findings = [{"repository": one.name, **each} for one in merged.reports for each in one.findings]
    shape = {
        "version": VERSION,
        "tool": tool(),
        "totals": merged.totals,
        "versions": [{"version": name, "repositories": number} for name, number in merged.versions],
        "rules": [_rule(one) for one in merged.rules],
        "repositories": [_repository(one) for one in merged.worst_first],
        "coverage": _coverage(merged),
        "unread": unread,
        "notices": [{"repository": one.name, "message": each} for one in merged.reports for each in one.notices],
        "refused": [
            {"path": one.path, "line": one.line, "column": one.column, "message": one.message} for one in merged.refused
        ],
        "missing": merged.missing,
        **({"findings": findings} if with_findings else {}),
    }
    return json_text(shape)


def _rule(one: RuleCount) -> dict[str, Any]:
    levels = {name: one.levels.get(level, 0) for name, level in zip(_LEVELS, LEVELS, strict=True)}
    return {"rule": one.rule, "findings": sum(levels.values()), **levels, "repositories": one.repositories}


def _repository(one: RepositoryReport) -> dict[str, Any]:
    levels = {name: one.of_level(level) for name, level in zip(_LEVELS, LEVELS, strict=True)}
    judged = None if one.coverage is None else {key: one.coverage[key] for key in ("resources", "checks")}
    return {
        "repository": one.name,
        "report": one.path,
        "version": one.version,
        "findings": sum(levels.values()),
        **levels,
        **one.counts,
        "unread": len(one.unread),
        "coverage": judged,
    }


def _coverage(merged: Merged) -> Mapping[str, Any]:
    unknown = [{"type": type_, "property": name, "checks": number} for (type_, name), number in merged.most("unknown")]
    return {
        "repositories": len(merged.told),
        "resources": {
            **merged.resources,
            "unjudged": [{"type": type_, "resources": number} for (type_,), number in merged.most("unjudged")],
        },
        "checks": merged.checks,
        "unknown": unknown,
    }
