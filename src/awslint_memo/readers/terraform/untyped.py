"""Scalars of which it is not known whether Terraform has them as a number or boolean, or as a text."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.origin import Origin
from awslint_memo.model.partial import OpenFields
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known, Value


class Untyped(Known):
    """A number or boolean that Terraform may have as its text, or a text that it may have as a number or boolean."""

    __slots__ = ()

    def _copy(self, place: Place, origin: Origin) -> Untyped:
        return Untyped(self.content, place, origin, defaulted=self.defaulted)


def untyped(value: Value, *, with_texts: bool = False) -> Value:
    """The value, all inside it included, where Terraform may have converted what is no text.

    with_texts: whether it may have converted texts to numbers and booleans too.
    """
    if not isinstance(value, Known):
        return value
    content = value.content
    if isinstance(content, str):
        is_other = with_texts and (content in ("true", "false") or value.number is not None)
        return as_untyped(value) if is_other else value
    if isinstance(content, list):
        return value.having([untyped(item, with_texts=with_texts) for item in content])
    if isinstance(content, Mapping):
        fields = {key: untyped(item, with_texts=with_texts) for key, item in content.items()}
        return value.having(OpenFields(fields, content.rest) if isinstance(content, OpenFields) else fields)
    return as_untyped(value)


def as_untyped(value: Known) -> Untyped:
    """A scalar of which the type is not known."""
    copy = Untyped(value.content, value.place, value.origin, defaulted=value.defaulted)
    copy.named, copy.route = value.named, value.route
    return copy
