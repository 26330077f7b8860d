"""Which resources of now are those of before, under another name, in another module or in another template."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import TypeAlias

from awslint_memo.comparing.likeness import Words, likeness, local, names_in, words_of
from awslint_memo.judging.comparison import By
from awslint_memo.judging.inventory import in_module
from awslint_memo.judging.report import Seen
from awslint_memo.judging.traits import Trait
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record

Key: TypeAlias = "tuple[str, str]"
"""The root of a resource and its name there, without the keys of instances."""

_MOST_PAIRS = 20_000
"""How many pairs of resources of one type are compared by their words."""

_BY_NAME, _BY_PLACE, _BY_LIKENESS, _BY_SIMILAR_NAME, _ELSEWHERE = 0.2, 0.5, 0.75, 0.5, 0.9
"""How alike two resources must be, by what else they have in common: the deployed name; what they are called in their
files; only the root; the root and names that are much alike; nothing."""

_SIMILAR = 0.6
"""How alike two names are that are much alike."""

_FEW, _ENOUGH = 4, 12
"""How many words tell a resource apart in its root, and anywhere."""


@record(frozen=True)
class Successor:
    """What a resource of before is now. alike: how much is written of it as before, from 0 to 1."""

    root: str
    name: str
    by: By
    alike: float


@record(frozen=True)
class Known:
    """A resource, as far as it is compared with others of its type."""

    key: Key
    trait: Trait
    words: Words

    @property
    def local(self) -> str:
        """What its block or logical id is called."""
        return local(self.key[1])


@record
class Successors:
    """What became of the resources of before. roots: what roots are called now that had another name.

    text_then, text_now: give what is written of a resource.
    """

    then: Seen
    now: Seen
    roots: Mapping[str, str]
    text_then: Callable[[Trait], str]
    text_now: Callable[[Trait], str]

    def of(self, root: str, name: str) -> Successor | None:
        """What a resource that is not there any more is now. root: as it is called now."""
        return self._found.get((root, name))

    def root_of(self, root: str) -> str | None:
        """The root in which most of the resources of one are now that is not there any more."""
        return self._roots.get(root)

    @cached_property
    def traits_then(self) -> Mapping[Key, Trait]:
        """The resources of before, in their roots of now."""
        return {
            (self.roots.get(root, root), name): trait
            for root, traits in self.then.traits.items()
            for name, trait in traits.items()
        }

    @cached_property
    def names_then(self) -> Mapping[str, set[str]]:
        """The names of the resources of before, the generated ones too, by their roots of now."""
        return {self.roots.get(root, root): names for root, names in self.then.names.items()}

    @cached_property
    def traits_now(self) -> Mapping[Key, Trait]:
        """The resources of now."""
        return {(root, name): trait for root, traits in self.now.traits.items() for name, trait in traits.items()}

    def now_of(self, key: Key) -> Key | None:
        """What a resource of before is now; None if it is gone."""
        found = self._found.get(key)
        return (found.root, found.name) if found is not None else key if key in self.traits_now else None

    def then_of(self, key: Key) -> Key | None:
        """What a resource of now was before; None if it was not there."""
        return self.former.get(key, key if key in self.traits_then else None)

    def is_as_written(self, key: Key) -> bool:
        """Whether the same is written now of a resource of before."""
        now = self.now_of(key)
        return now is not None and self.text_then(self.traits_then[key]) == self.text_now(self.traits_now[now])

    @cached_property
    def named_then(self) -> Mapping[Key, frozenset[str]]:
        """The words of each resource of before, by which it may name others."""
        return {key: names_in(self.text_then(trait)) for key, trait in self.traits_then.items()}

    @cached_property
    def named_now(self) -> Mapping[Key, frozenset[str]]:
        """The words of each resource of now."""
        return {key: names_in(self.text_now(trait)) for key, trait in self.traits_now.items()}

    @cached_property
    def former(self) -> Mapping[Key, Key]:
        """What resources of now were before."""
        return {(found.root, found.name): key for key, found in self._found.items()}

    @cached_property
    def _roots(self) -> Mapping[str, str]:
        counts: dict[str, Counter[str]] = {}
        for (root, _), successor in self._found.items():
            if root not in self.now.names:
                counts.setdefault(root, Counter())[successor.root] += 1
        return {root: counter.most_common(1)[0][0] for root, counter in counts.items()}

    @cached_property
    def _found(self) -> Mapping[Key, Successor]:
        gone, came = self._gone_and_came()
        found: dict[Key, Successor] = {}
        for type_, left in gone.items():
            if type_ in came:
                found.update(_matched(left, came[type_], self._known_then, self._known_now))
        return found

    def _known_then(self, key: Key, trait: Trait) -> Known:
        return Known(key, trait, words_of(self.text_then(trait), key[1], trait))

    def _known_now(self, key: Key, trait: Trait) -> Known:
        return Known(key, trait, words_of(self.text_now(trait), key[1], trait))

    def _gone_and_came(self) -> tuple[dict[str, dict[Key, Trait]], dict[str, dict[Key, Trait]]]:
        """The resources that are not there any more, and those that were not, by type."""
        then, now = self.traits_then, self.traits_now
        moved = {
            (root, new)
            for (root, name), trait in then.items()
            for new in [self.now.inventory.renamed(trait.span.path, name)]
            if new is not None
        }
        gone: dict[str, dict[Key, Trait]] = {}
        for key, trait in then.items():
            if key not in now and self.now.inventory.renamed(trait.span.path, key[1]) is None:
                gone.setdefault(trait.type, {})[key] = trait
        came: dict[str, dict[Key, Trait]] = {}
        for key, trait in now.items():
            if key not in then and (key[0], in_module(key[1])) not in moved and trait.type in gone:
                came.setdefault(trait.type, {})[key] = trait
        return gone, came


Make: TypeAlias = "Callable[[Key, Trait], Known]"


def _matched(
    gone: Mapping[Key, Trait], came: Mapping[Key, Trait], known_then: Make, known_now: Make
) -> Iterator[tuple[Key, Successor]]:
    """The resources of one type that are there again, each with what it is now: those that are most alike first."""
    left = [known_then(key, trait) for key, trait in gone.items()]
    new = [known_now(key, trait) for key, trait in came.items()]
    has_many = len(left) * len(new) > _MOST_PAIRS
    graded = []
    for old in left:
        for other in _comparable(old, new) if has_many else new:
            grade = graded_pair(old, other)
            if grade is not None:
                graded.append((grade, old.key, other.key))
    taken: set[tuple[bool, Key]] = set()
    for (_, by, alike), old_key, new_key in sorted(graded, key=lambda each: (-each[0][0], *each[1:])):
        if (False, old_key) not in taken and (True, new_key) not in taken:
            taken |= {(False, old_key), (True, new_key)}
            yield old_key, Successor(*new_key, by, alike)


def _comparable(old: Known, new: list[Known]) -> Iterator[Known]:
    """Of many resources those that have a name of one."""
    return (
        each for each in new if each.local == old.local or (each.trait.called and each.trait.called == old.trait.called)
    )


def graded_pair(old: Known, new: Known) -> tuple[float, By, float] | None:
    """How surely a resource of now is one of before, by what, and how alike they are; None if it is not."""
    alike = likeness(old.words, new.words)
    is_bare = not old.words and not new.words
    near = 0.5 if old.key[0] == new.key[0] else 0.0
    called = old.trait.called
    if called and called == new.trait.called and (alike >= _BY_NAME or is_bare):
        return 4 + near + alike, "name", alike
    if old.local == new.local:
        return (2 + near + alike, "place", alike) if alike >= _BY_PLACE or is_bare else None
    few = min(len(old.words), len(new.words))
    if near:
        similar = SequenceMatcher(None, old.key[1], new.key[1], autojunk=False).ratio()
        is_similar = similar >= _SIMILAR and (alike >= _BY_SIMILAR_NAME or is_bare)
        if is_similar or (alike >= _BY_LIKENESS and few >= _FEW):
            return 1 + alike + similar / 10, "likeness", alike
    elif alike >= _ELSEWHERE and few >= _ENOUGH:
        return alike, "likeness", alike
    return None
