"""What holds where a template is deployed otherwise than the run takes it: by default, beside a parent that stands over
the default values, with other values than files of the repository give, and with another export where several templates
of the run give a name.

Whoever adds a parent, such a file or an export so takes no error away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import check_deployments
from awslint_memo.judging.grouping import located
from awslint_memo.judging.notices import within_budget
from awslint_memo.judging.roots import root_of
from awslint_memo.model.finding import LEVELS, Finding
from awslint_memo.model.phrases import listed_in_line
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.cloudformation.template import CloudFormationTemplate
from awslint_memo.readers.template import Deployments, Template


@record
class OtherWays:
    """What else is found in a template. errors, notices: receive what could not be judged."""

    found: Template
    files: Files
    options: CheckOptions
    pulse: Callable[[], None]
    errors: list[Problem]
    notices: list[str]

    def findings(self, judged: Deployments, every: Sequence[Finding]) -> list[Finding]:
        """The findings beside those of the deployments that were judged (every), none of which is as grave."""
        known: dict[tuple[str, str, str], int] = {}
        for finding in every:
            for one in (finding, *finding.others):
                known[one.rule, one.name, str(one.route)] = LEVELS.index(one.level or "advice")
        added = [] if judged.by_default is None else list(self._by_default(judged, known))
        found = self.found
        added += self._by_other_values(known) if self.options.is_by_tool else ()
        return [*added, *(self._by_other_exports(found, known) if isinstance(found, CloudFormationTemplate) else ())]

    def _by_default(self, judged: Deployments, known: dict[tuple[str, str, str], int]) -> Iterator[Finding]:
        """The findings in nested stacks by default values that a parent stands over: anybody may add a parent.

        Where a parameter has no default, hardly anybody deploys the template without the parent, so only the rules
        that a policy locks are told.
        """
        found, options = self.found, self.options
        if not options.locked and not any(is_whole for _, is_whole in judged.narrowed.values()):
            return
        with within_budget([found, *found.nested], self.errors):
            deployments = judged.by_default() if judged.by_default is not None else judged
            for finding in check_deployments(deployments, options, None, self.pulse):
                parent, is_whole = judged.narrowed.get(finding.home_path, ("", False))
                # Of what stands in other stacks, nobody knows that it is deployed with the default values.
                is_own = all(related.span.path == finding.home_path for related in finding.related)
                is_told = bool(parent) and (is_whole or finding.rule in options.locked)
                if is_told and is_own and self._is_graver(finding, known):
                    yield replace(finding, root=self._root, deployment=f"by default, and not as {parent} nests it")
            deployments.forget()

    def _by_other_values(self, known: dict[tuple[str, str, str], int]) -> Iterator[Finding]:
        """The errors, and what a policy locks, with values that no file gives and that are no default values."""
        options = replace(self.options, named={}, named_by=())
        with within_budget([self.found, *self.found.nested], self.errors):
            deployments = options.deployments(self.found)
            for finding in check_deployments(deployments, options, None, self.pulse):
                is_told = (finding.level == "error" and not finding.defaults) or finding.rule in options.locked
                if is_told and self._is_graver(finding, known):
                    yield replace(finding, root=self._root)
            deployments.forget()

    def _by_other_exports(
        self, found: CloudFormationTemplate, known: dict[tuple[str, str, str], int]
    ) -> Iterator[Finding]:
        """The findings with the exports of other templates than the last one that exports a name."""
        for (name, path), other in found.other_ways.items():
            with within_budget([found, *other.linked], self.errors):
                deployments = self.options.deployments(other)
                checked = check_deployments(deployments, self.options, None, self.pulse)
                words = f"with the export {name} of {path}"
                for finding in located(checked, deployments, self.options):
                    # Names of which only the beginning or the end is known may be others.
                    is_told = name not in found.unclear or finding.rule in self.options.locked
                    if is_told and self._is_graver(finding, known):
                        known[finding.rule, finding.name, str(finding.route)] = LEVELS.index(finding.level or "advice")
                        where = words if finding.deployment is None else f"{finding.deployment}, {words}"
                        yield replace(finding, root=self._root, deployment=where)
                deployments.forget()
        for name, (is_judged, paths) in found.unclear.items():
            told = f"not known which of {listed_in_line(paths, _NAMED)} gives the export {name}"
            if self.options.locked and not is_judged:
                self.errors.append(Problem(f"{told}, and a policy locks rules; {_REMEDY}", found.source.path))
            else:
                self.notices.append(f"{found.source.path}: {told}; {_REMEDY}")

    @property
    def _root(self) -> str:
        return root_of(self.found, self.files.root_above(self.found.source.path), self.files)

    @staticmethod
    def _is_graver(finding: Finding, known: dict[tuple[str, str, str], int]) -> bool:
        level = known.get((finding.rule, finding.name, str(finding.route)), len(LEVELS))
        return LEVELS.index(finding.level or "advice") < level


_NAMED = 4
"""How many templates a sentence names."""

_REMEDY = "lint what one account has in one Region by itself"
