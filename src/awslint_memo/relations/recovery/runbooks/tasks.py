"""Tasks of a runbook: a step, the phase that it belongs to, and the commands that do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.objectives import Measured
from awslint_memo.model.record import record, replace
from awslint_memo.relations.recovery import regions
from awslint_memo.relations.recovery.recovery_paths import Path, Reasons
from awslint_memo.relations.recovery.runbooks.commands import Command, Unfilled, Word, home_word, region_word
from awslint_memo.relations.recovery.timelines import Step

PHASES = ("decide", "prepare", "data", "capacity", "requests", "check")
"""What comes after what: somebody decides; what must be there is made; data come back; what computes is started;
requests are led there; somebody looks whether all works. The tasks of a phase need not wait for each other."""

BY_PLAN = "The plan "
"""How notes begin which say that a plan of a Region switch does something too, or may."""

NAMED = 6
"""So many resources or names stand in a sentence of a runbook."""


@record(frozen=True)
class Back:
    """One store after a disruption, and the way back that is taken. region: where it comes back; None if not known."""

    store: Resource
    disruption: str
    way: Path
    region: str | None

    @property
    def home(self) -> str | None:
        """The Region of the store."""
        return regions.name(self.store)

    @property
    def where(self) -> Word:
        """The Region in commands: the one recovered in, or that of the store, which is not lost."""
        return region_word(self.region) if self.disruption == "region" else home_word(self.region)

    @property
    def named(self) -> str:
        """The store, with its Region where the copy that takes its place has the same name."""
        copy = self.way.by
        if copy is None or copy is self.store or copy.title != self.store.title:
            return self.store.title
        return f"{self.store.title}{f' in {self.home}' if self.home is not None else ' of the lost Region'}"

    @property
    def there(self) -> str:
        """Behind a verb, where it comes back: " in eu-central-1"."""
        return f" in {self.region}" if self.region is not None else ""


@record(frozen=True)
class Act:
    """What brings a store back. what: a sentence without its point. untold: what no template tells of it."""

    what: str
    commands: Sequence[Command] = ()
    notes: Sequence[str] = ()
    untold: Sequence[str] = ()
    by_person: bool = True


@record(frozen=True)
class Task:
    """One thing to do, or to wait for.

    phase: one of PHASES. step: what it is, how long it takes and why it is so. resource: what is acted on. region:
    where; None if that is not known, or if it is in none. loses: what of the data is lost; empty where nothing is
    said. commands: in order; none where nothing is to be called, or where no template tells what to call. notes: what
    to know before it is done. measured: the last drill of it. is_sure: False where the way exists only if something
    says so that is not known. copies: what takes the place of the resource. is_from_copy: whether it puts to use what
    is there already, or looks for it, so that it waits for nothing that is made; also what others wait for. question:
    what has to be known for it, where it only points to that. awaits: the key of the question that it waits for.
    """

    phase: str
    step: Step
    resource: Resource | None = None
    region: str | None = None
    loses: str = ""
    commands: Sequence[Command] = ()
    notes: Sequence[str] = ()
    measured: Measured | None = None
    copies: Sequence[Resource] = ()
    is_from_copy: bool = False
    question: Question | None = None
    awaits: str = ""

    @property
    def seconds(self) -> float | None:
        """How long it takes, as far as that is known: by the drill, else by AWS's typical figure, else surely."""
        if self.measured is not None:
            return self.measured.took
        if self.step.typical is not None:
            return self.step.typical
        return self.step.least or (0 if self.step.is_told and not self.step.by_person else None)

    @property
    def is_timed(self) -> bool:
        """Whether its whole time is known, by a drill, by AWS's figure or by its settings."""
        by_settings = self.step.is_told and (bool(self.step.least) or not self.step.by_person)
        return self.measured is not None or self.step.typical is not None or by_settings

    @property
    def unfilled(self) -> list[Unfilled]:
        """What is to be filled in into its commands, in order."""
        return unfilled(self.commands)


@record(frozen=True)
class Question:
    """What no template tells and a runbook depends on, so that somebody finds it out before anything is lost.

    what: what is not known, as "whether …". resource: what it is about. commands: what answers it; none where nothing
    that can be called does. because: what in the templates makes it a question. untold: what else is not known of it,
    with what would tell it. notes: what to know of the answer. page: AWS's. then: what is to be done by one answer;
    None where the answer itself tells that. answer: by which, "so" or "not". phase: the one in which the answer is
    needed, where nothing is written of what is done then. key: what tasks that wait for the answer call it. is_early:
    whether what a restore may need depends on it.
    """

    what: str
    resource: Resource | None = None
    commands: Sequence[Command] = ()
    because: Reasons = ()
    untold: Sequence[str] = ()
    notes: Sequence[str] = ()
    page: str = ""
    then: Task | None = None
    answer: str = "so"
    phase: str = ""
    key: str = ""
    is_early: bool = False

    @property
    def unfilled(self) -> list[Unfilled]:
        """What is to be filled in into the commands that answer it, and into those of what is done then."""
        return unfilled([*self.commands, *(self.then.commands if self.then is not None else ())])


def unfilled(commands: Sequence[Command]) -> list[Unfilled]:
    """What is to be filled in into some commands, in order."""
    every = [word for command in commands for word in command.unfilled]
    return list({word.name: word for word in every}.values())


def pointer(question: Question) -> Task:
    """The place of a question in the order: whoever follows the tasks alone comes by it."""
    then = question.then
    what, phase = (question.what, question.phase or "decide") if then is None else (then.step.what, then.phase)
    step = Step("question", what, by_person=True)
    # What may be there is looked for before anything of its name is made.
    is_early = question.is_early or phase == "data" if then is None else then.is_from_copy
    region = None if then is None else then.region
    # Whoever comes by the step alone sees that something else does it.
    notes = [] if then is None else [note for note in then.notes if note.startswith(BY_PLAN)]
    return Task(phase, step, question.resource, region, notes=notes, is_from_copy=is_early, question=question)


def in_phase(phase: str, every: Iterable[Task | Question]) -> Iterator[Task | Question]:
    """The same tasks and questions, of which those without a phase are asked in this one."""
    for each in every:
        is_placed = isinstance(each, Task) or each.then is not None or bool(each.phase)
        yield each if is_placed else replace(each, phase=phase)


def parted(every: Iterable[Task | Question]) -> tuple[list[Task], list[Question]]:
    """The tasks and the questions of what has both."""
    kept = list(every)
    tasks = [each for each in kept if isinstance(each, Task)]
    return tasks, [each for each in kept if isinstance(each, Question)]
