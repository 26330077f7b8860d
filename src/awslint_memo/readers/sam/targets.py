"""What an event starts, and one event of it, while it becomes CloudFormation's resources."""

from __future__ import annotations

from collections.abc import Mapping

from awslint_memo.model.record import record
from awslint_memo.model.span import Place
from awslint_memo.readers.sam.nodes import Sayable, get_att, given, ref
from awslint_memo.readers.sam.property_names import PRINCIPALS
from awslint_memo.readers.sam.translation import Macro
from awslint_memo.syntax.node import Node


@record(frozen=True)
class Target:
    """What events start: a function, by its alias where it has one, or a state machine."""

    macro: Macro
    qualified: str
    is_function: bool

    @staticmethod
    def function(macro: Macro, alias: str | None) -> Target:
        """A function; `alias` is the logical id of its alias."""
        return Target(macro, macro.name if alias is None else alias, True)

    @staticmethod
    def state_machine(macro: Macro, alias: str | None) -> Target:
        """A state machine; `alias` is the logical id of its alias, where events are to start that."""
        return Target(macro, macro.name if alias is None else alias, False)

    @property
    def in_text(self) -> str:
        """The placeholder of the ARN for Fn::Sub."""
        is_plain = self.is_function and self.qualified == self.macro.name
        return f"${{{self.qualified}.Arn}}" if is_plain else f"${{{self.qualified}}}"

    def arn(self, place: Place) -> Node:
        """The ARN. Ref gives it for an alias and a state machine."""
        is_plain = self.is_function and self.qualified == self.macro.name
        return get_att(self.qualified, "Arn", place) if is_plain else ref(self.qualified, place)


@record(frozen=True)
class Event:
    """One event: the logical id of what it mainly becomes, the place of its name, its properties."""

    target: Target
    name: str
    type: str
    place: Place
    said: Mapping[str, Node]

    def given(self, name: str) -> Node | None:
        """The node of a property that is there and not nothing."""
        return given(self.said, name)

    def same(self, *names: str) -> dict[str, Sayable]:
        """These properties, as far as they are written."""
        return {name: self.said[name] for name in names if name in self.said}

    def add(self, suffix: str, type_: str, properties: Mapping[str, Sayable]) -> str:
        """Make a resource named after the event and give its logical id."""
        return self.target.macro.add(self.name + suffix, type_, properties, self.place)

    def permit(self, suffix: str = "", **properties: Sayable) -> None:
        """Make the permission that lets the event's service invoke the function."""
        if self.target.is_function:
            whole: dict[str, Sayable] = {
                "Action": "lambda:InvokeFunction",
                "FunctionName": ref(self.target.qualified, self.place),
                "Principal": PRINCIPALS[self.type],
                **properties,
            }
            self.add(f"Permission{suffix}", "AWS::Lambda::Permission", whole)


def allow(principal: str, queue: Node, source: Node | None) -> Mapping[str, Sayable]:
    """The policy document that lets a service send to a queue on behalf of one source."""
    statement: dict[str, Sayable] = {
        "Effect": "Allow",
        "Principal": {"Service": principal},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": source}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}
