"""Which resources of now are those of before, under another name, in another module or in another template."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping

from awslint_memo.comparing.hints import hints
from awslint_memo.comparing.instances import instances, instances_among, is_instance, own_key, split
from awslint_memo.comparing.likeness import local, names_in, words_of
from awslint_memo.comparing.pairing import Hints, Key, Known, home_of, paired, roots_of
from awslint_memo.comparing.unread_calls import call_of, unread_calls, was_read
from awslint_memo.files.disk import path_from
from awslint_memo.judging.comparison import By
from awslint_memo.judging.inventory import MODULES, in_module
from awslint_memo.judging.report import Report, Seen
from awslint_memo.judging.traits import Trait
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.patterns import instance_keys, without_instance_keys
from awslint_memo.model.record import record


@record(frozen=True)
class Successor:
    """What a resource of before is now. by: by what it is known again; None if a `moved` block says so."""

    root: str
    name: str
    by: By | None


@record
class Successors:
    """What became of the resources of before. then: what was looked at then. report: that of now.

    roots: what roots are called now that had another name. text_then, text_now: give what is written of a resource.
    """

    then: Seen
    report: Report
    roots: Mapping[str, str]
    text_then: Callable[[Trait], str]
    text_now: Callable[[Trait], str]

    def of(self, root: str, resource: str) -> Successor | None:
        """What a resource, or an instance of one, that is not there any more is now. root: as it is called now."""
        key = root, without_instance_keys(resource)
        parts = self._parts.get(key)
        if parts is None or resource == key[1]:
            return self._found.get(key)
        found = parts.get(resource)
        return None if found is None else Successor(*found, self._found[key].by)

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
        now = self.report.seen.traits
        return {(root, name): trait for root, traits in now.items() for name, trait in traits.items()}

    def now_of(self, key: Key) -> Key | None:
        """What a resource of before is now; None if it is gone."""
        found = self._found.get(key)
        now = key if found is None else (found.root, found.name)
        return now if now in self.traits_now else None

    def then_of(self, key: Key) -> Key | None:
        """What a resource of now was before; None if it was not there."""
        return self.former.get(key, key if key in self.traits_then else None)

    def then_of_finding(self, finding: Finding) -> Key | None:
        """What the resource of a finding of now was before; None if it was not there."""
        key = self._key(finding)
        return self.former_of(finding) or (key if key in self.traits_then else None)

    def former_of(self, finding: Finding) -> Key | None:
        """What the resource of a finding of now was before; None if it was called so, or was not there.

        Where several blocks became instances of one, each instance is the one that its key is called.
        """
        key = self._key(finding)
        blocks = self._blocks_of.get(key, {})
        if not blocks or finding.resource == key[1]:
            return self.former.get(key)
        return blocks.get(own_key(finding.resource))

    def _key(self, finding: Finding) -> Key:
        return self.key_then(finding.root, finding.resource)

    def key_then(self, root: str, name: str) -> Key:
        """What a resource of before is known by, in its root of now. root: that of then."""
        return self.roots.get(root, root), without_instance_keys(name)

    def is_as_written(self, key: Key) -> bool:
        """Whether the same is written now of a resource of before."""
        now = self.now_of(key)
        return now is not None and self.text_then(self.traits_then[key]) == self.text_now(self.traits_now[now])

    def is_same_in(self, root: str, name: str) -> bool:
        """Whether a resource of a root, as it was called then, was there and the same is written of it now."""
        return (root, name) in self.traits_then and self.is_as_written((root, name))

    def why_new(self, finding: Finding, words: str) -> str:
        """Why nobody can tell whether the resource of a finding is new: what calls it was not read. words: when."""
        is_known = finding.resource in self.names_then.get(finding.root, ())
        call = "" if is_known else call_of(finding.resource, unread_calls(self.then))
        return f"module {call} was not read at {words}" if call else ""

    def why_gone(self, finding: Finding) -> str:
        """Why nobody can tell whether the resource of a finding of before is gone: what calls it is not read now."""
        root, name = self._key(finding)
        call = "" if (root, name) in self.traits_now else call_of(name, unread_calls(self.report.seen, root))
        return f"module {call} is not read now" if call else ""

    def why_ended(self, key: Key, told: Iterable[Key]) -> str:
        """Why nobody sees any more what a finding tells of a resource of before and others, as they are in several
        templates now; empty if it can be seen."""
        now = self.now_of(key)
        others = (self.now_of(other) for other in told) if now is not None and now[0] != key[0] else ()
        apart = next((other for other in others if other is not None and now is not None and other[0] != now[0]), None)
        return f"{local(apart[1])} is in another template than {local(key[1])} now" if apart else ""

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
        parts = {new: key for key, parts in self._parts.items() for new in parts.values()}
        return {**parts, **{(found.root, found.name): key for key, found in self._found.items()}}

    @cached_property
    def _moved(self) -> Mapping[Key, Key]:
        """What resources of before are now by `moved` blocks."""
        inventory = self.report.seen.inventory
        moved = {}
        for key, trait in self.traits_then.items() if inventory.moved else ():
            address, inner = self.report.address_now(*key), inventory.renamed(trait.span.path, key[1])
            if inner is not None and (key[0], address) not in self.traits_now:
                # A block in a module moves what is in that alone.
                address = f"{address.removesuffix(in_module(address))}{inner}"
            if address != key[1]:
                moved[key] = key[0], address
        return moved

    @cached_property
    def _roots(self) -> Mapping[str, str]:
        there = self.report.seen.names
        return roots_of((key, (to.root, to.name)) for key, to in self._found.items() if key[0] not in there)

    @cached_property
    def _found(self) -> Mapping[Key, Successor]:
        gone, came = self._gone_and_came
        merged, parts = self._in_one_block, self._out_of_one_block
        taken = {*merged, *merged.values(), *parts, *parts.values()}
        left = {
            type_: [self._known(*each, self.text_then) for each in gone[type_].items() if each[0] not in taken]
            for type_ in came
        }
        new = {
            type_: [self._known(*each, self.text_now) for each in some.items() if each[0] not in taken]
            for type_, some in came.items()
        }

        def found(more: Hints | None) -> dict[Key, Successor]:
            pairs = (pair for type_ in came for pair in paired(left[type_], new[type_], more))
            return {**moved, **{old: Successor(*key, by) for old, key, by in pairs}}

        split_up = {block: part for part, block in parts.items()}
        moved = {old: Successor(*target, "likeness") for old, target in {**merged, **split_up}.items()}
        moved |= {key: Successor(*target, None) for key, target in self._moved.items()}
        first = found(None)
        more = self._hints(first) if came else Hints()
        return found(more) if more.roots or more.pairs else first

    @cached_property
    def _in_one_block(self) -> dict[Key, Key]:
        """The blocks that are instances of one block now, each with a key that is what it was called."""
        gone, came = self._gone_and_came
        return instances_among(gone, came, self.report.seen.names)

    @cached_property
    def _out_of_one_block(self) -> dict[Key, Key]:
        """The blocks that were instances of one block, each with a key that is what it is called."""
        gone, came = self._gone_and_came
        return instances_among(came, gone, self.names_then)

    @cached_property
    def _blocks_of(self) -> Mapping[Key, Mapping[str, Key]]:
        """The blocks of before that are instances of one now, by that and the key."""
        blocks: dict[Key, dict[str, Key]] = {}
        for old, target in self._in_one_block.items():
            blocks.setdefault(target, {})[local(old[1])] = old
        return blocks

    def _hints(self, found: Mapping[Key, Successor]) -> Hints:
        """What the resources that are known again by themselves say of others."""
        pairs = {key: (to.root, to.name) for key, to in found.items()}
        roots = {self.roots.get(root, root) for root in self.then.names}, self.report.seen.names
        return hints(pairs, *self._gone_and_came, self.named_then, self.named_now, roots)

    @cached_property
    def _parts(self) -> Mapping[Key, Mapping[str, Key]]:
        """What the instances of resources are now of which there are more than of what each resource is now."""
        _, came = self._gone_and_came
        then, now = instances(self.names_then), instances(self.report.seen.names)
        taken = {(to.root, to.name) for to in self._found.values()}
        result = {}
        for key, to in self._found.items():
            new = to.root, to.name
            some = then.get(key, [])
            kept = {*map(instance_keys, now.get(new, []))}.intersection(map(instance_keys, some))
            if to.by is not None and not kept and len(some) > max(1, len(now.get(new, []))):
                others = came.get(self.traits_now[new].type, {})
                keys = frozenset(map(own_key, some))
                calls = {other: trait for other, trait in others.items() if other not in taken or other == new}
                result[key] = split(
                    key,
                    some,
                    {
                        other: calls[other]
                        for other in calls
                        if self._is_of_block(new, other) or is_instance(other, key, keys)
                    },
                )
        return result

    def _is_of_block(self, key: Key, other: Key) -> bool:
        """Whether two resources are made of the same block of a module."""
        some, others = self.traits_now[key].span, self.traits_now[other].span
        return (some.path, some.line, some.column) == (others.path, others.line, others.column)

    def _known(self, key: Key, trait: Trait, text: Callable[[Trait], str]) -> Known:
        home = _home(key[1], trait.span.path)
        return Known(key, trait.called, words_of(text(trait), key[1], trait), home=home)

    @cached_property
    def _gone_and_came(self) -> tuple[dict[str, dict[Key, Trait]], dict[str, dict[Key, Trait]]]:
        """The resources that are not there any more, and those that were not, by type; these only of types of those."""
        then, now, moved = self.traits_then, self.traits_now, self._moved
        unread_then, unread_now = unread_calls(self.then), unread_calls(self.report.seen)
        targets = set(moved.values())
        gone: dict[str, dict[Key, Trait]] = {}
        for key, trait in then.items():
            is_unread = call_of(key[1], unread_now) and was_read(trait, self.report.seen)
            if key not in now and key not in moved and not is_unread:
                gone.setdefault(trait.type, {})[key] = trait
        came: dict[str, dict[Key, Trait]] = {}
        for key, trait in now.items():
            was_unread = call_of(key[1], unread_then) and was_read(trait, self.then)
            if key not in then and key not in targets and trait.type in gone and not was_unread:
                came.setdefault(trait.type, {})[key] = trait
        return gone, came


def _home(name: str, path: str) -> str:
    """The file in which a resource stands, whether another template or module nests or calls it or not."""
    is_plan = "." in name and not path.endswith(MODULES)  # which has the resources of all modules
    return home_of(name, path, os.curdir) if is_plan else path_from(os.path.abspath(path), os.curdir)
