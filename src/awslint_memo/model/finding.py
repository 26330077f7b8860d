"""Finding: what a rule reports, with its level, position and related positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from awslint_memo.model.span import Span

Level: TypeAlias = Literal["error", "warning", "advice"]

LEVELS: tuple[Level, ...] = ("error", "warning", "advice")
"""The most severe first. error: does not work or loses data. warning: not as the memo asks. advice: worth checking."""


@dataclass(frozen=True, slots=True)
class Related:
    """Another position that a finding refers to, with a short text about it."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation of a rule at one position.

    Rules create it with `resource.finding(...)`. The engine then sets `rule`, `level` (unless the check gave a level
    of its own) and `deployment`: a description of the deployments with this finding, None for all of them.
    """

    message: str
    span: Span
    resource: str
    type: str
    level: Level | None = None
    related: Sequence[Related] = ()
    rule: str = ""
    deployment: str | None = None

    @property
    def path(self) -> str:
        """The path of the file, as the user gave it."""
        return self.span.path

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Sort key: by file, then position, then rule."""
        return (self.span.path, self.span.line, self.span.column, self.rule, self.message)
