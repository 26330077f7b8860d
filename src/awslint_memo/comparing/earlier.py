"""A finding of before, as it is compared with those of now."""

from __future__ import annotations

from awslint_memo.judging.comparison import By
from awslint_memo.model.finding import Finding
from awslint_memo.model.record import record, replace


@record(frozen=True)
class Earlier:
    """A finding of before. fingerprint: that which it would have now. root: that of its root now.

    name: what its resource is called now, if that is otherwise. by: by what it was known again; None if it is where it
    was, or git or Terraform say where it is.
    """

    finding: Finding
    fingerprint: str
    root: str
    is_suppressed: bool = False
    name: str = ""
    by: By | None = None

    @property
    def finding_now(self) -> Finding:
        """The finding with the root and the resource that it would have now."""
        if not self.name:
            return replace(self.finding, root=self.root)
        return replace(self.finding, root=self.root, resource=self.name, generated="", others=())

    @property
    def told(self) -> list[Finding]:
        """The finding and those that are told with it, each in the root of now."""
        return [replace(each, root=self.root) for each in (self.finding, *self.finding.others)]
