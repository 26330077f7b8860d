"""Findings that are reported as one: those of one cause, and those of one decision."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.environments import with_tags
from awslint_memo.judging.nonproduction import OfNoProduction, Place
from awslint_memo.judging.rule import Rule
from awslint_memo.model.finding import Finding, Lessening, Level, Related, by_defaults
from awslint_memo.model.naming import Construct
from awslint_memo.model.phrases import listed
from awslint_memo.model.record import replace
from awslint_memo.readers.template import Deployments

_NAMED = 5
"""How many resources the message names; the related places name all."""


def grouped(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one template, those with the same plural sentence as one.

    It stands at the first of their resources, and has the others as related places. Call it after suppressions are
    applied, so that a suppressed resource is not named. Findings with another level are another group. Where they hold
    in other deployments each, these stand behind the resources.
    """
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        if finding.plural is not None:
            groups.setdefault((finding.rule, finding.level, finding.plural.sentence), []).append(finding)
    joined = {id(finding): group for group in groups.values() if len(group) > 1 for finding in group}
    kept = [finding for finding in findings if id(finding) not in joined]
    return [*kept, *(_joined(group) for group in groups.values() if len(group) > 1)]


def told(
    findings: Sequence[Finding], of_no_production: OfNoProduction, options: CheckOptions, place: Place
) -> tuple[list[Finding], int]:
    """The findings of a template with the levels that they have where it is, grouped; and how many pieces of advice are
    left out, as only a downloaded module decides what they are about: nobody who reads them can do something.

    What is graver stays, as a team may take another module, and so does what a policy locks.
    """
    judged = of_no_production.judged(findings, options, place)
    if options.tells_all or not any(finding.is_inside for finding in judged):
        return grouped(judged), 0
    kept = [one for one in judged if not one.is_inside or one.level != "advice" or one.rule in options.locked]
    return grouped(kept), len(judged) - len(kept)


def left_out(findings: Sequence[Finding], kept: Sequence[Finding], root: str) -> dict[str, Finding]:
    """The findings of a root that `told` leaves out, each as if it were told alone, by fingerprint. kept: what it
    gives."""
    told_too = {alone_in(root, each) for finding in kept for each in (finding, *finding.others)}
    alone = (replace(finding, root=root, plural=None) for finding in findings)
    return {each.fingerprint: each for each in alone if each.fingerprint not in told_too}


def alone_in(root: str, finding: Finding) -> str:
    """The fingerprint of a finding as one of a root, also of one that is told with others."""
    return replace(finding, root=root, plural=None).fingerprint


def _joined(group: Sequence[Finding]) -> Finding:
    first, *others = sorted(group, key=lambda finding: finding.order)
    deployments = {finding.deployment for finding in group}
    deployment = first.deployment if len(deployments) == 1 else None
    titles = list(dict.fromkeys(_title(finding, deployment) for finding in (first, *others)))
    sentence, do = (first.plural.sentence, first.plural.do) if first.plural is not None else ("", "")
    # Instances of a resource share a place, which is named once.
    places = {
        other.span: Related(other.span, other.plural.title) for other in reversed(others) if other.plural is not None
    }
    places.pop(first.span, None)
    related = (*first.related, *reversed(places.values()))
    message = f"{listed(titles, _NAMED)} {sentence}"
    names = list(dict.fromkeys(name for finding in (first, *others) for name in finding.defaults))
    if "(default" not in message:
        message += by_defaults(names)
    return replace(
        first, message=message, do=do, deployment=deployment, related=related, others=tuple(others), alone=first
    )


def _title(finding: Finding, shared: str | None) -> str:
    """What a joined message calls a resource: its title, with the deployments where they are not those of all."""
    title = finding.resource if finding.plural is None else finding.plural.title
    return title if finding.deployment == shared else f"{title} ({finding.deployment})"


def located(findings: Iterable[Finding], deployments: Deployments, options: CheckOptions) -> list[Finding]:
    """The findings of a template, each with the tag that names another environment, those of an app with their
    constructs."""
    tagged = with_tags([*findings], deployments, options.declared)
    if not deployments.may_be_made:
        return tagged
    return [_placed(finding, _construct(finding, deployments), options.locked) for finding in tagged]


def _construct(finding: Finding, deployments: Deployments) -> Construct | None:
    deployment = deployments.having.get(finding.name)
    return None if deployment is None else deployment.own[finding.name].construct


def _placed(finding: Finding, construct: Construct | None, locked: Collection[str]) -> Finding:
    if construct is None:
        return finding
    if construct.is_framework and finding.rule not in locked:
        # Nobody can set the properties of what the CDK makes for itself; another construct may be the remedy.
        plural = finding.plural and replace(finding.plural, sentence=f"{finding.plural.sentence} (the CDK makes them)")
        message = f"{finding.message} (the CDK makes it)"
        was = finding.level or "warning"
        lessened: tuple[Level, Lessening] | None = None if was == "advice" else (was, "made")
        finding = replace(finding, level="advice", message=message, plural=plural, lessened=lessened)
    made = () if construct.made is None else (Related(construct.made, f"the app makes {construct.path} here"),)
    return replace(finding, construct=construct, related=(*made, *finding.related))


def split(findings: Sequence[Finding], rules: Iterable[Rule]) -> tuple[list[Finding], list[Finding]]:
    """The findings of a template that are told, and those that are silent because another one tells their cause.

    Call it before suppressions are applied: a cause whose finding is suppressed has been looked at. A rule that is not
    applied has no findings, so nothing is silent because of it.
    """
    if not findings:
        return [], []
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.rule, []).append(finding)
    # Only a rule with findings is asked, whose file is loaded already.
    having = [rule for rule in rules if rule.id in found]
    yielding = {rule.id: rule.yields_to for rule in having if not found.keys().isdisjoint(rule.yields_to)}
    told: list[Finding] = []
    silent: list[Finding] = []
    about = {
        rule: _by_subject(found[rule]) for rule in {name for names in yielding.values() for name in names} & {*found}
    }
    for one in findings:
        rules_of = (about[name] for name in yielding.get(one.rule, ()) if name in about)
        subjects = dict.fromkeys(subject for cause in _causes(one) for subject in cause)
        others = {id(other): other for by in rules_of for subject in subjects for other in by.get(subject, ())}
        (silent if telling(one, [*others.values()]) else told).append(one)
    useless = {rule.id: rule.useless_with for rule in having}
    return [_without_useless_fix(one, useless.get(one.rule, ()), found) for one in told], silent


def _without_useless_fix(finding: Finding, names: Iterable[str], found: Mapping[str, list[Finding]]) -> Finding:
    """A finding, without its fix where a finding of one of some rules shows that this helps nobody."""
    for name in names if finding.fix is not None else ():
        for other in found.get(name, ()):
            if other.resource == finding.resource and other.deployment in (None, finding.deployment):
                return replace(finding, fix=None, unfixed=f"it helps nobody before {name} is mended")
    return finding


def _by_subject(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Findings by what they may tell the cause of, as `_tells` says: thousands of one rule may yield to as many."""
    by_subject: dict[str, list[Finding]] = {}
    for finding in findings:
        for subject in {*_told_about(finding), finding.resource}:
            by_subject.setdefault(subject, []).append(finding)
    return by_subject


def telling(finding: Finding, others: Sequence[Finding]) -> list[Finding]:
    """Those findings of rules that this one's rule yields to which tell its cause; empty if a part of it is untold.

    A less severe one does not count: it may be hidden, or not fail the run.
    """
    speaking = [
        other for other in others if other.deployment in (None, finding.deployment) and other.gravity <= finding.gravity
    ]
    causes = [[other for other in speaking if _tells(other, cause)] for cause in _causes(finding)]
    return [other for findings in causes for other in findings] if all(causes) else []


def _causes(finding: Finding) -> list[tuple[str, str]]:
    """What a finding is about, each with the name of the whole resource which it is a generated part of."""
    return [(name, name) for name in finding.about] or [(finding.name, finding.resource)]


def _tells(finding: Finding, cause: tuple[str, str]) -> bool:
    """Whether a finding is about a resource or value; two parts that a transform generates from one are two."""
    return not _told_about(finding).isdisjoint(cause) or finding.resource == cause[0]


def _told_about(finding: Finding) -> set[str]:
    return {finding.name, f"{finding.name}:{finding.route}", *finding.about}
