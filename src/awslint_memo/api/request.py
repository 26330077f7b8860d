"""What is asked of the functions of the API: the arguments of `lint`, of which others take some, by their names."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from awslint_memo.files.disk import NOW
from awslint_memo.files.files import Files
from awslint_memo.files.root import bounds_of
from awslint_memo.files.rule_packages import rule_packages
from awslint_memo.judging.run_options import Progress, RunOptions
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.record import record, replace

if TYPE_CHECKING:
    from awslint_memo.files.disk import Disk
    from awslint_memo.files.root import Root
    from awslint_memo.files.source import Source
    from awslint_memo.files.staged import Staged
    from awslint_memo.judging.dependants import Dependants
    from awslint_memo.judging.memory import Memory
    from awslint_memo.judging.rule import Rule
    from awslint_memo.manual.confidence import Confidence
    from awslint_memo.model.finding import Level
    from awslint_memo.settings.loading import Loader
    from awslint_memo.settings.preparation import Wanted
    from awslint_memo.settings.settings import Settings


def rules(folders: Sequence[str] = (), linted: Sequence[str] = ()) -> Mapping[str, Rule]:
    """All rules by id: ours, those of installed packages and those in `folders`, and those about suppressions.

    linted: the paths to lint, since nothing of what is linted is run.
    Raises Problem for a rule file that can't be loaded.
    """
    from awslint_memo.judging import registry
    from awslint_memo.judging.suppression_rules import ENGINE_RULES

    named = dict.fromkeys(os.path.abspath(folder) for folder in (*rule_packages(linted).folders, *folders))
    return {**registry.current_rules(tuple(named)), **ENGINE_RULES}


@record(frozen=True)
class Request:
    """The arguments of `lint`, which explains them."""

    paths: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    profile: str | None = None
    advice: bool = False
    fail_on: Level | Literal["never"] | None = None
    parameters: Sequence[str] = ()
    var_files: Sequence[str] = ()
    plan_source: str | None = None
    rule_folders: Sequence[str] = ()
    config: str | None = None
    policy: str | None = None
    config_env: str | None = None
    force_exclude: bool = False
    gitignore: bool | None = None
    links_stacks: bool = True
    reports_unknown: bool = True
    standard_input: Source | None = None
    unsaved: Mapping[str, str | bytes] | None = None
    coverage: bool = False
    when_read: Callable[[], None] | None = None
    root: str | None = None
    against: str | None = None
    gate: bool | Literal["policy"] | None = None
    baseline: str | Literal[False] | None = None
    processes: int = 1
    memory: Memory | None = None
    validate: bool | str = False
    progress: Progress | None = None
    dependants: bool | Dependants = False
    staged: Staged | None = None
    picture: bool = False
    ranks: bool = False
    fail_on_nothing: bool = False
    min_confidence: Confidence | None = None

    def bounds(self, disk: Disk = NOW) -> Root:
        """What may be opened: what is below the root, and what is named."""
        named = (self.config, self.policy, *self.values, self.baseline or None)
        return bounds_of(self.paths, self.root, self.plan_source, self.standard_input, named, disk)

    def files(self, disk: Disk = NOW) -> Files:
        """The files as the request sees them. disk: the one that they are on."""
        return Files(self.unsaved, self.bounds(disk))

    @property
    def values(self) -> Sequence[str]:
        """The files with values for parameters and variables, and values themselves."""
        return (*self.parameters, *self.var_files)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """All rules that may be applied, by id. Raises Problem for a rule file that can't be loaded."""
        return rules(self.rule_folders, self.paths)

    def load(self, files: Files) -> Loader:
        """What gives the settings that count for each file. Raises Problem for those that can't be used."""
        from awslint_memo.settings.loading import Loader

        return Loader(self.rules, files, self.config, self.policy)

    def wanted(self, choose: Callable[[Settings], Sequence[Rule]]) -> Wanted:
        """What is asked besides the configuration. choose: the rules that are applied with some settings."""
        from awslint_memo.settings.preparation import wanted_of

        wanted = wanted_of(self.rules, self.parameters, self.config_env, choose)
        wanted = replace(wanted, advice=self.advice, fail_on=self.fail_on, profile=self.profile)
        return replace(wanted, forces_exclude=self.force_exclude, git_ignore=self.gitignore, named=self.select)

    @property
    def run_options(self) -> RunOptions:
        """What is asked of each run, whichever landscape it is of."""
        return RunOptions(
            self.standard_input, self.reports_unknown, self.links_stacks, self.var_files, self.plan_source
        )
