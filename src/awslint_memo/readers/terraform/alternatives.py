"""Unknown values that are surely one of several: an entry of a map by a key that is not known, a branch."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from awslint_memo.model.origin import Choice, Step
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Value


def one_of(made: Value, words: str, place: Place, values: Callable[[], list[Value]]) -> Value:
    """An unknown value as one that is surely one of `values`; words: where each of them stands ("every branch")."""
    return made.with_origin(made.origin.behind(Step(words, place, decides=False, choice=Choice(words, values))))


def element_of(made: Value, whole: Value, *others: Value) -> Value:
    """An unknown value as one that is surely an element of `whole`, or one of `others`; as it is if that is not so."""
    content = whole.content if isinstance(whole, Known) else None
    if isinstance(content, Mapping) and not isinstance(content, OpenFields):
        return one_of(made, "every entry of the map", whole.place, lambda: [*content.values(), *others])
    if isinstance(content, list):
        return one_of(made, "every item of the list", whole.place, lambda: [*content, *others])
    return made
