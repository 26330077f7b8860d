"""How sure a finding of a rule is, apart from its level: measured by people who read findings in public repositories.

The readings are in docs/audits; `python -m bench.confidence` counts them into confidence.txt, which this module reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, TypeAlias

from awslint_memo.files.rule_files import packaged
from awslint_memo.judging.rule import Rule
from awslint_memo.judging.suppression_rules import ENGINE_RULES
from awslint_memo.model.record import record

Confidence: TypeAlias = Literal["high", "medium", "low"]

CONFIDENCES: tuple[Confidence, ...] = ("high", "medium", "low")
"""The surest first."""

FILE = "manual/confidence.txt"

LEAST_READ = 10
"""Of how many findings at least a confidence is told."""

_HIGH_TRUE, _HIGH_FALSE = 0.85, 0.02
_LOW_TRUE, _LOW_FALSE = 0.6, 0.1


@record(frozen=True)
class Measure:
    """What readers said of a rule's findings, each by the graver of two answers.

    debatable: literally right, and of little use where it stands. mended: how many of the false ones have a cause that
    was mended after the reading, as the page of the reading says.
    """

    read: int = 0
    true: int = 0
    debatable: int = 0
    false: int = 0
    mended: int = 0

    @property
    def counting(self) -> int:
        """How many of the findings still tell how sure the rule is."""
        return self.read - self.mended

    @property
    def confidence(self) -> Confidence | None:
        """high: 85 % true at least and 2 % false at most. low: less than 60 % true, or more than 10 % false.

        None if too few findings count.
        """
        if self.counting < LEAST_READ:
            return None
        true, false = self.true / self.counting, (self.false - self.mended) / self.counting
        if true >= _HIGH_TRUE and false <= _HIGH_FALSE:
            return "high"
        return "low" if true < _LOW_TRUE or false > _LOW_FALSE else "medium"

    @property
    def words(self) -> str:
        """The same in sentences."""
        if not self.read:
            return "Not measured: none of its findings was read in public repositories."
        were = "finding that was" if self.read == 1 else "findings that were"
        answers = (
            f"{self.true} {'was' if self.true == 1 else 'were'} true, {self.debatable} debatable, {self.false} false"
        )
        told = f"of {self.read} {were} read in public repositories {answers}{self._mended}."
        few = f"Not measured, as fewer than {LEAST_READ} count: "
        return few + told if self.confidence is None else f"{self.confidence.capitalize()}: {told}"

    @property
    def _mended(self) -> str:
        if not self.mended:
            return ""
        if self.mended == self.false:
            return f"; the false {'one is' if self.false == 1 else 'ones are'} mended since"
        return f"; {self.mended} of the false ones {'is' if self.mended == 1 else 'are'} mended since"


@cache
def measures() -> Mapping[str, Measure]:
    """The measure of each rule of which findings were read, by its id."""
    rows = (line.split() for line in packaged(FILE).text.splitlines() if not line.startswith("#"))
    return {name: Measure(*map(int, numbers)) for name, *numbers in rows}


def measure_of(rule: Rule) -> Measure | None:
    """The measure of a rule; None for rules that nobody reads findings of: a user's own, and those of suppressions."""
    return None if rule.is_users or rule.id in ENGINE_RULES else measures().get(rule.id, Measure())


def confidence_of(id: str) -> Confidence | None:
    """The confidence of a rule's findings; None if it is not measured."""
    return measures().get(id, Measure()).confidence
