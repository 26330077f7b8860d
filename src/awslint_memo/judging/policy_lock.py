"""What a policy asks of the configurations and templates of repositories."""

from __future__ import annotations

from datetime import date, timedelta

from awslint_memo.judging.directives import Directive
from awslint_memo.model.patterns import matches
from awslint_memo.model.record import record


@record(frozen=True)
class PolicyLock:
    """What one policy asks. name: how a person calls it. path: its file.

    rules: ids and patterns of those that can't be switched off or lowered. may_suppress: whether what these find may be
    suppressed. reason: a pattern that the reasons of suppressions must match; empty: any. longest: how many days from
    today a suppression may hold; None: for ever.
    """

    name: str
    path: str
    rules: tuple[str, ...] = ()
    may_suppress: bool = True
    reason: str = ""
    longest: int | None = None

    def objection(self, directive: Directive, today: date) -> str | None:
        """Why a suppression has no effect, as the end of a sentence; None if nothing is against it."""
        if self.reason and not matches(self.reason, directive.reason):
            return f"the policy {self.name} asks for a reason like {self.reason}; write one"
        if self.longest is None:
            return None
        last = today + timedelta(days=self.longest)
        if directive.until is None:
            return f"the policy {self.name} asks for a last day; write until {last} or an earlier day"
        if directive.until > last:
            return f"the policy {self.name} allows {self.longest} days at most; write until {last} or an earlier day"
        return None
