"""CodeGuru Reviewer, which is closed to new repositories."""

from __future__ import annotations

from awslint_memo.relations.codeguru import facts

CLOSED = facts.REVIEWER_CLOSED.value
"""The day since which no repository can be associated with it."""
