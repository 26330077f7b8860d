"""What checks came to, with what each of them read, so that those that an edit concerns are found at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from awslint_memo.judging.checks import Unit
from awslint_memo.model.budget import refuse
from awslint_memo.model.dependencies import Question, Reads
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import field, record
from awslint_memo.readers.edit import ALL, EVERYTHING, NAME, TYPE, Edit, Fact

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Checked, CheckKey, Coverage

Facts = frozenset[Fact]


@record
class CheckResult:
    """A check of a resource: what it read, and what it found.

    read: the facts that it read itself, then those that relations read for it, which many checks share. lines: the
    first and the last line that the findings name in any way. counted: what of it counts for what could not be told,
    if somebody wants to know. is_sampled: whether not all deployments were looked at that differ in what it read.
    """

    unit: Unit
    read: Sequence[Facts]
    findings: list[Finding]
    lines: tuple[int, int]
    counted: Mapping[CheckKey, Checked] = field(default_factory=dict)
    is_sampled: bool = False

    def has_read(self, facts: Facts, known: dict[int, bool]) -> bool:
        """Whether it read one of some facts. known: which sets of facts, by their ids, have one of them."""
        for read in self.read:
            found = known.get(id(read))
            if found is None:
                found = known[id(read)] = not facts.isdisjoint(read)
            if found:
                return True
        return False

    def is_still(self, edit: Edit) -> bool:
        """Whether an edit surely moves nothing that it found; most checks find nothing."""
        return self.lines[1] < edit.first or (not edit.down and self.lines[0] > edit.last)


class CheckResults:
    """What the checks of a template came to, in their order, found by what they read."""

    def __init__(self, results: Iterable[CheckResult]) -> None:
        self.results: list[CheckResult] = []
        self._own: dict[Fact, set[int]] = {}
        self._shared: dict[int, tuple[Facts, set[int]]] = {}
        self._subjects: dict[str, list[int]] = {}
        self._finding: set[int] = set()
        for number, result in enumerate(results):
            self.results.append(result)
            self._subjects.setdefault(result.unit.name, []).append(number)
            self._note(number, result)

    def put(self, number: int, result: CheckResult) -> None:
        """What a check came to since."""
        before, self.results[number] = self.results[number], result
        if result.read is before.read and bool(result.findings) == bool(before.findings):
            return  # What it found was only moved.
        self._forget(number, before)
        self._note(number, result)

    def _note(self, number: int, result: CheckResult) -> None:
        *shared, own = result.read
        for fact in own:
            self._own.setdefault(fact, set()).add(number)
        for facts in shared:
            self._shared.setdefault(id(facts), (facts, set()))[1].add(number)
        if result.findings:
            self._finding.add(number)

    def _forget(self, number: int, result: CheckResult) -> None:
        *shared, own = result.read
        for fact in own:
            self._own[fact].discard(number)
        for facts in shared:
            numbers = self._shared.get(id(facts), (facts, {number}))[1]
            numbers.discard(number)
            if not numbers:  # A relation may have read all of the template.
                self._shared.pop(id(facts), None)
        self._finding.discard(number)

    def concerned(self, edit: Edit) -> list[int]:
        """The numbers of the checks that an edit may concern, or of which it may move what they found."""
        found = {number for fact in edit.facts for number in self._own.get(fact, ())}
        # A check of the whole template may ask for what its reader alone knows.
        whole = [""] if edit.facts or edit.subjects else []
        found.update(number for name in (*whole, *edit.subjects) for number in self._subjects.get(name, ()))
        for facts, numbers in self._shared.values():
            if not edit.facts.isdisjoint(facts):
                found.update(numbers)
        found.update(number for number in self._finding if not self.results[number].is_still(edit))
        return sorted(found)

    def tell(self, coverage: Coverage | None) -> None:
        """Count what checks came to, and note where not all deployments were looked at."""
        if any(result.is_sampled for result in self.results):
            refuse("differing")
        if coverage is not None:
            for result in self.results:
                coverage.take(result.counted)

    @property
    def shared(self) -> list[Facts]:
        """The sets of facts that many checks share."""
        return [facts for facts, _ in self._shared.values()]

    @property
    def findings(self) -> list[Finding]:
        """All that was found, in the order of the checks."""
        return [finding for number in sorted(self._finding) for finding in self.results[number].findings]


class ReadFacts:
    """The facts that checks read, each set of them kept once. same: sets that are kept already."""

    def __init__(self, same: Iterable[Facts] = ()) -> None:
        self._known: dict[int, tuple[Reads, Facts]] = {}
        self._same: dict[Facts, Facts] = {one: one for one in same}

    def of(self, several: Iterable[Reads]) -> list[Facts]:
        """What was read: that for what relations worked out in sets of its own, and what a check read itself at the
        end."""
        own: set[Fact] = set()
        shared: list[Facts] = []
        for reads in several:
            own.update(_own(reads))
            shared += map(self._of_relation, _relations(reads))
        facts = frozenset(own)
        return [*shared, self._same.setdefault(facts, facts)]

    def _of_relation(self, reads: Reads) -> Facts:
        known = self._known.get(id(reads))
        if known is None:
            self._known[id(reads)] = reads, frozenset()  # What asks for itself adds nothing.
            inner = map(self._of_relation, _relations(reads))
            facts = frozenset(_own(reads)).union(*inner)
            known = self._known[id(reads)] = reads, self._same.setdefault(facts, facts)
        return known[1]


def _relations(reads: Reads) -> Iterator[Reads]:
    return (answer for question, answer in reads.singles.items() if question[0] == "once")


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
    elif kind == "everything":
        yield EVERYTHING, question[1]
    elif kind in ("resource", "parameter", "text"):
        # SAM and attributes add what follows a point.
        yield NAME, question[2].partition(".")[0]
