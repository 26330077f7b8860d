"""What is asked of the checks of a template: rules with their levels and options, and which of its deployments."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from awslint_memo.files.file_finder import relative
from awslint_memo.judging.environments import deploys_to_regions, tells_apart
from awslint_memo.judging.rule import Rule, is_newer
from awslint_memo.judging.variation_search import NamedVariations, variations
from awslint_memo.model.budget import left, refuse, take
from awslint_memo.model.deployment_words import BY_DEFAULT
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.name_words import is_named_like
from awslint_memo.model.patterns import path_matches
from awslint_memo.model.record import field, record, replace
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.judging.related_stacks import Landscape
    from awslint_memo.readers.terraform.module_calls import ModuleCalls


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
    previews: frozenset[str] = frozenset()
    """The rules whose findings are advice unless they are errors: what surely never works counts at once."""
    as_of: Mapping[str, str] = field(default_factory=dict)
    """By rule, the version of `rules-as-of`: what is newer, the rule or what it reports, is advice."""
    locked: frozenset[str] = frozenset()
    """The rules that a policy locks: no folder lowers what they report."""
    landscape: Landscape | None = None
    """Knows the deployments of all templates of the run; None if nothing looks over several."""
    deployed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """For a named deployment of some templates only, the patterns of their paths."""
    root: str = ""
    """What these patterns are relative to."""
    guards_defaults: bool = False
    """Whether a policy lets no file of values take the default values away: they are judged beside these."""
    tells_all: bool = False
    """Whether advice is told too about what only modules decide that nobody edits, and about tracing where nothing
    traces."""
    asked: frozenset[str] = frozenset()
    """The rules that the user selects by their names, gives a level or locks: all of their advice is told."""
    named_by: Sequence[str] = ()
    """The paths of the files that describe `named`, if the user did not: the default values are judged beside them."""
    is_by_tool: bool = False
    """Whether `named_by` are files of a tool of which each stack has one, so that hardly anybody deploys the template
    with its default values alone."""
    as_deployed: bool = False
    """Whether only what somebody can deploy is looked at: a root by its files of values, where it has no value for a
    variable without them; and a template in each of `recovery.regions`, where it compares its Region with these."""

    @property
    def is_exact(self) -> bool:
        """Whether the user specified the deployments, so that they need not be enumerated."""
        return self.parameters is not None or (bool(self.named) and not self.named_by)

    def level(self, finding: Finding, rule: Rule) -> Level:
        """The level of a finding of a check: a configured one replaces the rule's, a less severe one of the finding
        stays, and what previews and `rules-as-of` say makes it advice."""
        configured = self.levels.get(rule.id)
        level = configured or rule.level
        if finding.level is not None:
            level = max(finding.level, level, key=LEVELS.index) if configured else finding.level
        as_of = self.as_of.get(rule.id)
        is_later = as_of is not None and any(is_newer(since, as_of) for since in (rule.since, finding.since))
        return "advice" if is_later or (rule.id in self.previews and level != "error") else level

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
        is_silent = all("recovery" not in each.source.text for each in (template, *template.nested))
        is_alone = self.landscape is None and self.declared.recovery is None
        if is_silent and is_alone:
            return found
        from awslint_memo.judging.objectives_in_templates import may_have_objectives, objectives_in, told_lessening
        from awslint_memo.judging.related_stacks import in_landscape

        declared = self.declared
        if not is_silent and may_have_objectives(template):
            objectives = objectives_in(template, found)
            if objectives.files or objectives.resources:
                declared = replace(declared, stated=objectives)
        is_plain = declared is self.declared and is_alone
        if is_plain:
            return found
        found = in_landscape(template, found, declared, self.landscape)
        told = () if declared is self.declared else told_lessening(found, template.source.path)
        return replace(found, ineffective=[*found.ineffective, *told])

    def _deployments(self, template: Template) -> Deployments:
        every = self._by_name(template)
        if template.language != "terraform":
            return _together(every)
        from awslint_memo.readers.terraform.file_names import OPENTOFU, TERRAFORM
        from awslint_memo.readers.terraform.roots import Root

        other = template.other_reading if isinstance(template, Root) else None
        if other is not None:
            every = {**_as_read_by(OPENTOFU, every), **_as_read_by(TERRAFORM, self._by_name(other))}
        return _together(every)

    def _by_name(self, template: Template) -> Mapping[str, Deployments]:
        """The deployments of a template by their names; without a name, those that nobody names."""
        named = {} if self.parameters is not None else self._named(template)
        if named:
            named = {BY_DEFAULT: {}, **named} if self.named_by else named
            every = {name: template.deployments(named[name]) for name in _followed(template, named)}
            return {name: replace(one, taken_values=self.named_by) for name, one in every.items()}
        if self.parameters is None and template.language == "terraform":
            own = self.declared.development
            return _of_environments(template, own, has_defaults=self.guards_defaults, as_deployed=self.as_deployed)
        by_region = self._of_regions(template) if self.as_deployed and self.parameters is None else {}
        if by_region:
            return by_region
        if self.parameters is None and self.declared.environments:
            return _of_stack_environments(template, self.declared, has_defaults=self.guards_defaults)
        return {"": template.deployments(self.parameters)}

    def _of_regions(self, template: Template) -> Mapping[str, Deployments]:
        """The deployments of a template by the Regions that it is meant for, as its conditions tell these apart."""
        from awslint_memo.readers.cloudformation.supposed_regions import supposed
        from awslint_memo.readers.cloudformation.template import CloudFormationTemplate

        recovery = self.declared.recovery
        if recovery is None or not isinstance(template, CloudFormationTemplate):
            return {}
        every = supposed(template, recovery.regions)
        return {region: template.deployments(None, every[region]) for region in _followed(template, every)}

    def named_for(self, template: Template) -> Collection[str]:
        """The names of the deployments of a template that a configuration, or a file beside it, names."""
        return {} if self.parameters is not None else self._named(template).keys()

    def _named(self, template: Template) -> Mapping[str, Mapping[str, str]]:
        """The deployments of the configuration that are some of this template."""
        if not self.deployed:
            return self.named
        path = relative(template.source.path, self.root)
        every = self.named.items()
        return {name: values for name, values in every if _is_of(path, self.deployed.get(name, ("**",)))}


_DEFAULTS = "the default values"
"""What the deployment without a file of values is called beside those that have one."""


def _of_environments(
    template: Template, development: Sequence[str], *, has_defaults: bool, as_deployed: bool
) -> Mapping[str, Deployments]:
    """The deployments of a root module; those that its files of variables describe, if it has such files.

    development: words of other environments than production. If all files are of such, production has none here, and
    the default values are judged too. has_defaults: whether they are judged in any case. as_deployed: whether they are
    left out where the root needs a value that only those files give.
    """
    from awslint_memo.readers.terraform.roots import TerraformDirectory

    environments = template.environments if isinstance(template, TerraformDirectory) else None
    if (
        environments is None
        or not isinstance(template, TerraformDirectory)
        or not (environments.files or environments.unfit)
    ):
        return {"": template.deployments(None)}
    every = {name: template.deployments(None, name) for name in environments.values}
    if every and has_defaults:
        every = {BY_DEFAULT: template.deployments(None), **every}
    elif (
        every
        and all(name in environments.told or is_named_like(name, development) for name in every)
        and not (as_deployed and template.lacking.intersection(*environments.values.values()))
    ):
        every[_DEFAULTS] = template.deployments(None)
    unused = (*environments.left_out, *environments.unfit)
    found = every or {"": template.deployments(None)}
    return {name: replace(one, taken_values=environments.files, other_values=unused) for name, one in found.items()}


def _as_read_by(tool: str, every: Mapping[str, Deployments]) -> dict[str, Deployments]:
    """The deployments by names that tell which tool reads the files so."""
    return {f"{name} in {tool}'s reading" if name else f"{tool}'s reading": one for name, one in every.items()}


def _of_stack_environments(template: Template, declared: Declared, *, has_defaults: bool) -> Mapping[str, Deployments]:
    """The deployments of a template; those of its samconfig file, or of files of parameter values, if these have
    production and other environments, or are for several Regions.

    has_defaults: whether the default values are judged in any case.
    """
    from awslint_memo.readers.cloudformation.template import CloudFormationTemplate

    environments = template.environments if isinstance(template, CloudFormationTemplate) else None
    named = {} if environments is None else dict(environments.values)
    unfit = {} if environments is None else environments.unfit
    told = unfit.values() if tells_apart([*named, *unfit], declared) else ()
    normal = os.path.normpath
    of = normal(template.source.path)
    ineffective = [f"{normal(path)}: not judged as a deployment of {of}: {why}" for path, why in told]
    is_told_apart = tells_apart(list(named), declared)
    if environments is None or not (is_told_apart or deploys_to_regions(named, declared)):
        files = environments.files if environments is not None and environments.differ else ()
        other = [path for path in files if os.path.basename(path).startswith("samconfig.")]
        found = template.deployments(None)
        return {"": replace(found, other_values=other, ineffective=[*found.ineffective, *ineffective])}
    if has_defaults:
        named = {BY_DEFAULT: {}, **named}
    elif environments.leaves_defaults or not is_told_apart:
        named[_DEFAULTS] = {}
    every = {name: template.deployments(named[name]) for name in _followed(template, named)}
    return {
        name: replace(one, taken_values=environments.judged, ineffective=[*one.ineffective, *ineffective])
        for name, one in every.items()
    }


def _together(every: Mapping[str, Deployments]) -> Deployments:
    """The deployments of several names, which they are given, as those of one template."""
    if every.keys() == {""}:
        return every[""]
    for name, deployments in every.items():
        for deployment in deployments.deployments:
            deployment.name = name
    return replace(
        next(iter(every.values())),
        deployments=[deployment for one in every.values() for deployment in one.deployments],
        variations=NamedVariations({name: variations(one) for name, one in every.items()}),
        unseen=list(dict.fromkeys(what for one in every.values() for what in one.unseen)),
        calls=_calls([one.calls for one in every.values() if one.calls is not None]),
        unseen_places={what: span for one in every.values() for what, span in one.unseen_places.items()},
        problems=[problem for one in every.values() for problem in one.problems],
        reached=frozenset(path for one in every.values() for path in one.reached),
        taken=list(dict.fromkeys(what for one in every.values() for what in one.taken)),
        modules_here={words: is_pinned for one in every.values() for words, is_pinned in one.modules_here.items()},
        known_calls=list(dict.fromkeys(call for one in every.values() for call in one.known_calls)),
        beside=lambda: [what for one in every.values() for what in one.beside()],
        ineffective=list(dict.fromkeys(what for one in every.values() for what in one.ineffective)),
        context_files=frozenset(path for one in every.values() for path in one.context_files),
        found_in=None,
    )


def _calls(every: Sequence[ModuleCalls]) -> ModuleCalls | None:
    """The calls of modules in all deployments of a root."""
    return reduce(lambda calls, other: calls.joined(other), every) if every else None


def _is_of(path: str, patterns: Sequence[str]) -> bool:
    return any(pattern == "**" or path_matches(pattern, path) for pattern in patterns)


def _followed(template: Template, named: Iterable[str]) -> Iterator[str]:
    """The deployments of the configuration that are looked at: one at least, and not thousands of them."""
    for number, name in enumerate(named):
        if number and left("looks") < _NAMED + len(template.source.data) // 50:
            refuse("names")
            return
        take("looks", _NAMED + len(template.source.data) // 50)
        yield name


_NAMED = 100
"""What one deployment of the configuration takes of the budget of looks, beside what a byte of the template takes."""
