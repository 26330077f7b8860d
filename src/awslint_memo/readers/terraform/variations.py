"""The deployments of a Terraform root module that differ in what a check has asked: its variables without value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.model.budget import left, spend
from awslint_memo.model.dependencies import Question, Reads
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.deployment_words import Assignment, Choice, example, pairwise_rows
from awslint_memo.model.record import record
from awslint_memo.readers.template import Differing
from awslint_memo.readers.terraform.choices import Choices
from awslint_memo.readers.terraform.chosen_reads import Deciding, without_keys

if TYPE_CHECKING:
    from awslint_memo.readers.terraform.module import Module

MAX_DEPLOYMENTS = 128
"""The maximum number of deployments that differ in what one check asks; beyond it, each candidate is tried alone."""

_SAMPLED = 24
"""Further deployments that are looked at where those that differ in what is asked are too many."""

_COST = 60
"""What a resource of a deployment costs, in terms of the budget: its block is evaluated anew."""

Make: TypeAlias = "Callable[[Mapping[str, Choice]], Deployment | None]"
"""Makes the deployment of an assignment; None if a validation of a variable refuses it."""


class TerraformVariations:
    """The deployments of a root module. make: see Make. choices: what was met in the deployments that it made."""

    def __init__(self, choices: Choices, make: Make) -> None:
        self.is_complete = True
        self.modules: list[Module] = []
        """Those that were made for the deployments."""
        self._choices = choices
        self._make = make
        self._made: dict[tuple[tuple[str, str], ...], Deployment | None] = {}
        self._known: dict[tuple[object, ...], Differing] = {}
        self._deciding = Deciding(choices)
        self._read_at = -1, -1
        self._only: Differing | None = None
        self._questions: dict[frozenset[str], frozenset[Question]] = {}
        self._answered: dict[frozenset[Question], Differing] = {}
        self._samples: dict[str, Differing] = {}
        self._sampled: dict[int, Differing] = {}
        """The samples by the deployment that comes first: those of many resources are the same."""
        self._sets: dict[frozenset[Question], frozenset[Question]] = {}
        self._about: dict[str, frozenset[Question]] = {}
        self._existence: frozenset[Question] = frozenset()
        self._first = _First({}, {})
        self._largest = 0
        """The number of resources of the largest deployment so far."""

    @property
    def is_one(self) -> bool:
        """Whether there is only one deployment, whatever is asked: every variable has a value."""
        return not self._choices.free

    @property
    def count(self) -> int:
        """How many deployments were made so far."""
        return sum(deployment is not None for deployment in self._made.values())

    @property
    def example(self) -> tuple[str, str] | None:
        """A variable that deployments differ in, with a value of one."""
        return example(choices for differing in self._known.values() for choices in differing.choices)

    @property
    def is_undecided(self) -> bool:
        """Whether nothing that was evaluated so far depends on a variable that has no value."""
        choices = self._choices
        return not (choices.candidates or choices.flags or choices.limited or choices.deciding_any)

    def cover(self) -> list[Deployment]:
        """Deployments in which every resource that any of them has is there at least once."""
        while True:
            asked = self._existing()
            deployments = self.differing(asked).deployments
            if self._existing() == asked:
                return list(deployments)

    def about(self, name: str) -> frozenset[Question]:
        """What decides whether there is a resource of this name."""
        self._forget()
        questions = self._about.get(name)
        if questions is None:
            questions = self._about[name] = frozenset(map(self._question, self._choices.deciding(without_keys(name))))
        return questions

    def asked(self, reads: Reads) -> frozenset[Question]:
        """What the answers that a check was given depend on, as far as deployments can differ in it."""
        self._forget()
        names = self._deciding.variables(reads)
        if names not in self._questions:
            self._questions[names] = self._asking(names)
        return self._questions[names]

    def _forget(self) -> None:
        """Forget what was worked out, if more was met since: what decides whether resources are there, or values."""
        if self._read_at != (self._choices.size, self._choices.met):
            self._read_at = self._choices.size, self._choices.met
            self._deciding.forget()
            self._questions.clear()
            self._sets.clear()
            self._answered.clear()
            self._samples.clear()
            self._sampled.clear()
            self._about.clear()
            self._existence = frozenset()
            self._first = self._first_candidates()

    def differing(self, asked: frozenset[Question]) -> Differing:
        """The deployments that differ in what was asked.

        What exists in a deployment is always decided, by the first candidates if that was not asked.
        """
        if self._only is not None:
            return self._only
        self._forget()
        deployments = self._answered.get(asked)
        if deployments is None:
            deployments = self._worked_out(asked)
            self._forget()
            self._answered[asked] = deployments
        self.is_complete = self.is_complete and deployments.is_complete
        # Nothing can ever be asked of a module whose variables all have values.
        self._only = deployments if self.is_one else None
        return deployments

    def sample(self, name: str) -> Differing:
        """A deployment that has this resource, with the variables that this depends on."""
        self._forget()
        if name not in self._samples:
            self._samples[name] = self._sample(name)
        return self._samples[name]

    def forget(self) -> None:
        """Let go of the deployments, once nobody asks any more, and of the modules, which know their parts."""
        for module in self.modules:
            module.forget()
        for deployment in self._made.values():
            if deployment is not None:
                deployment.forget()
        self.modules.clear()
        self._deciding.forget()
        for kept in (self._made, self._known, self._answered, self._samples, self._sampled):
            kept.clear()
        self._only = None

    def _sample(self, name: str) -> Differing:
        differing = self.differing(self._existing())
        deciding = self._choices.deciding(without_keys(name)) if name else ()
        pairs = zip(differing.deployments, differing.choices, strict=True)
        having = next(
            ((deployment, choices[0]) for deployment, choices in pairs if name in deployment.own),
            (differing.deployments[0], {}),
        )
        others = [
            (deployment, at)
            for deployment, at in zip(differing.deployments, differing.choices, strict=True)
            if deployment is not having[0]
        ]
        if not others:
            chosen = {key: having[1][key] for key in sorted(deciding) if key in having[1]}
            return Differing([having[0]], [[chosen]])
        if id(having[0]) not in self._sampled:
            self._sampled[id(having[0])] = Differing(
                [having[0], *(deployment for deployment, _ in others[:_SAMPLED])],
                [[having[1]], *(choices for _, choices in others[:_SAMPLED])],
                is_complete=False,
            )
        return self._sampled[id(having[0])]

    def _worked_out(self, asked: frozenset[Question]) -> Differing:
        while True:
            self._forget()
            names = sorted({question[1] for question in asked if self._choices.of(question[1])})
            # The first candidates change only with what was met.
            key = (self._choices.size, self._choices.met, *names)
            if key in self._known:
                return self._known[key]
            # Making deployments may meet more candidates.
            self._known[key] = self._enumerated(names, self._first)

    def _existing(self) -> frozenset[Question]:
        """The questions about all variables that decide what there is; each resource's sample asks for them."""
        self._forget()
        if len(self._existence) != len(self._choices.deciding_any):
            self._existence = self._asking(self._choices.deciding_any)
        return self._existence

    def _asking(self, names: Iterable[str]) -> frozenset[Question]:
        """The questions about some variables, as the same set each time: looking up another one compares all of it."""
        found = frozenset(map(self._question, names))
        return self._sets.setdefault(found, found)

    def _question(self, name: str) -> Question:
        """A question about a variable; another one as soon as more candidates are met."""
        return ("variable", name, len(self._choices.candidates.get(name, ())))

    def _first_candidates(self) -> _First:
        """The first candidate of each variable that decides whether something exists."""
        names = sorted(self._choices.deciding_any - self._choices.defaults.keys())
        chosen = {name: candidates[0] for name in names if (candidates := self._choices.of(name))}
        return _First(chosen, {name: self._pair(name, choice) for name, choice in chosen.items()})

    def _enumerated(self, names: Sequence[str], first: _First) -> Differing:
        candidates = {name: self._choices.of(name) for name in names}
        # Where the budget is not enough for all, each candidate is met by some of them at least.
        is_complete = prod(map(len, candidates.values())) <= min(MAX_DEPLOYMENTS, self._most() or MAX_DEPLOYMENTS)
        deployments: list[tuple[Assignment, Deployment]] = []
        for chosen in _every(candidates) if is_complete else _each(candidates):
            if deployments and not self._may_make():
                is_complete = False
                break
            deployment = self._deployment(chosen, first)
            if deployment is not None:
                deployments.append((chosen, deployment))
        if not deployments:
            # No candidate that was met is one that the variables' own rules allow.
            alone = self._deployment({}, _First({}, {}))
            deployments = [] if alone is None else [({}, alone)]
        return Differing([one for _, one in deployments], [[chosen] for chosen, _ in deployments], is_complete)

    def _most(self) -> int:
        """How many more deployments may be made; 0 if that is not known yet."""
        return left("deployments") // self._cost() if self._made else 0

    def _may_make(self) -> bool:
        """Whether one more deployment may be made; the first one always is."""
        return spend("deployments", self._cost())

    def _cost(self) -> int:
        return _COST * self._largest or 1

    def _pair(self, name: str, choice: Choice) -> tuple[str, str]:
        return name, self._choices.word(name, choice)

    def _deployment(self, chosen: Mapping[str, Choice], first: _First) -> Deployment | None:
        """The deployment of an assignment, which has the first candidates of what it does not choose."""
        choices = self._choices
        # Where a default is chosen, nothing is.
        chosen = {name: choice for name, choice in chosen.items() if not choices.is_default(name, choice)}
        pairs = {**first.pairs, **{name: self._pair(name, choice) for name, choice in chosen.items()}}
        key = tuple(pairs.values() if pairs.keys() == first.pairs.keys() else sorted(pairs.values()))
        if key not in self._made:
            deployment = self._made[key] = self._make({**first.chosen, **chosen})
            self._largest = max(self._largest, 0 if deployment is None else len(deployment.resources))
        return self._made[key]


@record(frozen=True)
class _First:
    """The first candidate of each variable that decides whether something exists, also as pairs of its name and the
    words for it; in the order of the names."""

    chosen: Mapping[str, Choice]
    pairs: Mapping[str, tuple[str, str]]


def _every(candidates: Mapping[str, Sequence[Choice]]) -> Iterator[Assignment]:
    return (dict(zip(candidates, chosen, strict=True)) for chosen in product(*candidates.values()))


def _each(candidates: Mapping[str, Sequence[Choice]]) -> Iterator[Assignment]:
    """Assignments in which each candidate and each pair of first ones is there: first the first ones, then those in
    which half of the variables have other candidates, then those that differ in one, unless they are too many."""
    counts = [len(values) for values in candidates.values()]
    rows = [tuple(row) for row in pairwise_rows(counts, MAX_DEPLOYMENTS // 2)]
    if sum(count - 1 for count in counts) < MAX_DEPLOYMENTS:
        alone = ((place, at) for place, count in enumerate(counts) for at in range(1, count))
        rows += [tuple(at if one == place else 0 for one in range(len(counts))) for place, at in alone]
    for row in dict.fromkeys(rows):
        yield {name: values[at] for (name, values), at in zip(candidates.items(), row, strict=True)}
