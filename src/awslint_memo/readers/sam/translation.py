"""A SAM resource as it is translated."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.naming import Part
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.readers.sam.nodes import Sayable, given, make, ref
from awslint_memo.readers.sam.property_names import CARRIED
from awslint_memo.readers.sam.translated import EXISTS, Translated
from awslint_memo.syntax.node import Made, Node, fields, text


@record(frozen=True)
class Macro:
    """A SAM resource: its logical id, the position of its name, its node, and its properties merged with Globals."""

    name: str
    place: Place
    node: Node
    said: Mapping[str, Node]
    translation: Translated

    def given(self, name: str) -> Node | None:
        """The node of a property; None if it is missing, null or AWS::NoValue."""
        return given(self.said, name)

    def same(self, *names: str) -> dict[str, Sayable]:
        """Those of these properties that are set, for a generated resource that has them under the same names."""
        return {name: self.said[name] for name in names if name in self.said}

    def become(self, type_: str, properties: Mapping[str, Sayable]) -> None:
        """Create the main resource, which keeps the attributes outside of the properties."""
        written = fields(self.node)
        whole = {key: value for key, value in written.items() if key != "IgnoreGlobals"}
        whole["Type"] = Made(type_, written.get("Type", self.place))
        whole["Properties"] = make({**properties, **self._macros()}, written.get("Properties") or self.place)
        self.translation.made[self.name] = (self.place, Made(whole, self.node))

    def add(
        self,
        name: str,
        type_: str,
        properties: Mapping[str, Sayable],
        place: Place,
        part: str,
        way: str | None = None,
        *,
        exists: Node | None = None,
        beside: Mapping[str, Sayable] | None = None,
        is_conditional: bool = True,
    ) -> str:
        """Create an additional resource; returns its logical id. exists: has no value in deployments without it.

        part, way: what it is of this resource, in words, and the route to it (`Part`). If `part` is empty, the user
        wrote the logical id. is_conditional: whether SAM gives it the resource's Condition.
        """
        written = fields(self.node)
        carried = {key: value for key, value in written.items() if key in CARRIED}
        if not is_conditional:
            carried.pop("Condition", None)
        if exists is None and self.name not in self.translation.written:
            exists = written.get(EXISTS)
        whole: dict[str, Sayable] = {
            "Type": type_,
            "Properties": {**properties, **self._macros()} if way == "" else properties,
            EXISTS: exists,
            **carried,
            **(beside or {}),
        }
        made_of = Part(self.name, part, way) if part else None
        self.translation.add(name, place, make(whole, place), made_of)
        return name

    def _macros(self) -> Mapping[str, Node]:
        """What makes the properties that are not written unknown: a macro, or a property of a newer SAM."""
        return {key: value for key, value in self.said.items() if key.startswith("Fn::")}

    def under_condition(self, node: Node) -> Node:
        """A node for use in another resource that has a value only if this resource exists."""
        return under_condition(self.node, node)


def under_condition(owner: Node, node: Node) -> Node:
    """A node for use in another resource that has a value only if this one, the owner, exists."""
    condition = fields(owner).get("Condition")
    if condition is None or text(condition) is None:
        return node
    return make({"Fn::If": [condition, node, ref("AWS::NoValue", node)]}, node)
