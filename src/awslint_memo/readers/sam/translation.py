"""The state of the translation of SAM resources: the source resources, and those generated so far."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.part import Part
from awslint_memo.model.record import field, record
from awslint_memo.model.span import Place
from awslint_memo.readers.sam.nodes import EXISTS, OPEN, Sayable, given, make, ref
from awslint_memo.readers.sam.property_names import CARRIED
from awslint_memo.syntax.node import Made, Node, fields, text


@record(frozen=True)
class Route:
    """A path and method of an API whose target is a function or state machine."""

    macro: Macro
    place: Place
    said: Mapping[str, Node]
    integration: Mapping[str, Sayable]


@record
class Translated:
    """The result of translating the SAM resources of a template.

    written: the template's resources. parameters: its Parameters. made: the resulting resources by logical id, with the
    position of each name. parts: what the generated ones are parts of. aliases: logical ids for names such as
    "Fn.Alias". routes: by API. notifications: entries of LambdaConfigurations, by bucket. triggers: entries of a user
    pool's LambdaConfig, by pool. zones: the records of each generated record set group, by its logical id. is_open:
    there may be unseen resources. is_part: Globals may stand in another part of the template. unread: what was written
    and not followed, in words, with its place.
    """

    written: Mapping[str, Node]
    parameters: Mapping[str, Node]
    made: dict[str, tuple[Place, Node]] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    routes: dict[str, list[Route]] = field(default_factory=dict)
    notifications: dict[str, list[Node]] = field(default_factory=dict)
    triggers: dict[str, dict[str, Node]] = field(default_factory=dict)
    zones: dict[str, list[Node]] = field(default_factory=dict)
    is_open: bool = False
    is_part: bool = False
    unread: list[tuple[str, Place]] = field(default_factory=list)

    def leave(self, what: str, at: Place) -> None:
        """Note something that is not followed and may allow or create anything. what: in words."""
        self.is_open = True
        self.unread.append((what, at))

    def add(self, name: str, place: Place, node: Node, part: Part | None = None) -> None:
        """Add a generated resource, unless the template has a resource with the same logical id.

        part: None for what belongs to no single resource and is known by its own logical id.
        """
        if name not in self.written:
            self.made[name] = (place, node)
            if part is not None:
                self.parts[name] = part

    def opened(self, kind: str, said: Mapping[str, Node], place: Place) -> Mapping[str, Node]:
        """The properties of a type. If it or one of them is of a newer SAM, or Globals may stand elsewhere, any that is
        not written may have any value, and there may be any other resource."""
        from awslint_memo.readers.sam.known import PROPERTIES, are_known

        if not self.is_part and kind in PROPERTIES and are_known(PROPERTIES[kind], said):
            return said
        self.is_open = True
        return {**said, OPEN: make(None, place)}

    def default(self, node: Node) -> Node:
        """The default value of the parameter if the node is a Ref to one; any other node as it is."""
        name = text(fields(node).get("Ref"))
        parameter = self.parameters.get(name or "")
        return fields(parameter).get("Default", node) if parameter is not None else node


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
        condition = fields(self.node).get("Condition")
        if condition is None or text(condition) is None:
            return node
        return make({"Fn::If": [condition, node, ref("AWS::NoValue", node)]}, node)
