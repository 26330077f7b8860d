"""Answers to conditions: whether they hold, what makes that so, and how several answers make one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from awslint_memo.judging.data_rules.operators import Verdict, every, negated, some
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record, replace
from awslint_memo.model.value import Value


@record(frozen=True, eq=False)
class Cause:
    """A value that decides a condition, and what would decide it otherwise.

    of: the property as a message names it; empty: the value's route. words: what is asked of it instead, as a verb.
    sentence: what a message says of the resource in place of all that. resource: that of the value. via: see Subject.
    alternatives: all causes whose words it says, itself included, if it says those of others.
    """

    value: Value | Resource
    words: str
    resource: Resource
    of: str = ""
    sentence: str = ""
    via: str = ""
    alternatives: Sequence[Cause] = ()

    @property
    def name(self) -> str:
        """The property, as a message names it."""
        route = self.value.route if isinstance(self.value, Value) else None
        return self.of or str(route or "")

    @property
    def called(self) -> str:
        """The property as the file calls it."""
        return self.resource.property_names.get(self.name) or self.name

    @property
    def asked(self) -> str:
        """What is asked, beside other causes."""
        if self.sentence:
            return f"{self.resource.title} {self.sentence}"
        return f"{self.called} of {self.resource.title} must {self.words}"


@record(frozen=True, eq=False)
class Answer:
    """The verdict on a condition, and what makes it so; no causes where it is not known.

    What is a single value in CloudFormation may be a list in Terraform: CidrIp is cidr_blocks there, and what has it
    stands for several. Where these differ, nothing is known of all of them. holds: the causes for which it surely holds
    for one of them; fails: those for which it surely does not for one.
    """

    verdict: Verdict
    causes: Sequence[Cause] = ()
    holds: Sequence[Cause] = ()
    fails: Sequence[Cause] = ()

    @property
    def negated(self) -> Answer:
        """The answer for the contrary."""
        return Answer(negated(self.verdict), self.causes, self.fails, self.holds)

    @property
    def of_each(self) -> Answer:
        """The answer where each of those that it stands for has to fulfil the condition."""
        return Answer(False, self.fails) if self.fails else Answer(self.verdict, self.causes)

    @property
    def of_one(self) -> Answer:
        """The answer where one of those that it stands for is enough."""
        return Answer(True, self.holds) if self.holds else Answer(self.verdict, self.causes)

    @property
    def of_alternatives(self) -> Answer:
        """The answer where all hold, for whoever asks the contrary: one that does not is enough."""
        return Answer(True, _as_alternatives(self.causes)) if self.verdict is True else self

    def causes_of(self, verdict: bool) -> Sequence[Cause]:
        """The causes of a verdict on all or on one of those that it stands for; none if it surely is the contrary."""
        if self.verdict is None:
            return self.holds if verdict else self.fails
        return self.causes if self.verdict is verdict else ()


NOT_KNOWN = Answer(None)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Whether all hold; those that surely do not are the causes."""
    known = list(answers)
    verdict = every([one.verdict for one in known])
    if verdict is None:
        return Answer(None, holds=_if_single(known, True), fails=_causes(known, False))
    return Answer(verdict, _causes(known, verdict))


def any_of(answers: Iterable[Answer]) -> Answer:
    """Whether one holds; where none does, the first cause says what each asks."""
    known = list(answers)
    verdict = some([one.verdict for one in known])
    if verdict is None:
        return Answer(None, holds=_causes(known, True), fails=_as_alternatives(_if_single(known, False)))
    causes = _causes(known, verdict)
    return Answer(verdict, causes if verdict else _as_alternatives(causes))


def _causes(answers: Iterable[Answer], verdict: bool) -> Sequence[Cause]:
    return [cause for one in answers for cause in one.causes_of(verdict)]


def _if_single(answers: Sequence[Answer], verdict: bool) -> Sequence[Cause]:
    """The causes of a verdict that all answers must have, where only one of them has it for one of several values.

    Where two have it, that may be for different values.
    """
    among = [one for one in answers if one.verdict is None]
    return _causes(answers, verdict) if len(among) == 1 and among[0].causes_of(verdict) else ()


def _as_alternatives(causes: Sequence[Cause]) -> Sequence[Cause]:
    """The causes, of which the first says what each asks."""
    every = [each for cause in causes for each in cause.alternatives or (cause,)]
    if not every:
        return causes
    first, *others = dict.fromkeys(every)
    asked = dict.fromkeys(_asked(cause, first) for cause in every if cause.words)
    return [replace(first, words=", or ".join(asked), alternatives=every), *others]


def _asked(cause: Cause, first: Cause) -> str:
    is_of_first = cause.name == first.name and cause.resource is first.resource
    return cause.words if is_of_first else cause.asked
