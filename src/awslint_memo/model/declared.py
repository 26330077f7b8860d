"""Facts that the user declares in the configuration because templates do not contain them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from awslint_memo.model.record import field, record

if TYPE_CHECKING:
    from awslint_memo.model.objectives import Recovery, Stated


@record(frozen=True)
class Declared:
    """Facts that the user declares in the configuration because templates do not contain them."""

    processing_times: Mapping[str, float] = field(default_factory=dict)
    """How long a consumer processes one message, in seconds, by the queue's name or logical id."""
    production: Sequence[str] = ("prod", "production", "prd", "live")
    development: Sequence[str] = ("dev", "development", "test", "testing", "latest", "sandbox", "local", "staging")
    recovery: Recovery | None = None
    """The objectives of recovery, and what is known of backups that no template shows; None if nothing is declared."""
    stated: Stated | None = None
    """The objectives that the templates themselves state; None if they state none."""

    landscape: Any = field(default=None, compare=False)
    """Called, it gives the deployments of each template of the run, first those of the template at hand; None if nobody
    asks. Its `left_out` takes the names of applications with more templates than are looked at together."""

    @property
    def has_objectives(self) -> bool:
        """Whether objectives of recovery are declared anywhere, so that there is something to judge against."""
        return self.recovery is not None or self.stated is not None
