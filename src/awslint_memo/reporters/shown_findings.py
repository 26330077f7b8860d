"""What formats do with findings before they show them: their order, their words, and repeats told once.

What a template says in each of the stacks that nest it, or a module in each call, is shown once. A person acts on such
findings at one place, so a report has one that names the stacks, modules or instances. What a line of an app of the CDK
makes in several stages is shown once too, and names the stages; what one place decides for several resources follows in
`causes`. Comparisons and baselines come before, as each finding has a fingerprint of its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from awslint_memo.judging.report import Hidden, Report
from awslint_memo.model.finding import LEVELS, Finding, Level, Related
from awslint_memo.model.lazy import regex
from awslint_memo.model.patterns import without_instance_keys
from awslint_memo.model.phrases import counted, listed, quoted
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Span
from awslint_memo.reporters.causes import by_cause


def level_of(finding: Finding) -> Level:
    """The level of a finding; one without a level is a warning."""
    return finding.level or "warning"


def gravest_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings by level, those of one level in the order in which they were."""
    return sorted(findings, key=lambda finding: LEVELS.index(level_of(finding)))


def told(finding: Finding) -> str:
    """The message of a finding, with the deployments in which it holds if these are not all, and with the construct."""
    construct = "" if finding.construct is None else f"construct {quoted(finding.construct.path)}"
    return with_words(finding, "; ".join(filter(None, (finding.deployment, construct))))


def with_words(finding: Finding, words: str | None) -> str:
    """The message of a finding, with words about it in parentheses: in those that name defaults, if it ends so."""
    if not words:
        return finding.message
    message = finding.message
    names_defaults = message.endswith(")") and message.startswith("(default of ", message.rfind("("))
    return f"{message[:-1]}; {words})" if names_defaults else f"{message} ({words})"


def places(finding: Finding) -> tuple[Span, Sequence[Related]]:
    """The line that a person changes, and the other places of a finding.

    Of what an app of the CDK makes, that is where the app makes it, if that is known: its output is made anew again and
    again, and git ignores it.
    """
    construct = finding.construct
    if construct is None or not construct.is_generated or construct.made is None:
        return finding.span, finding.related
    others = [related for related in finding.related if related.span != construct.made]
    return construct.made, [Related(finding.span, "here in the output of the app"), *others]


def name_of(finding: Finding) -> str:
    """The name of a finding's resource as a person knows it: of an app of the CDK, the path of the construct."""
    return finding.resource if finding.construct is None else finding.construct.path


NOUNS: Mapping[Level, str] = {"error": "error", "warning": "warning", "advice": "piece of advice"}


def level_counts(levels: Mapping[Level, int]) -> list[str]:
    """How many findings there are of each level that has some, in words."""
    return [counted(number, NOUNS[level]) for level, number in levels.items() if number]


def graver_unshown(report: Report) -> str:
    """How many errors and warnings are among the advice that is not shown, as they hold in some deployments only.
    Of those that are advice for another reason a notice tells."""
    hidden = (one for one in report.unshown if one.lowered is None and one.lessened is None)
    found = Counter(one.was for one in hidden if one.was is not None)
    levels = level_counts({level: found[level] for level in ("error", "warning")})
    verb = "holds" if sum(found.values()) == 1 else "hold"
    return f", {' and '.join(levels)} among them that {verb} in some deployments only" if found else ""


NAMED = 20
"""How many stacks, modules or instances are named without --verbose."""

_MODULE = r'module\.[\w-]+(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.'
_MODULES = regex(rf"(?:{_MODULE})+")
_STACKS = regex(r"(?:[A-Za-z0-9]+/)+")
_STEP = regex(rf"{_MODULE}|[A-Za-z0-9]+/")
_NUMBER = regex(r"(\d+)")


@record(frozen=True)
class _Name:
    """A resource's name: the stacks or modules that it is in, with the sign behind them, and its name there."""

    outer: str
    inner: str


def once(report: Report, most: int = NAMED) -> Report:
    """The report with each repeated finding once, in its counts too. most: how many places a message names."""
    unshown = merged(report.unshown, most)
    return replace(
        report,
        findings=merged(report.findings, most),
        unshown=unshown,
        advice_hidden=report.advice_hidden - len(report.unshown) + len(unshown),
        suppressed=_suppressed(report.suppressed, most),
    )


def merged(findings: Sequence[Finding], most: int = NAMED) -> list[Finding]:
    """The findings in their order; those that differ only in their resource's stack, module or instance as one."""
    return [_with_root(finding) for finding in together(findings, most)]


def together(findings: Sequence[Finding], most: int = NAMED) -> list[Finding]:
    """The same without words about roots, so that a finding that is told alone is the very one that was given."""
    repeated = [finding for group in _groups(findings, _key) for finding in _merged(group, most)]
    return by_cause(in_stages(repeated, most), most)


def _with_root(finding: Finding) -> Finding:
    """A finding in a module that several roots call, with the root if it holds in one of them only."""
    roots = {single.root for single in finding.singles}
    if len(roots) > 1 or not finding.is_shared:
        return finding
    return replace(finding, message=f"{finding.message} (in {_folder(*roots)})", is_shared=False)


def _folder(root: str) -> str:
    return "the root at the top" if root == "." else root


def _groups(findings: Sequence[Finding], key: Callable[[Finding], object]) -> Iterable[list[Finding]]:
    groups: dict[object, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(key(finding), []).append(finding)
    return groups.values()


def _suppressed(hidden: Sequence[Hidden], most: int) -> list[Hidden]:
    reasons: dict[tuple[str, bool, str], list[Finding]] = {}
    for suppression in hidden:
        reasons.setdefault((suppression.reason, suppression.is_in_file, suppression.tool), []).append(
            suppression.finding
        )
    return [Hidden(finding, *reason) for reason, group in reasons.items() for finding in merged(group, most)]


def _key(finding: Finding) -> tuple[object, ...]:
    name = _name(finding)
    same = (finding.rule, finding.level, finding.deployment, finding.type, finding.span)
    return (*same, without_instance_keys(name.inner), _inner(finding.message, finding))


def _name(finding: Finding) -> _Name:
    match = (_MODULES if "." in finding.resource else _STACKS).match(finding.resource)
    outer = match[0] if match else ""
    return _Name(outer, finding.resource.removeprefix(outer))


def _inner(message: str, finding: Finding) -> str:
    """A message as it would be if the resource's template or module were deployed by itself, and once. What it names of
    a caller, or of another module of one, has its name there. A message that names several instances keeps their keys,
    which tell them apart."""
    name = _name(finding)
    if name.outer:
        ends = [step.end() for step in _STEP.finditer(name.outer)]
        callers = "|".join(re.escape(name.outer[:end]) for end in reversed(ends))
        message = re.sub(rf"(?<![\w./-])(?:{callers})", "", message)
    is_one = not finding.others and without_instance_keys(name.inner) != name.inner
    return without_instance_keys(message) if is_one else message


def _merged(group: Sequence[Finding], most: int) -> Sequence[Finding]:
    if len(group) < 2 or len({(finding.root, finding.resource) for finding in group}) < len(group):
        return group
    every = sorted(group, key=_numbers)
    first, roots = every[0], dict.fromkeys(finding.root for finding in every)
    related = [replace(related, message=_inner(related.message, of)) for of in every for related in of.related]
    return [
        replace(
            first,
            message=f"{_inner(first.message, first)} ({_where(every, most)})",
            do=_inner(first.do, first),
            resource=without_instance_keys(_name(first).inner),
            related=_each_once(related),
            # Not the fingerprint of a resource, since it is to stay when the first stack goes.
            root=f"{first.root}/*" if len(roots) == 1 else "*",
            plural=None,
            others=tuple(told for finding in every for told in (finding, *finding.others)),
            joined=tuple(single for finding in every for single in finding.singles),
        )
    ]


def _where(findings: Sequence[Finding], most: int) -> str:
    """The stacks or modules in words; the resources, if their instances differ. Of several roots, with the root."""
    names = [_name(finding) for finding in findings]
    roots = [finding.root for finding in findings]
    of = [f" of {root}" if len(set(roots)) > 1 else "" for root in roots]
    if len({name.inner for name in names}) > 1 or not all(name.outer for name in names):
        return f"for {listed([finding.resource + root for finding, root in zip(findings, of, strict=True)], most)}"
    outer = listed([name.outer.rstrip("./") + root for name, root in zip(names, of, strict=True)], most)
    return f"in {outer}" if names[0].outer.endswith(".") else f"in the stacks {outer}"


def _each_once(related: Sequence[Related]) -> list[Related]:
    return list({(place.span, place.message): place for place in related}.values())


def _numbers(finding: Finding) -> list[tuple[int, str]]:
    """Sort key: by root, and Stack2 before Stack10."""
    parts = _NUMBER.split(f"{finding.root} {finding.resource}")
    # Every second part is a number, of any length and any script, which is compared as a text.
    digits = (part.lstrip("0") if at % 2 else None for at, part in enumerate(parts))
    return [(-1, part) if one is None else (len(one), one) for one, part in zip(digits, parts, strict=True)]


_NO_WORD = regex(r"[^A-Za-z0-9]")


def in_stages(findings: Sequence[Finding], most: int) -> list[Finding]:
    """The findings in their order; those that differ only in the stage of their construct as one, at the first."""
    return [finding for group in _groups(findings, _stage_key) for finding in _merged_stages(group, most)]


def _stage_key(finding: Finding) -> tuple[object, ...]:
    """What is the same in each stage. The message may name a Region, or another thing that a stage decides."""
    construct = finding.construct
    if construct is None or not construct.stage:
        return (id(finding),)
    way = construct.path.removeprefix(f"{construct.stage}/")
    # A step may be the whole path of another construct in one word, with a hash of it.
    way = re.sub(rf"\b{_NO_WORD.sub('', construct.stage)}(\w*)[0-9A-F]{{8}}\b", r"\1", way)
    return (finding.rule, finding.level, finding.deployment, finding.type, way, finding.route)


def _merged_stages(group: Sequence[Finding], most: int) -> Sequence[Finding]:
    stages = [finding.construct.stage for finding in group if finding.construct is not None]
    if len(group) < 2 or len(set(stages)) < len(group):
        # Two findings of one stage that look alike are about two things.
        return group
    first = group[0]
    others = "" if len({finding.message for finding in group}) == 1 else f"; the values are those of {stages[0]}"
    return [
        replace(
            first,
            message=f"{first.message} (in the stages {listed(stages, most)}{others})",
            # Not the fingerprint of one stage, since it is to stay when that one goes.
            root="*",
            others=tuple(told for finding in group for told in (finding, *finding.others)),
            joined=tuple(single for finding in group for single in finding.singles),
        )
    ]
