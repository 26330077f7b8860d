"""What a list or a scalar does not tell of its type: sets, and scalars that may be a number or a text."""

from __future__ import annotations

from awslint_memo.model.origin import Origin
from awslint_memo.model.span import Place
from awslint_memo.model.value import Known


class SetOf(Known):
    """A set, as the list of its items in Terraform's order."""

    __slots__ = ()

    def _copy(self, place: Place, origin: Origin) -> SetOf:
        return SetOf(self.content, place, origin, defaulted=self.defaulted)


class Untyped(Known):
    """A number or boolean that Terraform may have as its text, or a text that it may have as a number or boolean."""

    __slots__ = ()

    def _copy(self, place: Place, origin: Origin) -> Untyped:
        return Untyped(self.content, place, origin, defaulted=self.defaulted)


def as_untyped(value: Known) -> Untyped:
    """A scalar of which the type is not known."""
    copy = Untyped(value.content, value.place, value.origin, defaulted=value.defaulted)
    copy.named, copy.route = value.named, value.route
    return copy
