"""Follows the entries of a baseline to what their resources are called, and where they are, now.

A baseline also names the resources without findings that looked like others when it was written: none of them is one
of those under another name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from awslint_memo.comparing.likeness import as_text, from_text, sketch, texts
from awslint_memo.comparing.pairing import Key, Known, comparable, hashed, home_of, paired
from awslint_memo.files.files import Files
from awslint_memo.judging.report import Entry, Report
from awslint_memo.judging.roots import whole
from awslint_memo.judging.traits import Trait
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.patterns import without_instance_keys, without_numbers
from awslint_memo.model.record import replace


class BaselineResources:
    """The resources of a run, as baselines keep them."""

    def __init__(self, report: Report, files: Files) -> None:
        self._seen = report.seen
        self._files = files
        self._text = texts(files)
        self._known: dict[Key, Known] = {}

    @cached_property
    def _by_type(self) -> Mapping[str, Mapping[Key, Trait]]:
        types: dict[str, dict[Key, Trait]] = {}
        for root, traits in self._seen.traits.items():
            for name, trait in traits.items():
                types.setdefault(trait.type, {})[root, name] = trait
        return types

    def described(self, entry: Entry, finding: Finding) -> Entry:
        """An entry with what its resource is known by. finding: one that it has."""
        key = _key_of(finding)
        trait = self._seen.traits.get(key[0], {}).get(key[1])
        if trait is None:
            return entry
        mine = self.known(key, trait)
        return replace(entry, type=trait.type, called=mine.called, like=as_text(mine.words), home=mine.home)

    def beside(self, entries: Iterable[Entry]) -> set[Key]:
        """The resources that look like those of entries and have none."""
        by_type: dict[str, set[Key]] = {}
        for entry in entries:
            if entry.type:
                by_type.setdefault(entry.type, set()).add(_key(entry))
        found: set[Key] = set()
        for type_, keys in by_type.items():
            traits = self._by_type.get(type_, {})
            others = [self.known(key, trait) for key, trait in traits.items() if key not in keys]
            for key in keys & traits.keys() if others else ():
                found.update(other.key for other, _ in comparable(self.known(key, traits[key]), others, len(keys)))
        return found

    def known(self, key: Key, trait: Trait) -> Known:
        """A resource, as far as it is compared."""
        if key not in self._known:
            called = hashed(trait.called) if trait.called else ""
            home = home_of(key[1], trait.span.path, self._files.root_above(trait.span.path))
            self._known[key] = Known(key, called, sketch(self._text(trait), key[1], trait), is_sketch=True, home=home)
        return self._known[key]

    def followed(
        self, entries: Iterable[Entry], findings: Sequence[Finding], known: Collection[Key]
    ) -> Iterator[tuple[Entry, Finding]]:
        """Which findings have which entries whose resources are not there any more.

        findings: those that no entry has. known: the resources that were there when the baseline was written.
        """
        left = [entry for entry in entries if not self._is_there(entry)]
        if not left or not findings:
            return
        targets = self._targets(left, findings, known)
        free: dict[tuple[str, Key, str], list[Finding]] = {}
        for finding in findings:
            free.setdefault((finding.rule, _key_of(finding), without_numbers(finding.route)), []).append(finding)
        for entry in left:
            target = targets.get(_key(entry))
            route = without_numbers(entry.route)
            same = free.get((entry.rule, target, route), []) if target is not None else []
            for _ in range(entry.count):
                if same:
                    yield entry, same.pop(0)

    def _targets(self, left: Sequence[Entry], findings: Sequence[Finding], known: Collection[Key]) -> dict[Key, Key]:
        """What the resources of entries are now."""
        by_type: dict[str, dict[Key, Known]] = {}
        for entry in left:
            if entry.type:
                old = Known(_key(entry), entry.called, from_text(entry.like), is_sketch=True, home=entry.home)
                by_type.setdefault(entry.type, {})[old.key] = old
        new = self._with_findings(finding for finding in findings if not self._was_there(finding, known))
        targets = {
            old_key: new_key
            for type_, some in by_type.items()
            for old_key, new_key, _ in paired([*some.values()], [*new.get(type_, {}).values()])
        }
        known_roots = {root for root, _ in known}
        places = {_key_of(finding) for finding in findings}
        for entry in left:
            key = _key(entry)
            if key in targets or entry.type or not entry.resource or entry.root in self._seen.names:
                continue
            found = {other for other in places if other[1] == key[1] and other[0] not in known_roots}
            if len(found) == 1:
                targets[key] = found.pop()
        return targets

    def _was_there(self, finding: Finding, known: Collection[Key]) -> bool:
        """Whether a resource was there when the baseline was written; its root may have shared its name with another
        one then, and have had the ending."""
        root, name = _key_of(finding)
        paths = [path for path, each in self._seen.roots.items() if each == root]
        return any((each, name) in known for each in (root, *(whole(root, path) for path in paths)))

    def _with_findings(self, findings: Iterable[Finding]) -> dict[str, dict[Key, Known]]:
        """The resources that have findings, by type."""
        resources: dict[str, dict[Key, Known]] = {}
        for finding in findings:
            key = _key_of(finding)
            trait = self._seen.traits.get(key[0], {}).get(key[1])
            if trait is not None:
                resources.setdefault(trait.type, {})[key] = self.known(key, trait)
        return resources

    def _is_there(self, entry: Entry) -> bool:
        names = self._seen.names.get(entry.root)
        return names is not None and (not entry.resource or entry.resource in names)


def _key(entry: Entry) -> Key:
    return entry.root, without_instance_keys(entry.resource)


def _key_of(finding: Finding) -> Key:
    return finding.root, without_instance_keys(finding.resource)
