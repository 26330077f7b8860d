"""A rule: checks of resources or of whole deployments, and what people need to know about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from awslint_memo.model.finding import LEVELS, Finding, Level

Check: TypeAlias = Callable[..., Iterator[Finding]]
"""Takes a Resource (or a Deployment, for a rule without `resource`) and, by keyword, the rule's options."""

Types: TypeAlias = "tuple[str, ...]"
"""CloudFormation types; none stands for the deployment itself."""

_IN_FILE = frozenset(("checks", "memo", "aws", "options", "title", "reason", "advice", "bad", "good"))
"""What only the rule's file tells; the rest stands in the index of the rules."""


class Rule:
    """A rule and its manual: title, reason and advice from its file's docstring, examples from BAD and GOOD.

    `load` gives the same rule in full, for one of which only the index is known; it is called when something else is
    asked for.
    """

    __slots__ = (*_IN_FILE, "_load", "aliases", "id", "is_core", "language", "level", "resource", "service")

    checks: tuple[tuple[Types, Check], ...]
    memo: str
    aws: str
    options: Mapping[str, Any]
    title: str
    reason: str
    advice: str
    bad: str
    good: str

    def __init__(
        self,
        id: str,
        level: Level,
        *,
        resource: Types = (),
        aliases: Types = (),
        language: str = "",
        service: str = "",
        is_core: bool = False,
        load: Callable[[], Rule] | None = None,
        **in_file: Any,
    ) -> None:
        self.id = id
        self.level: Level = level
        self.resource = resource
        self.aliases = aliases
        self.language = language
        self.service = service
        self.is_core = is_core
        self._load = load
        if load is None:
            empty: dict[str, Any] = {**dict.fromkeys(_IN_FILE, ""), "checks": (), "options": {}}
            for name, value in {**empty, **in_file}.items():
                setattr(self, name, value)

    def __getattr__(self, name: str) -> Any:
        """What only the rule's file tells. Raises Problem where the file does not load."""
        if name not in _IN_FILE or self._load is None:
            raise AttributeError(f"a rule has no {name}")
        whole = self._load()
        for part in _IN_FILE:
            setattr(self, part, getattr(whole, part))
        return getattr(self, name)

    def __repr__(self) -> str:
        return f"<Rule {self.id}>"

    @property
    def url(self) -> str:
        """AWS's page on the matter, or another page that a rule of the user's own names; empty where there is none."""
        return self.aws if "://" in self.aws or not self.aws else f"https://docs.aws.amazon.com/{self.aws}"

    def changed(self, **parts: Any) -> Rule:
        """The same rule in full with other values for some of its parts."""
        names = (*_IN_FILE, "id", "level", "resource", "aliases", "language", "service", "is_core")
        return Rule(**{**{name: getattr(self, name) for name in names}, **parts})

    def on(self, *types: str) -> Callable[[Check], Rule]:
        """Add a check of resources of other types to the rule: `@check.on("AWS::RDS::DBCluster")`.

        An option that several checks take has one default. Raises ValueError where it has two, where no type is named,
        and for a rule of whole deployments.
        """
        if not (types and self.resource):
            raise ValueError(f"rule {self.id}: .on adds types of resources to those that the rule has")

        def add(check: Check) -> Rule:
            for name, default in (getattr(check, "__kwdefaults__", None) or {}).items():
                if self.options.get(name, default) != default:
                    raise ValueError(f"rule {self.id}: the option {name} has two defaults")
                self.options = {**self.options, name: default}
            self.checks = (*self.checks, (types, check))
            self.resource = tuple(dict.fromkeys((*self.resource, *types)))
            return self

        return add


def rule(
    id: str,
    *,
    level: Level,
    memo: str,
    aws: str,
    resource: str | Types = (),
    aliases: Types = (),
    language: str = "",
    core: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a function.

    id: `<service>-<what>`, kebab-case, forever; an old id stays in `aliases`. level: what a finding counts as unless
    the finding names another. resource: the CloudFormation type or types whose resources the function is given one by
    one; without it the function is given each deployment. A further function for other types is added with
    `@<name of this one>.on(type)`. memo: the memo's words. aws: path below docs.aws.amazon.com.
    language: the one language in which it can go wrong ("terraform"; "cloudformation", SAM included); the function is
    given no resources of another. core: one of the memo's headline practices, which the profile `core` applies alone.
    Keyword-only parameters of the function, with defaults, are the rule's options in the configuration.
    """
    if level not in LEVELS:
        raise ValueError(f"rule {id}: level {level!r} is none of {', '.join(LEVELS)}")
    types = (resource,) if isinstance(resource, str) else resource

    def make(check: Check) -> Rule:
        options = dict(getattr(check, "__kwdefaults__", None) or {})
        return Rule(
            id,
            level,
            resource=types,
            aliases=aliases,
            language=language,
            is_core=core,
            checks=((types, check),),
            memo=memo,
            aws=aws,
            options=options,
        )

    return make
