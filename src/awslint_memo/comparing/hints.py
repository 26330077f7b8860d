"""What tells that resources are the same although little of them says so: what names them, and where the others of
their template are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from awslint_memo.comparing.likeness import local, naming
from awslint_memo.comparing.pairing import Hints, Key

_ENOUGH = 2
"""How many resources of a root are known again in another one before this counts as the same."""


def hints(
    found: Mapping[Key, Key],
    gone: Mapping[str, Collection[Key]],
    came: Mapping[str, Collection[Key]],
    named_then: Mapping[Key, Set[str]],
    named_now: Mapping[Key, Set[str]],
    roots: tuple[Collection[str], Collection[str]],
) -> Hints:
    """What the resources that are known again say of others. found: these, as they were and are now.

    gone, came: those of then and of now that are not there at the other time, by type. named_then, named_now: the
    words by which each resource may name others. roots: those of then and of now.
    """
    moved = _moved_roots(found, *roots)
    pairs = {*_named(found, gone, came, named_then, named_now)}
    for type_ in gone.keys() & came.keys():
        before, after = _sole(gone[type_]), _sole(came[type_])
        pairs |= {(before[name], after[name]) for name in before.keys() & after.keys()}
    return Hints(moved, pairs)


def _moved_roots(found: Mapping[Key, Key], then: Collection[str], now: Collection[str]) -> dict[str, str]:
    """The roots that are gone, with the new ones in which some of their resources are."""
    counts = Counter((old, new) for (old, _), (new, _) in found.items() if old not in now and new not in then)
    result: dict[str, str] = {}
    for (old, new), number in counts.most_common():
        if number >= _ENOUGH and old not in result and new not in result.values():
            result[old] = new
    return result


def _named(
    found: Mapping[Key, Key],
    gone: Mapping[str, Collection[Key]],
    came: Mapping[str, Collection[Key]],
    named_then: Mapping[Key, Set[str]],
    named_now: Mapping[Key, Set[str]],
) -> Iterator[tuple[Key, Key]]:
    for type_ in gone.keys() & came.keys():
        before, after = _by_naming(gone[type_]), _by_naming(came[type_])
        for key, words in named_then.items():
            now = found.get(key, key)
            if key[0] in before and now[0] in after and now in named_now:
                old = _only(before[key[0]], words, key)
                new = _only(after[now[0]], named_now[now], now)
                if old is not None and new is not None:
                    yield old, new


def _sole(keys: Collection[Key]) -> dict[str, Key]:
    """The resources that no other one shares its name with, by that."""
    counts = Counter(local(key[1]) for key in keys)
    return {name: key for key in keys if counts[name := local(key[1])] == 1}


def _by_naming(keys: Iterable[Key]) -> dict[str, dict[str, Key]]:
    """The resources of each root, by what others name them by; those that share it left out."""
    result: dict[str, dict[str, Key]] = {}
    shared = {each for each, number in Counter((key[0], naming(key[1])) for key in keys).items() if number > 1}
    for key in keys:
        if (key[0], naming(key[1])) not in shared:
            result.setdefault(key[0], {})[naming(key[1])] = key
    return result


def _only(keys: Mapping[str, Key], words: Set[str], by: Key) -> Key | None:
    """The one of some resources that another one names; None if it names none, or several."""
    named = [keys[name] for name in words & keys.keys() if keys[name] != by]
    return named[0] if len(named) == 1 else None
