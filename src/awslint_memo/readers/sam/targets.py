"""The target of events (a function or state machine), and an event during its translation."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.phrases import quoted
from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.readers.sam.nodes import Sayable, get_att, given, ref
from awslint_memo.readers.sam.property_names import PRINCIPALS
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Node


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
            whole: dict[str, Sayable] = {
                "Action": "lambda:InvokeFunction",
                "FunctionName": ref(self.target.qualified, self.place),
                "Principal": PRINCIPALS[self.type],
                **properties,
            }
            self.add(f"Permission{suffix}", "AWS::Lambda::Permission", whole, "permission")


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
