"""What is known only in part: mappings that may have more fields, and text with unknown pieces."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from awslint_memo.model.budget import allows_text
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
    pieces = [piece for value in values for piece in value.pieces]
    if len(pieces) > 1 and not allows_text(sum(len(piece.text or " ") for piece in pieces)):
        return Unknown("a text too long to follow", place, anything=True)
    parts: list[Value] = []
    for is_text, group in groupby((one for one in pieces if one.text != ""), lambda one: one.text is not None):
        here = list(group)
        if not is_text or len(here) == 1:
            parts += here
        else:
            origin = computed_from([one.origin for one in here])
            parts.append(Known("".join(one.text or "" for one in here), place, origin))
    if not parts:
        return Known("", place)
    if len(parts) == 1 and not isinstance(parts[0], Absent):
        return parts[0]
    return Text(tuple(parts), place)
