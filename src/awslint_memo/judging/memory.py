"""What a process that lints again and again remembers of the last time, so that little is judged anew after an edit.

A check is a function of what it reads: properties of resources, and which resources there are. If an edit surely
changes nothing but some of that, the findings of all checks that did not read it are the same, and stand where the text
is now. After any other edit, everything is judged again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from types import ModuleType

from awslint_memo.judging.checks import Unit
from awslint_memo.judging.judge import Judging, LintOptions, is_cut, judge, units
from awslint_memo.judging.moving import lines_of, moved
from awslint_memo.model import secret
from awslint_memo.model.budget import is_lacking
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.finding import Finding
from awslint_memo.model.reads import Question, Reads
from awslint_memo.model.record import record
from awslint_memo.readers.edit import ALL, NAME, TYPE, Edit, Fact
from awslint_memo.readers.template import Deployments, Template

Facts = frozenset[Fact]


@record
class Judged:
    """A check of a resource: what it read, and what it found.

    read: the facts that it read itself, then those that relations read for it, which many checks share. lines: the
    first and the last line that the findings name in any way.
    """

    unit: Unit
    read: Sequence[Facts]
    findings: list[Finding]
    lines: tuple[int, int]


@record
class Base:
    """A deployment whose resources later ones use too, with what was evaluated of them. changed: all but these.

    All are of one time, so that no more is kept than one text that is gone and the newest one.
    """

    deployment: Deployment
    changed: frozenset[str]

    def lend(self, judged: Deployments, edit: Edit) -> Base | None:
        """Give its resources to the deployment after an edit; None if there are too few left, or they would move."""
        changed = self.changed.union(edit.touched)
        if edit.down or not edit.same_units or len(judged.deployments) != 1 or len(changed) > _MOST_CHANGED:
            return None
        judged.deployments[0].own.take_over(self.deployment.own, changed)
        return Base(self.deployment, changed)


_MOST_CHANGED = 250
"""How many resources may be evaluated anew after each edit."""


@record
class Remembered:
    """A template as it was judged last. secrets: the secret texts that checks asked for."""

    template: Template
    lint_options: LintOptions
    judged: list[Judged]
    secrets: secret.Met
    is_open: bool
    base: Base | None


class Memory:
    """What is remembered of the templates that were judged, by path."""

    def __init__(self) -> None:
        self._known: dict[str, Remembered] = {}
        self.kept = 0
        """Of the last template, the checks of resources whose findings were taken over."""

    def keep_only(self, paths: Iterable[str]) -> None:
        """Forget the templates of other files."""
        kept = set(paths)
        self._known = {path: one for path, one in self._known.items() if path in kept}

    def findings(
        self, template: Template, judged: Deployments, lint_options: LintOptions, pulse: Callable[[], None]
    ) -> list[Finding]:
        """The findings in the deployments of a template, as `judge` gives them.

        pulse: called between checks; if it raises an exception, what is remembered is as it was.
        """
        path = template.source.path
        self.kept = 0
        edits = _edits(template, judged)
        if edits is None or is_cut(judged):
            if not judged.problems:  # A text with an error is seldom left so, and the next one is compared again.
                self._known.pop(path, None)
            return judge(judged, lint_options, pulse=pulse)
        judging = _Judging(Judging(judged, lint_options, notes=True), pulse)
        before = self._known.get(path)
        is_open = any(one.is_open for one in judged.deployments)
        edit = base = None
        if before is not None and before.lint_options == lint_options and before.is_open == is_open:
            edit = edits.edit_between(before.template, template)
        if before is None or edit is None:
            found = [judging.judged(unit) for unit in units(judged, lint_options)]
        else:
            base = None if before.base is None else before.base.lend(judged, edit)
            secret.remember(before.secrets)
            every = _same(before.judged) if edit.same_units else _matched(before.judged, units(judged, lint_options))
            found = list(judging.after(edit, every))
            self.kept = len(found) - judging.count
        # If something was left out, the run says so, which it does not without all checks.
        if judged.is_complete and not is_lacking() and _is_settled(template, judged):
            self._known[path] = Remembered(template, lint_options, found, secret.met(), is_open, base or _base(judged))
        else:
            self._known.pop(path, None)
        return [finding for one in found for finding in one.findings]


def _base(template: Template, judged: Deployments) -> Base | None:
    """What later deployments may use, if there is only one, and nothing in it is chosen."""
    is_plain = len(judged.deployments) == 1 and not any(word in template.source.text for word in _CHOOSING)
    return Base(judged.deployments[0], frozenset()) if is_plain else None


_CHOOSING = ("FindInMap", "Conditions", "Fn::If")
"""What asks for answers that each reading of a template has of its own."""


def _edits(template: Template, judged: Deployments) -> ModuleType | None:
    """The module that tells what an edit of a template changes; None if that can't be told."""
    if judged.problems:
        return None
    if template.language == "terraform":
        return _edits_of_terraform(template, judged)
    from awslint_memo.readers.cloudformation import edits
    from awslint_memo.readers.cloudformation.template import CloudFormationTemplate

    return edits if isinstance(template, CloudFormationTemplate) and edits.is_separable(template) else None


def _edits_of_terraform(template: Template, judged: Deployments) -> ModuleType | None:
    from awslint_memo.readers.terraform import edits
    from awslint_memo.readers.terraform.directory import TerraformDirectory

    is_separable = isinstance(template, TerraformDirectory) and edits.is_separable(template)
    return edits if is_separable and _is_settled(template, judged) else None


def _is_settled(template: Template, judged: Deployments) -> bool:
    """Whether what is judged can't meet what deployments differ in: what is kept is not evaluated again."""
    if template.language != "terraform":
        return True
    from awslint_memo.readers.terraform.variations import TerraformVariations

    return isinstance(judged.variations, TerraformVariations) and judged.variations.is_undecided


def _same(before: Iterable[Judged]) -> Iterator[tuple[Unit, Judged | None]]:
    return ((one.unit, one) for one in before)


def _matched(before: Iterable[Judged], now: Iterable[Unit]) -> Iterator[tuple[Unit, Judged | None]]:
    """What is judged now, each with what it came to before, if it was judged then."""
    known = {(one.unit.rule.id, one.unit.number, one.unit.name): one for one in before}
    return ((unit, known.get((unit.rule.id, unit.number, unit.name))) for unit in now)


class _Judging:
    """Judges the checks of a template, with what they read."""

    def __init__(self, judging: Judging, pulse: Callable[[], None]) -> None:
        self._judging = judging
        self._pulse = pulse
        self._known: dict[int, tuple[Reads, Facts]] = {}
        self._same: dict[Facts, Facts] = {}
        self.count = 0

    def judged(self, unit: Unit) -> Judged:
        """What a check of a resource comes to."""
        self._pulse()
        self.count += 1
        findings = list(self._judging.findings(unit))
        return Judged(unit, list(self._read(self._judging.read)), findings, lines_of(findings))

    def after(self, edit: Edit, every: Iterable[tuple[Unit, Judged | None]]) -> Iterator[Judged]:
        """What checks come to after an edit: as before, or judged again."""
        known: dict[int, bool] = {}
        facts, subjects, first, last = edit.facts, edit.subjects, edit.first, edit.last
        for unit, before in every:
            # Nothing moves what most checks found, which is nothing.
            if before is None or unit.name in subjects or _has_read(before, facts, known):
                yield self.judged(unit)
            elif before.lines[1] < first or (not edit.down and before.lines[0] > last):
                yield before
            else:
                yield _moved(before, edit) or self.judged(unit)

    def _read(self, several: Iterable[Reads]) -> Iterator[Facts]:
        """What was read, that for what relations worked out in sets of its own, since many checks ask for it."""
        own: set[Fact] = set()
        for reads in several:
            own.update(_own(reads))
            for inner in _relations(reads):
                yield self._of_relation(inner)
        facts = frozenset(own)
        yield self._same.setdefault(facts, facts)

    def _of_relation(self, reads: Reads) -> Facts:
        known = self._known.get(id(reads))
        if known is None:
            self._known[id(reads)] = reads, frozenset()  # What asks for itself adds nothing.
            inner = map(self._of_relation, _relations(reads))
            known = self._known[id(reads)] = reads, frozenset(_own(reads)).union(*inner)
        return known[1]


def _relations(reads: Reads) -> Iterator[Reads]:
    return (answer for question, answer in reads.answers.items() if question[0] == "once")


def _own(reads: Reads) -> Iterator[Fact]:
    for name, path in reads.values:
        yield name, path.partition(".")[0]
        yield name, ""
    for question in reads.answers:
        yield from _asked(question)


def _asked(question: Question) -> Iterator[Fact]:
    """The facts that the answer to a question about resources depends on."""
    kind = question[0]
    if kind == "type":
        yield from ((TYPE, type_) for type_ in question[1])
    elif kind == "resources":
        yield ALL, ""
    elif kind == "name":
        yield NAME, question[1]
    elif kind in ("resource", "parameter", "text"):
        # SAM and attributes add what follows a point.
        yield NAME, question[2].partition(".")[0]


def _has_read(one: Judged, facts: Facts, known: dict[int, bool]) -> bool:
    """Whether a check read one of some facts. known: which sets of facts, by their ids, have one of them."""
    for read in one.read:
        found = known.get(id(read))
        if found is None:
            found = known[id(read)] = not facts.isdisjoint(read)
        if found:
            return True
    return False


def _moved(one: Judged, edit: Edit) -> Judged | None:
    """What a check found, where the text is after an edit; None if that is not certain."""
    found = [moved(finding, edit) for finding in one.findings]
    kept = [finding for finding in found if finding is not None]
    return Judged(one.unit, one.read, kept, lines_of(kept)) if len(kept) == len(found) else None
