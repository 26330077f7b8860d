"""The checks of a run that found nothing and were given what nobody knows, so that they can't tell."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import cast

from awslint_memo.judging.coverage import NUMBER, Coverage
from awslint_memo.judging.inventory import plain_name
from awslint_memo.judging.looked import Home
from awslint_memo.model.finding import Finding

_UNSEEN = ""
"""Stands for the resources of what is not read, beside the ways to values that are not known."""


class OpenChecks:
    """What was not known to each check, by the check's rule and resource.

    coverage: what the run checked. homes: where the resources are written, by absolute path and name. is_silent:
    whether only checks count that found nothing.
    """

    def __init__(self, coverage: Coverage, homes: Mapping[tuple[str, str], Home], *, is_silent: bool) -> None:
        names = {(os.path.abspath(path), place): key for key, (path, place) in homes.items()}
        self._paths = {path for path, _ in homes}
        self._open: dict[tuple[str, str, str], set[str]] = {}
        self._known: dict[tuple[str, str, str], dict[str, set[str]]] = {}
        for (_, _, where, _), check in coverage.checks.items():
            path, place = cast("Home", where)
            key = names.get((os.path.abspath(path), place))
            if key is None:
                continue
            what = {way for _, way in check.unknown} | ({_UNSEEN} if check.is_unseen else set())
            # A file may have been moved, so that a name alone has to do.
            for checked in ((check.rule, *key), (check.rule, "", key[1])):
                for way, values in check.known.items():
                    self._known.setdefault(checked, {}).setdefault(way, set()).update(values)
                if check.outcome == "unknown" or not is_silent:
                    self._open.setdefault(checked, set()).update(what)

    def of(self, finding: Finding) -> set[str]:
        """What is not known to the check of a finding's rule and resource; empty if it can tell."""
        return self._open.get(self._key(finding), set())

    def values(self, finding: Finding) -> dict[str, set[str]]:
        """What is known to the check of a finding's rule and resource of the value that the finding is about."""
        known = self._known.get(self._key(finding), {})
        return {way: known[way] for way in ways(finding) if way in known}

    def _key(self, finding: Finding) -> tuple[str, str, str]:
        path = os.path.abspath(finding.home_path)
        return finding.rule, path if path in self._paths else "", plain_name(finding.resource, path)


def ways(finding: Finding) -> Iterator[str]:
    """The way to the value of a finding, and to what it is a part of."""
    way = NUMBER.sub("[]", finding.route)
    while way:
        yield way
        way = way.rpartition(".")[0]
