"""What is looked up by its name outside of what is deployed together: it may be a resource that is here too."""

from __future__ import annotations

from collections.abc import Callable

from awslint_memo.model.any_value import Unknown, Value
from awslint_memo.model.origin import HERE, Origin
from awslint_memo.model.span import Place


class Found(Unknown):
    """An attribute of something of AWS that a data source of Terraform looks up by its name.

    type: that of CloudFormation. property: that which has the name of such a resource. called: the names that it may
    have, one of each instance of the data source.
    """

    __slots__ = ("called", "property", "type")

    def __init__(
        self, of: Unknown, type_: str, property_: str, called: tuple[Value, ...], place: Place, origin: Origin = HERE
    ) -> None:
        super().__init__(of.why, place, key=of.key, may_come_from=of.references, anything=of.anything, origin=origin)
        self.type, self.property, self.called = type_, property_, called

    def may_look_up(self, type_: str, get: Callable[[str], Value]) -> bool:
        """Whether it may be a resource of this type. AWS alone knows a name that nobody wrote."""
        name = get(self.property) if type_ == self.type else None
        return name is not None and not name.is_absent and any(_may_be_equal(name, each) for each in self.called)

    def _copy(self, place: Place, origin: Origin) -> Found:
        return Found(self, self.type, self.property, self.called, place, origin)


def _may_be_equal(name: Value, other: Value) -> bool:
    """Whether two names may be the same: nobody knows all of one, or both are."""
    return name.text is None or other.text is None or name.text == other.text
