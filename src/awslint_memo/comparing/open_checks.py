"""The checks of a run that found nothing and were given what nobody knows, so that they can't tell."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Set
from typing import cast

from awslint_memo.comparing.asked import Asked
from awslint_memo.comparing.plain_numbers import is_no_number, is_number
from awslint_memo.judging.asked_values import (
    DECIDED_BY,
    NAMING,
    NOT_KNOWN,
    NOT_THERE,
    Default,
    Far,
)
from awslint_memo.judging.coverage import Checked, Coverage
from awslint_memo.judging.inventory import MODULES, Inventory, name_of
from awslint_memo.judging.kept_elsewhere import DEFINITION
from awslint_memo.judging.looked import Home
from awslint_memo.model.finding import Finding
from awslint_memo.model.identity import NAMES
from awslint_memo.model.patterns import without_numbers
from awslint_memo.model.record import field, record

_DEFINED = ("Definition", "DefinitionString", "DefinitionSubstitutions")
"""How the ways begin to what stands in a definition, or for a placeholder there: a check looks up what it needs of one,
wherever its finding stands."""

_NAMES = frozenset(path for _, path in NAMES.values())
"""The paths to what says how a resource is called."""

_UNSEEN = ""
"""Stands for the resources of what is not read, beside the ways to values that are not known."""


@record
class _Open:
    """What the checks of one rule and resource were given.

    open: the ways to what is not known. known: the values by the ways to them. linked: the ways to references.
    far: what the checks that count and their relations asked of resources. names: what the resource is called.
    defaults: the parameters and variables whose defaults decide what they were given.
    """

    open: set[str] = field(default_factory=set)
    known: dict[str, set[str]] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    far: set[Far] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    defaults: set[Default] = field(default_factory=set)

    def add(self, check: Checked, name: str, *, is_silent: bool) -> None:
        """Take in what a check was given."""
        self.names.add(name)
        self.defaults |= check.defaults
        for way, values in check.known.items():
            self.known.setdefault(way, set()).update(values)
        if not is_silent or not (check.is_failed or check.is_reported):
            self.open |= {way for _, way in check.unknown} | ({_UNSEEN} if check.is_unseen else set())
            self.linked |= check.linked
            self.far |= check.far


class OpenChecks:
    """What was not known to each check, by the check's rule and resource.

    coverage: what the run checked. inventory: what the run looked at. is_silent: whether only checks count that found
    nothing.
    """

    def __init__(self, coverage: Coverage, inventory: Inventory, *, is_silent: bool) -> None:
        names = {(os.path.abspath(path), place): key for key, (path, place) in inventory.homes.items()}
        self._inventory = inventory
        self._checks: dict[tuple[str, str, str], _Open] = {}
        for (_, _, where, _), check in coverage.checks.items():
            path, place = cast("Home", where)
            key = names.get((os.path.abspath(path), place))
            if key is None:
                continue
            # A file may have been moved, so that a name alone has to do.
            for checked in ((check.rule, *key), (check.rule, "", key[1])):
                self._checks.setdefault(checked, _Open()).add(check, key[1], is_silent=is_silent)

    def may_be_open(self, finding: Finding) -> bool:
        """Whether something is not known to the check of a finding's rule and resource, or a reference."""
        check = self._of(finding)
        return bool(check.open or check.linked or _unknown(check.far))

    def is_open(
        self,
        finding: Finding,
        then: OpenChecks,
        now: Finding | None = None,
        is_as_written: Callable[[str], bool] = lambda _: False,
    ) -> bool:
        """Whether the check of a finding can't tell any more. then: the checks that told. now: the finding as one of
        the resource that its own is now, if that is called otherwise. is_as_written: whether the same is written of a
        resource, so that what is not known among the items of its lists was not known then either."""
        mine, its = self._of(now or finding), then._of(finding)
        own = set(ways(finding))
        if (name_of(finding), DEFINITION) in _unknown(mine.far) & _known(its.far):
            return True  # Its own definition is elsewhere now.
        if any(way.partition(".")[0] in _DEFINED for way in mine.open - its.open):
            return True
        values, before = _at(own, mine), _at(own, its)
        # A text with a gap, such as a name with that of the stack, was told with its gap.
        if not (mine.open & own) <= (its.open - before.keys()):
            return True
        if not values and before and not mine.linked.isdisjoint(own):
            return True  # What was a number is a reference now.
        before_too = {way for way in _unknown(its.far) if is_as_written(way[0])}
        is_more = bool(mine.open - its.open) or not (_unknown(mine.far) - before_too).isdisjoint(_known(its.far))
        is_more |= not {name for name, _ in _unknown(mine.far)} <= {name for _, name in then._inventory.homes}
        # The value is as it was, or nobody asked for it, and something else is not known any more.
        return is_more and (not values or values == before)

    def was_open(self, finding: Finding, told: OpenChecks) -> bool:
        """Whether the check of a finding of now could not tell, while its own value was what it is now. told: the
        checks of now."""
        mine, its = self._of(finding), told._of(finding)
        own = set(ways(finding))
        if not (mine.open | mine.linked).isdisjoint(own) or _at(own, mine) != _at(own, its):
            return False
        return bool(mine.open - its.open) or not _unknown(mine.far).isdisjoint(_known(its.far))

    def unnamed(self, finding: Finding, then: OpenChecks) -> str:
        """The property that named a resource which the check of a finding looked at, and names nothing that is known
        any more, as "Reader.FunctionName"; empty if there is none. then: the checks that told."""
        mine, its = self._of(finding), then._of(finding)
        if not its.far or self.has_other_value(finding, then):
            return ""
        there = {name for _, name in self._inventory.homes}
        return Asked(its.far).unnamed(Asked(mine.far), its.names, there)

    def has_other_value(self, finding: Finding, then: OpenChecks) -> bool:
        """Whether the value of a finding is known, and is not the one that it was; one that was a reference is none."""
        own, its = set(ways(finding)), then._of(finding)
        now, way = _at(own, self._of(finding)), without_numbers(finding.route)
        if any(value.startswith(NAMING) and path == way for part in its.far for _, path, value in part):
            return False
        return bool(now) and now != _at(own, its)

    def has_other_near(self, finding: Finding, then: OpenChecks) -> bool:
        """Whether the check of a finding is given a value that is no name, where it was given another one or none.

        then: the checks that told."""
        mine, its = self._of(finding), then._of(finding)
        absent = {path for part in its.far for _, path, value in part if value == NOT_THERE}
        ways = (its.known.keys() | absent) - _NAMES
        return any(mine.known[way] != its.known.get(way) for way in mine.known.keys() & ways)

    def no_number(self, finding: Finding, then: OpenChecks) -> str:
        """The property of a finding whose value was a number and can't be read as one any more; empty if it can."""
        way = without_numbers(finding.route)
        before, values = then._of(finding).known.get(way, ()), self._of(finding).known.get(way, ())
        was_number = bool(before) and all(map(is_number, before))
        is_of_terraform, name = finding.home_path.endswith(MODULES), way.rpartition(".")[2]
        is_none = any(is_no_number(value, name, is_of_terraform=is_of_terraform) for value in values)
        return finding.route if was_number and is_none else ""

    def asked(self, finding: Finding) -> set[str]:
        """The names of the resources of which the check of a finding asked something."""
        return {name for part in self._of(finding).far for name, _, _ in part}

    def decided_by(self, finding: Finding) -> set[str]:
        """What decides whether there are resources that the check of a finding looked up, where nobody knows."""
        every = {value for part in self._of(finding).far for _, _, value in part}
        return {value.removeprefix(DECIDED_BY) for value in every if value.startswith(DECIDED_BY)}

    def defaults(self, finding: Finding) -> set[Default]:
        """The parameters and variables whose defaults decide what the check of a finding was given."""
        return self._of(finding).defaults

    def passed(self, finding: Finding) -> set[str]:
        """The files of the nested templates whose outputs the check of a finding was given."""
        return {path for name, path, is_exported in self._of(finding).defaults if not name and not is_exported}

    def _of(self, finding: Finding) -> _Open:
        path, name = os.path.abspath(finding.home_path), self._inventory.name_now(finding)
        here = self._checks.get((finding.rule, path, name))
        return here or self._checks.get((finding.rule, "", name)) or _Open()


def _at(own: Set[str], check: _Open) -> dict[str, set[str]]:
    return {way: check.known[way] for way in own if way in check.known}


def _unknown(far: Set[Far]) -> set[tuple[str, str]]:
    return {(name, path) for part in far for name, path, value in part if value == NOT_KNOWN}


def _known(far: Set[Far]) -> set[tuple[str, str]]:
    return {(name, path) for part in far for name, path, value in part if value != NOT_KNOWN}


def block_of(finding: Finding) -> tuple[str, str, str]:
    """The rule of a finding, and the block of its resource, which may be in several roots."""
    return finding.rule, os.path.abspath(finding.home_path), name_of(finding)


def ways(finding: Finding) -> Iterator[str]:
    """The way to the value of a finding, and to what it is a part of."""
    way = without_numbers(finding.route)
    while way:
        yield way
        way = way.rpartition(".")[0]
