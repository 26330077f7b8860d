"""Compared: the verbs that compare a value with numbers and texts. They answer only on what is surely so."""

from __future__ import annotations

from awslint_memo.model.origin import Placed
from awslint_memo.model.patterns import TextPattern


class Compared(Placed):
    """What can be compared with numbers and texts, as far as it is known."""

    __slots__ = ()

    @property
    def number(self) -> int | float | None:
        """The number that surely stands here, "600" included; else None."""
        return None

    @property
    def text(self) -> str | None:
        """The value as text, numbers and booleans as AWS writes them; None if unknown or not a scalar."""
        return None

    @property
    def pieces(self) -> tuple[Compared, ...]:
        """The pieces of a partly known text in order; any other value is the only piece."""
        return (self,)

    @property
    def pattern(self) -> TextPattern | None:
        """The value as a text to compare: equal patterns are certainly equal texts. None if there is no such text."""
        return None

    def below(self, limit: float) -> bool:
        """Whether the value is surely a number below `limit`."""
        number = self.number
        return number is not None and number < limit

    def above(self, limit: float) -> bool:
        """Whether the value is surely a number above `limit`."""
        number = self.number
        return number is not None and number > limit

    def is_one_of(self, *texts: str) -> bool:
        """Whether the value is surely one of these texts; numbers and booleans are texts as AWS writes them."""
        text = self.text
        return text is not None and text in texts

    def is_same_as(self, other: Compared) -> bool | None:
        """Whether both are surely the same text (True) or surely differ (False); None where that is not known.

        AWS may choose what is absent, so it is not compared. References to different resources differ.
        """
        mine, its = self.pattern, other.pattern
        if mine is None or its is None:
            return None
        if mine == its:
            return True
        return False if mine.differs_from(its) else None

    def starts_with(self, prefix: str) -> bool | None:
        """Whether the text begins with `prefix`; None if that is not certain. Works on partly known text too."""
        return self._edge(prefix, first=True)

    def ends_with(self, suffix: str) -> bool | None:
        """Whether the text ends with `suffix`; None if that is not certain. Works on partly known text too."""
        return self._edge(suffix, first=False)

    def _edge(self, affix: str, *, first: bool) -> bool | None:
        parts = self.pieces
        edge = parts[0 if first else -1].text
        if edge is None:
            return None
        if len(parts) > 1 and len(edge) < len(affix):
            certainly_not = not (affix.startswith(edge) if first else affix.endswith(edge))
            return False if certainly_not else None
        return edge.startswith(affix) if first else edge.endswith(affix)
