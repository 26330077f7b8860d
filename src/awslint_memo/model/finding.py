"""What a rule says about a place: the finding, its level, and the places that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from awslint_memo.model.record import record
from awslint_memo.model.span import Span

Level: TypeAlias = Literal["error", "warning", "advice"]

LEVELS: tuple[Level, ...] = ("error", "warning", "advice")
"""From the gravest: will not work or loses data; the memo's practice is not followed; worth a thought."""


@record(frozen=True, slots=True)
class Related:
    """A second place that a finding speaks of, and what stands there, in a few words."""

    span: Span
    message: str


@record(frozen=True, slots=True)
class Finding:
    """A departure from the memo at one place.

    Rules make it with `resource.finding(...)`; the engine stamps the rule's id and level (`level` is None until then,
    unless the rule names another than its own) and the deployments in which it holds (None: in all of them).
    """

    message: str
    span: Span
    resource: str
    type: str
    level: Level | None = None
    related: Sequence[Related] = ()
    rule: str = ""
    deployment: str | None = None
    route: str = ""
    """The way to the value inside of the resource: "RedrivePolicy.maxReceiveCount"; empty for the resource itself."""
    home: Span | None = None
    """Where the resource's name stands."""
    places: Sequence[Span] = ()
    """Where the value is used, and what it passed between there and its own place."""

    @property
    def path(self) -> str:
        """The file that the finding points into, as it was given."""
        return self.span.path

    @property
    def home_path(self) -> str:
        """The file in which the resource stands; the finding may point into another one, where a value was decided."""
        return self.path if self.home is None else self.home.path

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """By file, then place, then rule: the order in which people read."""
        return (self.span.path, self.span.line, self.span.column, self.rule, self.message)
