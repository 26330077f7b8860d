"""Findings that are reported as one: those of one cause, of one decision, and of deployments that differ in little."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.variation_search import described
from awslint_memo.model.finding import LEVELS, Finding, Related
from awslint_memo.model.lazy import regex
from awslint_memo.model.naming import Construct
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Deployments, Differing

_NOTE = regex(r" \(default(?: of [^()]*)?\)")
"""What a value's note says in a message."""

_NAMED = 5
"""How many resources the message names; the related places name all."""


def grouped(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one template, those with the same plural sentence as one.

    It stands at the first of their resources, and has the others as related places. Call it after suppressions are
    applied, so that a suppressed resource is not named. Findings with another level or in other deployments are another
    group.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        if finding.plural is not None:
            groups.setdefault((finding.rule, finding.level, finding.deployment, finding.plural.sentence), []).append(
                finding
            )
    joined = {id(finding): group for group in groups.values() if len(group) > 1 for finding in group}
    kept = [finding for finding in findings if id(finding) not in joined]
    return [*kept, *(_joined(group) for group in groups.values() if len(group) > 1)]


def _joined(group: Sequence[Finding]) -> Finding:
    first, *others = sorted(group, key=lambda finding: finding.order)
    titles = list(dict.fromkeys(other.plural.title for other in (first, *others) if other.plural is not None))
    sentence, do = (first.plural.sentence, first.plural.do) if first.plural is not None else ("", "")
    # Instances of a resource share a place, which is named once.
    places = {
        other.span: Related(other.span, other.plural.title) for other in reversed(others) if other.plural is not None
    }
    places.pop(first.span, None)
    related = (*first.related, *reversed(places.values()))
    message = f"{listed(titles, _NAMED)} {sentence}"
    return replace(first, message=message, do=do, related=related, others=tuple(others))


def in_app(findings: Iterable[Finding], deployments: Deployments) -> list[Finding]:
    """The findings of a template, those of an app with their constructs."""
    if not deployments.may_be_made:
        return [*findings]
    return [_placed(finding, _construct(finding, deployments)) for finding in findings]


def _construct(finding: Finding, deployments: Deployments) -> Construct | None:
    deployment = deployments.having.get(finding.name)
    return None if deployment is None else deployment.own[finding.name].construct


def _placed(finding: Finding, construct: Construct | None) -> Finding:
    if construct is None:
        return finding
    if construct.is_framework:
        # Nobody can set the properties of what the CDK makes for itself; another construct may be the remedy.
        plural = finding.plural and replace(finding.plural, sentence=f"{finding.plural.sentence} (the CDK makes them)")
        message = f"{finding.message} (the CDK makes it)"
        finding = replace(finding, level="advice", message=message, plural=plural)
    made = () if construct.made is None else (Related(construct.made, f"the app makes {construct.path} here"),)
    return replace(finding, construct=construct, related=(*made, *finding.related))


def split(findings: Sequence[Finding], rules: Iterable[Rule]) -> tuple[list[Finding], list[Finding]]:
    """The findings of a template that are told, and those that are silent because another one tells their cause.

    Call it before suppressions are applied: a cause whose finding is suppressed has been looked at. A rule that is not
    applied has no findings, so nothing is silent because of it.
    """
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.rule, []).append(finding)
    # Only a rule with findings is asked, whose file is loaded already.
    yielding = {
        rule.id: rule.yields_to for rule in rules if rule.id in found and not found.keys().isdisjoint(rule.yields_to)
    }
    told: list[Finding] = []
    silent: list[Finding] = []
    for one in findings:
        others = [other for name in yielding.get(one.rule, ()) for other in found.get(name, ())]
        (silent if telling(one, others) else told).append(one)
    return told, silent


def telling(finding: Finding, others: Sequence[Finding]) -> list[Finding]:
    """Those findings of rules that this one's rule yields to which tell its cause; empty if a part of it is untold.

    A less severe one does not count: it may be hidden, or not fail the run.
    """
    speaking = [
        other
        for other in others
        if other.deployment in (None, finding.deployment) and _severity(other) <= _severity(finding)
    ]
    causes = [[other for other in speaking if _tells(other, cause)] for cause in _causes(finding)]
    return [other for found in causes for other in found] if all(causes) else []


def _causes(finding: Finding) -> list[tuple[str, str]]:
    """What a finding is about, each with the name of the whole resource which it is a generated part of."""
    return [(name, name) for name in finding.about] or [(finding.name, finding.resource)]


def _tells(finding: Finding, cause: tuple[str, str]) -> bool:
    """Whether a finding is about a resource or value; two parts that a transform generates from one are two."""
    about = {finding.name, f"{finding.name}:{finding.route}", *finding.about}
    return not about.isdisjoint(cause) or finding.resource == cause[0]


def _severity(finding: Finding) -> int:
    return LEVELS.index(finding.level or "warning")


@record
class _Held:
    """A finding, and the indexes of the deployments that have it."""

    finding: Finding
    deployments: set[int] = field(default_factory=set)
    also: set[int] = field(default_factory=set)
    """Those that have it with other words."""

    @property
    def everywhere(self) -> set[int]:
        """The deployments that have it, whatever the words."""
        return self.deployments | self.also


def merged(differing: Differing, found: Sequence[Sequence[Finding]], *, is_exact: bool) -> Iterator[Finding]:
    """Findings of deployments that differ, each once.

    found: those of each deployment. is_exact: whether the user specified the deployments.
    """
    held: dict[tuple[object, ...], _Held] = {}
    gravest: dict[str, dict[int, int]] = {}
    for number, findings in enumerate(found):
        said: Counter[tuple[object, ...]] = Counter()
        for finding in findings:
            # The key leaves out the position: the same finding in two branches of an Fn::If is one finding.
            # Nor whose default a value is: in the deployment with the default it is the same value.
            known = (finding.rule, finding.name, _NOTE.sub("", finding.message), finding.level)
            said[known] += 1
            held.setdefault((*known, said[known]), _Held(finding)).deployments.add(number)
            highest = gravest.setdefault(finding.name, {})
            highest[number] = min(LEVELS.index(finding.level or "advice"), highest.get(number, len(LEVELS)))
    merged_findings = list(_with_chosen_values(held.values()))
    if not is_exact and not all(deployment.name for deployment in differing.deployments):
        merged_findings = list(_whatever_level(merged_findings))
    for one in merged_findings:
        yield _conditional(one, differing, gravest[one.finding.name], is_exact=is_exact)


def _with_chosen_values(held: Iterable[_Held]) -> Iterator[_Held]:
    """Findings, those merged that differ only in what their messages say of the values that deployments choose."""
    groups: dict[tuple[object, ...], list[_Held]] = {}
    for one in held:
        known = (one.finding.rule, one.finding.name, one.finding.span, one.finding.route, one.finding.level)
        group = groups.setdefault(known, [])
        same = next((other for other in group if other.everywhere.isdisjoint(one.deployments)), None)
        if same is None:
            group.append(one)
        else:
            same.also |= one.deployments
    for group in groups.values():
        yield from group


def _whatever_level(held: Iterable[_Held]) -> Iterator[_Held]:
    """Findings, those merged that differ in their level alone, as the least severe: each would be told as that."""
    found: dict[tuple[object, ...], _Held] = {}
    for one in held:
        finding = one.finding
        known = (finding.rule, finding.name, _NOTE.sub("", finding.message), finding.span, finding.route)
        same = found.setdefault(known, one)
        if same is not one and same.everywhere.isdisjoint(one.everywhere):
            level = max(same.finding.level or "advice", finding.level or "advice", key=LEVELS.index)
            same.finding = replace(same.finding, level=level)
            same.deployments |= one.deployments
            same.also |= one.also
        elif same is not one:
            found[(*known, len(found))] = one
    yield from found.values()


def _whose(one: _Held, differing: Differing) -> str:
    """Which deployments the words of a finding are taken from, where others have it with other values."""
    where = described(one.deployments, differing).removeprefix("for example ")
    return f" (in every deployment; these values {where})"


def _conditional(one: _Held, differing: Differing, gravest: Mapping[int, int], *, is_exact: bool) -> Finding:
    """A finding; one of some deployments with the words for which, and the level that this leaves it."""
    finding, count = one.finding, len(differing.deployments)
    has_names = all(deployment.name for deployment in differing.deployments)
    is_named = is_exact or has_names or finding.rule == INTERNAL_ERROR
    if len(one.everywhere) == count and differing.is_sample and not is_named:
        # It may hold in some only, and surely does where the resource is not in all of them.
        level = "advice" if count == 1 and differing.choices[0][0] else finding.level
        return replace(finding, deployment=described(one.everywhere, differing), level=level)
    if len(one.everywhere) == count:
        return replace(finding, message=f"{finding.message}{_whose(one, differing)}") if one.also else finding
    everywhere = LEVELS[max(gravest.values())] if len(gravest) == count else "advice"
    level = finding.level if is_named else max(finding.level or "advice", everywhere, key=LEVELS.index)
    words = described(one.everywhere, differing)
    if one.also and words.startswith("when "):
        example = described(one.deployments, differing, one.everywhere).removeprefix("for example ")
        words = f"{words}, for example {example}"
    return replace(finding, deployment=words, level=level, chosen=differing.choices[min(one.deployments)][0])
