"""Facts about CodeGuru."""

from __future__ import annotations

from awslint_memo.model.fact import Fact

REVIEWER_CLOSED = Fact(
    "2025-11-07", page="codeguru/latest/reviewer-ug/codeguru-reviewer-availability-change.html", read="2026-11-26"
)
"""The day since which CodeGuru Reviewer takes no new associations; those of before continue to work.

That page names Amazon Q Developer instead, which takes no new subscriptions since 2026-05-15 and whose plugins end on
2027-04-30 (amazonq/latest/qdeveloper-ug/q-developer-ide-end-of-support.html), so no rule recommends it.
"""
