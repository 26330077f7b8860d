"""How far a run is."""

from __future__ import annotations

from awslint_memo.model.record import record


@record
class Progress:
    """How far a run is: the files that it has read, the templates that it has judged, and how many there are."""

    read: int = 0
    judged: int = 0
    templates: int = 0

    def pulse(self) -> None:
        """Called now and then, as before each check of a resource; who watches the run may end it here."""

    @property
    def words(self) -> str:
        """The same for people: "judging 12 of 40 templates"."""
        if not self.templates:
            return f"reading {self.read} files"
        return f"judging {min(self.judged + 1, self.templates)} of {self.templates} templates"
