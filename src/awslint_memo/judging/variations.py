"""In which deployments a check is run: those that differ in what it asks, and how a set of them is described."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from awslint_memo.model.budget import spend
from awslint_memo.model.choices import Assignment, describe
from awslint_memo.model.deployment import Deployment
from awslint_memo.model.reads import Question, Reads
from awslint_memo.readers.template import Deployments, Differing, OneVariation, Variations


def variations(deployments: Deployments) -> Variations:
    """The variations of a template; those of one that has none are what it has."""
    return deployments.variations or OneVariation(deployments.deployments)


def settled(variations: Variations, name: str, look: Callable[[Deployment], Reads | None]) -> Differing:
    """The deployments that differ in what is asked while one looks at them; each is looked at.

    name: the resource that is looked at; empty for none. look: returns what was asked, None if nothing was noted.
    """
    asked = variations.about(name) if name else frozenset()
    seen: set[int] = set()
    while True:
        differing = variations.differing(asked)
        if len(differing.deployments) > 1 and not spend("checks", len(differing.deployments) - 1):
            return _in_one(differing, name, seen, look)
        more = asked
        for deployment in differing.deployments:
            if id(deployment) not in seen:
                seen.add(id(deployment))
                reads = look(deployment)
                more = more if reads is None else more | variations.asked(reads)
        if more == asked:
            return differing
        asked = more


def _in_one(
    differing: Differing, name: str, seen: Collection[int], look: Callable[[Deployment], Reads | None]
) -> Differing:
    """One of some deployments, which is looked at: if possible one that has the resource and was looked at before."""
    having = [number for number, one in enumerate(differing.deployments) if not name or name in one.own] or [0]
    at = next((number for number in having if id(differing.deployments[number]) in seen), having[0])
    if id(differing.deployments[at]) not in seen:
        look(differing.deployments[at])
    return Differing(differing.deployments[at : at + 1], differing.choices[at : at + 1], is_complete=False)


def described(numbers: Collection[int], differing: Differing, among: Collection[int] | None = None) -> str:
    """Some deployments in words: the names that the user gave them, or the choices that lead to them.

    numbers: their places among those that differ. among: the places of those that they are told from (None: of all).
    """
    names = dict.fromkeys(differing.deployments[number].name for number in sorted(numbers))
    if any(names):
        return f"in {' and '.join(names)}"
    meant: list[Assignment] = [choice for number in sorted(numbers) for choice in differing.choices[number]]
    others = range(len(differing.choices)) if among is None else sorted(among)
    words = describe(meant, [choice for number in others for choice in differing.choices[number]])
    # Among some deployments of many, what tells these apart from the others need not be all that decides.
    return words if differing.is_complete or words.startswith("for example") else f"for example {words}"


class NamedVariations:
    """The variations of the deployments that the user named; all of them are given for every question."""

    def __init__(self, by_name: Mapping[str, Variations]) -> None:
        self._by_name = by_name

    @property
    def is_complete(self) -> bool:
        """Whether all deployments that differ in what was asked so far were given."""
        return all(one.is_complete for one in self._by_name.values())

    @property
    def is_one(self) -> bool:
        """Whether there is only one deployment, whatever is asked."""
        return len(self._by_name) == 1 and all(one.is_one for one in self._by_name.values())

    def about(self, name: str) -> frozenset[Question]:
        """What decides whether there is a resource of this name."""
        return frozenset[Question]().union(*(one.about(name) for one in self._by_name.values()))

    def asked(self, reads: Reads) -> frozenset[Question]:
        """What the answers that a check was given depend on, as far as deployments can differ in it."""
        return frozenset[Question]().union(*(one.asked(reads) for one in self._by_name.values()))

    def differing(self, asked: frozenset[Question]) -> Differing:
        """The deployments of each name that differ in what was asked."""
        found = {name: one.differing(asked) for name, one in self._by_name.items()}
        for name, one in found.items():
            for deployment in one.deployments:
                deployment.name = name
        return Differing(
            [deployment for one in found.values() for deployment in one.deployments],
            [choices for one in found.values() for choices in one.choices],
            all(one.is_complete for one in found.values()),
        )
