"""Evaluates nodes in one deployment: references, conditions and functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from awslint_memo.model.origin import SECRET
from awslint_memo.model.partly_known import OpenFields
from awslint_memo.model.reads import Question
from awslint_memo.model.record import field, record
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.readers.cloudformation.intrinsics import FUNCTIONS
from awslint_memo.syntax.node import KeyPlace, Node, fields, text

PSEUDO_PARAMETERS = frozenset(
    f"AWS::{name}"
    for name in ("AccountId", "NotificationARNs", "Partition", "Region", "StackId", "StackName", "URLSuffix")
)


@record
class StackContext:
    """The context for evaluating values in one deployment of a template."""

    parameters: Mapping[str, Value] = field(default_factory=dict)
    conditions: Mapping[str, bool] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=dict)
    """Logical ids by every name that a reference to the resource can have."""
    mappings: Node | None = None
    possible: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The possible values of each parameter that has several in this deployment."""
    imports: Mapping[str, Value] = field(default_factory=dict)
    """The exports of other stacks, by name."""
    stacks: Mapping[str, Callable[[str], Value]] = field(default_factory=dict)
    """For each nested stack, by logical id, a function that gives an output by name."""

    prefix: str = ""
    """What the names of the stack's resources begin with, if it is nested."""
    asked: dict[Question, object] | None = None
    """What the value at hand was evaluated from: conditions, parameters, resources, with their answers; None if nobody
    wants to know."""

    def answer(self, kind: str, name: str) -> object:
        """What a condition, parameter or name stands for here; the same object or an equal text means the same."""
        if kind == "condition":
            return self.conditions.get(name)
        if kind == "parameter":
            return self.parameters.get(name)
        if kind == "possible":
            return tuple(self.possible.get(name, ()))
        if kind == "stack":
            # Each combination of nested deployments is an own one.
            return getattr(self.stacks.get(name), "__self__", None)
        return self.resources.get(name)

    def ask(self, kind: str, name: str) -> None:
        """Note that the value at hand depends on a condition, a parameter or a name."""
        if self.asked is not None:
            self.asked[kind, self.prefix, name] = self.answer(kind, name)

    def condition(self, name: str) -> bool | None:
        """Whether a condition holds in this deployment; None for one that the template does not have."""
        self.ask("condition", name)
        return self.conditions.get(name)

    def possible_texts(self, node: Node) -> Sequence[str]:
        """All texts that a node may have as its value in this deployment; empty if they are not known."""
        written = self.evaluate(node).text
        if written is not None:
            return [written]
        name = text(fields(node).get("Ref")) or ""
        self.ask("possible", name)
        return self.possible.get(name, ())

    def evaluate(self, node: Node) -> Value:
        """Evaluate a node. Null and AWS::NoValue give Absent at any depth."""
        content = node.content
        if isinstance(content, str):
            return _secret(node) if "{{resolve:" in content else Known(content, node)
        if content is None:
            return Absent(node)
        if isinstance(content, list):
            items = [self.evaluate(child) for child in content]
            return Known([item for item in items if not isinstance(item, Absent)], node)
        if isinstance(content, Mapping):
            return self._mapping(node, content)
        return Known(content, node)

    def _mapping(self, node: Node, content: Mapping[str, Node]) -> Value:
        if len(content) == 1:
            name, argument = next(iter(content.items()))
            if name in FUNCTIONS:
                return FUNCTIONS[name](self, argument, node)
            if name.startswith("Fn::"):
                return Unknown(name, node)
        fields: dict[str, Value] = {}
        for key, child in content.items():
            value = Absent(child) if key.startswith("Fn::") else self.evaluate(child)
            if not isinstance(value, Absent):
                value.named = KeyPlace(node, key)
                fields[key] = value
        macro = next((key for key in content if key.startswith("Fn::")), None)
        return Known(OpenFields(fields, Unknown(f"{macro} may add it", node)) if macro else fields, node)

    def refer(self, name: str, attribute: str, node: Node) -> Value:
        """Evaluate `Ref` (attribute "Ref") or `Fn::GetAtt` of a name; the result has the position of `node`."""
        if attribute == "Ref":
            if name == "AWS::NoValue":
                return Absent(node)
            self.ask("parameter", name)
            if name in self.parameters:
                return self.parameters[name].moved(node)
            if name in PSEUDO_PARAMETERS:
                return Unknown(name, node, key=name)
        self.ask("stack", name)
        if name in self.stacks and attribute.startswith("Outputs."):
            value = self.stacks[name](attribute.removeprefix("Outputs."))
            return value.passed_on(f"{attribute} of nested stack {name}", node)
        self.ask("resource", name)
        if name in self.resources:
            # SAM allows Fn.DestinationQueue.Arn for a resource that it generates from the function Fn.
            made, dot, rest = attribute.partition(".")
            self.ask("resource", f"{name}.{made}")
            if dot and f"{name}.{made}" in self.resources:
                return Link(self.resources[f"{name}.{made}"], rest, node)
            return Link(self.resources[name], attribute, node)
        return Unknown(f"{name} is no parameter or resource of this deployment", node, key=f"{name}.{attribute}")


def _secret(node: Node) -> Unknown:
    """A dynamic reference, which CloudFormation resolves to a secret or a parameter at deployment."""
    return Unknown("a dynamic reference", node, origin=SECRET)
