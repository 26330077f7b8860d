"""What happens from a loss until requests are answered again, step by step: how long each step takes, what bounds it,
and what of it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.relations.recovery.recovery_paths import Reasons
from awslint_memo.relations.route53.records import Record

KINDS = ("detection", "decision", "switch", "caching", "data", "capacity", "program", "question")
"""What a step is for: the failure is noticed; a person or a program decides; the answer changes; resolvers or clients
keep the old one; data are promoted or restored; something is started or scaled; a program of the user runs; something
is asked that no template tells."""


@record(frozen=True)
class Step:
    """One step.

    kind: one of KINDS. what: in words ("3 checks, 30 s apart, find it unhealthy"). least: the seconds that it surely
    takes where the loss comes at the worst moment, which is what an objective is about; 0 if nothing is known.
    typical: AWS's documented figure. most: the seconds after which it ends in any case (a timeout); None if nothing
    bounds it. by_person: whether somebody has to do it. page: AWS's page for the figure, or for the way it works;
    empty if none is needed. because: the places in the templates. untold: what is not known of it, and what would tell
    it. together: the steps that run side by side as this one. limits: what surely is not done by it.
    """

    kind: str
    what: str
    least: float = 0
    typical: float | None = None
    most: float | None = None
    by_person: bool = False
    page: str = ""
    because: Reasons = ()
    untold: Sequence[str] = ()
    together: Sequence[Step] = ()
    limits: Sequence[str] = ()

    @property
    def is_told(self) -> bool:
        """Whether nothing of the step, and of those that are side by side in it, is unknown."""
        return not self.untold and all(step.is_told for step in self.together)


@record(frozen=True)
class Timeline:
    """The steps of one way back in their order.

    holder: the record, accelerator, distribution or plan. name: what it is called for people, as "www.example.com A".
    kind: what it is, in a word or two ("failover record"). steps: in order. leads_from, leads_to: the names of the
    Regions; None if they are not known. record: the record whose answer is kept the longest, if it is one. deployment:
    in which it is there, in words; None in all. is_elsewhere: whether nothing leads to the Region that is lost, so that
    nothing has to change.
    """

    holder: Resource
    name: str
    kind: str
    steps: Sequence[Step] = ()
    leads_from: str | None = None
    leads_to: str | None = None
    record: Record | None = None
    deployment: str | None = None
    is_elsewhere: bool = False

    @property
    def least(self) -> float:
        """The seconds that surely pass where the loss comes at the worst moment: a floor of the RTO behind it."""
        return sum(step.least for step in self.steps)

    @property
    def most(self) -> float | None:
        """The seconds after which all is done in any case; None where nothing bounds a step."""
        bounds = [step.most for step in self.steps]
        known = [seconds for seconds in bounds if seconds is not None]
        return sum(known) if len(known) == len(bounds) else None

    @property
    def by_person(self) -> bool:
        """Whether somebody has to do something."""
        return any(step.by_person for step in self.each())

    @property
    def untold(self) -> list[str]:
        """What is not known, and what would tell it."""
        return list(dict.fromkeys(reason for step in self.each() for reason in step.untold))

    @property
    def limits(self) -> list[str]:
        """What surely is not done."""
        return list(dict.fromkeys(limit for step in self.each() for limit in step.limits))

    def each(self) -> Iterator[Step]:
        """Every step, those that are side by side among them."""
        for step in self.steps:
            yield step
            yield from step.together
