"""Applies every rule to every deployment of a template, and merges equal findings of several deployments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from awslint_memo.files.file_finder import relative
from awslint_memo.judging.checks import Checks, Unit
from awslint_memo.judging.limits import applied, cut
from awslint_memo.judging.rule import Rule, Types
from awslint_memo.judging.variation_search import NamedVariations, VariationSearch, variations
from awslint_memo.model.budget import spend
from awslint_memo.model.dependencies import Reads
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.patterns import path_matches
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.related_stacks import Landscape


@record(frozen=True)
class CheckOptions:
    """Options of a run: its rules with their levels and options, and the deployments that the user declared."""

    rules: Sequence[Rule]
    levels: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    declared: Declared = field(default_factory=Declared)
    parameters: Mapping[str, str] | None = None
    """Parameter values from the command line; if not None, only the deployment with these values is checked."""
    named: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Parameter values of each deployment in the configuration, by name; `parameters` has precedence."""
    lowered: frozenset[str] = frozenset()
    """The rules whose findings are advice: previews, and those that are newer than `rules-as-of`."""
    as_of: Mapping[str, str] = field(default_factory=dict)
    """By rule, the version after which what else it reports is advice."""
    landscape: Landscape | None = None
    """Knows the deployments of all templates of the run; None if nothing looks over several."""
    deployed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """For a named deployment of some templates only, the patterns of their paths."""
    root: str = ""
    """What these patterns are relative to."""

    @property
    def is_exact(self) -> bool:
        """Whether the user specified the deployments, so that they need not be enumerated."""
        return self.parameters is not None or bool(self.named)

    def notices(self) -> Iterator[str]:
        """Sentences about what was not looked at together."""
        return iter(()) if self.landscape is None else self.landscape.notices()

    def deployments(self, template: Template) -> Deployments:
        """The deployments of a template that are checked, with the objectives that it states, if it does."""
        known = None if self.landscape is None else self.landscape.known(template)
        if known is not None:
            return known
        found = self._deployments(template)
        # Few templates state any; a run without objectives loads nothing of recovery.
        is_silent = all("recovery" not in one.source.text for one in (template, *template.nested))
        is_alone = self.landscape is None and self.declared.recovery is None
        if is_silent and is_alone:
            return found
        from awslint_memo.judging.objectives_in_templates import may_have_objectives, objectives_in
        from awslint_memo.judging.related_stacks import in_landscape

        declared = self.declared
        if not is_silent and may_have_objectives(template):
            objectives = objectives_in(template, found)
            if objectives.files or objectives.resources:
                declared = replace(declared, stated=objectives)
        is_plain = declared is self.declared and is_alone
        return found if is_plain else in_landscape(template, found, declared, self.landscape)

    def _deployments(self, template: Template) -> Deployments:
        named = {} if self.parameters is not None else self._named(template)
        if not named:
            return template.deployments(self.parameters)
        every = {name: template.deployments(named[name]) for name in _followed(template, named)}
        for name, one in every.items():
            for deployment in one.deployments:
                deployment.name = name
        return replace(
            next(iter(every.values())),
            deployments=[deployment for one in every.values() for deployment in one.deployments],
            variations=NamedVariations({name: variations(one) for name, one in every.items()}),
            unseen=list(dict.fromkeys(what for one in every.values() for what in one.unseen)),
            remote_modules={what: path for one in every.values() for what, path in one.remote_modules.items()},
            problems=[problem for one in every.values() for problem in one.problems],
            reached=frozenset(path for one in every.values() for path in one.reached),
            taken=list(dict.fromkeys(what for one in every.values() for what in one.taken)),
            beside=lambda: [what for one in every.values() for what in one.beside()],
            ineffective=list(dict.fromkeys(what for one in every.values() for what in one.ineffective)),
            found_in=None,
        )

    def _named(self, template: Template) -> Mapping[str, Mapping[str, str]]:
        """The deployments of the configuration that are some of this template."""
        if not self.deployed:
            return self.named
        path = relative(template.source.path, self.root)
        every = self.named.items()
        return {name: values for name, values in every if _is_of(path, self.deployed.get(name, ("**",)))}


def _is_of(path: str, patterns: Sequence[str]) -> bool:
    return any(one == "**" or path_matches(one, path) for one in patterns)


def _followed(template: Template, named: Iterable[str]) -> Iterator[str]:
    """The deployments of the configuration that are looked at: one at least, and not thousands of them."""
    for number, name in enumerate(named):
        if not spend("looks", _NAMED + len(template.source.data) // 50) and number:
            return
        yield name


_NAMED = 100
"""What one deployment of the configuration takes of the budget of looks, beside what a byte of the template takes."""


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
    judging = DeploymentChecks(judged, check_options, coverage)
    found: list[Finding] = []
    for unit in units(judged, check_options):
        pulse()
        found += judging.findings(unit)
    return found


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
    named = [judged.by_type.get(type_, ()) for type_ in dict.fromkeys(types)]
    if len(named) == 1 and not rule.language:
        return named[0]
    here = {name for names in named for name in names}
    several = [name for name in judged.having if name in here]
    return several if not rule.language else [name for name in several if _language(judged, name) == rule.language]


def _language(judged: Deployments, name: str) -> str:
    return judged.having[name].own[name].language


class DeploymentChecks:
    """Judges the deployments of one template. notes: whether somebody wants to know what checks read."""

    def __init__(
        self, judged: Deployments, check_options: CheckOptions, coverage: Coverage | None = None, *, notes: bool = False
    ) -> None:
        self._judged, self._check_options, self._coverage = judged, check_options, coverage
        is_one = variations(judged).is_one
        notes = notes or coverage is not None
        self._checks = Checks(check_options.options, check_options.levels, shares=not is_one, notes=notes)
        self._checks.lowered, self._checks.as_of = check_options.lowered, check_options.as_of
        self._only = judged.deployments[0] if is_one and len(judged.deployments) == 1 else None
        """The deployment, if there is only one whatever is asked."""
        if self._only is not None:
            self._only.declared = judged.declared or check_options.declared
        self._of: tuple[Rule, int, VariationSearch] | None = None
        """The check that was looked at last, with what finds the deployments for each of its resources."""
        self.read: list[Reads] = []
        """What the last check of a resource read in the deployments that it was run in."""

    def findings(self, unit: Unit) -> Iterator[Finding]:
        """The findings of a check of one resource."""
        if self._only is not None:
            yield from self._of_only(unit, self._only)
            return
        found: dict[int, Sequence[Finding]] = {}
        read: dict[int, Reads | None] = {}

        def look(deployment: Deployment, *, follows: bool = True) -> Reads | None:
            deployment.declared = self._judged.declared or self._check_options.declared
            reads, findings = self._checks.findings(unit, deployment, follows=follows)
            found[id(deployment)] = [one for one in findings if one.name in deployment.own]
            read[id(deployment)] = reads
            return reads

        differing = self._search(unit).search(unit.name, look, partial(look, follows=False))
        self.read = [one for one in read.values() if one is not None]
        if self._coverage is not None:
            for deployment in differing.deployments:
                self._coverage.check(unit, deployment, read[id(deployment)], found[id(deployment)])
        if any(found.values()):
            from awslint_memo.judging.merging import merged  # Most templates have one deployment.

            every = [found[id(deployment)] for deployment in differing.deployments]
            options = self._check_options
            yield from merged(differing, every, is_exact=options.is_exact and not options.deployed)

    def _of_only(self, unit: Unit, deployment: Deployment) -> Iterator[Finding]:
        reads, findings = self._checks.findings(unit, deployment)
        self.read = [] if reads is None else [reads]
        own = [one for one in findings if one.name in deployment.own]
        if self._coverage is not None:
            self._coverage.check(unit, deployment, reads, own)
        yield from own

    def _search(self, unit: Unit) -> VariationSearch:
        if self._of is None or self._of[0] is not unit.rule or self._of[1] != unit.number:
            self._of = unit.rule, unit.number, VariationSearch(variations(self._judged))
        return self._of[2]
