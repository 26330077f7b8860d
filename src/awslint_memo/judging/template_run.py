"""Checks one template after the other: its deployments, what rules find in them, and what is suppressed there.

The level of a finding is that of the settings (`CheckOptions.level`). It falls, in this order, where something that is
not read or a caller may end the finding (`checks`), by the deployments in which it holds (`merging`), for what the CDK
makes (`grouping`), where the default values are of no production (`nonproduction`), for a comment (`explained`), and,
once suppressions are applied, for the folder of the template or its tags (`nonproduction`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from awslint_memo.files.files import Files
from awslint_memo.judging import template_bodies, tracing_advice
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_deployments
from awslint_memo.judging.explained import with_explained
from awslint_memo.judging.given_values import lowered_by_values
from awslint_memo.judging.grouping import left_out, located, split, told
from awslint_memo.judging.looked import Looked
from awslint_memo.judging.nonproduction import OfNoProduction, Place
from awslint_memo.judging.notices import Enumerated, enumerated, isolated, not_read, taken_stacks, within_budget
from awslint_memo.judging.report import Hidden, Seen
from awslint_memo.judging.roots import is_folder, root_beside, root_of
from awslint_memo.judging.run_options import RunOptions, Scopes
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.judging.user_inputs import UserInputs
from awslint_memo.model.budget import is_sampled
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.judging.cfn_lint import Validated
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.git_sync import Synced
    from awslint_memo.judging.linking import Nests
    from awslint_memo.judging.not_deployed import NotDeployed
    from awslint_memo.judging.rule import Rule
    from awslint_memo.readers.terraform.module_calls import KnownCall, ModuleCalls


@record
class TemplateResult:
    """What the checks of one template came to.

    incomplete: how many of its deployments were looked at, if not all were. calls: with those of modules that are not
    downloaded; modules_here, known_calls: those read as they are here, and judged by facts. reached: the absolute
    paths of the files that were checked as a part of it. inside: how many pieces of advice only a downloaded module
    could follow. traces: whether something there traces. hidden: the suppressed findings. seen, looked: what was looked
    at.
    """

    findings: list[Finding] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    incomplete: list[Enumerated] = field(default_factory=list)
    calls: list[ModuleCalls] = field(default_factory=list)
    modules_here: list[str] = field(default_factory=list)
    known_calls: list[KnownCall] = field(default_factory=list)
    reached: list[str] = field(default_factory=list)
    taken_values: list[str] = field(default_factory=list)
    """Files of variables that nobody named and that are deployments of it."""
    other_values: list[str] = field(default_factory=list)
    """Such files that are none of it."""
    of_no_production: OfNoProduction = field(default_factory=OfNoProduction)
    inside: int = 0
    traces: bool = False
    hidden: list[Hidden] = field(default_factory=list)
    seen: Seen | None = None
    looked: Looked = field(default_factory=Looked)

    def add(self, other: TemplateResult) -> None:
        """Add what another template came to, its findings excepted."""
        self.errors += other.errors
        self.notices += other.notices
        self.incomplete += other.incomplete
        self.calls += other.calls
        self.modules_here += other.modules_here
        self.known_calls += other.known_calls
        self.taken_values += other.taken_values
        self.other_values += other.other_values
        self.of_no_production.add(other.of_no_production)
        self.inside += other.inside
        self.traces = self.traces or other.traces
        self.hidden += other.hidden
        self.looked.add(other.looked)
        if other.seen is not None:
            self.seen = self.seen or Seen()
            self.seen.add(other.seen)


@record
class TemplateRun:
    """Checks templates with the settings of a run.

    inputs: the names that the user gave values for all files. coverage: receives what was checked, if somebody wants to
    know; partly: that of templates of which a part was not read, else. synced: deployments that deployment files name.
    findings: those so far. validated: what cfn-lint reported, if it was asked. not_deployed: tells which modules
    nothing calls, if the templates were joined.
    """

    scopes: Scopes
    files: Files
    inputs: UserInputs
    options: RunOptions
    coverage: Coverage | None = None
    synced: Synced = field(default_factory=dict)
    partly: Coverage | None = None
    findings: list[Finding] = field(default_factory=list)
    validated: Validated | None = None
    not_deployed: NotDeployed | None = None

    def met(self, templates: Sequence[Template], nests: Nests) -> tuple[Sequence[Template], Nests]:
        """The templates of the run, and what each may nest, noted to tell what nobody deploys."""
        if any(template.language == "terraform" for template in templates):
            from awslint_memo.judging.not_deployed import NotDeployed

            self.not_deployed = NotDeployed(templates, list(nests.values()))
        return templates, nests

    def check(self, found: Template) -> TemplateResult:
        """What a template comes to."""
        result = TemplateResult()
        is_strict = bool(self.scopes.of(found.source.path).locked)
        with isolated(found.source.path, result.errors), within_budget([found], result.errors, is_strict=is_strict):
            self._check_template(found, result)
        self.options.progress.judged += 1
        suppressions = self.scopes.of(found.source.path).suppressions
        result.hidden, suppressions.hidden = suppressions.hidden, []
        self.findings += result.findings
        return result

    def check_options(self, found: Template) -> CheckOptions:
        """With which options a template is judged."""
        options = self.scopes.of(found.source.path).check_options
        synced = self.synced.get(os.path.abspath(found.source.path)) if self.synced else None
        if options.is_exact or not synced:  # What the user says of deployments counts.
            return options
        is_by_tool = all(values.is_whole for values in synced.values())
        return replace(options, named=synced, named_by=[one.path for one in synced.values()], is_by_tool=is_by_tool)

    def deployments(self, found: Template, result: TemplateResult) -> Deployments:
        """The deployments of a template; notes what could not be read of them, and what belongs to them."""
        deployments = self.check_options(found).deployments(found)
        if self.options.memory is not None:
            self.options.memory.use(deployments)
        result.errors += deployments.problems
        result.reached += map(os.path.abspath, deployments.reached)
        result.taken_values += deployments.taken_values
        result.other_values += deployments.other_values
        return deployments

    def _check_template(self, found: Template, result: TemplateResult) -> None:
        scope, options = self.scopes.of(found.source.path), self.check_options(found)
        for inputs in (self.inputs, scope.inputs):
            inputs.see(found)
        self.options.progress.pulse()
        deployments = self.deployments(found, result)
        self.options.progress.pulse()
        scope.inputs.see_queues(deployments.deployments, is_whole=deployments.is_complete and not deployments.unseen)
        bodies = template_bodies.bodies(deployments, self.files)
        result.notices += template_bodies.told(bodies)
        result.looked.see(found.source.path, deployments, options.rules)
        root = root_of(found, top := self.files.root_above(found.source.path), self.files)
        coverage = self._counting(found, deployments, options)
        every = located(self._judged(found, deployments, coverage, options, root), deployments, options)
        every += self._otherwise(found, deployments, every, options, result)
        every = lowered_by_values(every, deployments, options, found, self.files)
        every = with_explained(every, options.rules, options.locked, self._lines)
        judged, silent = split(every, options.rules)
        if self.options.compares:
            seen = result.seen = Seen()
            is_whole, path = deployments.is_complete and not is_sampled(), "" if is_folder(found) else found.source.path
            seen.see(root, deployments, silent, is_whole=is_whole, path=path)
            named = options.named_for(found)
            seen.inventory.see(found.source.path, deployments, options.rules, named, is_root=found.is_root)
            seen.inventory.bodies |= template_bodies.paths(bodies)
        findings = self._new([one for one in judged if one.home_path not in deployments.context_files], deployments)
        findings += self._of_cfn_lint(found, deployments, root, result)
        counted = scope.suppressions.apply(found, deployments, findings, silent, is_exact=options.is_exact)
        place = self._place(found, top, options, deployments)
        kept, result.inside = told(counted, result.of_no_production, options, place)
        if result.seen is not None:
            result.seen.aside |= left_out(counted, kept, root)
        # A suppression in a plan's configuration may be unused for this plan and used for other deployments.
        result.findings += [
            finding if finding.root else replace(finding, root=root)
            for finding in kept
            if finding.rule not in ENGINE_RULES or finding.home_path not in deployments.derived_from
        ]
        self._tell(found, deployments, result)

    def _place(self, found: Template, top: str, options: CheckOptions, deployments: Deployments) -> Place:
        values, names = deployments.taken_values, deployments.having.keys()
        place = Place(found.source.path, top, options.declared, self.files, values, names=names)
        return place if self.not_deployed is None else self.not_deployed.placed(found, place)

    def _lines(self, path: str) -> Sequence[str]:
        """The lines of a file that was read; none of what is no file."""
        try:
            return self.files.read(path).lines
        except Problem:
            return ()

    def _tell(self, found: Template, deployments: Deployments, result: TemplateResult) -> None:
        """Note what a template leaves open, and whether it traces."""
        path = found.source.path
        result.traces = tracing_advice.is_seen(found, deployments, self.files)
        unfollowed = [f"not checked: {words}" for words, _ in deployments.unfollowed]
        taken = taken_stacks(path, (*deployments.taken, *unfollowed))
        result.notices += [f"{path}: {what}" for what in deployments.decided]
        result.notices += [*deployments.ineffective, *taken, *not_read(path, deployments, self.files.notices)]
        result.calls += [deployments.calls] if deployments.calls else []
        result.modules_here += deployments.modules_here
        result.known_calls += deployments.known_calls
        result.incomplete += enumerated(path, deployments)

    def _of_cfn_lint(
        self, found: Template, deployments: Deployments, root: str, result: TemplateResult
    ) -> Iterator[Finding]:
        """What cfn-lint reported of a template and of those that it nests. result: is told what it leaves out."""
        if self.validated is None:
            return
        from awslint_memo.judging.cfn_lint import own_settings

        result.notices += own_settings(found, deployments)
        for source in (found.source, *(each.source for each in found.nested)):
            for finding in self.validated.take(source):
                having = deployments.having.get(finding.resource)
                type_ = "" if having is None else having.resources[finding.resource].type
                yield replace(finding, root=root, type=type_)

    @property
    def other_rules(self) -> Sequence[Rule]:
        """The rules of other tools that found something."""
        return () if self.validated is None else [*self.validated.rules.values()]

    def _judged(
        self, found: Template, deployments: Deployments, coverage: Coverage | None, options: CheckOptions, root: str
    ) -> list[Finding]:
        memory, pulse = self.options.memory, self.options.progress.pulse
        if memory is not None and self.coverage is None:
            return memory.findings(found, deployments, options, root, pulse, coverage)
        every = check_deployments(deployments, options, coverage, pulse)
        return [replace(finding, root=root) for finding in every]

    def _otherwise(
        self,
        found: Template,
        judged: Deployments,
        every: Sequence[Finding],
        options: CheckOptions,
        result: TemplateResult,
    ) -> list[Finding]:
        """What else is found where a template is deployed otherwise than it was judged."""
        if judged.by_default is None and not options.is_by_tool and not _has_other_exports(found):
            return []
        from awslint_memo.judging.other_ways import OtherWays  # which few templates have

        pulse = self.options.progress.pulse
        return OtherWays(found, self.files, options, pulse, result.errors, result.notices).findings(judged, every)

    def _counting(self, found: Template, deployments: Deployments, options: CheckOptions) -> Coverage | None:
        """What counts the checks of a template, which it has seen; None if nobody wants to know."""
        coverage = self.coverage
        if coverage is None and deployments.unseen:
            from awslint_memo.judging.coverage import Coverage

            coverage = self.partly = self.partly or Coverage(is_brief=True)
        if coverage is not None:
            coverage.see(found, deployments, options.rules)
        return coverage

    def _new(self, findings: list[Finding], deployments: Deployments) -> list[Finding]:
        """The findings; of a plan, without those that were already reported for its configuration."""
        roots = {root_beside(path, self.files.root_above(path)) for path in deployments.derived_from}
        if not roots:
            return findings
        said = {
            (other.rule, other.name, other.route, other.home)
            for first in self.findings
            if first.root in roots
            for other in (first, *first.others)
        }
        return [
            finding for finding in findings if (finding.rule, finding.name, finding.route, finding.home) not in said
        ]


def _has_other_exports(found: Template) -> bool:
    """Whether several templates of the run export what a template, or one that is linked to it, imports."""
    if found.language != "cloudformation":
        return False
    from awslint_memo.readers.cloudformation.template import CloudFormationTemplate

    return isinstance(found, CloudFormationTemplate) and bool(found.other_ways or found.unclear)
