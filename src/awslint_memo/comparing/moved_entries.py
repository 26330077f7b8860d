"""Which findings of now a baseline has under a former address, or under the former folder of their root.

A `moved` block gives a resource another address; Terraform itself moves one whose block gains or loses `count`. A root
whose folder was renamed is the only new one that has all resources which the baseline has of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence

from awslint_memo.comparing.known_left import KnownLeft
from awslint_memo.judging.inventory import in_module
from awslint_memo.judging.report import Entry, Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.patterns import without_instance_keys


class MovedEntries:
    """The entries of a baseline whose resources have another address now. is_gone: whether a root is not there now."""

    def __init__(self, entries: Sequence[Entry], report: Report, is_gone: Callable[[str], bool]) -> None:
        self._entries = entries
        self._report = report
        self._is_gone = is_gone
        self._roots: dict[str, str | None] = {}

    def followed(self, left: KnownLeft, findings: Iterable[Finding]) -> dict[int, Entry]:
        """The entries that findings are, by the `id` of the finding; these are counted off.

        findings: those that no entry has under their own addresses, in the order in which they are taken.
        """
        waiting: dict[tuple[str, str, str, str], list[Finding]] = {}
        for finding in findings:
            resource, route = (finding.resource, finding.route) if finding.plural is None else ("", "")
            known = (finding.rule, finding.root, without_instance_keys(resource), route)
            waiting.setdefault(known, []).append(finding)
        taken: dict[int, Entry] = {}
        for entry in self._entries if waiting else ():
            root = self._root(entry) if left.counts[entry.fingerprint] > 0 else None
            for address in self._addresses(root, entry) if root is not None else ():
                same = waiting.get((entry.rule, f"{root}", address, entry.route), [])
                while same and left.counts[entry.fingerprint] > 0:
                    taken[id(same.pop(0))] = entry
                    left.counts[entry.fingerprint] -= 1
        return taken

    def _root(self, entry: Entry) -> str | None:
        """The name that the root of an entry has now; None if its resource is where it was, or not to be found."""
        names = self._report.seen.names
        if entry.root in names:
            return None if not entry.resource or entry.resource in names[entry.root] else entry.root
        if entry.root not in self._roots:
            self._roots[entry.root] = self._renamed(entry.root) if self._is_gone(entry.root) else None
        return self._roots[entry.root]

    def _renamed(self, root: str) -> str | None:
        seen, known = self._report.seen, {entry.root for entry in self._entries}
        # A template of another name may be another stack.
        known |= set(seen.roots.values())
        resources = {entry.resource for entry in self._entries if entry.root == root and entry.resource}
        fitting = [other for other, own in seen.names.items() if other not in known and resources and resources <= own]
        return fitting[0] if len(fitting) == 1 else None

    def _addresses(self, root: str | None, entry: Entry) -> list[str]:
        """The addresses without keys that the resource of an entry may have now."""
        inventory = self._report.seen.inventory
        folder = os.path.normpath(os.path.join(self._report.root, *(root or "").split("/")))
        address = inventory.address_now(folder, entry.resource)
        own = in_module(entry.resource)
        outer = without_instance_keys(entry.resource).removesuffix(own)
        # A block in a module moves what is in that alone.
        inner = [f"{outer}{new}" for (_, old), new in inventory.moved.items() if old == own and outer]
        return list(dict.fromkeys((address, *inner)))
