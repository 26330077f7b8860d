"""Which findings of now a baseline has under a former address of their resource.

A `moved` block gives a resource another address; Terraform itself moves one whose block gains or loses `count`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from awslint_memo.comparing.known_left import KnownLeft
from awslint_memo.judging.inventory import in_module
from awslint_memo.judging.report import Entry, Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.patterns import without_instance_keys


class MovedEntries:
    """The entries of a baseline whose resources have another address now."""

    def __init__(self, entries: Sequence[Entry], report: Report) -> None:
        self._entries = entries
        self._report = report

    def followed(self, left: KnownLeft, findings: Iterable[Finding]) -> dict[int, Entry]:
        """The entries that findings are, by the `id` of the finding; these are counted off.

        findings: those that no entry has under their own addresses, in the order in which they are taken.
        """
        waiting: dict[tuple[str, str, str, str], list[Finding]] = {}
        for finding in findings:
            known = (finding.rule, finding.root, without_instance_keys(finding.resource), finding.route)
            waiting.setdefault(known, []).append(finding)
        taken: dict[int, Entry] = {}
        for entry in self._entries if waiting else ():
            for address in self._addresses(entry) if self._is_gone(entry, left) else ():
                same = waiting.get((entry.rule, entry.root, address, entry.route), [])
                while same and left.counts[entry.fingerprint] > 0:
                    taken[id(same.pop(0))] = entry
                    left.counts[entry.fingerprint] -= 1
        return taken

    def _is_gone(self, entry: Entry, left: KnownLeft) -> bool:
        """Whether nothing is found for an entry any more, and its resource is not where it was in its root."""
        names = self._report.seen.names.get(entry.root)
        is_free = names is not None and bool(entry.resource) and entry.resource not in names
        return is_free and left.counts[entry.fingerprint] > 0

    def _addresses(self, entry: Entry) -> list[str]:
        """The addresses without keys that the resource of an entry may have now."""
        inventory = self._report.seen.inventory
        address = self._report.address_now(entry.root, entry.resource)
        own = in_module(entry.resource)
        outer = without_instance_keys(entry.resource).removesuffix(own)
        # A block in a module moves what is in that alone.
        inner = [f"{outer}{new}" for (_, old), new in inventory.moved.items() if old == own and outer]
        return list(dict.fromkeys((address, *inner)))
