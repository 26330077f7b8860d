"""The settings of a run, and which rules they choose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from awslint_memo.judging.configured import Configured
from awslint_memo.judging.engine_rules import SERVICE
from awslint_memo.judging.rule import Rule
from awslint_memo.model.declared import Declared
from awslint_memo.model.finding import Level
from awslint_memo.model.patterns import is_literal, is_of_cfn_lint, matches
from awslint_memo.model.record import field, record
from awslint_memo.model.similar import closest
from awslint_memo.model.span import Span
from awslint_memo.settings.configuration_file import At


@record(frozen=True)
class Settings:
    """The user's settings; without a configuration, the defaults. Rules have their current ids, never old ones."""

    path: str = ""
    """The configuration's path as shown to the user; empty if there is none."""
    root: str = ""
    """The folder that path patterns are relative to."""
    profile: str = "memo"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: Level | None = None
    off: frozenset[str] = frozenset()
    levels: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    suppress: tuple[Configured, ...] = ()
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    declared: Declared = field(default_factory=Declared)
    deployments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The parameter values of each deployment that the user named."""
    var_files: tuple[str, ...] = ()
    """The paths of files with values of Terraform variables."""
    parameter_files: Mapping[str, str] = field(default_factory=dict)
    """The paths of the files with these values, for the deployments that have one."""
    baseline: str = ""
    """The path of the baseline; empty if there is none."""
    place: Callable[[At], Span] = lambda _: Span("", 1, 1, 1, 1)
    """Where a key of the configuration stands."""

    def chosen(
        self,
        rules: Mapping[str, Rule],
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        profile: str | None = None,
    ) -> list[Rule]:
        """The rules that a run applies; `select`, `ignore` and `profile` are the options of the command line.

        `select` replaces the configuration's `select`, and an id in it applies a rule that the configuration turns
        off. A selection overrides the profile. The rules about suppressions are always applied, unless they are off or
        ignored. Raises LookupError for an id or pattern that names no rule.
        """
        for pattern in (*select, *ignore):
            if not (is_of_cfn_lint(pattern) or any(matches_rule(pattern, rule) for rule in rules.values())):
                raise LookupError(f"there is no rule {pattern}{closest(pattern, names(rules))}")
        wanted = tuple(select) or self.select
        is_core_only = (profile or self.profile) == "core"
        by_name = [pattern for pattern in select if is_literal(pattern)]
        return [
            rule
            for rule in rules.values()
            if (rule.service == SERVICE or (_matches_any(wanted, rule) if wanted else rule.is_core or not is_core_only))
            and not _matches_any(ignore, rule)
            and (_matches_any(by_name, rule) or not (rule.id in self.off or _matches_any(self.ignore, rule)))
        ]


def matches_rule(pattern: str, rule: Rule) -> bool:
    """Whether a pattern names a rule, by its id or an older one."""
    return any(matches(pattern, name) for name in (rule.id, *rule.aliases))


def _matches_any(patterns: Iterable[str], rule: Rule) -> bool:
    return any(matches_rule(pattern, rule) for pattern in patterns)


def names(rules: Mapping[str, Rule]) -> Collection[str]:
    """All ids of rules, older ones included."""
    return [name for rule in rules.values() for name in (rule.id, *rule.aliases)]
