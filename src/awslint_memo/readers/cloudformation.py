"""CloudFormation and SAM templates: from a document to its deployments and their resources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, partial

from awslint_memo.readers import deployments, sam
from awslint_memo.readers.conditions import Conditions
from awslint_memo.readers.deployments import Chosen
from awslint_memo.readers.node import Node, fields, text
from awslint_memo.readers.parameters import parameters
from awslint_memo.readers.scope import OpenFields, Scope
from awslint_memo.readers.source import Source
from awslint_memo.readers.template_shape import check
from awslint_memo.readers.yaml_nodes import YamlNode
from awslint_memo.span import Place, Span
from awslint_memo.template import Deployment, Deployments, Resource
from awslint_memo.value import Absent, Known, Unknown, Value

_ATTRIBUTES = ("DeletionPolicy", "DependsOn", "Metadata", "UpdatePolicy", "UpdateReplacePolicy")
_HARMLESS_TRANSFORMS = (
    "AWS::Serverless-",
    "AWS::LanguageExtensions",
    "AWS::CodeDeployBlueGreen",
    "AWS::SecretsManager-",
)
"""Macros that change nothing of what is written; any other may add properties and resources."""


class CloudFormationTemplate:
    """A CloudFormation or SAM template."""

    def __init__(self, source: Source, root: Node) -> None:
        self.source = source
        self._root = root
        self._sections = fields(root)
        check(root, source)
        self._parameters = parameters(self._sections.get("Parameters"))
        self._conditions = Conditions(fields(self._sections.get("Conditions")), self._parameters, self._mappings)

    @property
    def _mappings(self) -> Node | None:
        return self._sections.get("Mappings")

    @cached_property
    def metadata(self) -> Value:
        """The template's Metadata section."""
        node = self._sections.get("Metadata")
        return Absent(self._root) if node is None else Scope().evaluate(node)

    def comments(self) -> Iterator[tuple[int, str]]:
        """The lines with a comment that speaks to awslint-memo, and the comment."""
        if not isinstance(self._root, YamlNode) or "awslint-memo" not in self.source.text.lower():
            return
        scalars = self._root.scalars()
        for number, line in enumerate(self.source.lines, 1):
            at = line.find("#")
            while at >= 0:
                if not any(_covers(span, number, at + 1) for span in scalars):
                    yield number, line[at + 1 :].strip()
                    break
                at = line.find("#", at + 1)

    @cached_property
    def _sam(self) -> sam.Translation:
        """Every resource by logical id, those included that SAM makes of others, and SAM's other names for them."""
        section = self._sections["Resources"]
        return sam.translate(section, self._sections.get("Globals"), self._sections.get("Parameters"))

    @property
    def _resources(self) -> Mapping[str, tuple[Place, Node]]:
        """Every resource by logical id, with the place of its name."""
        return self._sam.made

    @cached_property
    def _macro(self) -> str | None:
        """The first transform of the whole template that may add anything."""
        node = self._sections.get("Transform")
        content = node.content if node is not None else None
        declared = content if isinstance(content, list) else [] if node is None else [node]
        names = [text(item) or text(fields(item).get("Name")) or "a macro" for item in declared]
        return next((name for name in names if not name.startswith(_HARMLESS_TRANSFORMS)), None)

    def deployments(self, fixed: Mapping[str, str] | None, looked_at: Collection[str]) -> Deployments:
        """Every distinguishable deployment, as far as resources of the types `looked_at` depend on conditions."""
        nodes = []
        if self._conditions.written or self._mappings is not None:
            nodes = [node for _, node in self._resources.values() if text(fields(node).get("Type")) in looked_at]
        chosen, is_complete = deployments.every(self._conditions, nodes, fixed)
        worlds = [self._world(one, fixed or {}) for one in chosen]
        return Deployments(worlds, is_complete)

    def _world(self, chosen: Chosen, fixed: Mapping[str, str]) -> Deployment:
        values, possible = self._values(chosen, fixed)
        answers = {**dict.fromkeys(self._conditions.written, False), **chosen.answers}
        scope = Scope(values, answers, mappings=self._mappings, possible=possible)
        here = {name: entry for name, entry in self._resources.items() if self._exists(entry[1], answers)}
        here = {name: entry for name, entry in here.items() if sam.is_made(entry[1], scope)}
        names = {name: name for name in here}
        names.update({name: made for name, made in self._sam.aliases.items() if made in here})
        scope.resources = names
        resources = (self._resource(name, place, node, scope) for name, (place, node) in here.items())
        has_more = self._macro is not None or self._sam.is_open
        outputs = partial(self._outputs, scope, chosen.answers)
        return Deployment(resources, choices=chosen.assignments, is_open=has_more, outputs=outputs)

    def _values(self, chosen: Chosen, fixed: Mapping[str, str]) -> tuple[dict[str, Value], dict[str, list[str]]]:
        """What the parameters come to in a deployment; of those that have one of several values: which."""
        values = {name: parameter.value(fixed.get(name)) for name, parameter in self._parameters.items()}
        possible: dict[str, list[str]] = {}
        for name in chosen.assignments[0]:
            taken = list(dict.fromkeys(one[name] for one in chosen.assignments))
            texts = [value for value in taken if isinstance(value, str)]
            parameter = self._parameters.get(name)
            if len(texts) == len(taken):
                possible[name] = texts
            if parameter is None:
                if len(taken) == len(texts) == 1:
                    values[name] = Known(texts[0], self._root)
            elif len(taken) == 1 or parameter.default not in taken:
                values[name] = parameter.chosen(taken[0] if len(taken) == 1 else None)
        return values, possible

    def _outputs(self, scope: Scope, answers: Mapping[str, bool]) -> Iterator[Value]:
        for node in fields(self._sections.get("Outputs")).values():
            value = fields(node).get("Value")
            if value is not None and self._exists(node, answers):
                yield scope.evaluate(value)

    def _exists(self, node: Node, answers: Mapping[str, bool]) -> bool:
        condition = text(fields(node).get("Condition"))
        return condition is None or answers.get(condition, True)

    def _resource(self, name: str, place: Place, node: Node, scope: Scope) -> Resource:
        said = fields(node)
        attributes = {key: said[key] for key in _ATTRIBUTES if key in said}
        return Resource(
            name,
            text(said.get("Type")) or "",
            place,
            partial(self._read, scope, said.get("Properties"), place),
            attributes={key: scope.evaluate(value) for key, value in attributes.items()},
        )

    def _read(self, scope: Scope, properties: Node | None, place: Place, name: str) -> Value:
        content = properties.content if properties is not None else None
        if isinstance(content, Mapping) and name in content:
            value = scope.evaluate(content[name])
            return Absent(place) if isinstance(value, Absent) else value
        if self._macro is not None:
            return Unknown(f"{self._macro} may add it", place)
        if properties is None or not isinstance(content, Mapping):
            return Absent(place)
        if any(key.startswith("Fn::") for key in content):
            whole = scope.evaluate(properties)
            if not isinstance(whole, Known) or isinstance(whole.content, OpenFields):
                return whole.get(name)
            value = whole.get(name)
            return Absent(place) if isinstance(value, Absent) else value
        return Absent(place)


def _covers(span: Span, line: int, column: int) -> bool:
    return (span.line, span.column) <= (line, column) < (span.end_line, span.end_column)
