"""The reports of `merge`: totals and tables for people, and JSON for programs (docs/fleet.md, merged.schema.json)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from awslint_memo.comparing.merged import Merged, RuleCount
from awslint_memo.comparing.merged_changes import KINDS, Change, MergedChanges, numbers
from awslint_memo.comparing.report_file import RepositoryReport
from awslint_memo.model.finding import LEVELS
from awslint_memo.model.phrases import counted, listed_in_line
from awslint_memo.reporters import tool
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.json_writing import json_text
from awslint_memo.reporters.markdown import plain
from awslint_memo.reporters.tables import Group, Table, markdown_lines, text_lines

REPOSITORIES = ("errors", "warnings", "advice", "not read", "files", "judged", "repository")
OWNERS = ("findings", "owner")
RULES = ("errors", "warnings", "advice", "repositories", "rule")


VERSION = 1
"""Incremented when a member of the JSON is removed or changes its meaning; members may be added at any time."""

_NAMED = 5
"""How many of the repositories that say the same are named."""

_LEVELS = ("errors", "warnings", "advice")


def text(merged: Merged, most: int, changed: MergedChanges | None = None) -> str:
    """The totals, and tables with at most so many rows each, for a terminal. changed: since an earlier report."""
    told = [*sentences(merged), *change_sentences(changed)]
    blocks = ["\n".join([summary(merged), *map(visible, told)])]
    for title, table in (*change_tables(changed, most), *tables(merged, most)):
        more = [f"  and {table.others} more (--top)"] if table.others else []
        blocks.append("\n".join([f"{title}:", *(f"  {line}" for line in text_lines(table)), *more]))
    return "\n\n".join(blocks) + "\n"


def markdown(merged: Merged, most: int, changed: MergedChanges | None = None) -> str:
    """The same in Markdown, for a page or a job's summary."""
    told = [*sentences(merged), *change_sentences(changed)]
    blocks = [f"### awslint-memo: {plain(summary(merged))}", *(f"{plain(words)}." for words in told)]
    for title, table in (*change_tables(changed, most), *tables(merged, most)):
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
        f"; {words}" for words in more
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


def change_sentences(changed: MergedChanges | None) -> Iterator[str]:
    """What changed since an earlier merged report, in all."""
    if changed is None:
        return
    what = f"{counted(changed.now, 'finding')}, {changed.was} in {changed.path} ({_signed(changed.now - changed.was)})"
    rest = ((changed.came, "came"), (changed.went, "went"))
    yield "; ".join((what, *(f"{_repositories(len(names))} {words}" for names, words in rest if names)))
    if changed.left_out:
        yield f"{changed.path} does not tell {' and '.join(changed.left_out)}; make it again with this version"


def change_tables(changed: MergedChanges | None, most: int) -> Iterator[tuple[str, Table]]:
    """Which rules, owners, roots and repositories have more or fewer findings, those that grew most first."""
    for kind, changes in {}.items() if changed is None else changed.changes.items():
        rows = [(_signed(row.difference), str(row.was), str(row.now), _named(row)) for row in changes]
        if rows:
            shown = rows if len(rows) <= most else [*rows[: most - most // 2], *rows[len(rows) - most // 2 :]]
            head = ("change", "was", "is", kind)
            yield f"changed {kind}", Table(head, [Group(shown)], True, len(rows) - len(shown))


def _named(change: Change) -> str:
    return ": ".join(change.names) if any(change.names) else "(nobody)"


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number)


def tables(merged: Merged, most: int) -> Iterator[tuple[str, Table]]:
    """The tables and lists with their titles, each with at most so many rows; those without rows are left out."""
    reports = [report for report in merged.worst_first if report.numbers or report.unread]
    rules = [
        (*(str(rule.levels.get(level, 0)) for level in LEVELS), str(rule.repositories), rule.rule)
        for rule in merged.rules
    ]
    owned = _most(numbers(merged)["owners"])
    owners = (
        [(str(number), name or "(nobody)") for (name,), number in owned] if any(name for (name,), _ in owned) else []
    )
    unread = [
        (f"{report.name}: {_place(each)}: {each['message']}",) for report in merged.reports for each in report.unread
    ]
    noting: dict[str, dict[str, None]] = {}
    for report in merged.reports:
        for each in report.notices:
            noting.setdefault(each, {})[report.name] = None
    notices = [(f"{_names(list(names))}: {each}",) for each, names in noting.items()]
    unjudged = [(f"{name} ({number})",) for (name,), number in merged.most("unjudged")]
    unknown = [(f"{' '.join(names)} ({number})",) for names, number in merged.most("unknown")]
    for title, head, rows in (
        ("the repositories with the most", REPOSITORIES, [_row(report) for report in reports]),
        ("rules", RULES, rules),
        ("owners", OWNERS, owners),
        ("no report", (), [(name,) for name in merged.missing]),
        ("not read, or not wholly", (), unread),
        ("notes of the runs", (), notices),
        ("types that no rule judges, by resources", (), unjudged),
        ("properties that were not known, by checks", (), unknown),
    ):
        if rows:
            yield title, Table(head, [Group(rows[:most])], bool(head), max(len(rows) - most, 0))


def _row(report: RepositoryReport) -> tuple[str, ...]:
    told = report.coverage
    judged = "-" if told is None else f"{told['resources']['judged']} of {told['resources']['total']}"
    levels = (str(report.of_level(level)) for level in LEVELS)
    return (*levels, str(len(report.unread)), str(report.counts["files"]), judged, report.name)


def _place(error: Any) -> str:
    return f"{error['path']}:{error['line']}:{error['column']}"


def _names(names: Sequence[str]) -> str:
    """The repositories that say the same: "a", "a and b", "a, b and 48 others"."""
    return listed_in_line(names, _NAMED)


def _repositories(number: int) -> str:
    return "1 repository" if number == 1 else f"{number} repositories"


def as_json(merged: Merged, with_findings: bool, changed: MergedChanges | None = None) -> str:
    """One JSON object in ASCII, the worst repository first. with_findings: whether each finding is in it."""
    unread = [{"repository": report.name, **each} for report in merged.reports for each in report.unread]
    findings = [{"repository": report.name, **each} for report in merged.reports for each in report.findings]
    shape = {
        "version": VERSION,
        "tool": tool(),
        "totals": merged.totals,
        "versions": [{"version": name, "repositories": number} for name, number in merged.versions],
        "rules": [_rule(rule) for rule in merged.rules],
        "repositories": [_repository(report) for report in merged.worst_first],
        **{kind: _rows(kind, counts) for kind, counts in numbers(merged).items() if kind in ("owners", "roots")},
        **({} if changed is None else {"against": _against(changed)}),
        "coverage": _coverage(merged),
        "unread": unread,
        "notices": [
            {"repository": report.name, "message": each} for report in merged.reports for each in report.notices
        ],
        "refused": [
            {"path": problem.path, "line": problem.line, "column": problem.column, "message": problem.message}
            for problem in merged.refused
        ],
        "missing": merged.missing,
        **({"findings": findings} if with_findings else {}),
    }
    return json_text(shape)


def _rows(kind: str, counts: Mapping[tuple[str, ...], int]) -> list[dict[str, Any]]:
    """The findings of each owner or root, the most first."""
    return [{**dict(zip(KINDS[kind], names, strict=True)), "findings": number} for names, number in _most(counts)]


def _most(counts: Mapping[tuple[str, ...], int]) -> list[tuple[tuple[str, ...], int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _against(changed: MergedChanges) -> dict[str, Any]:
    return {
        "report": changed.path,
        "was": changed.was,
        "is": changed.now,
        **{
            kind: [{**dict(zip(KINDS[kind], row.names, strict=True)), "was": row.was, "is": row.now} for row in changes]
            for kind, changes in changed.changes.items()
        },
        "came": list(changed.came),
        "went": list(changed.went),
    }


def _rule(rule: RuleCount) -> dict[str, Any]:
    levels = {name: rule.levels.get(level, 0) for name, level in zip(_LEVELS, LEVELS, strict=True)}
    return {"rule": rule.rule, "findings": sum(levels.values()), **levels, "repositories": rule.repositories}


def _repository(report: RepositoryReport) -> dict[str, Any]:
    levels = {name: report.of_level(level) for name, level in zip(_LEVELS, LEVELS, strict=True)}
    judged = None if report.coverage is None else {key: report.coverage[key] for key in ("resources", "checks")}
    return {
        "repository": report.name,
        "report": report.path,
        "version": report.version,
        "findings": sum(levels.values()),
        **levels,
        **report.counts,
        "unread": len(report.unread),
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
