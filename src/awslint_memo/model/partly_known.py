"""What is known only in part: mappings that may have more fields, and text with unknown pieces."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.origin import computed_from
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Text, Unknown, Value


class OpenFields(dict[str, Value]):
    """Fields that may not be all (a macro may add some): what is not there is not known to be missing."""

    def __init__(self, fields: Mapping[str, Value], rest: Unknown) -> None:
        super().__init__(fields)
        self.rest = rest

    def get(self, key: str, default: object = None) -> Value:
        """The field, or Unknown."""
        return super().get(key, self.rest)


def join(values: list[Value], place: Place) -> Value:
    """One text out of several: known where all are, the value itself where it stands alone, else a Text."""
    parts: list[Value] = []
    for value in values:
        for piece in value.pieces:
            text, last = piece.text, parts[-1] if parts else None
            if text == "":
                continue
            if text is not None and isinstance(last, Known):
                parts[-1] = Known((last.text or "") + text, place, computed_from((last.origin, piece.origin)))
            else:
                parts.append(piece)
    if not parts:
        return Known("", place)
    if len(parts) == 1 and not isinstance(parts[0], Absent):
        return parts[0]
    return Text(tuple(parts), place)
