"""What a process that lints again and again remembers of the last time, so that little is checked anew after an edit.

A check is a function of what it reads: properties of resources, and which resources there are. If an edit surely
changes nothing but some of that, the findings of all checks that did not read it are the same, and stand where the text
is now. After any other edit, everything is checked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.check_results import CheckResults
from awslint_memo.judging.checking import DeploymentChecks, check_deployments, is_cut, units
from awslint_memo.judging.edited_checks import EditedChecks
from awslint_memo.judging.variation_search import every_variations
from awslint_memo.model import secret
from awslint_memo.model.budget import is_in_turn
from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.edit import Edit, Written
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.why import Verdict


@record
class Used:
    """A template and its deployments, of which somebody may still ask something."""

    template: Template
    deployments: Deployments
    check_options: CheckOptions


@record
class Base:
    """Resources of one time that later deployments use too, with what was evaluated of them.

    They hold the text of that time, so nothing of any time between that one and the newest is kept.
    """

    resources: dict[str, Resource]
    least: int
    made_in: Deployments

    def lend(self, deployments: Deployments, edit: Edit) -> Base | None:
        """Give them to the deployment after an edit, but those that it changes; None if too few are left, or move."""
        for name in edit.touched:
            self.resources.pop(name, None)
        if edit.down or not edit.same_units or len(deployments.deployments) != 1 or len(self.resources) < self.least:
            return None
        deployments.deployments[0].own.take_over(self.resources)
        return self


@record
class Remembered:
    """A template as it was checked last.

    root: that of its findings. declared: what its deployments are meant to fulfil. has_unread: whether something that
    is deployed with it was not read. secrets: the secret texts that checks asked for.
    """

    written: Written[Any]
    check_options: CheckOptions
    root: str
    declared: Declared | None
    has_unread: bool
    results: CheckResults
    secrets: secret.Met
    is_open: bool
    base: Base | None

    def edit_to(
        self,
        written: Written[Any],
        check_options: CheckOptions,
        root: str,
        declared: Declared | None,
        has_unread: bool,
    ) -> Edit | None:
        """The edit that leads to another text; None if more is another, or the settings are."""
        settings = check_options, root, declared, has_unread
        is_same = settings == (self.check_options, self.root, self.declared, self.has_unread)
        return written.edit_from(self.written) if is_same else None


class Memory:
    """What is remembered of the templates that were checked, by path."""

    def __init__(self) -> None:
        self._known: dict[str, Remembered] = {}
        self._aside: dict[str, Remembered] = {}
        """The last ones before the known ones that were open if those are not, and the other way around: while somebody
        types a resource, what it can't be read as may be anything."""
        self._used: dict[str, Used] = {}
        self._made: list[Deployments] = []
        """The deployments of which somebody may ask until the next run."""
        self._files: Files | None = None
        self._kept: dict[str, Any] = {}
        self.kept = 0
        """Of the last template, the checks of resources whose findings were taken over."""

    def begin(self, files: Files) -> None:
        """Begin a run, so that the files of the last one are needed no more, nor what was made of them.

        That is let go of by hand: it is full of circles, and nobody wants to wait for the search for such.
        """
        if self._files is not None:
            self._files.release()
        self._files, files.kept = files, self._kept
        known = (*self._known.values(), *self._aside.values())
        lent = {id(remembered.base.made_in) for remembered in known if remembered.base is not None}
        for deployments in self._made:
            deployments.forget(keeps_values=id(deployments) in lent)
        self._made.clear()
        self._used.clear()

    def keep_only(self, paths: Iterable[str]) -> None:
        """Forget the templates of other files."""
        kept = set(paths)
        for remembered in (self._known, self._aside):
            for path in remembered.keys() - kept:
                self._drop(remembered, path)
        self._kept = {path: nodes for path, nodes in self._kept.items() if path in kept}

    def use(self, deployments: Deployments) -> None:
        """Note the deployments of a template, of which somebody may ask until the next run."""
        self._made.append(deployments)

    def findings(
        self,
        template: Template,
        deployments: Deployments,
        check_options: CheckOptions,
        root: str,
        pulse: Callable[[], None],
        coverage: Coverage | None = None,
    ) -> list[Finding]:
        """The findings in the deployments of a template, as `check_deployments` gives them, with their root.

        pulse: called between checks; if it raises an exception, what is remembered is as it was. coverage: counts
        briefly what checks came to.
        """
        path = template.source.path
        self._used[path] = Used(template, deployments, check_options)
        return self._findings(template, deployments, check_options, root, pulse, coverage)

    def verdicts(self, rule: str, resource: str, path: str) -> list[Verdict]:
        """What a rule said of a resource in the last run; empty if only another look at the files can tell."""
        from awslint_memo.judging.notices import isolated, within_budget
        from awslint_memo.judging.why import verdicts

        used, errors = self._used.get(path), list[Problem]()
        if used is None or _written(used.template, used.deployments) is None or used.template.language == "terraform":
            return []
        about = [each for each in used.check_options.rules if each.id == rule]
        result: list[Verdict] = []
        with isolated(path, errors), within_budget([used.template], errors):
            for each in about:
                result += verdicts(each, resource, used.deployments, used.check_options)
        return [] if errors else result

    def _findings(
        self,
        template: Template,
        deployments: Deployments,
        check_options: CheckOptions,
        root: str,
        pulse: Callable[[], None],
        coverage: Coverage | None,
    ) -> list[Finding]:
        self.kept, path = 0, template.source.path
        written = _written(template, deployments)
        if written is None or is_cut(deployments, check_options):
            if not deployments.problems:  # A text with an error is seldom left so, and the next one is compared again.
                self._drop(self._known, path)
            every = check_deployments(deployments, check_options, coverage, pulse)
            return [replace(finding, root=root) for finding in every]
        is_open = any(each.is_open for each in deployments.deployments)
        before = self._before(path, is_open)
        settings, base = (check_options, root, deployments.declared, bool(deployments.unseen)), None
        edit = None if before is None else before.edit_to(written, *settings)
        known = () if before is None or edit is None or not edit.same_units else before.results.results
        now = [*units(deployments, check_options)] if not known else [result.unit for result in known]
        checks = DeploymentChecks(deployments, check_options, coverage, count=len(now), notes=True)
        checking = EditedChecks(checks, root, pulse, () if before is None else before.results.shared)
        if before is None or edit is None:
            results = CheckResults(map(checking.result, now))
        else:
            base = None if before.base is None else before.base.lend(deployments, edit)
            secret.remember(before.secrets)
            results = checking.after(edit, before.results, None if known else now)
            self.kept = len(results.results) - checking.count
        results.tell(coverage)
        remembered = Remembered(written, *settings, results, secret.met(), is_open, base)
        # What was decided in turn, as by a budget that is used up, may come to something else where less is checked.
        is_whole = deployments.is_complete or template.language != "terraform"
        is_kept = is_whole and not is_in_turn() and written.is_settled
        self._set_aside(path, is_open)
        self._keep(path, remembered if is_kept else None, deployments)
        return results.findings

    def _keep(self, path: str, remembered: Remembered | None, deployments: Deployments) -> None:
        if remembered is None or remembered.base is None:
            self._drop(self._known, path)
        if remembered is not None:
            remembered.base = remembered.base or _base(deployments, remembered.written)
            self._known[path] = remembered

    def _drop(self, remembered: dict[str, Remembered], path: str) -> None:
        known = remembered.pop(path, None)
        if known is not None and known.base is not None:
            self._made.append(known.base.made_in)

    def _before(self, path: str, is_open: bool) -> Remembered | None:
        """What is remembered of a template that was as open."""
        known = self._known.get(path)
        return known if known is None or known.is_open == is_open else self._aside.get(path)

    def _set_aside(self, path: str, is_open: bool) -> None:
        """Set what is known of a template aside if it was not as open, for what is known of it else."""
        known = self._known.get(path)
        if known is None or known.is_open == is_open:
            return
        before = self._aside.pop(path, None)
        self._aside[path] = self._known.pop(path)
        if before is not None:
            self._known[path] = before


def _base(deployments: Deployments, written: Written[Any]) -> Base | None:
    """What later deployments may use, if there is only one, and nothing in it is chosen."""
    is_plain = len(deployments.deployments) == 1 and written.has_own_lines
    resources = deployments.deployments[0].own.made if is_plain else {}
    return Base(resources, len(resources) // 2, deployments) if resources else None


def _written(template: Template, deployments: Deployments) -> Written[Any] | None:
    """A template as it was read; None if it can't be told what an edit of it changes."""
    if template.language == "terraform":
        from awslint_memo.readers.terraform import edits as terraform_edits

        return terraform_edits.written(template, deployments)
    from awslint_memo.readers.cloudformation import edits

    return edits.written(template, every_variations(deployments))
