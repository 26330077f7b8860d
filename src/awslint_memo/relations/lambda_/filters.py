"""The filters of event source mappings: which records of a source a function is invoked with."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import record
from awslint_memo.model.value import Value
from awslint_memo.syntax.embedded import parse_embedded


@record(frozen=True)
class Filter:
    """One filter of a mapping. written: its pattern as it stands in the file. pattern: the same as a mapping."""

    written: Value
    pattern: Value

    @property
    def fields(self) -> Mapping[str, Value]:
        """What the filter asks for, by the field of the record; none where that is not known."""
        return self.pattern.fields if self.pattern.is_known else {}


def filters(mapping: Resource) -> list[Filter]:
    """The filters of a mapping, of which a record must match one; one whose pattern is not known has no fields."""
    written = [one.get("Pattern") for one in mapping.get("FilterCriteria.Filters").items]
    return [Filter(one, parse_embedded(one)) for one in written if not one.is_absent]


def may_match_without(wanted: Value) -> bool:
    """Whether what a pattern asks of a field may also be true where the field is not there: {"exists": false}."""
    if wanted.is_unknown:
        return True
    if isinstance(wanted.plain, list):
        return any(may_match_without(one) for one in wanted.items)
    exists = wanted.fields.get("exists")
    if exists is not None:
        return exists.flag is not True
    return any(may_match_without(one) for one in wanted.fields.values())
