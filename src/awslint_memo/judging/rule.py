"""A rule: a function over a resource or a deployment, and what people need to know about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from awslint_memo.model.finding import LEVELS, Finding, Level

Check: TypeAlias = Callable[..., Iterator[Finding]]
"""Takes a Resource (or a Deployment, for a rule without `resource`) and, by keyword, the rule's options."""


@dataclass(frozen=True)
class Rule:
    """A rule and its manual: title, reason and advice from its file's docstring, examples from BAD and GOOD."""

    id: str
    level: Level
    check: Check
    resource: tuple[str, ...]
    memo: str
    aws: str
    aliases: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    title: str = ""
    reason: str = ""
    advice: str = ""
    bad: str = ""
    good: str = ""
    service: str = ""
    language: str = ""
    is_core: bool = False

    @property
    def url(self) -> str:
        """AWS's page on the matter; empty for a rule of the engine's own."""
        return f"https://docs.aws.amazon.com/{self.aws}" if self.aws else ""


def rule(
    id: str,
    *,
    level: Level,
    memo: str,
    aws: str,
    resource: str | tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    language: str = "",
    core: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a function.

    id: `<service>-<what>`, kebab-case, forever; an old id stays in `aliases`. level: what a finding counts as unless
    the finding names another. resource: the CloudFormation type or types whose resources the function is given one by
    one; without it the function is given each deployment. memo: the memo's words. aws: path below docs.aws.amazon.com.
    language: the one language in which it can go wrong ("terraform"; "cloudformation", SAM included); the function is
    given no resources of another. core: one of the memo's headline practices, which the profile `core` applies alone.
    Keyword-only parameters of the function, with defaults, are the rule's options in the configuration.
    """
    if level not in LEVELS:
        raise ValueError(f"rule {id}: level {level!r} is none of {', '.join(LEVELS)}")
    types = (resource,) if isinstance(resource, str) else resource

    def make(check: Check) -> Rule:
        options = dict(getattr(check, "__kwdefaults__", None) or {})
        return Rule(id, level, check, types, memo, aws, aliases, options, language=language, is_core=core)

    return make
