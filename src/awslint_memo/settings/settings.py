"""The settings of a run, and which rules they choose."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from awslint_memo.judging.rule import Rule, is_preview
from awslint_memo.judging.suppression import Configured
from awslint_memo.judging.suppression_rules import ENGINE_RULES, REFUSED_SETTING
from awslint_memo.model.facts import Declared
from awslint_memo.model.finding import Level
from awslint_memo.model.patterns import is_literal, is_of_cfn_lint, matches
from awslint_memo.model.phrases import closest
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Span
from awslint_memo.settings.configuration_file import At, Document

if TYPE_CHECKING:
    from awslint_memo.judging.suppression import PolicyLock


@record(frozen=True)
class Refusal:
    """What a file says and a policy does not allow, so that it has no effect. at: the key that says it."""

    message: str
    span: Span
    at: At


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
    fail_on: Level | Literal["never"] | None = None
    off: frozenset[str] = frozenset()
    levels: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    suppress: tuple[Configured, ...] = ()
    exclude: tuple[tuple[str, str], ...] = ()
    include: tuple[tuple[str, str], ...] = ()
    """Path patterns, each with the folder that it is relative to."""
    as_of: str = ""
    """The version whose rules and verdicts count in full; empty: this one."""
    preview: bool = False
    """Whether rules that are new in this release count in full."""
    foreign_suppressions: bool = True
    """Whether suppressions for other linters count."""
    git_ignore: bool = True
    """Whether walks leave out what `.gitignore` does."""
    declared: Declared = field(default_factory=Declared)
    deployments: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The parameter values of each deployment that the user named."""
    deployed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """For a deployment of some templates only, the patterns of their paths."""
    var_files: tuple[str, ...] = ()
    """The paths of files with values of Terraform variables."""
    modules: Mapping[str, str] = field(default_factory=dict)
    """By the beginning of the sources of modules, the folder that has them."""
    public_modules: bool = True
    """Whether calls of public modules that are not downloaded are judged by facts."""
    parameter_files: Mapping[str, str] = field(default_factory=dict)
    """The paths of the files with these values, for the deployments that have one."""
    baseline: str = ""
    """The path of the baseline; empty if there is none."""
    documents: tuple[Document, ...] = ()
    """The configuration, and what it extends, the nearest first."""
    locks: tuple[PolicyLock, ...] = ()
    """What policies ask."""
    policies: tuple[Settings, ...] = ()
    """The settings of the configurations with a policy among what it extends, itself included."""
    refused: tuple[Refusal, ...] = ()
    """What policies do not allow, and what has no effect therefore."""

    def place(self, at: At) -> Span:
        """Where a key of the configuration stands, which may be in a file that it extends."""
        document = self.source_of(at)
        return Span("", 1, 1, 1, 1) if document is None else document.place(at)

    def source_of(self, at: At) -> Document | None:
        """The file that says something at a key; the configuration itself if none does; None if there is none."""
        return next((document for document in self.documents if document.has(at)), next(iter(self.documents), None))

    @property
    def is_policed(self) -> bool:
        """Whether a policy locks rules."""
        return any(lock.rules for lock in self.locks)

    def lock_of(self, rule: Rule) -> PolicyLock | None:
        """The policy that locks a rule. Each locks the one that reports what it refuses."""
        is_own = rule.id == REFUSED_SETTING
        return next((lock for lock in self.locks if is_own or matches_any(lock.rules, rule)), None)

    def lock_of_recovery(self, rules: Mapping[str, Rule]) -> str:
        """The policy that locks rules which ask for objectives of recovery, and does not let others set these; empty if
        there is none."""
        if not self.locks:
            return ""
        asking = [rule for rule in rules.values() if asks_objectives(rule.id)]
        strict = (lock for lock in self.locks if "recovery" not in lock.may_set)
        return next((lock.name for lock in strict if any(matches_any(lock.rules, rule) for rule in asking)), "")

    def locked(self, rules: Iterable[Rule]) -> frozenset[str]:
        """The ids of the rules that policies lock."""
        return frozenset(rule.id for rule in rules if self.lock_of(rule) is not None) if self.locks else frozenset()

    def kept_from_baseline(self, rules: Iterable[Rule]) -> dict[str, str]:
        """The rules of which a policy lets no baseline take the findings, each with the policy's name."""
        strict = [lock for lock in self.locks if lock.rules and not lock.may_baseline]
        own = dict.fromkeys([REFUSED_SETTING] if self.locks else [], next((lock.name for lock in self.locks), ""))
        return own | {rule.id: lock.name for lock in strict for rule in rules if matches_any(lock.rules, rule)}

    def owned_by(self, lock: PolicyLock) -> frozenset[str]:
        """The paths of the files of a policy: its own, and those that it extends."""
        documents = (
            document.path for policy in self.policies if policy.path == lock.path for document in policy.documents
        )
        return frozenset((lock.path, *documents))

    def newer(self, rules: Iterable[Rule], named: Sequence[str]) -> tuple[frozenset[str], dict[str, str]]:
        """The rules that are previews, and by rule the version of `rules-as-of`.

        named: what the command line selects. A rule that somebody names, gives a level or locks counts in full.
        """
        asked = self.asked(rules := [*rules], [pattern for pattern in (*named, *self.select) if is_literal(pattern)])

        def is_left(rule: Rule) -> bool:
            return not rule.is_users and rule.id not in asked

        previews = frozenset(rule.id for rule in rules if not self.preview and is_preview(rule) and is_left(rule))
        return previews, {rule.id: self.as_of for rule in rules if is_left(rule)} if self.as_of else {}

    def asked(self, rules: Iterable[Rule], patterns: Sequence[str]) -> frozenset[str]:
        """The rules that some patterns select, or that a configuration gives a level or locks."""

        def is_asked(rule: Rule) -> bool:
            is_locked = bool(self.locks) and self.lock_of(rule) is not None
            return rule.id in self.levels or is_locked or matches_any(patterns, rule)

        return frozenset(rule.id for rule in rules if is_asked(rule))

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
        ignored. Rules that a policy locks are applied unless `select` names others. Raises LookupError for an id or
        pattern that names no rule, and for one in `ignore` that a policy locks.
        """
        for pattern, is_ignored in (*((one, False) for one in select), *((one, True) for one in ignore)):
            if what := mistaken(pattern, rules, takes_theirs=is_ignored):
                raise LookupError(what)
        for rule in rules.values() if ignore and self.locks else ():
            lock = self.lock_of(rule)
            if lock is not None and matches_any(ignore, rule):
                raise LookupError(f"{rule.id} can't be ignored: the policy {lock.name} locks it")
        wanted = tuple(select) or self.select
        is_core_only = (profile or self.profile) == "core"
        if not (wanted or ignore or is_core_only or self.locks or self.off or self.ignore):
            return list(rules.values())
        by_name = [pattern for pattern in select if is_literal(pattern)]

        def is_chosen(rule: Rule) -> bool:
            if self.locks and not select and self.lock_of(rule) is not None:
                return True
            is_wanted = matches_any(wanted, rule) if wanted else rule.is_core or not is_core_only
            if not (is_wanted or rule.id in ENGINE_RULES) or matches_any(ignore, rule):
                return False
            is_off = rule.id in self.off or matches_any(self.ignore, rule)
            is_locked = bool(self.locks) and self.lock_of(rule) is not None
            return is_locked or not is_off or matches_any(by_name, rule)

        if self.locks:
            return [rule for rule in rules.values() if is_chosen(rule)]
        key = (len(rules), wanted, is_core_only, tuple(ignore), tuple(by_name), self.off, self.ignore)
        return [*_CHOSEN.of(rules, key, lambda: [rule for rule in rules.values() if is_chosen(rule)])]


class _Chosen:
    """What configurations choose of some rules, by what they say: thousands of folders may say the same."""

    def __init__(self) -> None:
        self._rules: Mapping[str, Rule] = {}
        self._known: dict[Hashable, list[Rule]] = {}

    def of(self, rules: Mapping[str, Rule], key: Hashable, choose: Callable[[], list[Rule]]) -> list[Rule]:
        if rules is not self._rules:
            self._rules, self._known = rules, {}
        if key not in self._known:
            self._known[key] = choose()
        return self._known[key]


_CHOSEN: Final = _Chosen()


def mistaken(pattern: str, rules: Mapping[str, Rule], *, takes_theirs: bool) -> str:
    """What is wrong with a pattern that is to name rules; empty if nothing is. takes_theirs: whether those of cfn-lint
    can be named, which `--validate` applies: they can be ignored and suppressed, but not chosen or locked."""
    if pattern in rules or any(matches_rule(pattern, rule) for rule in rules.values()):
        return ""
    if not is_of_cfn_lint(pattern):
        return f"there is no rule {pattern}{closest(pattern, names(rules))}"
    return (
        "" if takes_theirs else f"{pattern} is a rule of cfn-lint, which only ignore and suppressions name; remove it"
    )


def asks_objectives(rule: str) -> bool:
    """Whether objectives of recovery decide what a rule finds, by its id."""
    return "recovery" in rule


def matches_rule(pattern: str, rule: Rule) -> bool:
    """Whether a pattern names a rule, by its id or an older one."""
    return any(matches(pattern, name) for name in (rule.id, *rule.aliases))


def matches_any(patterns: Collection[str], rule: Rule) -> bool:
    """Whether one of the patterns names a rule."""
    return bool(patterns) and any(matches_rule(pattern, rule) for pattern in patterns)


def names(rules: Mapping[str, Rule]) -> Collection[str]:
    """All ids of rules, older ones included."""
    return [name for rule in rules.values() for name in (rule.id, *rule.aliases)]
