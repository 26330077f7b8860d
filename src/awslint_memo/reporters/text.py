"""The text format for terminals: each finding with its source line, repeated findings in one line, a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import groupby
from typing import TypeAlias

from awslint_memo.files.left_out import named_by
from awslint_memo.judging.looked import MODULE, STACK, Looked
from awslint_memo.judging.report import Lines, Report, Summary
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.fix import Change, Fix
from awslint_memo.model.phrases import counted, listed
from awslint_memo.model.record import replace
from awslint_memo.model.span import Problem, Span
from awslint_memo.reporters import Look
from awslint_memo.reporters.characters import visible
from awslint_memo.reporters.excerpt import excerpt
from awslint_memo.reporters.line_secrets import HiddenPlaces
from awslint_memo.reporters.shown_findings import NAMED, graver_unshown, level_counts, once, with_words

IN_FULL = 3
"""How many findings of one rule and level in one file are shown in full without --verbose."""

_UNJUDGED = 3
"""How many of the resources that were not judged are named."""

_NAMED = 5
"""How many resources are named in the line that summarizes the remaining findings."""

_RELATED = 8
"""How many related places of a finding are shown without --verbose."""

Shown: TypeAlias = "Callable[..., tuple[str, str] | None]"
"""Takes a span, and whether nobody may see it; gives its line and the marks, or None if the file has no such line."""

_COLORS = {"error": "1;31", "warning": "33", "advice": "36", "place": "1", "gutter": "34", "note": "2"}


def report(report: Report, look: Look) -> str:
    """Findings, notices and the summary, for standard output; what several stacks or modules repeat is shown once."""
    most = len(report.findings) if look.verbose else NAMED
    every, report = report, once(report, most)
    if report.against is None:
        blocks = [*findings(report, look)]
    else:
        from awslint_memo.reporters.comparison import lines, worse

        blocks = [*findings(replace(report, findings=worse(every, report.against, most)), look)]
        blocks += lines(report.against, is_verbose=look.verbose)
    blocks += _notes(report, look)
    if look.statistics:
        from awslint_memo.reporters.statistics import NAMED as MOST_NAMED
        from awslint_memo.reporters.statistics import statistics_text

        blocks += [visible(sentence) for sentence in statistics_text(report, None if look.verbose else MOST_NAMED)]
    return "\n".join([*blocks, summary(report)]) + "\n"


def errors(report: Report, look: Look) -> str:
    """What could not be checked, one per line, for standard error; empty if there is nothing."""
    against = report.against
    return "".join(
        f"{_paint(_place(problem.path, problem.line, problem.column), 'place', look)}: "
        f"{_paint('error' if problem.is_partial else 'could not be read', 'error', look)}: {visible(problem.message)}"
        f"{visible(_unjudged(problem))}{'' if against is None else visible(against.only_now(problem))}\n"
        for problem in report.errors
    )


def _unjudged(problem: Problem) -> str:
    """The first of the resources that were not judged, and how many others there are."""
    if problem.left_out is None:
        return ""
    names, count = problem.left_out.names[:_UNJUDGED], problem.left_out.count
    others = "others" if count is None else f"{count - len(names)} others" if count > len(names) else ""
    return f"; not judged: {listed([*names, *([others] if others else [])])}"


def notices(report: Report, look: Look) -> str:
    """The notices of the run, one per line, for standard error if no output holds them."""
    return "".join(f"{note}\n" for note in _notes(report, look))


def _notes(report: Report, look: Look) -> list[str]:
    hint = "" if report.baseline is None else report.baseline.hint
    return [_paint("note: ", "note", look) + visible(notice) for notice in (*report.notices, hint) if notice]


def summary(report: Report) -> str:
    """The counts of the run in one line."""
    figures = report.summary()
    if report.against is None:
        levels: dict[Level, int] = {"error": figures.errors, "warning": figures.warnings, "advice": figures.advice}
        tally = ", ".join(level_counts(levels)) or "no findings"
    else:
        from awslint_memo.reporters.comparison import counts

        tally = counts(report.against, report.errors)
    parts = [f"{tally} in {counted(figures.files, 'file')}" if figures.files else "no templates found"]
    if figures.passed_over and not figures.files:
        parts[0] += f" among {counted(figures.passed_over, 'file')}"
    if report.against is not None and report.against.has_changes and not figures.files:
        parts.insert(0, tally)
    if figures.files and report.looked.resources | report.looked.parts:
        parts = _with_looked(parts[0], figures, report.looked, is_clean=tally == "no findings")
    if report.against is None and any(finding.joined for finding in report.findings):
        parts.append(f"{figures.resources} counted by resource")
    parts += _mendable(report.findings) if report.against is None else []
    if figures.advice_hidden:
        parts.append(
            f"{counted(figures.advice_hidden, 'piece of advice')} not shown (--advice){graver_unshown(report)}"
        )
    if figures.baselined:
        parts.append(f"{figures.baselined} in the baseline")
    if figures.suppressed:
        foreign = sum(bool(hidden.tool) for hidden in report.suppressed)
        whose = f", {foreign} by comments of other tools" if foreign else ""
        parts.append(f"{figures.suppressed} suppressed{whose}")
    return "; ".join([*parts, *_broken(report)])


def _broken(report: Report) -> Iterator[str]:
    """How many files could not be read, and how many have errors; and for how many that is new, if it is compared."""
    unread = {problem.path for problem in report.errors if not problem.is_partial}
    partial = {problem.path for problem in report.errors} - unread
    verb = "has" if len(partial) == 1 else "have"
    for paths, what in ((unread, "could not be read"), (partial, f"{verb} errors")):
        if paths:
            told, against = f"{counted(len(paths), 'file')} {what}", report.against
            came = {problem.path for problem in report.errors if against is not None and against.is_new(problem)}
            yield told if against is None else f"{told} ({len(came & paths) or 'none'} new)"


def _with_looked(head: str, figures: Summary, looked: Looked, *, is_clean: bool) -> list[str]:
    """The first parts of the summary: what was found, and how much of the resources and modules was looked at.

    head: the first one. is_clean: whether nothing was found, so that all that was looked at is told.
    """
    total, judged = figures.resources_written, figures.resources_judged
    if not judged:
        words = f"{judged} of {counted(total, 'resource')} are of types that rules judge" if total else "no resources"
    elif judged < total:
        words = f"{judged} of {counted(total, 'resource')} judged"
    else:
        words = f"{counted(total, 'resource')} judged" if is_clean else ""
    parts = [f"{head}: {words}" if is_clean else head, *([words] if words and not is_clean else [])]
    for kind in (MODULE, STACK):
        unread = looked.number(kind, is_read=False)
        parts += [f"{counted(unread, kind)} not read"] if unread else []
    return parts


def _is_dump(change: Change) -> bool:
    """Whether a change is of a file that no edit is made in: a plan, a state, what CDK for Terraform or the Serverless
    Framework writes, by their names."""
    path = change.target.home.path
    is_configuration = path.endswith((".tf.json", ".tofu.json")) or not path.endswith((".json", ".tfstate"))
    return bool(named_by(path)) or (change.target.language == "terraform" and not is_configuration)


def _mendable(findings: Sequence[Finding]) -> list[str]:
    """How many findings have a fix of a value that stands in its file; the fix itself may still be refused."""
    made = (fix for finding in findings for fix in (_fix_of(finding),) if fix is not None and fix.is_here)
    fixes = [fix for fix in made if not any(map(_is_dump, fix.changes))]
    safe = sum(not fix.unsafe for fix in fixes)
    unsafe = len(fixes) - safe
    if not safe:
        return [f"--fix --unsafe-fixes may mend {unsafe}"] if unsafe else []
    return [f"--fix may mend {safe}" + (f", --unsafe-fixes {unsafe} more" if unsafe else "")]


def _fix_of(finding: Finding) -> Fix | None:
    """The fix of a finding; none of what an app makes, since the next synthesis would undo it."""
    is_made = finding.construct is not None and finding.construct.is_generated
    return None if is_made else finding.fix


def findings(report: Report, look: Look) -> Iterator[str]:
    """The findings by file: a block of lines for each finding in full, then a line for each kind with more findings.

    What an app of the CDK writes comes last: nobody edits that, and it is often the most.
    """
    lines = cache(report.lines)
    shown = partial(_excerpt, lines, HiddenPlaces(lines, report.secrets))
    generated = {finding.path for finding in report.findings if _is_generated(finding)}
    in_order = sorted(report.findings, key=lambda finding: finding.path in generated)
    for path, of_file in groupby(in_order, key=lambda finding: finding.path):
        kinds: dict[tuple[str, str | None], list[Finding]] = {}
        for finding in of_file:
            kind = kinds.setdefault((finding.rule, finding.level), [])
            kind.append(finding)
            if look.verbose or len(kind) <= IN_FULL:
                yield "\n".join(_in_full(finding, shown, look)) + "\n"
        if not look.verbose:
            rest = [kind[IN_FULL:] for kind in kinds.values() if kind[IN_FULL:]]
            yield from (_summarized(path, kind, look) + "\n" for kind in rest)


def _is_generated(finding: Finding) -> bool:
    """Whether a finding stands in the output of an app."""
    construct = finding.construct
    is_made_here = construct is not None and construct.made is not None and construct.made.path == finding.path
    return construct is not None and construct.is_generated and not is_made_here


def _in_full(finding: Finding, shown: Shown, look: Look) -> Iterator[str]:
    level = finding.level or "warning"
    spans = [finding.span, *(related.span for related in finding.related)]
    gutter = max(len(str(span.line)) for span in spans) + 2
    place = _paint(_place(finding.path, finding.span.line, finding.span.column), "place", look)
    words = visible(with_words(finding, finding.deployment))
    yield f"{place}: {_paint(f'{level}[{visible(finding.rule)}]', level, look)} {words}"
    yield from _source(finding.span, shown, gutter, level, look, is_secret=finding.span in finding.secrets)
    if finding.construct is not None and finding.construct.made is None:
        yield f"  construct {visible(finding.construct.path)}"
    most = len(finding.related) if look.verbose else _RELATED
    for related in finding.related[:most]:
        span = related.span
        yield f"  {_place(span.path, span.line, span.column)}: {visible(related.message)}"
        yield from _source(span, shown, gutter, "gutter", look, is_secret=span in finding.secrets)
    if len(finding.related) > most:
        yield f"  and {counted(len(finding.related) - most, 'more place')}; --verbose shows all"


def _source(span: Span, shown: Shown, gutter: int, color: str, look: Look, *, is_secret: bool) -> Iterator[str]:
    """The first line of a span and the marks below it; nothing if the file has no such line (any more)."""
    source = shown(span, is_secret=is_secret)
    if source is not None:
        text, marks = source
        yield f"{_paint(f'{span.line:>{gutter}} |', 'gutter', look)} {text}"
        yield f"{_paint(' ' * gutter + ' |', 'gutter', look)} {_paint(marks, color, look)}"


def _excerpt(lines: Lines, places: HiddenPlaces, span: Span, *, is_secret: bool) -> tuple[str, str] | None:
    text = lines(span.path)
    if span.line > len(text):
        return None
    return excerpt(text, span, is_secret=is_secret, secrets=places.on(span.path, span.line))


def _summarized(path: str, rest: Sequence[Finding], look: Look) -> str:
    lines = [(visible(finding.resource), f"line {finding.span.line}") for finding in rest[:_NAMED]]
    named = ", ".join(f"{resource} ({line})" if resource else line for resource, line in lines)
    more = ", …" if len(rest) > _NAMED else ""
    head = f"and {len(rest)} more of {visible(rest[0].rule)} in {visible(path)}"
    return f"{_paint(head, 'place', look)}: {named}{more}; --verbose shows {'them' if len(rest) > 1 else 'it'}"


def _place(path: str, line: int, column: int) -> str:
    return f"{visible(path)}:{line}:{column}"


def _paint(text: str, color: str, look: Look) -> str:
    return f"\x1b[{_COLORS[color]}m{text}\x1b[0m" if look.color else text
