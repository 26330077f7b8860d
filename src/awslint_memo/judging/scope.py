"""The settings that count for a template: those of the nearest configuration; a run may have several."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.suppressions import Suppressions
from awslint_memo.judging.user_inputs import UserInputs
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.record import field, record


@record(eq=False)
class Scope:
    """What one configuration asks. inputs: the names that it gives values. path: its own, empty if there is none.

    fail_on: the least severe level that fails the run. var_files: files with values of Terraform variables.
    """

    check_options: CheckOptions
    suppressions: Suppressions
    shows_advice: bool = False
    fail_on: Level | Literal["never"] = "warning"
    inputs: UserInputs = field(default_factory=UserInputs)
    path: str = ""
    var_files: Sequence[str] = ()

    @property
    def gives(self) -> bool:
        """Whether it gives values or names that some template should have, or looks over several templates."""
        has_landscape = self.check_options.landscape is not None
        return has_landscape or bool(self.inputs.values or self.inputs.times or self.var_files)

    def shows(self, finding: Finding) -> bool:
        """Whether a finding is in the report."""
        return finding.level != "advice" or self.shows_advice


class Scopes:
    """The scopes of a run. base: that of the working folder. find: gives that of a folder; None: all have the base."""

    def __init__(self, base: Scope, find: Callable[[str], Scope] | None = None) -> None:
        self.base = base
        self._find = find
        self._met: dict[int, Scope] = {id(base): base}
        self._of: dict[str, Scope] = {}

    def of(self, path: str) -> Scope:
        """The scope of a file."""
        if self._find is None:
            return self.base
        folder = os.path.dirname(path)
        if folder not in self._of:
            found = self._of[folder] = self._find(folder)
            self._met[id(found)] = found
        return self._of[folder]

    def __iter__(self) -> Iterator[Scope]:
        """Those that files of the run had so far, and the base."""
        return iter(list(self._met.values()))
