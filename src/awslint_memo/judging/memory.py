"""What a process that lints again and again remembers of the last time, so that little is judged anew after an edit.

A check is a function of what it reads: properties of resources, and which resources there are. If an edit surely
changes nothing but some of that, the findings of all checks that did not read it are the same, and stand where the text
is now. After any other edit, everything is judged again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from awslint_memo.files.files import Files
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.checking import DeploymentChecks, check_deployments, is_cut, units
from awslint_memo.judging.checks import Unit
from awslint_memo.judging.judged import Judged, JudgedIndex, ReadFacts
from awslint_memo.judging.moving import lines_of, moved
from awslint_memo.judging.variation_search import every_variations
from awslint_memo.model import secret
from awslint_memo.model.budget import is_lacking
from awslint_memo.model.deployment import Resource
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record, replace
from awslint_memo.model.span import Problem
from awslint_memo.readers.edit import Edit, Written
from awslint_memo.readers.template import Deployments, Template

if TYPE_CHECKING:
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

    def lend(self, judged: Deployments, edit: Edit) -> Base | None:
        """Give them to the deployment after an edit, but those that it changes; None if too few are left, or move."""
        for name in edit.touched:
            self.resources.pop(name, None)
        if edit.down or not edit.same_units or len(judged.deployments) != 1 or len(self.resources) < self.least:
            return None
        judged.deployments[0].own.take_over(self.resources)
        return self


@record
class Remembered:
    """A template as it was checked last.

    root: that of its findings. declared: what its deployments are meant to fulfil. secrets: the secret texts that
    checks asked for.
    """

    written: Written[Any]
    check_options: CheckOptions
    root: str
    declared: Declared | None
    judged: JudgedIndex
    secrets: secret.Met
    is_open: bool
    base: Base | None


class Memory:
    """What is remembered of the templates that were judged, by path."""

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
        lent = {id(one.base.made_in) for one in known if one.base is not None}
        for made in self._made:
            made.forget(keeps_values=id(made) in lent)
        self._made.clear()
        self._used.clear()

    def keep_only(self, paths: Iterable[str]) -> None:
        """Forget the templates of other files."""
        kept = set(paths)
        for remembered in (self._known, self._aside):
            for path in remembered.keys() - kept:
                self._drop(remembered, path)
        self._kept = {path: one for path, one in self._kept.items() if path in kept}

    def use(self, judged: Deployments) -> None:
        """Note the deployments of a template, of which somebody may ask until the next run."""
        self._made.append(judged)

    def findings(
        self, template: Template, judged: Deployments, check_options: CheckOptions, root: str, pulse: Callable[[], None]
    ) -> list[Finding]:
        """The findings in the deployments of a template, as `check_deployments` gives them, with their root.

        pulse: called between checks; if it raises an exception, what is remembered is as it was.
        """
        path = template.source.path
        self._used[path] = Used(template, judged, check_options)
        return self._findings(template, judged, check_options, root, pulse)

    def verdicts(self, rule: str, resource: str, path: str) -> list[Verdict]:
        """What a rule said of a resource in the last run; empty if only another look at the files can tell."""
        from awslint_memo.judging.notices import isolated, within_budget
        from awslint_memo.judging.why import verdicts

        used, errors = self._used.get(path), list[Problem]()
        if used is None or _written(used.template, used.deployments) is None or used.template.language == "terraform":
            return []
        asked = next((one for one in used.check_options.rules if one.id == rule), None)
        found: list[Verdict] = []
        with isolated(path, errors), within_budget([used.template], errors):
            found += [] if asked is None else verdicts(asked, resource, used.deployments, used.check_options)
        return [] if errors else found

    def _findings(
        self, template: Template, judged: Deployments, check_options: CheckOptions, root: str, pulse: Callable[[], None]
    ) -> list[Finding]:
        self.kept, path = 0, template.source.path
        written = _written(template, judged)
        if written is None or is_cut(judged, check_options):
            if not judged.problems:  # A text with an error is seldom left so, and the next one is compared again.
                self._drop(self._known, path)
            return [replace(one, root=root) for one in check_deployments(judged, check_options, pulse=pulse)]
        is_open = any(one.is_open for one in judged.deployments)
        before = self._before(path, is_open)
        judging = _Judging(DeploymentChecks(judged, check_options, notes=True), root, pulse, before)
        edit = base = None
        settings = check_options, root, judged.declared
        if before is not None and settings == (before.check_options, before.root, before.declared):
            edit = written.edit_from(before.written)
        if before is None or edit is None:
            found = JudgedIndex(judging.judged(unit) for unit in units(judged, check_options))
        else:
            base = None if before.base is None else before.base.lend(judged, edit)
            secret.remember(before.secrets)
            now = None if edit.same_units else units(judged, check_options)
            found = judging.after(edit, before.judged, now)
            self.kept = len(found.judged) - judging.count
        # If something was left out, the run says so, which it does not without all checks.
        if judged.is_complete and not is_lacking() and written.is_settled:
            if base is None:
                self._drop(self._known, path)
                base = _base(judged, written)
            self._known[path] = Remembered(written, *settings, found, secret.met(), is_open, base)
        else:
            self._drop(self._known, path)
        return found.findings

    def _drop(self, remembered: dict[str, Remembered], path: str) -> None:
        known = remembered.pop(path, None)
        if known is not None and known.base is not None:
            self._made.append(known.base.made_in)

    def _before(self, path: str, is_open: bool) -> Remembered | None:
        """What is remembered of a template that was as open; what is known of it else is set aside."""
        known = self._known.get(path)
        if known is None or known.is_open == is_open:
            return known
        before = self._aside.pop(path, None)
        self._aside[path] = known
        if before is None:
            self._known.pop(path)
        else:
            self._known[path] = before
        return before


def _base(judged: Deployments, written: Written[Any]) -> Base | None:
    """What later deployments may use, if there is only one, and nothing in it is chosen."""
    is_plain = len(judged.deployments) == 1 and written.has_own_lines
    made = judged.deployments[0].own.made if is_plain else {}
    return Base(made, len(made) // 2, judged) if made else None


def _written(template: Template, judged: Deployments) -> Written[Any] | None:
    """A template as it was read; None if it can't be told what an edit of it changes."""
    if template.language == "terraform":
        from awslint_memo.readers.terraform import edits as terraform_edits

        return terraform_edits.written(template, judged)
    from awslint_memo.readers.cloudformation import edits

    return edits.written(template, every_variations(judged))


class _Judging:
    """Judges the checks of a template, with what they read. root: that of its findings."""

    def __init__(
        self, judging: DeploymentChecks, root: str, pulse: Callable[[], None], before: Remembered | None
    ) -> None:
        self._judging = judging
        self._root = root
        self._pulse = pulse
        self._facts = ReadFacts(() if before is None else before.judged.shared)
        self.count = 0

    def judged(self, unit: Unit) -> Judged:
        """What a check of a resource comes to."""
        self._pulse()
        self.count += 1
        findings = [replace(one, root=self._root) for one in self._judging.findings(unit)]
        return Judged(unit, self._facts.of(self._judging.read), findings, lines_of(findings))

    def after(self, edit: Edit, before: JudgedIndex, now: Iterable[Unit] | None) -> JudgedIndex:
        """What checks come to after an edit: as before, or judged again. now: these, if they may be others."""
        known: dict[int, bool] = {}
        if now is not None:
            every = {(one.unit.rule.id, one.unit.number, one.unit.name): one for one in before.judged}
            pairs = ((unit, every.get((unit.rule.id, unit.number, unit.name))) for unit in now)
            return JudgedIndex(
                self.judged(unit) if one is None else self._after(edit, one, known) for unit, one in pairs
            )
        # If the run ends here, what is remembered stays as it was.
        made = [(number, self._after(edit, before.judged[number], known)) for number in before.concerned(edit)]
        for number, one in made:
            before.put(number, one)
        return before

    def _after(self, edit: Edit, one: Judged, known: dict[int, bool]) -> Judged:
        if one.unit.name in edit.subjects or one.has_read(edit.facts, known):
            return self.judged(one.unit)
        return one if one.is_still(edit) else _moved(one, edit) or self.judged(one.unit)


def _moved(one: Judged, edit: Edit) -> Judged | None:
    """What a check found, where the text is after an edit; None if that is not certain."""
    found = moved(one.findings, edit)
    return None if found is None else Judged(one.unit, one.read, *found)
