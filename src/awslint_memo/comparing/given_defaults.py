"""Mended findings that a default alone mends, while a file gives its parameter or variable another value."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import islice
from typing import Final, TypeAlias

from awslint_memo.comparing import doubt_words
from awslint_memo.comparing.current import Current
from awslint_memo.comparing.given import Given, GivingFiles
from awslint_memo.comparing.given_to_unread import deciding_conditions
from awslint_memo.comparing.open_checks import OpenChecks
from awslint_memo.files.disk import path_from
from awslint_memo.files.revision import Revision
from awslint_memo.judging.asked_values import Default
from awslint_memo.judging.git_sync import give
from awslint_memo.judging.inventory import MODULES, Inventory
from awslint_memo.judging.report import Report
from awslint_memo.model.finding import Finding
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record, replace
from awslint_memo.readers.cloudformation.exporters_given import exporting_with

Key: TypeAlias = "tuple[str, str, str]"
"""The rule and the resource of a finding, by its file and its name."""

_MOST_GIVEN: Final = 50
"""How many sets of values of other files are judged."""
_MOST_ROUNDS: Final = 4
"""How many values of a parameter of a template from which another imports are judged."""


@record
class GivenDefaults:
    """The mended findings by their keys, and the checks that looked at them, now and then."""

    current: Current
    revision: Revision
    inventory: Inventory
    mended: Mapping[Key, Finding]
    now: OpenChecks
    then: OpenChecks
    told: Set[tuple[str, str, str]]
    """The keys of all findings of now."""

    def why(self, key: Key) -> str:
        """Which file gives a parameter or variable another value, whose default decides what was checked."""
        given = self._given.get(key, ())
        is_of_terraform = key[1].endswith(MODULES)
        open_ = next((each for each in given if each.value is None or is_of_terraform), None)
        if open_ is None and given and key in self._by_given:
            open_ = given[0]
        if open_ is None:
            return ""
        return doubt_words.given(open_.path, open_.name, open_.value, of_terraform=is_of_terraform)

    @cached_property
    def _given(self) -> Mapping[Key, Sequence[Given]]:
        """What other files give the parameters whose defaults decide what was checked, by finding.

        Of a value that was by the same default before, files count that came or changed.
        """
        now = {key: self._every(self.now.defaults(finding)) for key, finding in self.mended.items()}
        names = {name for each in now.values() for name, _, _ in each}
        files = GivingFiles(self.revision, self.current.files, self.inventory, names)
        return {key: list(self._giving(files, finding, now[key])) for key, finding in self.mended.items()}

    def _every(self, defaults: Set[Default]) -> set[Default]:
        """The defaults, with those of the parameters that decide conditions of exporters."""
        named = {each for each in defaults if each[0]}
        exporters = {path for _, path, is_exported in defaults - named if is_exported}
        files = self.current.files
        return named | {
            (name, path, True) for path in exporters for name in deciding_conditions(files, path_from(path))
        }

    def _giving(self, files: GivingFiles, finding: Finding, defaults: Set[Default]) -> Iterator[Given]:
        """What files give the parameters whose defaults these are, of the template of a finding or of other stacks."""
        home, before = os.path.abspath(finding.home_path), self._every(self.then.defaults(finding))
        own = self.inventory.owners.get(home, set())
        owners = self.inventory.owners
        others = {path for _, path, is_exported in defaults if is_exported or own.isdisjoint(owners.get(path, own))}
        others.discard(home)
        for other in ["", *sorted(others)]:
            mine, were = (
                {name for name, path, _ in every if (path if path in others else "") == other}
                for every in (defaults, before)
            )
            given = files.giving(mine, were, other or finding.home_path, is_of_other=bool(other))
            yield from (replace(each, other=other) for each in given)

    @cached_property
    def _by_given(self) -> set[Key]:
        """What is found with the values that other files give, and not without them."""
        every = [each for given in self._given.values() for each in given]
        reports = (self._judged_with(values) for values in _of_others(every))
        findings = (one for report in reports for one in _all(report))
        keys = {(one.rule, os.path.abspath(one.home_path), self.inventory.name_now(one)) for one in findings}
        return keys - self.told

    def _judged_with(self, exporting: Mapping[str, Mapping[str, str]]) -> Report:
        """The report of now with what other files give the templates. exporting: what they give other stacks."""
        current = self.current
        run = current.prepare(current.files, current.nearest, current.standard_input)
        for (_, path, _), given in self._given.items():
            own = [each for each in given if not each.other]
            for template in {path, *self.inventory.owners.get(path, ())} if own else ():
                give(run.synced, template, _by_template(own))
        with exporting_with(exporting):
            return run.report(current.paths)


def _all(report: Report) -> Iterator[Finding]:
    yield from (*report.findings, *report.unshown, *(hidden.finding for hidden in report.suppressed))


def _by_template(given: Sequence[Given]) -> Mapping[str, Mapping[str, str]]:
    """Values of parameters, by a name for each set of them; no more than so many."""
    known = dict.fromkeys((each.name, each.value, each.path) for each in given if each.value is not None)
    return {
        f"{path}: {name}={value}": {name: value}
        for name, value, path in islice(known, _MOST_GIVEN)
        if value is not None
    }


def _of_others(given: Sequence[Given]) -> Sequence[Mapping[str, Mapping[str, str]]]:
    """Values of parameters of other stacks by their templates, as sets that are judged one after the other: at least
    one, and no more than so many; in each of them is another value of each parameter."""
    values: dict[tuple[str, str], dict[str, None]] = {}
    for each in given:
        if each.other and each.value is not None:
            values.setdefault((each.other, each.name), {})[each.value] = None
    rounds: list[dict[str, dict[str, str]]] = [{}]
    for (template, name), known in values.items():
        for number, value in enumerate(islice(known, _MOST_ROUNDS)):
            rounds += [{}] if number == len(rounds) else []
            rounds[number].setdefault(template, {})[name] = value
    return rounds
