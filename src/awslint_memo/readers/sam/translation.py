"""A template's SAM resources while they become CloudFormation's: what is there, and what has been made so far."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place
from awslint_memo.readers.sam.nodes import EXISTS, Sayable, given, make, ref
from awslint_memo.readers.sam.property_names import CARRIED
from awslint_memo.syntax.node import Made, Node, fields, text


@record(frozen=True)
class Route:
    """A path and method of an API that an event leads to a function or state machine."""

    macro: Macro
    place: Place
    said: Mapping[str, Node]
    integration: Mapping[str, Sayable]


@record
class Translated:
    """What SAM's resources of one template have become.

    written: the template's resources. parameters: its Parameters. made: the resources by logical id, with the place of
    each one's name. aliases: names such as "Fn.Alias" and what they stand for. routes: by API. notifications: entries
    of LambdaConfigurations, by bucket. is_open: something here may make resources that can't be seen.
    """

    written: Mapping[str, Node]
    parameters: Mapping[str, Node]
    made: dict[str, tuple[Place, Node]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    routes: dict[str, list[Route]] = field(default_factory=dict)
    notifications: dict[str, list[Node]] = field(default_factory=dict)
    is_open: bool = False

    def add(self, name: str, place: Place, node: Node) -> None:
        """Add what was made of something; what the template writes under the same name stays."""
        if name not in self.written:
            self.made[name] = (place, node)

    def default(self, node: Node) -> Node:
        """The default of the parameter that a node is a Ref of; any other node as it is."""
        name = text(fields(node).get("Ref"))
        parameter = self.parameters.get(name or "")
        return fields(parameter).get("Default", node) if parameter is not None else node


@record(frozen=True)
class Macro:
    """One SAM resource: its logical id, the place of its name, what stands there, and its properties with Globals."""

    name: str
    place: Place
    node: Node
    said: Mapping[str, Node]
    translation: Translated

    def given(self, name: str) -> Node | None:
        """The node of a property that is there and not nothing."""
        return given(self.said, name)

    def same(self, *names: str) -> dict[str, Sayable]:
        """These properties, as far as they are written, for a resource that has them under the same names."""
        return {name: self.said[name] for name in names if name in self.said}

    def become(self, type_: str, properties: Mapping[str, Sayable]) -> None:
        """Make the resource that this one mainly is; what stands beside the properties stays."""
        written = fields(self.node)
        macros = {key: value for key, value in self.said.items() if key.startswith("Fn::")}
        whole = {key: value for key, value in written.items() if key != "IgnoreGlobals"}
        whole["Type"] = Made(type_, written.get("Type", self.place))
        whole["Properties"] = make({**properties, **macros}, written.get("Properties") or self.place)
        self.translation.made[self.name] = (self.place, Made(whole, self.node))

    def add(
        self,
        name: str,
        type_: str,
        properties: Mapping[str, Sayable],
        place: Place,
        *,
        exists: Node | None = None,
        beside: Mapping[str, Sayable] | None = None,
    ) -> str:
        """Make one more resource and give its logical id; `exists` comes to nothing where there is none of it."""
        written = fields(self.node)
        carried = {key: value for key, value in written.items() if key in CARRIED}
        if exists is None and self.name not in self.translation.written:
            exists = written.get(EXISTS)
        whole: dict[str, Sayable] = {
            "Type": type_,
            "Properties": properties,
            EXISTS: exists,
            **carried,
            **(beside or {}),
        }
        self.translation.add(name, place, make(whole, place))
        return name

    def under_condition(self, node: Node) -> Node:
        """A node that stands in another resource, and only where this one exists."""
        condition = fields(self.node).get("Condition")
        if condition is None or text(condition) is None:
            return node
        return make({"Fn::If": [condition, node, ref("AWS::NoValue", node)]}, node)
