"""Part: what a generated resource is to the person who wrote the template."""

from __future__ import annotations

from awslint_memo.model.record import record


@record(frozen=True)
class Part:
    """A resource that a transform generates as a part of one that the user wrote.

    written: the logical id in the file. words: which part it is: "event Orders", "stage Prod"; they differ between the
    parts of one resource. way: the route in the written resource below which the part's properties stand ("" if they
    stand beside the resource's own); None if nothing in the file describes it.
    """

    written: str
    words: str
    way: str | None = None

    def route(self, inner: str) -> str:
        """The route in the written resource of a route in the part. It differs from that of every other part."""
        if self.way is None:
            return f"{self.words}:{inner}"
        return ".".join(step for step in (self.way, inner) if step) or f"{self.words}:"
