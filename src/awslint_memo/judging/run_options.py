"""What is asked of a run: the settings that count for each template, and the options of the run; and how far it is."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeVar

from awslint_memo.files.source import Source
from awslint_memo.judging.check_options import CheckOptions
from awslint_memo.judging.suppressions import Suppressions
from awslint_memo.judging.user_inputs import UserInputs
from awslint_memo.model.finding import Finding, Level
from awslint_memo.model.record import field, record

if TYPE_CHECKING:
    from awslint_memo.files.staged import Staged
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.dependants import Dependants
    from awslint_memo.judging.memory import Memory

T = TypeVar("T")


@record
class Progress:
    """How far a run is: the files that it has read, the templates that it has checked, and how many there are."""

    read: int = 0
    judged: int = 0
    templates: int = 0

    def pulse(self) -> None:
        """Called now and then, as before each check of a resource; who watches the run may end it here."""

    @property
    def words(self) -> str:
        """The same for people: "judging 12 of 40 templates"."""
        if not self.templates:
            return f"reading {self.read} files"
        return f"judging {min(self.judged + 1, self.templates)} of {self.templates} templates"


@record(frozen=True)
class RunOptions:
    """What is asked of a run besides the settings of its files.

    standard_input: the file for the path `-`. reports_unknown: whether a named file that is not a template is an error
    (a hook passes every YAML file, so there only a file that looks like a template is). links_stacks: whether templates
    are linked by their exports and imports. var_files: files with values of Terraform variables. plan_source: the
    folder with the configuration of the plans, if they are in another one. value_files: the files of values that are
    named, if what depends on the files is checked too; None if it isn't. staged: what a commit changes, of which what
    depends on what it deletes is checked too; None if it is not about a commit. dependants: what that is, if known.
    validates: whether cfn-lint checks the CloudFormation templates too; a text names its configuration. ignored:
    patterns of rules that the user does not want, for those of cfn-lint. compares: whether somebody compares what was
    checked with another run. coverage: receives what was checked, if somebody wants to know. memory: what was checked
    the last time. processes: how many may work at once. progress: counts what is done. when_read: called once all files
    are read, before they are checked.
    """

    standard_input: Source | None = None
    reports_unknown: bool = True
    links_stacks: bool = True
    var_files: Sequence[str] = ()
    plan_source: str | None = None
    value_files: Sequence[str] | None = None
    staged: Staged | None = None
    dependants: Dependants | None = None
    validates: bool | str = False
    ignored: Sequence[str] = ()
    compares: bool = False
    coverage: Coverage | None = None
    memory: Memory | None = None
    processes: int = 1
    progress: Progress = field(default_factory=Progress)
    when_read: Callable[[], None] | None = None


@record(eq=False)
class Scope:
    """What one configuration asks. inputs: the names that it gives values. path: its own, empty if there is none.

    fail_on: the least severe level that fails the run. var_files: files with values of Terraform variables. modules: by
    the beginning of the sources of modules, the folder that has them. public_modules: whether calls of public modules
    that are not downloaded are judged by facts. locked: the ids of the rules that policies lock. refused: the findings
    about what the configuration says and a policy does not allow.
    """

    check_options: CheckOptions
    suppressions: Suppressions
    shows_advice: bool = False
    fail_on: Level | Literal["never"] = "warning"
    inputs: UserInputs = field(default_factory=UserInputs)
    path: str = ""
    var_files: Sequence[str] = ()
    modules: Mapping[str, str] = field(default_factory=dict)
    public_modules: bool = True
    locked: frozenset[str] = frozenset()
    refused: Sequence[Finding] = ()

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
        return self.base if self._find is None else self.at(os.path.dirname(path))

    def at(self, folder: str) -> Scope:
        """The scope of the files in a folder."""
        if self._find is None:
            return self.base
        if folder not in self._of:
            scope = self._of[folder] = self._find(folder)
            self._met[id(scope)] = scope
        return self._of[folder]

    def __iter__(self) -> Iterator[Scope]:
        """Those that files of the run had so far, and the base."""
        return iter(list(self._met.values()))


def swept(made: T, templates: int = 2) -> T:
    """What came of one of some templates, once what was made for it is freed: its deployments, which know themselves.

    There is little else that is young then, so that to look for garbage takes a fraction of what it takes meanwhile.
    """
    if templates > 1:
        gc.collect(0)
    return made
