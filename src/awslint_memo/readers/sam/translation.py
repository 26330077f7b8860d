"""A SAM resource as it is translated, its events, and what these start."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.naming import Part
from awslint_memo.model.phrases import quoted
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.readers.sam.nodes import Sayable, get_att, given, make, ref
from awslint_memo.readers.sam.property_names import PRINCIPALS
from awslint_memo.readers.sam.translated import EXISTS, Translated
from awslint_memo.syntax.node import Made, Node, fields, text

CARRIED = ("Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy")
"""Attributes of a SAM resource that apply to all resources generated from it."""


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

    def permit(self, name: str, function: Sayable, principal: str, place: Place, part: str, **more: Sayable) -> None:
        """Create the permission of a service to invoke a function. more: further properties of it."""
        properties = {"Action": "lambda:InvokeFunction", "FunctionName": function, "Principal": principal, **more}
        self.add(name, "AWS::Lambda::Permission", properties, place, part)

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


@record(frozen=True)
class Target:
    """The target of events: a function (its alias, if it has one) or a state machine."""

    macro: Macro
    qualified: str
    is_function: bool

    @staticmethod
    def function(macro: Macro, alias: str | None) -> Target:
        """A function as target; alias: the logical id of its alias, if any."""
        return Target(macro, macro.name if alias is None else alias, True)

    @staticmethod
    def state_machine(macro: Macro, alias: str | None) -> Target:
        """A state machine as target; alias: the logical id of its alias, if events start that."""
        return Target(macro, macro.name if alias is None else alias, False)

    @property
    def in_text(self) -> str:
        """The target's ARN as a placeholder for Fn::Sub."""
        is_plain = self.is_function and self.qualified == self.macro.name
        return f"${{{self.qualified}.Arn}}" if is_plain else f"${{{self.qualified}}}"

    def arn(self, place: Place) -> Node:
        """The target's ARN; for an alias or state machine, Ref gives it."""
        is_plain = self.is_function and self.qualified == self.macro.name
        return get_att(self.qualified, "Arn", place) if is_plain else ref(self.qualified, place)


@record(frozen=True)
class Event:
    """An event: its name, the logical id of its main generated resource, its name's position, and its properties."""

    target: Target
    key: str
    name: str
    type: str
    place: Place
    said: Mapping[str, Node]

    def given(self, name: str) -> Node | None:
        """The node of a property; None if it is missing, null or AWS::NoValue."""
        return given(self.said, name)

    def same(self, *names: str) -> dict[str, Sayable]:
        """Those of these properties that are set."""
        return {name: self.said[name] for name in names if name in self.said}

    @property
    def way(self) -> str:
        """The route of the event's properties in the function or state machine."""
        return f"Events.{self.key}.Properties"

    def part(self, words: str = "") -> str:
        """The event, or what `words` say of it, as a part of the function or state machine."""
        return f"{words} of event {quoted(self.key)}" if words else f"event {quoted(self.key)}"

    def become(self, type_: str, properties: Mapping[str, Sayable]) -> None:
        """Create the event's main resource, which its properties in the file describe."""
        macros = {key: value for key, value in self.said.items() if key.startswith("Fn::")}
        self.target.macro.add(self.name, type_, {**properties, **macros}, self.place, self.part(), self.way)

    def add(self, suffix: str, type_: str, properties: Mapping[str, Sayable], words: str) -> str:
        """Create a resource named after the event, which is `words` of it; returns its logical id."""
        return self.target.macro.add(self.name + suffix, type_, properties, self.place, self.part(words))

    def permit(self, suffix: str = "", **properties: Sayable) -> None:
        """Create the permission for the event's service to invoke the function."""
        if self.target.is_function:
            function, principal = ref(self.target.qualified, self.place), PRINCIPALS[self.type]
            name, part = f"{self.name}Permission{suffix}", self.part("permission")
            self.target.macro.permit(name, function, principal, self.place, part, **properties)


def allow(principal: str, queue: Node, source: Node | None) -> Mapping[str, Sayable]:
    """The policy document that allows a service to send messages from `source` to a queue."""
    statement: dict[str, Sayable] = {
        "Effect": "Allow",
        "Principal": {"Service": principal},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": source}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}
