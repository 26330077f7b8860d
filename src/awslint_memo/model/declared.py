"""Facts that the user declares in the configuration because templates do not contain them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from awslint_memo.model.record import field, record


@record(frozen=True)
class Declared:
    """Facts that the user declares in the configuration because templates do not contain them."""

    processing_times: Mapping[str, float] = field(default_factory=dict)
    """How long a consumer processes one message, in seconds, by the queue's name or logical id."""
    production: Sequence[str] = ("prod", "production", "prd", "live")
    development: Sequence[str] = ("dev", "development", "test", "testing", "latest", "sandbox", "local", "staging")
