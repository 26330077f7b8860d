"""Applies every rule to every deployment of a template, and merges equal findings of several deployments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checks import Checks, Unit
from awslint_memo.judging.rule import Rule, Types
from awslint_memo.judging.variation_search import MANY_CHECKS, VariationSearch, variations
from awslint_memo.model.budget import has_very_many_choices, left, look_less, look_more, refuse, take
from awslint_memo.model.dependencies import Reads
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.facts import POLICIES, Declared
from awslint_memo.model.finding import Finding
from awslint_memo.model.span import LeftOut
from awslint_memo.readers.template import Deployments, Differing, Template

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Coverage


def check_template(template: Template, check_options: CheckOptions) -> tuple[list[Finding], bool]:
    """The findings in a template, and whether all of its deployments were checked."""
    deployments = check_options.deployments(template)
    return check_deployments(deployments, check_options), deployments.is_complete


def check_deployments(
    judged: Deployments,
    check_options: CheckOptions,
    coverage: Coverage | None = None,
    pulse: Callable[[], None] = lambda: None,
) -> list[Finding]:
    """The findings in the deployments of a template; equal findings of several deployments are merged.

    Each check is run on each resource in the deployments that differ in what the check asks there. A finding in only
    some of them says in which. Unless the user specified the deployments, its level is lowered to advice; but if the
    check has findings about the same resource in every deployment, it is lowered only to the least severe of the
    highest levels in each deployment. coverage: counts what each check came to. pulse: called before each check.
    """
    every = list(units(judged, check_options))
    judging = DeploymentChecks(judged, check_options, coverage, count=len(every))
    findings: list[Finding] = []
    for unit in every:
        pulse()
        findings += judging.findings(unit)
    return findings


def units(judged: Deployments, check_options: CheckOptions) -> Iterator[Unit]:
    """What is to be judged: each check of a rule with each resource of its types."""
    # A rule's file is loaded when there is a resource to check.
    rules = applied(judged, check_options.rules, check_options.declared)
    kept = cut(judged, rules)
    for rule in rules:
        for number, (types, _) in enumerate(rule.checks):
            for name in _subjects(rule, types, judged):
                if kept is None or not name or name in kept:
                    yield Unit(rule, number, name)


def is_cut(judged: Deployments, check_options: CheckOptions) -> bool:
    """Whether there are more resources than are judged."""
    return cut(judged, applied(judged, check_options.rules, check_options.declared)) is not None


def _subjects(rule: Rule, types: Types, judged: Deployments) -> Sequence[str]:
    """The names of the resources that a check is given in any deployment; empty for the deployment itself."""
    if not types:
        return [""] if judged.deployments else []
    found = judged.by_type.keys() & types
    if not found:
        return ()
    named = [judged.by_type[type_] for type_ in found]
    if len(named) == 1 and not rule.language:
        return named[0]
    here = {name for names in named for name in names}
    several = [name for name in judged.having if name in here]
    return several if not rule.language else [name for name in several if _language(judged, name) == rule.language]


def _language(judged: Deployments, name: str) -> str:
    return judged.having[name].own[name].language


class DeploymentChecks:
    """Judges the deployments of one template. notes: whether somebody wants to know what checks read. count: how many
    checks of resources there are."""

    def __init__(
        self,
        judged: Deployments,
        check_options: CheckOptions,
        coverage: Coverage | None = None,
        *,
        count: int,
        notes: bool = False,
    ) -> None:
        self._judged, self._check_options, self.coverage = judged, check_options, coverage
        is_one = variations(judged).is_one
        notes = notes or coverage is not None
        self._checks = Checks(check_options, shares=not is_one, notes=notes)
        self._only = judged.deployments[0] if is_one and len(judged.deployments) == 1 else None
        """The deployment, if there is only one whatever is asked."""
        if self._only is not None:
            self._only.declared = judged.declared or check_options.declared
        self._search = VariationSearch(variations(judged), is_much=count > MANY_CHECKS)
        if count > MANY_CHECKS and not is_one:
            if has_very_many_choices():
                look_less()
            look_more(count)
        self._production: tuple[Differing, list[bool | None]] | None = None
        """What was looked at last with a finding: whether each deployment is production."""
        self.read: list[Reads] = []
        """What the last check of a resource read in the deployments that it was run in."""
        self.is_sampled = False
        """Whether these were only some of those that differ in what it read."""

    def findings(self, unit: Unit) -> Sequence[Finding]:
        """The findings of a check of one resource."""
        return self._of_several(unit) if self._only is None else self._of_only(unit, self._only)

    def _of_several(self, unit: Unit) -> Sequence[Finding]:
        take("samples", _CHECKING)
        found: dict[int, Sequence[Finding]] = {}
        read: dict[int, Reads | None] = {}

        def look(deployment: Deployment, *, follows: bool = True) -> Reads | None:
            deployment.declared = self._judged.declared or self._check_options.declared
            reads, findings = self._checks.findings(unit, deployment, follows=follows)
            found[id(deployment)] = findings
            read[id(deployment)] = reads
            return reads

        differing = self._search.search(unit.name, look, partial(look, follows=False))
        self.is_sampled = differing.is_sample or not differing.is_complete
        if self.is_sampled:
            refuse("differing")
        self.read = [one for one in read.values() if one is not None]
        if self.coverage is not None:
            for deployment in differing.deployments:
                self.coverage.check(unit, deployment, read.get(id(deployment)), found.get(id(deployment), ()))
        if not any(found.values()):
            return ()
        # Most templates have one deployment.
        from awslint_memo.judging.environments import production
        from awslint_memo.judging.merging import merged

        every = [found.get(id(deployment), ()) for deployment in differing.deployments]
        options = self._check_options
        is_exact = options.is_exact and not options.deployed
        if self._production is None or self._production[0] is not differing:
            self._production = differing, production(differing, self._judged.declared or options.declared)
        return list(merged(differing, every, self._production[1], self._judged.defaults(), is_exact=is_exact))

    def _of_only(self, unit: Unit, deployment: Deployment) -> Sequence[Finding]:
        reads, findings = self._checks.findings(unit, deployment)
        self.read = [] if reads is None else [reads]
        if self.coverage is not None:
            self.coverage.check(unit, deployment, reads, findings)
        return findings


_CHECKING = 4
"""What a check of one resource takes of the budget of samples, in however many deployments it is run."""

_DIFFERING = 2_500
"""So many resources are judged at least where deployments differ, and else half of those that are where they don't,
since each is judged in several of them."""

_OF_CLOUDFORMATION = 1_000
"""So many resources of one stack are judged where checks are many: CloudFormation creates 500 at most of a template
(AWSCloudFormation/latest/UserGuide/cloudformation-limits.html, "Resources", read on 2026-12-02), twice as many are."""

_OF_A_STACK = 25
_STACKS = 120
"""How many more resources are judged for each nested stack, which may be one of several of the same file."""

RECOVERY = "recovery"
"""The service of the rules that judge against declared objectives, and are not even loaded without any."""


def applied(judged: Deployments, rules: Sequence[Rule], declared: Declared) -> list[Rule]:
    """The rules that have something to check. declared: what the run declares, if the template's deployments don't."""
    here = judged.by_type.keys()
    has_objectives = (judged.declared or declared).has_objectives or not here.isdisjoint(POLICIES)
    places = _places(tuple(rules))
    wanted = {place for type_ in ("", *here) for place in places.get(type_, ())}
    found = [rules[place] for place in sorted(wanted)]
    return found if has_objectives else [rule for rule in found if rule.service != RECOVERY]


@lru_cache(maxsize=8)
def _places(rules: tuple[Rule, ...]) -> Mapping[str, Sequence[int]]:
    """At which places of the rules those stand that judge a type, under "" those that judge whole deployments.

    It is asked for each template with the same rules, of which few judge the types that one has.
    """
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        for type_ in rule.resource or ("",):
            places.setdefault(type_, []).append(place)
    return places


def cut(judged: Deployments, rules: Sequence[Rule]) -> Collection[str] | None:
    """The names of the first resources, if there are more than are judged; None if all are. rules: those applied."""
    number, judgeable = len(judged.having), _judgeable(judged)
    is_few = number * sum(len(rule.checks) for rule in rules) <= left("checks")
    if number <= judgeable and is_few:
        return None
    stacks = {name.rpartition("/")[0] for name in judged.having} - {""}
    more = _OF_A_STACK * min(len(stacks), _STACKS)
    checks = Counter(type_ for rule in rules for types, _ in rule.checks for type_ in set(types))
    each = max((checks[type_] for type_ in judged.by_type), default=0)
    most, room = judgeable + more, left("checks") + each * (left("terse") + more)
    of_stacks = judged.having if is_few else _of_stacks(judged)
    if len(of_stacks) < number:
        look_less()
    if len(of_stacks) <= most and len(of_stacks) * each <= room:
        kept = set(of_stacks)
    else:
        kept = set(islice(_within(judged, checks, room, of_stacks), most))
    if len(kept) == number:
        return None
    refuse("judged", LeftOut.of(name for name in judged.having if name not in kept))
    return kept


def _judgeable(judged: Deployments) -> int:
    """How many resources are judged, without those that there are more for each nested stack."""
    most = left("judged")
    return most if variations(judged).is_one else max(min(most, _DIFFERING), most // 2)


def _of_stacks(judged: Deployments) -> Collection[str]:
    """The names of the resources, without those of a stack of CloudFormation that it can never create."""
    names = judged.having
    met: Counter[str] = Counter()
    kept: list[str] = []
    for name in names:
        stack = name[: name.rfind("/") + 1]
        met[stack] += 1
        if met[stack] <= _OF_CLOUDFORMATION:
            kept.append(name)
    is_too_much = len(kept) < len(names) and _language(judged, kept[0]) == "cloudformation"
    return kept if is_too_much else names


def _within(judged: Deployments, checks: Mapping[str, int], room: int, names: Iterable[str]) -> Iterator[str]:
    """The first of some names of resources that have no more checks than there is room for. checks: their number by
    type."""
    of = {name: checks[type_] for type_, names in judged.by_type.items() for name in names}
    for name in names:
        room -= of.get(name, 0)
        if room < 0:
            return
        yield name
