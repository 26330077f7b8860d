"""Hidden: a finding that a suppression takes out of the report."""

from __future__ import annotations

from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record


@record(frozen=True)
class Hidden:
    """A suppressed finding, the reason that its suppression gives, and whether that stands in the linted file."""

    finding: Finding
    reason: str
    is_in_file: bool
