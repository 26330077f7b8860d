"""The result of a run: everything that reporters show, also of a comparison with another run or a baseline."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from awslint_memo.files.files import Files
from awslint_memo.judging.checks import INTERNAL_ERROR
from awslint_memo.judging.inventory import Inventory
from awslint_memo.judging.looked import Looked
from awslint_memo.judging.suppression import Hidden as Hidden
from awslint_memo.model.finding import LEVELS, Finding, Level
from awslint_memo.model.phrases import counted
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Problem, Span
from awslint_memo.readers.template import Deployments

if TYPE_CHECKING:
    from awslint_memo.judging.comparison import Comparison, Gate
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.rule import Rule
    from awslint_memo.judging.survey import Survey
    from awslint_memo.judging.traits import Trait
    from awslint_memo.relations.graph.graph import Graph


@record
class Seen:
    """What a run looked at. names: those of the resources of each root. silent: the fingerprints of the findings whose
    cause another rule tells, so that they are neither reported nor mended.

    partly: the roots of which a part could not be read. muted: the ids of rules that this keeps silent somewhere.
    rules: the ids of those that were applied. folders: those that were searched. is_narrow: whether the user gave
    values for this run, so that other deployments were not looked at. inventory: the resources by where they are
    written. roots: those of templates by their absolute paths. traits: the resources of each root by their names.
    """

    names: dict[str, set[str]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    partly: set[str] = field(default_factory=set)
    muted: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    folders: Sequence[str] = ()
    is_narrow: bool = False
    inventory: Inventory = field(default_factory=Inventory)
    roots: dict[str, str] = field(default_factory=dict)
    traits: dict[str, dict[str, Trait]] = field(default_factory=dict)
    aside: dict[str, Finding] = field(default_factory=dict)
    """By fingerprint, the findings that hold and are left out, as those on what is of no production, each by itself."""
    repeated: frozenset[str] = frozenset()
    """The fingerprints of the findings that are left out as another root's, of the same place, tells them."""

    def see(
        self,
        root: str,
        deployments: Deployments,
        silent: Sequence[Finding] = (),
        *,
        is_whole: bool = True,
        path: str = "",
    ) -> None:
        """Note what a root has. silent: its findings whose cause another rule tells. is_whole: whether all of its
        deployments were looked at. path: the template's; "" if the root is a folder."""
        from awslint_memo.judging.traits import traits

        if path:
            self.roots[os.path.abspath(path)] = root
        self.silent.update(replace(finding, root=root).fingerprint for finding in silent)
        names = self.names.setdefault(root, set())
        for deployment in deployments.deployments:
            for resource in deployment.own.values():
                names.update((resource.name, resource.written))
        self.traits.setdefault(root, {}).update(traits(deployments))
        if deployments.unseen or deployments.problems or not is_whole:
            self.partly.add(root)

    def add(self, other: Seen) -> None:
        """Add what another look saw."""
        for root, names in other.names.items():
            self.names.setdefault(root, set()).update(names)
        for root, traits_of in other.traits.items():
            self.traits.setdefault(root, {}).update(traits_of)
        self.silent |= other.silent
        self.aside |= other.aside
        self.partly |= other.partly
        self.inventory.add(other.inventory)
        self.roots.update(other.roots)

    def has(self, finding: Finding) -> bool:
        """Whether the run looked at a resource of a finding, or at its root if that has none."""
        names = self.names.get(finding.root)
        if names is None:
            return False
        told = (finding, *finding.others)
        return any(not finding.resource or finding.resource in names or finding.name in names for finding in told)


@record(frozen=True, order=True)
class Entry:
    """One line of a baseline: how many findings of a fingerprint are known, and what that is in words.

    type, called, like, home: by what the resource is known again under another name; empty if that is not told.
    """

    root: str
    rule: str
    resource: str
    route: str
    fingerprint: str
    count: int
    type: str = ""
    called: str = ""
    like: str = ""
    home: str = ""


@record(frozen=True)
class Baselined:
    """What a baseline does in a run. path: the file. entries: all that it has.

    findings: those that it takes out of the report. unneeded: the entries, or how much of them, that no longer occur
    although the run looked there. followed: those of the findings whose resource is called otherwise than in an entry,
    or is elsewhere, each with that entry. beside: the roots and names of the resources without findings that looked
    like those of entries when these were written.
    """

    path: str
    entries: Sequence[Entry] = ()
    findings: Sequence[Finding] = ()
    unneeded: Sequence[Entry] = ()
    followed: Sequence[tuple[Entry, Finding]] = ()
    beside: Collection[tuple[str, str]] = ()

    @property
    def hint(self) -> str:
        """What to do about entries that are not needed any more; empty if there are none."""
        count = sum(entry.count for entry in self.unneeded)
        if not count:
            return ""
        does, them = ("no longer occurs", "it") if count == 1 else ("no longer occur", "them")
        return f"{self.path}: {counted(count, 'finding')} of the baseline {does}; --prune-baseline takes {them} out"


FOUND, COULD_NOT_LOOK = 1, 2
"""Exit codes: findings at or above --fail-on; something could not be checked. Otherwise 0."""

Lines: TypeAlias = Callable[[str], Sequence[str]]
"""Takes the path of a finding and returns the lines of that file; empty if they are not available."""


def lines_again(path: str) -> Sequence[str]:
    """Read the lines of a file again; empty if it does not exist (any more), as for standard input."""
    try:
        return Files().read(path).lines
    except Problem:
        return ()


def _all(findings: Sequence[Finding]) -> Sequence[Finding]:
    return findings


def _none(_: Finding) -> None:
    return None


@record(frozen=True)
class Summary:
    """Counts of a run. `errors`, `warnings` and `advice` are findings by level; `resources` counts a finding once for
    each resource that it tells of; `modules` are nested stacks too.
    """

    files: int
    findings: int
    errors: int
    warnings: int
    advice: int
    advice_hidden: int
    suppressed: int
    passed_over: int
    baselined: int = 0
    resources: int = 0
    resources_written: int = 0
    resources_judged: int = 0
    modules: int = 0
    modules_read: int = 0


@record(frozen=True)
class Times:
    """How long a run took, in seconds. reading: settings, rules and files. judging: what came after these."""

    reading: float
    judging: float


@record(frozen=True)
class Report:
    """The result of a run.

    findings: sorted by file and position. errors: what could not be checked, and why. notices: sentences
    about the run. files: the templates that were checked. passed_over: the files that are not templates.
    advice_hidden: the number of findings left out because nobody asked for advice; unshown: these. suppressed: the
    suppressed ones. rules: the rules that were applied. fail_on: the least severe level that fails the run. lines:
    gives the lines of a file. secrets: the places of what nobody may see, by path. root: the root of the repository
    that contains the working folder. coverage: what was judged and what was left out; None if nobody asked. suggest:
    gives the Suggestion for a finding (`fixes`), None if it has no fix. prove: gives those of some findings whose safe
    fixes can be made together, each judged again; None if that is too much. times: how long it took; None if not
    measured. baseline: what a baseline took out of the findings. against: what changed since another landscape; the
    exit code is then by what came or grew graver. gate: what was looked at before and
    is hidden now; None if nobody asked. seen: what was looked at, by name; looked: how much that was.
    locked: the rules of which policies let no baseline take the findings, each with the policy.
    fails_on_nothing: whether a run that judged no resource fails. graph, survey: what the templates make, and
    what is known of recovery; None if nobody asked.
    """

    findings: Sequence[Finding] = ()
    errors: Sequence[Problem] = ()
    notices: Sequence[str] = ()
    files: Sequence[str] = ()
    passed_over: Sequence[str] = ()
    advice_hidden: int = 0
    suppressed: Sequence[Hidden] = ()
    rules: Sequence[Rule] = ()
    fail_on: Level | Literal["never"] = "warning"
    lines: Lines = field(default=lines_again)
    root: str = field(default_factory=lambda: Files().root)
    coverage: Coverage | None = None
    unshown: Sequence[Finding] = ()
    secrets: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    suggest: Callable[[Finding], Any] = field(default=_none)
    prove: Callable[[Sequence[Finding]], Sequence[Finding] | None] = field(default=_all)
    times: Times | None = None
    baseline: Baselined | None = None
    against: Comparison | None = None
    gate: Gate | None = None
    seen: Seen = field(default_factory=Seen)
    looked: Looked = field(default_factory=Looked)
    locked: Mapping[str, str] = field(default_factory=dict)
    fails_on_nothing: bool = False
    graph: Graph | None = None
    survey: Survey | None = None
    owners: Callable[[str], Sequence[str]] = field(default=lambda _: ())
    """Gives the owners of a file."""

    def with_errors(self, errors: Sequence[Problem]) -> Report:
        """The same report with more errors."""
        return replace(self, errors=[*self.errors, *errors]) if errors else self

    def address_now(self, root: str, address: str) -> str:
        """What `moved` blocks call a resource of a root now, from its root module and without keys.

        address: what it was called before.
        """
        folder = os.path.normpath(os.path.join(self.root, *root.split("/")))
        return self.seen.inventory.address_now(folder, address)

    def summary(self) -> Summary:
        """The counts of the run."""
        return Summary(
            files=len(self.files),
            findings=len(self.findings),
            errors=self._count("error"),
            warnings=self._count("warning"),
            advice=self._count("advice"),
            advice_hidden=self.advice_hidden,
            suppressed=len(self.suppressed),
            passed_over=len(self.passed_over),
            baselined=0 if self.baseline is None else len(self.baseline.findings),
            resources=sum(finding.resource_count for finding in self.findings),
            **self.looked.counts,
        )

    @property
    def failures(self) -> list[Finding]:
        """The findings that report an exception in a rule, so that something was not checked."""
        return [finding for finding in self.findings if finding.rule == INTERNAL_ERROR]

    @property
    def exit_code(self) -> int:
        """0: no finding at `fail_on` or above; 1: such findings, or a gate that is shut; 2: something new could not be
        checked."""
        is_unread = any(self.against is None or self.against.is_new(problem) for problem in self.errors)
        if is_unread or self.failures or (self.fails_on_nothing and not self.looked.judged):
            return COULD_NOT_LOOK
        if self.gate is not None and self.gate.is_shut:
            return FOUND
        counted = self.findings if self.against is None else self.against.worse
        return FOUND if any(map(self.is_grave, counted)) else 0

    def is_grave(self, finding: Finding) -> bool:
        """Whether a finding fails the run."""
        least = finding.fail_on or self.fail_on
        return least != "never" and LEVELS.index(finding.level or "warning") <= LEVELS.index(least)

    def _count(self, level: Level) -> int:
        return sum(finding.level == level for finding in self.findings)
