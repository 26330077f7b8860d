"""In which deployments a check is run: those that differ in what it asks, and how a set of them is described."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from awslint_memo.model.budget import leaves, left, refuse, take, take_turns
from awslint_memo.model.dependencies import Question, Reads
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.deployment_words import MOST, clause, joined
from awslint_memo.model.secret import without_keys
from awslint_memo.readers.one_variation import OneVariation
from awslint_memo.readers.template import Deployments, Differing, Variations

Look: TypeAlias = "Callable[[Deployment], Reads | None]"

_NAMED = 20
"""Names that a description of deployments lists; of more it says how many."""

_ENOUGH = 24
"""So many of the deployments that differ have each choice and pairs of them, as those come first."""

_MANY = 8
"""More questions than these have more answers than are looked at for one resource."""

_WIDE = 100
"""With more questions than these, one of very many checks is run in a sample at once: public templates ask 40."""

MANY_CHECKS = 500
"""With more checks of resources than these, one of them is run in a sample where more deployments differ in what it
asks than a sample has: each alone decides that, so that it is the same whatever was looked at before."""


def variations(deployments: Deployments) -> Variations:
    """The variations of a template; those of one that has none are what it has."""
    return deployments.variations or OneVariation(deployments.deployments)


def every_variations(deployments: Deployments) -> list[Variations]:
    """The variations of a template, those of each name that the user gave deployments by themselves."""
    found = variations(deployments)
    return list(found.by_name.values()) if isinstance(found, NamedVariations) else [found]


def search(variations: Variations, name: str, look: Look) -> Differing:
    """The deployments that differ in what is asked while one looks at them; each is looked at.

    name: the resource that is looked at; empty for none. look: returns what was asked, None if nothing was noted.
    """
    return VariationSearch(variations).search(name, look)


class VariationSearch:
    """Finds the deployments for each of the resources that checks look at. is_much: whether there are very many."""

    def __init__(self, variations: Variations, *, is_much: bool = False) -> None:
        self._variations = variations
        self._is_much = is_much
        # What is asked in a deployment of one name says nothing of the others.
        named = variations.by_name if isinstance(variations, NamedVariations) else {}
        self._by_name = {name: VariationSearch(one, is_much=is_much) for name, one in named.items()}

    def search(self, name: str, look: Look, glance: Look | None = None) -> Differing:
        """As the function of this name. glance: looks without noting what was asked, where nothing follows from it."""
        glance = glance or look
        if self._by_name:
            every = self._by_name.items()
            return _together(
                {
                    own: variation_search.search(name, _named(own, look), _named(own, glance))
                    for own, variation_search in every
                }
            )
        about = self._variations.about(name) if name else frozenset()
        asked = about
        if not self._leaves(asked):
            return self._of_sample(name, about, look, glance)
        seen: set[int] = set()
        while True:
            differing = self._variations.differing(asked)
            if self._is_much and len(differing.deployments) > _ENOUGH:
                return self._of_few(differing, name, about, look, glance)
            more = about
            for number, deployment in enumerate(differing.deployments):
                if id(deployment) not in seen:
                    # One is looked at in any case: that in which all parameters have their default values.
                    if number and not self._leaves(asked):
                        refuse("looks")
                        looked = _only(seen, differing)
                        is_enough = len(looked.deployments) >= _ENOUGH and _have(looked, name)
                        return looked if is_enough else self._of_sample(name, about, look, glance)
                    take("looks", 1)
                    seen.add(id(deployment))
                    reads = look(deployment)
                    more = more if reads is None else _united(more, self._variations.asked(reads))
            if more is asked or more <= asked:
                is_missed = not differing.is_complete and not _have(differing, name)
                return self._of_sample(name, about, look, glance) if is_missed else differing
            asked = _united(asked, more)
            if self._is_much and len(asked) > _WIDE:
                return self._of_sample(name, about, look, glance)

    def _leaves(self, asked: frozenset[Question]) -> bool:
        """Whether another deployment may be looked at. Checks that ask for much leave half to the others."""
        is_left = leaves("looks", 0.5 if len(asked) > _MANY and not self._is_much else 0)
        if not is_left:
            take_turns()
        return is_left

    def _of_few(
        self, differing: Differing, name: str, about: frozenset[Question], look: Look, glance: Look
    ) -> Differing:
        """A sample, as more deployments differ than are looked at for one of very many resources; where there is none,
        the first of those that differ."""
        if len(self._variations.sample(name).deployments) > 1:
            return self._of_sample(name, about, look, glance)
        first = {id(deployment) for deployment in differing.deployments[:_ENOUGH]}
        few = _only(first, differing)
        if not _have(few, name):
            return self._of_sample(name, about, look, glance)
        for deployment in few.deployments:
            take("looks", 1)
            look(deployment)
        return few

    def _of_sample(self, name: str, about: frozenset[Question], look: Look, glance: Look) -> Differing:
        """Few deployments, once there were too many: one that has the resource, and where the answers depend on choices
        others in which each choice is met."""
        sample = self._variations.sample(name)
        first, *others = sample.deployments
        reads = look(first)
        if not about and (reads is None or not self._variations.asked(reads)):
            return Differing([first], sample.choices[:1])
        if not leaves("looks", 0):
            refuse("looks")
        seen = {id(first)}
        for other in sample.having(name) if others else ():
            if left("samples") < 0:
                refuse("samples")
                return _only(seen, sample)
            if id(other) not in seen:
                seen.add(id(other))
                take("samples", 1)
                glance(other)
        return sample.as_sample


def _united(some: frozenset[Question], others: frozenset[Question]) -> frozenset[Question]:
    """Both sets as one; where one has all of the other, itself: thousands of checks may ask for thousands."""
    if some is others:
        return some
    return others if some <= others else some if others <= some else some | others


def _named(name: str, look: Look) -> Look:
    """A look at the deployments of a name, which checks may ask for it."""

    def at(deployment: Deployment) -> Reads | None:
        deployment.name = name
        return look(deployment)

    return at


def _have(differing: Differing, name: str) -> bool:
    """Whether one of the deployments has a resource."""
    return not name or any(name in deployment.own for deployment in differing.deployments)


def _only(seen: Collection[int], differing: Differing) -> Differing:
    """Those of the deployments that were looked at, where others are too many."""
    pairs = zip(differing.deployments, differing.choices, strict=True)
    kept = [(deployment, choices) for deployment, choices in pairs if id(deployment) in seen]
    return Differing([one for one, _ in kept], [choices for _, choices in kept], is_complete=False, is_sample=True)


def described(numbers: Collection[int], differing: Differing, among: Collection[int] | None = None) -> str:
    """Some deployments in words: the names that the user gave them, or the choices that lead to them.

    numbers: their places among those that differ. among: the places of those that they are told from (None: of all).
    """
    names = dict.fromkeys(differing.deployments[number].name for number in sorted(numbers))
    if any(names):
        return _of_names(list(names), numbers, differing, among)
    if differing.is_sample and len(numbers) == len(differing.deployments):
        return _of_all(differing)
    words = differing.words(numbers, among)
    # Among some deployments of many, what tells these apart from the others need not be all that decides.
    return words if differing.is_complete or words.startswith("for example") else f"for example {words}"


def _of_names(
    names: Sequence[str], numbers: Collection[int], differing: Differing, among: Collection[int] | None
) -> str:
    """Deployments of these names in words; where they are only some of a name's, with the choices that lead to them.

    The names are not told if the choices alone decide, as far as deployments were looked at.
    """
    rest = len(names) - _NAMED
    shown = [without_keys(name) for name in (names[:_NAMED] if rest > 1 else names)]
    where = f"in {' and '.join(shown)}" + (f" and {rest} others" if rest > 1 else "")
    every = range(len(differing.deployments)) if among is None else among
    here = {number for number in every if differing.deployments[number].name in names}
    if here <= set(numbers):
        return where
    words = differing.words(numbers, here)
    if not words.removeprefix("for example ").startswith("when "):
        return where
    is_example = words.startswith("for example ") or not differing.is_complete
    chosen = [choice for number in numbers for choice in differing.choices[number]]
    others = [choice for number in every if number not in here for choice in differing.choices[number]]
    # Of many deployments, the others may not have met these choices.
    is_by_name = bool(others) and (differing.is_complete or any(choice in chosen for choice in others))
    parts = ("for example" if is_example else "", where if is_by_name else "", words.removeprefix("for example "))
    return " ".join(filter(None, parts))


def _of_all(sample: Differing) -> str:
    """All deployments that were looked at, where others were not, in words."""
    choices = sample.choices[0][0]
    if not choices:
        return "for example with the default values"
    clauses = [clause(name, [choices], [choices]) for name in islice(choices, MOST)]
    rest = len(choices) - MOST
    return f"for example {joined(clauses)}" + (f" and {rest} more choices" if rest > 0 else "")


class NamedVariations:
    """The variations of the deployments that the user named; all of them are given for every question."""

    def __init__(self, by_name: Mapping[str, Variations]) -> None:
        self.by_name = by_name

    @property
    def is_complete(self) -> bool:
        """Whether all deployments that differ in what was asked so far were given."""
        return all(one.is_complete for one in self.by_name.values())

    @property
    def count(self) -> int:
        """How many deployments were made so far."""
        return sum(one.count for one in self.by_name.values())

    @property
    def example(self) -> tuple[str, str] | None:
        """What the deployments of a name differ in beside the values that it gives."""
        return next((one.example for one in self.by_name.values() if one.example), None)

    @property
    def is_one(self) -> bool:
        """Whether there is only one deployment, whatever is asked."""
        return len(self.by_name) == 1 and all(one.is_one for one in self.by_name.values())

    def about(self, name: str) -> frozenset[Question]:
        """What decides whether there is a resource of this name."""
        return frozenset[Question]().union(*(one.about(name) for one in self.by_name.values()))

    def asked(self, reads: Reads) -> frozenset[Question]:
        """What the answers that a check was given depend on, as far as deployments can differ in it."""
        return frozenset[Question]().union(*(one.asked(reads) for one in self.by_name.values()))

    def differing(self, asked: frozenset[Question]) -> Differing:
        """The deployments of each name that differ in what was asked."""
        return _together({name: one.differing(asked) for name, one in self.by_name.items()})

    def sample(self, name: str) -> Differing:
        """A deployment of each name."""
        return _together({own: one.sample(name) for own, one in self.by_name.items()})

    def forget(self) -> None:
        """Let go of the deployments, once nobody asks any more."""
        for one in self.by_name.values():
            one.forget()


def _together(found: Mapping[str, Differing]) -> Differing:
    """Deployments of several names, which they are given."""
    for name, differing in found.items():
        for deployment in differing.deployments:
            deployment.name = name
    return Differing(
        [deployment for one in found.values() for deployment in one.deployments],
        [choices for one in found.values() for choices in one.choices],
        all(one.is_complete for one in found.values()),
        any(one.is_sample for one in found.values()),
    )
