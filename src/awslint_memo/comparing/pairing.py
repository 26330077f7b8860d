"""Which resources of one time are which of another: those that are most alike, one of each."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from difflib import SequenceMatcher
from typing import TypeAlias
from zlib import crc32

from awslint_memo.comparing.likeness import Words, likeness, likeness_of_sketches, local
from awslint_memo.files.disk import path_from
from awslint_memo.judging.comparison import By
from awslint_memo.model.lazy import regex
from awslint_memo.model.record import field, record

Key: TypeAlias = "tuple[str, str]"
"""The root of a resource and its name there, without the keys of instances."""

_MOST_PAIRS = 20_000
"""How many pairs of resources of one type are compared by their words."""

_BY_NAME, _BY_PLACE, _BY_LIKENESS, _BY_SIMILAR_NAME, _ELSEWHERE, _BY_OTHERS = 0.2, 0.5, 0.75, 0.5, 0.9, 0.3
"""How alike two resources must be, by what else they have in common: the deployed name; what they are called in their
files; only the root; the root and names that are much alike; nothing; the root, such names and what names them."""

_SIMILAR = 0.6
"""How alike two names are that are much alike."""

_FEW, _ENOUGH = 4, 12
"""How many words tell a resource apart in its root, and anywhere."""

_PART = regex(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@record(frozen=True)
class Known:
    """A resource, as far as it is compared with others of its type.

    called: the name that it is deployed with, or what stands for it; empty if nobody knows. words: those that are
    written of it. is_sketch: whether these are what a baseline keeps. home: the file in which it stands, which is the
    same whatever calls or nests it; empty if nobody knows. A baseline keeps it of modules and nested templates only.
    """

    key: Key
    called: str
    words: Words
    is_sketch: bool = False
    home: str = ""

    @property
    def local(self) -> str:
        """What its block or logical id is called."""
        return local(self.key[1])


@record(frozen=True)
class Hints:
    """What is known of resources beside what is written of them.

    roots: where the resources of a root are that is not there any more. pairs: resources that something which is there
    at both times names, the one then and the other now; no other one of their type that came or went is named by it.
    """

    roots: Mapping[str, str] = field(default_factory=dict)
    pairs: Set[tuple[Key, Key]] = field(default_factory=frozenset)


def home_of(name: str, path: str, top: str) -> str:
    """The file, below a folder, in which a resource of a module or nested template stands; empty for others."""
    is_called = name.startswith("module.") or "/" in name
    return path_from(os.path.abspath(path), top).replace(os.sep, "/") if is_called else ""


def hashed(text: str) -> str:
    """What stands for a name in a baseline."""
    return f"{crc32(text.encode('utf-8', 'surrogatepass')):08x}"


def paired(left: Sequence[Known], new: Sequence[Known], hints: Hints | None = None) -> Iterator[tuple[Key, Key, By]]:
    """The resources of one type that are there again, each with what it is now, and by what it is known."""
    graded = [(grade, old.key, other.key) for old in left for other, grade in comparable(old, new, len(left), hints)]
    taken: set[tuple[bool, Key]] = set()
    for (_, by, _), old_key, new_key in sorted(graded, key=lambda each: (-each[0][0], *each[1:])):
        if (False, old_key) not in taken and (True, new_key) not in taken:
            taken |= {(False, old_key), (True, new_key)}
            yield old_key, new_key, by


def roots_of(moved: Iterable[tuple[Key, Key]]) -> dict[str, str]:
    """The roots in which most of the resources of others are now. moved: what resources were, and are now."""
    counts: dict[str, Counter[str]] = {}
    for (old, _), (new, _) in moved:
        counts.setdefault(old, Counter())[new] += 1
    return {old: counter.most_common(1)[0][0] for old, counter in counts.items()}


def comparable(
    old: Known, new: Sequence[Known], number: int = 1, hints: Hints | None = None
) -> Iterator[tuple[Known, tuple[float, By, float]]]:
    """Those resources that one may be, with how surely, by what, and how alike they are. number: of those that are
    compared; of many, only those that share a name count."""
    hints = Hints() if hints is None else hints
    some: Iterable[Known] = new
    if number * len(new) > _MOST_PAIRS:
        some = (each for each in new if each.local == old.local or (old.called and each.called == old.called))
    for other in some:
        grade = _graded(old, other, hints)
        if grade is not None:
            yield other, grade


def _graded(old: Known, new: Known, hints: Hints) -> tuple[float, By, float] | None:
    alike = (likeness_of_sketches if old.is_sketch else likeness)(old.words, new.words)
    is_bare = not old.words and not new.words
    root = hints.roots.get(old.key[0], old.key[0])
    near = 0.5 * _similar(root, new.key[0])
    is_named = (old.key, new.key) in hints.pairs
    if old.called and old.called == new.called and (alike >= _BY_NAME or is_bare):
        return 4 + near + alike + _beside(old, new) / 20, "name", alike
    if old.local == new.local:
        # What another call makes of the same block is the same, however much of the module is written anew.
        is_block = bool(old.home) and old.home == new.home
        least = _BY_OTHERS if is_named else _BY_PLACE
        is_same = alike >= least or is_bare or is_block
        return (2 + near + alike + _beside(old, new) / 20, "place", alike) if is_same else None
    few = min(len(old.words), len(new.words))
    if root == new.key[0]:
        similar = _similar(old.key[1], new.key[1])
        is_similar = (similar >= _SIMILAR or is_named) and (alike >= _BY_SIMILAR_NAME or is_bare)
        is_similar |= similar >= _SIMILAR and is_named and alike >= _BY_OTHERS
        if is_similar or (alike >= _BY_LIKENESS and few >= _FEW):
            return 1 + alike + (similar + _shared(old, new)) / 20 + is_named / 2, "likeness", alike
    elif alike >= _ELSEWHERE and few >= _ENOUGH:
        return near + alike, "likeness", alike
    return None


def _beside(old: Known, new: Known) -> float:
    """How much of the calls that lead to one resource leads to the other: that of its own module counts most."""
    steps = zip(reversed(old.key[1].split(".")), reversed(new.key[1].split(".")), strict=False)
    return sum(0.5**number for number, (step, other) in enumerate(steps) if step == other)


def _similar(name: str, other: str) -> float:
    return 1.0 if name == other else SequenceMatcher(None, name, other, autojunk=False).ratio()


def _shared(old: Known, new: Known) -> float:
    """How much of what a resource is called is in the name of another one, that of its module included."""
    return share(parts_of(old.local), parts_of(new.key[1]))


def parts_of(name: str) -> set[str]:
    """The words that a name is made of: received and orders of received_orders and ReceivedOrders."""
    return {part.lower() for part in _PART.findall(name)}


def share(some: Set[str], others: Set[str]) -> float:
    """How much of some words others have."""
    return len(some & others) / len(some) if some else 0.0
