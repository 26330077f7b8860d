"""Recall and precision of a tool, of what it claims and of all, by kind of defect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmark.labels import KINDS, Case, Label, agreed
from benchmark.matching import Claims, Match


@dataclass(frozen=True)
class Score:
    """How a tool did on some labels. departures, twins: those in languages that it reads.

    claimed, claimed_twins: those whose judgement one of its rules has. found: departures that it reports; loud: those
    with more than the level of advice. false: twins of which it says what would be wrong.
    """

    departures: int
    claimed: int
    found: int
    loud: int
    claimed_twins: int
    false: int

    @property
    def recall(self) -> float:
        """The share of all departures in its languages that it finds."""
        return self.found / self.departures if self.departures else 0.0

    @property
    def recall_of_claims(self) -> float:
        """The share of those that it claims to find."""
        return self.found / self.claimed if self.claimed else 0.0

    @property
    def precision(self) -> float:
        """The share of what it says at labelled places that is so."""
        said = self.found + self.false
        return self.found / said if said else 1.0


def counted(cases: Iterable[Case], languages: Sequence[str]) -> list[Label]:
    """The labels that count: agreed ones, in these languages."""
    return [label for case in cases if case.language in languages for label in agreed(case)]


def score(labels: Sequence[Label], matches: Iterable[Match], claims: Claims) -> Score:
    """The score of a tool on labels. claims: empty if it claims all of them."""
    judged = {judgement for ones in claims.values() for judgement in ones} or {label.judgement for label in labels}
    said: dict[str, set[str]] = {}
    for one in matches:
        said.setdefault(one.label, set()).add(one.level)
    departures = [label for label in labels if not label.is_good]
    twins = [label for label in labels if label.is_good]
    return Score(
        departures=len(departures),
        claimed=sum(label.judgement in judged for label in departures),
        found=sum(label.key in said for label in departures),
        loud=sum(bool(said.get(label.key, set()) - {"advice", "info", "informational"}) for label in departures),
        claimed_twins=sum(label.judgement in judged for label in twins),
        false=sum(label.key in said for label in twins),
    )


def by_kind(labels: Sequence[Label], matches: Sequence[Match], claims: Claims) -> dict[str, Score]:
    """The scores for each kind of defect."""
    return {kind: score([one for one in labels if one.kind == kind], matches, claims) for kind in KINDS}
