"""What is asked of a run besides the settings of its files, and how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from awslint_memo.files.source import Source
from awslint_memo.model.record import field, record

if TYPE_CHECKING:
    from awslint_memo.judging.coverage import Coverage
    from awslint_memo.judging.dependants import Dependants
    from awslint_memo.judging.memory import Memory


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
    named, if what depends on the files is checked too; None if it isn't. dependants: what that is, if it is known.
    validates: whether cfn-lint checks the CloudFormation templates too. ignored: patterns of rules that the user does
    not want, for those of cfn-lint. compares: whether somebody compares what was checked with another run. coverage:
    receives what was checked, if somebody wants to know. memory: what was checked the last time. processes: how many
    may work at once. progress: counts what is done. when_read: called once all files are read, before they are checked.
    """

    standard_input: Source | None = None
    reports_unknown: bool = True
    links_stacks: bool = True
    var_files: Sequence[str] = ()
    plan_source: str | None = None
    value_files: Sequence[str] | None = None
    dependants: Dependants | None = None
    validates: bool = False
    ignored: Sequence[str] = ()
    compares: bool = False
    coverage: Coverage | None = None
    memory: Memory | None = None
    processes: int = 1
    progress: Progress = field(default_factory=Progress)
    when_read: Callable[[], None] | None = None
