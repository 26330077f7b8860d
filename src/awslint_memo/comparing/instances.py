"""What the instances of one resource are now, where they became several resources: a call of a module for each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from awslint_memo.comparing.likeness import local
from awslint_memo.comparing.pairing import Key, parts_of, share
from awslint_memo.judging.inventory import in_module
from awslint_memo.judging.traits import Trait
from awslint_memo.model.patterns import instance_keys, without_instance_keys


def instances(names: Mapping[str, Iterable[str]]) -> dict[Key, list[str]]:
    """The names with the keys of `count` and `for_each` of the resources that have some. names: those of each root."""
    result: dict[Key, list[str]] = {}
    for root, some in names.items():
        for name in sorted(some):
            plain = without_instance_keys(name)
            if plain != name:
                result.setdefault((root, plain), []).append(name)
    return result


def with_other_keys(then: Mapping[str, Iterable[str]], now: Mapping[str, Iterable[str]]) -> dict[Key, str]:
    """The instances that are called otherwise now, by their roots and names. then, now: the names of each root at both
    times.

    Those with the same keys are the same, be a key that of the resource or of the call of its module. Of what is left
    of a block, one that ended is the one that came if both have a key of `for_each`, or their keys are of other steps.
    """
    before, after = instances(then), instances(now)
    result: dict[Key, str] = {}
    for key, some in before.items():
        ended, came = {*some}.difference(after.get(key, ())), {*after.get(key, ())}.difference(some)
        same = _with_same_keys(ended, came)
        ended, came = ended - same.keys(), came - {*same.values()}
        if len(ended) == len(came) == 1:
            [old], [new] = ended, came
            same |= {old: new} if (_is_keyed(old) and _is_keyed(new)) or _shape(old) != _shape(new) else {}
        result |= {(key[0], old): new for old, new in same.items()}
    return result


def _with_same_keys(ended: Iterable[str], came: Iterable[str]) -> dict[str, str]:
    """The instances that ended whose keys only one that came has, in the same order at other steps."""
    by_keys: dict[tuple[str, ...], list[str]] = {}
    for name in came:
        by_keys.setdefault(instance_keys(name), []).append(name)
    found = {name: by_keys.get(instance_keys(name), []) for name in sorted(ended)}
    single = {name: some[0] for name, some in found.items() if len(some) == 1}
    return {name: new for name, new in single.items() if [*single.values()].count(new) == 1}


def _shape(name: str) -> str:
    """An address with each of its keys replaced by a mark, so that it says at which steps there are some."""
    for key in instance_keys(name):
        name = name.replace(key, "[]", 1)
    return name


def _is_keyed(name: str) -> bool:
    return any(key.startswith('["') for key in instance_keys(name))


def own_key(name: str) -> str:
    """The text that is the key of an instance of a resource itself, not of its module; empty if it has none."""
    return name.rpartition('["')[2].removesuffix('"]') if name.endswith('"]') else ""


def split(old: Key, some: Sequence[str], new: Mapping[Key, Trait]) -> dict[str, Key]:
    """Which instance of a resource is which of new ones: those that are called most alike, one of each.

    some: the instances. Those that are none of the new ones are left out.
    """
    common = parts_of(old[1])
    words = {key: parts_of(f"{key[1]} {trait.called}") for key, trait in new.items()}
    graded = [(share(parts_of(name) - common, words[key]), name, key) for name in some for key in new]
    result: dict[str, Key] = {}
    for _, name, key in sorted(graded, key=lambda each: (-each[0], *each[1:])):
        if name not in result and key not in result.values():
            result[name] = key
    return result


def instances_among(
    blocks: Mapping[str, Iterable[Key]], others: Mapping[str, Iterable[Key]], names: Mapping[str, Iterable[str]]
) -> dict[Key, Key]:
    """The resources of one time that are instances of others of the other time, by type. names: those of that time."""
    types = blocks.keys() & others.keys()
    keys = {key: frozenset(map(own_key, some)) for key, some in instances(names).items()} if types else {}
    return {
        block: other
        for type_ in types
        for other in others[type_]
        if other in keys
        for block in blocks[type_]
        if is_instance(block, other, keys[other])
    }


def is_instance(key: Key, of: Key, keys: Collection[str]) -> bool:
    """Whether a resource is called in its module as a key of another one. keys: those of the instances of that."""
    if key[0] != of[0] or local(key[1]) not in keys:
        return False
    module, other = (name.removesuffix(in_module(name)) for _, name in (key, of))
    return module == other
