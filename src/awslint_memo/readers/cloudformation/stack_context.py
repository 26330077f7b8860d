"""Evaluates nodes in one deployment: references, conditions and functions."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property

from awslint_memo.model.budget import spend
from awslint_memo.model.dependencies import Question
from awslint_memo.model.origin import DYNAMIC, OF_NESTED, SECRET
from awslint_memo.model.partial import ENCRYPTED, OpenFields, is_encrypted, with_variables
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.spelled import Spelled
from awslint_memo.model.value import Absent, Known, Link, Unknown, Value
from awslint_memo.readers.cloudformation.expansion import key_places
from awslint_memo.readers.cloudformation.intrinsics import FUNCTIONS
from awslint_memo.readers.cloudformation.references import MetLookups, default_value, lookup_arguments
from awslint_memo.syntax.node import Node, fields, text

PSEUDO_PARAMETERS = frozenset(
    f"AWS::{name}"
    for name in ("AccountId", "NotificationARNs", "Partition", "Region", "StackId", "StackName", "URLSuffix")
)

NO_VALUE = "AWS::NoValue"
"""The pseudo parameter whose value is none."""

OTHER_THAN = "other than compared: "
"""How the key of a value begins that is none of those that conditions and mappings name, before its parameter."""

_NO_KEY = "\0no key"
"""Stands for a key of a Fn::FindInMap that no mapping has."""


def is_other(value: Value, parameter: str | None = "") -> bool:
    """Whether a value is none of those that conditions and mappings name of a parameter, or of any."""
    key = value.key if isinstance(value, Unknown) else ""
    return key.startswith(OTHER_THAN) and parameter in ("", key.removeprefix(OTHER_THAN))


@record
class StackContext:
    """The context for evaluating values in one deployment of a template."""

    parameters: Mapping[str, Value] = field(default_factory=dict)
    conditions: Mapping[str, bool] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=dict)
    """Logical ids by every name that a reference to the resource can have."""
    mappings: Node | None = None
    chosen: Mapping[str, Value] = field(default_factory=dict)
    """The values of parameters with which mappings are looked up, where several lead to the same deployment."""
    lookups: MetLookups = field(default_factory=MetLookups)
    """The Fn::FindInMap calls that were met."""
    imports: Mapping[str, Value] = field(default_factory=dict)
    """The exports of other stacks, by name."""
    stacks: Mapping[str, Callable[[str], Value]] = field(default_factory=dict)
    """For each nested stack, by logical id, a function that gives an output by name."""

    stored: Mapping[str, Node] = field(default_factory=dict)
    """What parameters of Systems Manager in the template hold, by logical id, as written."""
    is_in_text: bool = False
    """Whether a piece of a text is evaluated: a name with the stage in it is the same resource in every stage."""
    is_in_mapping: bool = False
    """Whether a value of a mapping is evaluated, which can't have functions
    (AWSCloudFormation/latest/UserGuide/mappings-section-structure.html, read 2026-11-26)."""
    prefix: str = ""
    """What the names of the stack's resources begin with, if it is nested."""
    found: dict[str, str] = field(default_factory=dict)
    """The results of lookups so far, as texts for comparisons, by the lookups' keys."""
    _reading: set[str] = field(default_factory=set)
    """The parameters of Systems Manager whose contents are being evaluated."""
    asked: dict[Question, object] | None = None
    """What the value at hand was evaluated from: conditions, parameters, resources, with their answers; None if nobody
    wants to know."""

    def answer(self, kind: str, name: str) -> object:
        """What a condition, parameter or name stands for here; the same object or an equal text means the same."""
        if kind == "condition":
            return self.conditions.get(name)
        if kind in ("parameter", "text"):
            return self.parameters.get(name)
        if kind == "lookup":
            if name not in self.lookups:
                return None  # Met in another reading of the template, by deployments that the user named.
            if name not in self.found:
                lookup = self.lookups[name]
                # Equal cells of two rows are two answers: what is found stands in the row of its deployment.
                self.found[name] = repr((self.for_keys().evaluate(lookup).plain, self._keys_of(lookup)))
            return self.found[name]
        if kind == "output":
            stack, _, output = name.partition(".")
            return self.stacks[stack](output) if stack in self.stacks else None
        return self.resources.get(name)

    def answered(self, question: Question) -> object:
        """The answer to a question of this stack, which is asked again for each value that depends on it."""
        answer = self.kept.get(question)
        return self._answer(question) if answer is None else answer

    @cached_property
    def kept(self) -> dict[Question, object]:
        """The answers so far, of questions that have one for good."""
        return {}

    def _answer(self, question: Question) -> object:
        kind, _, name = question
        answer = self.answer(kind, name)
        # A lookup or a name that is not there yet may be later, and outputs lead to other stacks.
        if answer is not None and kind != "output":
            self.kept[question] = answer
        return answer

    def with_stacks(self, stacks: Mapping[str, Callable[[str], Value]]) -> StackContext:
        """This context with other nested stacks, whose outputs alone are other answers."""
        made = replace(self, stacks=stacks)
        vars(made)["kept"] = self.kept
        return made

    def ask(self, kind: str, name: str) -> None:
        """Note that the value at hand depends on a condition, a parameter or a name."""
        if self.asked is not None:
            self.asked[kind, self.prefix, name] = self.answer(kind, name)

    def condition(self, name: str) -> bool | None:
        """Whether a condition holds in this deployment; None for one that the template does not have."""
        self.ask("condition", name)
        return self.conditions.get(name)

    @contextmanager
    def in_text(self) -> Iterator[None]:
        """While a piece of a text is evaluated."""
        before, self.is_in_text = self.is_in_text, True
        try:
            yield
        finally:
            self.is_in_text = before

    def cell(self, node: Node) -> Value:
        """Evaluate a value of a mapping."""
        before, self.is_in_mapping = self.is_in_mapping, True
        try:
            return self.evaluate(node)
        finally:
            self.is_in_mapping = before

    def look_up(self, node: Node) -> list[str | None]:
        """The keys of a Fn::FindInMap as texts, None for one that is not known."""
        key, conditions = self.lookups.meet(node)
        self.ask("lookup", key)
        for name in conditions:
            self.ask("condition", name)
        return self._keys_of(node)

    def _keys_of(self, lookup: Node) -> list[str | None]:
        scope = self.for_keys()
        parts = fields(lookup)["Fn::FindInMap"].content
        keys = [scope.evaluate(part) for part in parts[:3]] if isinstance(parts, list) else []
        if default_value(lookup) is None:
            return [key.text for key in keys]
        names = (text(fields(part).get("Ref")) for part in lookup_arguments(lookup)[:3])
        return [_NO_KEY if is_other(key, name) else key.text for key, name in zip(keys, names, strict=True)]

    def cells(self, mapping: str, first: str | None, second: str | None) -> Sequence[Node]:
        """The values of a mapping in the row and column with these keys; in all of them, where a key is None."""
        return self.lookups.cells(fields(self.mappings).get(mapping), first, second)

    def for_keys(self) -> StackContext:
        """This context with the values with which mappings are looked up."""
        return self if not self.chosen and self.asked is None else self._for_keys

    @cached_property
    def _for_keys(self) -> StackContext:
        # Both may have thousands of names, and neither is written.
        both: Mapping[str, Value] = ChainMap(self.chosen, self.parameters)  # type: ignore[arg-type]
        return replace(self, parameters=both if self.chosen else self.parameters, asked=None)

    def evaluate(self, node: Node) -> Value:
        """Evaluate a node. Null and AWS::NoValue give Absent at any depth."""
        content = node.content
        if isinstance(content, str):
            if type(content) is Spelled and content.number is None:
                return Unknown(f"{content} may be octal", node, key=f"{content} in YAML")
            if is_encrypted(content):
                return Unknown(ENCRYPTED, node)
            if "{{resolve:" in content:
                return _secret(node)
            return with_variables(content, node) if "${" in content else Known(content, node)
        if content is None:
            return Absent(node)
        if isinstance(content, list):
            items = [self.evaluate(child) for child in content]
            return Known([item for item in items if not isinstance(item, Absent)], node)
        if isinstance(content, (dict, Mapping)):  # The test of an abstract class takes ten times as long.
            return self._mapping(node, content)
        return Known(content, node)

    def _mapping(self, node: Node, content: Mapping[str, Node]) -> Value:
        if len(content) == 1:
            name, argument = next(iter(content.items()))
            if name in FUNCTIONS:
                if self.is_in_mapping or not spend("values"):
                    why = "a function in a mapping" if self.is_in_mapping else "more functions than are followed"
                    return Unknown(why, node, anything=True)
                return FUNCTIONS[name](self, argument, node)
            if name.startswith("Fn::"):
                return Unknown(name, node)
        fields: dict[str, Value] = {}
        key_place = key_places(content)
        for key, child in content.items():
            value = Absent(child) if key.startswith("Fn::") else self.evaluate(child)
            if not isinstance(value, Absent):
                value.named = key_place(node, key)
                fields[key] = value
        macro = next((key for key in content if key.startswith("Fn::")), None)
        return Known(OpenFields(fields, Unknown(f"{macro} may add it", node)) if macro else fields, node)

    def refer(self, name: str, attribute: str, node: Node) -> Value:
        """Evaluate `Ref` (attribute "Ref") or `Fn::GetAtt` of a name; the result has the position of `node`."""
        if attribute == "Ref":
            if name == NO_VALUE:
                return Absent(node)
            self.ask("text" if self.is_in_text else "parameter", name)
            if name in self.parameters:
                return self.parameters[name].moved(node)
            if name in PSEUDO_PARAMETERS:
                return Unknown(name, node, key=name)
        self.ask("resource", name)
        if name in self.stacks and attribute.startswith("Outputs."):
            output = attribute.removeprefix("Outputs.")
            self.ask("output", f"{name}.{output}")
            return self.stacks[name](output).passed_on(f"{attribute}{OF_NESTED}{name}", node)
        if name in self.resources:
            # SAM allows Fn.DestinationQueue.Arn for a resource that it generates from the function Fn.
            made, dot, rest = attribute.partition(".")
            self.ask("resource", f"{name}.{made}")
            if dot and f"{name}.{made}" in self.resources:
                return Link(self.resources[f"{name}.{made}"], rest, node)
            if attribute == "Value" and name in self.stored:
                return self._stored_in(name, node)
            return Link(self.resources[name], attribute, node)
        return Unknown(f"{name} is no parameter or resource of this deployment", node, key=f"{name}.{attribute}")

    def _stored_in(self, name: str, node: Node) -> Value:
        """What a parameter of Systems Manager holds."""
        if name in self._reading:
            return Unknown(f"{name} holds its own value", node)
        self._reading.add(name)
        try:
            value = self.evaluate(self.stored[name])
        finally:
            self._reading.discard(name)
        is_told = value.text is not None or not (value.is_known or value.is_absent)
        return value.passed_on(f"Value of {name}", node) if is_told else Unknown(f"the value of {name}", node)


def _secret(node: Node) -> Unknown:
    """A dynamic reference, which CloudFormation resolves to a secret or a parameter at deployment."""
    return Unknown(DYNAMIC, node, origin=SECRET)
