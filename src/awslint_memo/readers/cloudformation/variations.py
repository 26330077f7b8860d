"""The deployments of a template that differ in what a check has asked: conditions, lookups and allowed values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from awslint_memo.model.budget import ORDINARY_CHOICES, Kind, leaves, refuse, reserve, take
from awslint_memo.model.dependencies import Answers, Hashed, Question, Reads
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.deployment_words import example
from awslint_memo.model.record import replace
from awslint_memo.readers.cloudformation.deciding import NOTHING, Deciding
from awslint_memo.readers.cloudformation.deployments import by_prefix
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.stack import StackDeployment
from awslint_memo.readers.cloudformation.stack_deployments import Choices, sample, stack_deployments
from awslint_memo.readers.cloudformation.stacks import Use, Uses
from awslint_memo.readers.template import Differing

_ENUMERATING = 40
"""What finding the deployments that differ in something takes of their budget."""
_WIDE = 12
"""More questions than these about what exists are asked at once."""
_FOR_A_SAMPLE: Mapping[Kind, int] = {"looks": 20_000, "combinations": 50_000}
"""What the deployments of a sample may take, when nothing is left for others."""
_RECENT = 3
"""In how many of the deployments that were found last a resource is looked for before one is made for it."""


class StackVariations:
    """The deployments of a template with its nested stacks."""

    def __init__(
        self,
        document: Document,
        use: Use,
        deployment: Callable[[StackDeployment], Deployment],
        linked: Sequence[StackDeployment] = (),
    ) -> None:
        self.is_complete = True
        self.document = document
        self._use = use
        self._make = deployment
        self._known: dict[frozenset[Question], tuple[list[StackDeployment], Differing]] = {}
        self._last = NOTHING
        """What was asked last, of what is known."""
        self._deployments: dict[int, Deployment] = {}
        self._having: dict[str, Deployment] = {}
        """For each resource a deployment that has it, as far as one was found."""
        self._asked: dict[int, tuple[Reads, frozenset[Question]]] = {}
        self._grouped: dict[int, tuple[Answers, frozenset[Question]]] = {}
        self._samples: dict[str, Differing] = {}
        self._sampled: dict[int, Differing] = {}
        """The samples by the place of the deployment that comes first: those of many resources are the same."""
        self._spread_out: list[tuple[StackDeployment, Choices]] | None = None
        self._deciding = Deciding(use.stacks.met, linked)
        self._same: dict[frozenset[Question], frozenset[Question]] = {}

    @property
    def count(self) -> int:
        """How many deployments were made so far."""
        return len(self._deployments)

    @property
    def example(self) -> tuple[str, str] | None:
        """A parameter that deployments differ in, with a value of one."""
        return example(choices for _, differing in self._known.values() for choices in differing.choices)

    @property
    def is_one(self) -> bool:
        """Whether there is only one deployment, whatever is asked: nothing in the template can be chosen."""
        document = self.document
        if document.section("Conditions") or document.section("Mappings") or self._use.fixed is not None:
            return False
        if any(parameter.allowed for parameter in document.parameters.values()) or self._deciding.may_be_linked:
            return False
        return not self.stacks()[0].nested

    def stacks(self, asked: frozenset[Question] = NOTHING) -> list[StackDeployment]:
        """The deployments that differ in what was asked, as stacks."""
        self.differing(asked)
        return self._known.get(asked, self._known[NOTHING])[0]

    def differing(self, asked: frozenset[Question]) -> Differing:
        """The deployments that differ in what was asked."""
        if asked not in self._known and NOTHING in self._known and not leaves("looks", 0):
            self.is_complete = False
            refuse("looks")
            nearest = self._last if self._last <= asked else NOTHING
            return replace(self._known[nearest][1], is_complete=False)
        self._last = asked
        if asked not in self._known:
            take("looks", _ENUMERATING)
            use = replace(self._use, asked=by_prefix(asked), uses=Uses())
            found, is_complete = stack_deployments(self.document, use)
            deployments = [self._deployment(stack) for stack, _ in found]
            differing = Differing(deployments, [choices for _, choices in found], is_complete)
            self._known[asked] = ([stack for stack, _ in found], differing)
            if self._deciding.update():
                # What was asked before may be asked in the stacks that are new.
                self._asked.clear()
                self._grouped.clear()
        found_before = self._known[asked][1]
        self.is_complete = self.is_complete and found_before.is_complete
        return found_before

    def _deployment(self, stack: StackDeployment) -> Deployment:
        if id(stack) not in self._deployments:
            self._deployments[id(stack)] = self._make(stack)
        return self._deployments[id(stack)]

    def cover(self) -> tuple[list[Deployment], dict[str, Deployment]]:
        """Deployments of which at least one has each resource that any has, and such a one by the resource's name.

        The first has the default values of the parameters.
        """
        first = self.differing(NOTHING).deployments[0]
        deployments = [first]
        having = self._having
        having.update(dict.fromkeys(first.own, first))
        pending = True
        while pending:
            pending = False
            missing = [name for name in self._names() if name not in having]
            # Conditions may be thousands; of what differs in all of them few deployments are looked at.
            every = NOTHING.union(*map(self.about, missing))
            is_complete = self.is_complete
            wide = self.differing(every).deployments if len(every) > _WIDE else ()
            self.is_complete = is_complete  # No check has asked for all of this.
            for name in missing:
                made = chain((first, *deployments[-_RECENT:], *wide), self._with(name))
                with_it = next((deployment for deployment in made if name in deployment.own), None)
                if with_it is not None:
                    having[name] = with_it
                    pending = True
                    deployments += [] if with_it is first or with_it in deployments[-_RECENT:] else [with_it]
        return list(dict.fromkeys(deployments)), having

    def sample(self, name: str) -> Differing:
        """A deployment that was found already and has this resource, with conditions that this depends on."""
        if name not in self._samples:
            self._samples[name] = self._sample(name)
        return self._samples[name]

    def _sample(self, name: str) -> Differing:
        spread = [(self._deployment(stack), choices) for stack, choices in self._spread()]
        at = next((at for at, pair in enumerate(spread) if not name or name in pair[0].own), None)
        if at is None:
            first = self._sample_of_one(name)
            return _beginning_with((first.deployments[0], list(first.choices[0])), spread)
        if at not in self._sampled:
            self._sampled[at] = _beginning_with(spread[at], spread)
        return self._sampled[at]

    def _spread(self) -> Sequence[tuple[StackDeployment, Choices]]:
        """Deployments that differ in all conditions; none if there are more of these than in any ordinary template."""
        if self._spread_out is None:
            self._spread_out = []
            asked = frozenset(
                ("condition", prefix, name)
                for prefix, stacks in list(self._use.stacks.met.items())
                for name in dict.fromkeys(name for stack in stacks for name in stack.conditions.written)
            )
            if asked and len(asked) <= ORDINARY_CHOICES:
                with reserve(_FOR_A_SAMPLE):
                    made = sample(self.document, replace(self._use, asked=by_prefix(asked)))
                    self._spread_out = list({id(stack): (stack, choices) for stack, choices in made}.values())
        return self._spread_out

    def _sample_of_one(self, name: str) -> Differing:
        default = self.differing(NOTHING)
        having = self._having.get(name, default.deployments[0])
        if not name or having is default.deployments[0]:
            return replace(default, deployments=default.deployments[:1], choices=[[{}]])
        asked = Hashed(tuple(sorted(one for one in self.about(name) if one[0] == "condition")))
        answers = having.key(asked)
        pairs = zip(asked.parts, answers.parts if answers is not None else (), strict=False)
        choices = {f"{prefix.replace('/', '.')}condition {one}": answer for (_, prefix, one), answer in pairs}
        return Differing([having], [[choices or {"a parameter": "not the default value"}]])

    def _with(self, name: str) -> Iterator[Deployment]:
        """The deployments that differ in whether there is a resource; made when one asks for the first."""
        take("looks", len(self.document.section("Conditions")) // 2)  # Each is worked out for it in the end.
        yield from self.differing(self.about(name)).deployments

    def forget(self) -> None:
        """Let go of the deployments."""
        for forget in [stack_deployment.forget for stack_deployment in self.every()] + [
            deployment.forget for deployment in self._deployments.values()
        ]:
            forget()

    def every(self) -> list[StackDeployment]:
        """The deployments so far, as stacks."""
        known = (stack for stacks, _ in self._known.values() for stack in stacks)
        return [*known, *(stack for stack, _ in self._spread_out or ())]

    @property
    def unseen(self) -> list[str]:
        """What is deployed in any of the deployments so far but was not read."""
        return [what for stack in self.every() for what in stack.unseen]

    def _names(self) -> list[str]:
        """The names of all resources that a deployment may have, as far as their stacks were met."""
        return [
            f"{prefix}{name}"
            for prefix, stacks in list(self._use.stacks.met.items())
            for name in dict.fromkeys(name for stack in stacks for name in stack.document.resources)
        ]

    def about(self, name: str) -> frozenset[Question]:
        """What decides whether there is a resource of this name."""
        return self._deciding.closure(("name", name))

    def asked(self, reads: Reads) -> frozenset[Question]:
        """What the answers of a check depend on that deployments can differ in."""
        if id(reads) not in self._asked:
            self._asked[id(reads)] = (reads, NOTHING)  # What asks for itself adds nothing.
            found: set[Question] = set()
            for question, answer in reads.singles.items():
                found |= self.asked(answer) if question[0] == "once" else self._deciding.closure(question)
            for answers in reads.groups.values():
                found |= self._closure(answers)
            # Many checks ask the same, and there may be hundreds of questions.
            asked = frozenset(found)
            self._asked[id(reads)] = (reads, self._same.setdefault(asked, asked))
        return self._asked[id(reads)][1]

    def _closure(self, answers: Answers) -> frozenset[Question]:
        """What decides the answers to questions that are asked together."""
        if id(answers) not in self._grouped:
            self._grouped[id(answers)] = answers, NOTHING.union(*map(self._deciding.closure, answers))
        return self._grouped[id(answers)][1]


def _beginning_with(first: tuple[Deployment, Choices], others: Sequence[tuple[Deployment, Choices]]) -> Differing:
    """Deployments of a sample in an order in which a certain one comes first."""
    found = [first, *(pair for pair in others if pair[0] is not first[0])]
    return Differing(
        [deployment for deployment, _ in found], [choices for _, choices in found], is_complete=len(found) == 1
    )
