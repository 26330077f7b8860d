"""The deployments of a template as a stack, with those of the stacks nested in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from awslint_memo.model.attributes import ATTRIBUTES
from awslint_memo.model.choices import Assignment
from awslint_memo.model.deployment import Resource
from awslint_memo.model.partly_known import OpenFields
from awslint_memo.model.reads import Answers, note, note_all
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.cloudformation import deployments
from awslint_memo.readers.cloudformation.candidates import attributes
from awslint_memo.readers.cloudformation.conditions import Conditions
from awslint_memo.readers.cloudformation.deployments import ParameterCase
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.shared_values import SharedValues
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.readers.cloudformation.use import Use
from awslint_memo.readers.sam import template as sam
from awslint_memo.readers.sam.property_names import PROPERTY_NAMES
from awslint_memo.syntax.node import UNREADABLE, KeyPlace, Node, fields, text

_NESTED = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
"""The types of nested stacks, and the property with the template's location."""


class Imports(dict[str, Value]):
    """The exports of other stacks by name; computed on first access, since stacks may import from each other."""

    def __init__(self) -> None:
        super().__init__()
        self.stacks: Sequence[StackDeployment] = ()
        self._is_filled = False

    def __contains__(self, name: object) -> bool:
        if self.stacks and not self._is_filled:
            self._is_filled = True
            for stack in self.stacks:
                self.update(stack.exports())
        return super().__contains__(name)


@record(frozen=True)
class StackDeployment:
    """One deployment of a document, with one deployment of each stack nested in it.

    nested: the stacks by logical id. unseen: descriptions of what is deployed with it but was not read.
    """

    document: Document
    use: Use
    chosen: ParameterCase
    scope: StackContext
    shared: SharedValues
    nested: Mapping[str, StackDeployment] = field(default_factory=dict)
    unseen: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        """Whether there may be unseen resources: from a macro, or from nested stacks beyond the limit."""
        mine = self.document.macro is not None or self.document.sam.is_open or self.use.uses.left <= 0
        return mine or any(stack.is_open for stack in self.nested.values())

    @property
    def choices(self) -> list[Assignment]:
        """The assignments that lead to this deployment; those of nested stacks have the stack's name as a prefix."""
        found = list(self.chosen.assignments)
        for name, stack in self.nested.items():
            inner = [{f"{name}.{key}": value for key, value in one.items()} for one in stack.choices]
            found = [{**mine, **theirs} for mine in found for theirs in inner]
        return found

    def resources(self) -> Iterator[Resource]:
        """The resources of this stack and of those nested in it."""
        for name in dict.fromkeys(self.scope.resources.values()):
            place, node = self.document.resources[name.removeprefix(self.use.prefix)]
            yield self._resource(name, place, node)
        for stack in self.nested.values():
            yield from stack.resources()

    def outputs(self) -> Iterator[Value]:
        """The values of the outputs that exist in this deployment."""
        for name in self.document.section("Outputs"):
            yield self.output(name)

    def output(self, name: str) -> Value:
        """The value of one output; Absent where it does not exist in this deployment."""
        section = self.document.section("Outputs")
        node = section.get(name)
        if UNREADABLE in section if node is None else name == UNREADABLE or UNREADABLE in fields(node):
            return Unknown("an output that can't be read", node or self.document.root, anything=True)
        value = fields(node).get("Value")
        condition = text(fields(node).get("Condition"))
        if condition is not None:
            note(("condition", self.scope.prefix, condition), self.scope.answer("condition", condition))
        if node is None or value is None or not _exists(node, self.scope.conditions):
            return Absent(self.document.root if node is None else node)
        answers, found = self.shared.value(value, node, self.scope)
        note_all(answers)
        return found

    def exports(self) -> Iterator[tuple[str, Value]]:
        """The outputs that other stacks can import, each with the name of its export."""
        for name, node in self.document.section("Outputs").items():
            export = fields(fields(node).get("Export")).get("Name")
            exported = self.scope.evaluate(export).text if export is not None else None
            if exported is not None and _exists(node, self.scope.conditions):
                yield exported, self.output(name)

    def _resource(self, name: str, place: Place, node: Node) -> Resource:
        said = fields(node)
        attributes = {key: self.shared.value(said[key], place, self.scope)[1] for key in ATTRIBUTES if key in said}
        read = partial(self._read, said.get("Properties"), place)
        type_ = text(said.get("Type")) or ""
        property_names = PROPERTY_NAMES.get(type_) if self._is_of_sam(name) else None
        depends = partial(self._depends, said, place)
        here = name.removeprefix(self.use.prefix)
        part = self.document.sam.parts.get(here)
        return Resource(
            name,
            type_,
            place,
            read,
            attributes=attributes,
            property_names=property_names,
            body=self.document.sam.written.get(here),
            part=None if part is None else replace(part, written=f"{self.use.prefix}{part.written}"),
            depends=depends,
        )

    def _is_of_sam(self, name: str) -> bool:
        """Whether a resource is generated from SAM, so that the file has SAM's property names."""
        written = self.document.sam.written.get(name.removeprefix(self.use.prefix))
        return written is None or (text(fields(written).get("Type")) or "").startswith(sam.PREFIX)

    def _depends(self, said: Mapping[str, Node], place: Place, name: str) -> Answers:
        """What the value of a property depends on, or with "@" before its name that of an attribute beside them."""
        if name.startswith("@"):
            node = said.get(name[1:])
            return {} if node is None else self.shared.value(node, place, self.scope)[0]
        properties = said.get("Properties")
        content = properties.content if properties is not None else None
        if not isinstance(content, Mapping):
            return {}
        if name in content:
            return self.shared.value(content[name], place, self.scope)[0]
        is_whole_evaluated = properties is not None and any(key.startswith("Fn::") for key in content)
        return self.shared.value(properties, place, self.scope)[0] if is_whole_evaluated and properties else {}

    def contexts(self) -> Iterator[tuple[str, StackContext]]:
        """The contexts of this stack and of those nested in it, by what the names of their resources begin with."""
        yield self.use.prefix, self.scope
        for stack in self.nested.values():
            yield from stack.contexts()

    def _read(self, properties: Node | None, place: Place, name: str) -> Value:
        content = properties.content if properties is not None else None
        if isinstance(content, Mapping) and name in content:
            _, value = self.shared.value(content[name], place, self.scope)
            if not isinstance(value, Absent) and properties is not None:
                value.named = KeyPlace(properties, name)
            return value
        if self.document.macro is not None:
            return Unknown(f"{self.document.macro} may add it", place)
        if properties is None or not isinstance(content, Mapping):
            return Absent(place)
        if any(key.startswith("Fn::") for key in content):
            whole = self.scope.evaluate(properties)
            if not isinstance(whole, Known) or isinstance(whole.content, OpenFields):
                return whole.get(name)
            value = whole.get(name)
            return Absent(place) if isinstance(value, Absent) else value
        return Absent(place)


def stack_deployments(document: Document, use: Use, inside: tuple[str, ...] = ()) -> tuple[list[StackDeployment], bool]:
    """The deployments of a document, and whether they are complete (False: too many, so only some are given).

    inside: the paths of the documents that this one is nested in, to stop at a circular nesting.
    """
    known = {name: replace(one, given=use.given.get(name), values={}) for name, one in document.parameters.items()}
    conditions = Conditions(document.section("Conditions"), known, document.mappings)
    nodes: list[Node] = []
    if conditions.written or document.mappings is not None:
        wanted = {*use.looked_at, *_NESTED}
        nodes = [node for _, node in document.resources.values() if text(fields(node).get("Type")) in wanted]
    chosen, is_complete = deployments.every(conditions, nodes, use.fixed)
    found: list[StackDeployment] = []
    shared = SharedValues()
    for one in chosen:
        bare = StackDeployment(document, use, one, _scope(document, use, one, conditions), shared)
        with_nested = islice(_nest(bare, inside), deployments.MAX_DEPLOYMENTS + 1 - len(found))
        found.extend(with_nested)
    is_whole = is_complete and len(found) <= deployments.MAX_DEPLOYMENTS
    return found[: deployments.MAX_DEPLOYMENTS], is_whole


def _scope(document: Document, use: Use, chosen: ParameterCase, conditions: Conditions) -> StackContext:
    values, possible = chosen.values(conditions.parameters, use.fixed or {}, document.root)
    answers = {**dict.fromkeys(conditions.written, False), **chosen.answers}
    scope = StackContext(
        values, answers, mappings=document.mappings, possible=possible, imports=use.imports, prefix=use.prefix
    )
    here = [name for name, (_, node) in document.resources.items() if _exists(node, answers)]
    here = [name for name in here if sam.is_made(document.resources[name][1], scope)]
    names = {name: f"{use.prefix}{name}" for name in here}
    names.update({alias: names[name] for alias, name in document.sam.aliases.items() if name in names})
    scope.resources = names
    return scope


def _exists(node: Node, answers: Mapping[str, bool]) -> bool:
    condition = text(fields(node).get("Condition"))
    return condition is None or answers.get(condition, True)


def _nest(stack: StackDeployment, inside: tuple[str, ...]) -> Iterator[StackDeployment]:
    """The stack, with each combination of deployments of its nested stacks."""
    pending = _in_order(stack)
    if not pending:
        yield stack
        return
    yield from _nested(stack, pending, (*inside, stack.document.source.path))


def _nested(stack: StackDeployment, pending: Sequence[str], inside: tuple[str, ...]) -> Iterator[StackDeployment]:
    if not pending:
        yield stack
        return
    name, rest = pending[0], pending[1:]
    said = fields(stack.document.resources[name][1])
    properties = fields(said.get("Properties"))
    where = properties.get(_NESTED[text(said.get("Type")) or ""])
    written = stack.scope.evaluate(where).text if where is not None else None
    document = stack.use.find(stack.document, written) if written is not None else None
    if document is None or document.source.path in inside or stack.use.uses.left <= 0:
        what = f"{stack.use.prefix}{name} ({written or 'template not known'})"
        if stack.use.uses.left <= 0:
            what = f"{written} and others, which are too many"
        yield from _nested(replace(stack, unseen=(*stack.unseen, what)), rest, inside)
        return
    stack.use.uses.left -= 1
    given = stack.scope.evaluate(properties["Parameters"]).fields if "Parameters" in properties else {}
    use = replace(stack.use, fixed={}, given=given, prefix=f"{stack.use.prefix}{name}/")
    for inner in stack_deployments(document, use, inside)[0]:
        nested = {**stack.nested, name: inner}
        scope = replace(stack.scope, stacks={key: one.output for key, one in nested.items()})
        whole = replace(stack, nested=nested, scope=scope, unseen=(*stack.unseen, *inner.unseen))
        yield from _nested(whole, rest, inside)


def _in_order(stack: StackDeployment) -> list[str]:
    """The nested stacks of this deployment, each after those whose outputs it uses."""
    names = [name for name in stack.scope.resources if _is_nested(stack, name)]
    ordered: list[str] = []
    while names:
        ready = [one for one in names if not _needs(stack, one).intersection(names) - {one}] or names[:1]
        ordered += ready
        names = [name for name in names if name not in ready]
    return ordered


def _is_nested(stack: StackDeployment, name: str) -> bool:
    entry = stack.document.resources.get(name)
    return entry is not None and text(fields(entry[1]).get("Type")) in _NESTED


def _needs(stack: StackDeployment, name: str) -> set[str]:
    return set(attributes(stack.document.resources[name][1]))


def named_by(document: Document) -> Iterator[str]:
    """The template locations of the nested stacks in a document that are written literally."""
    for _, node in document.resources.values():
        said = fields(node)
        written = fields(said.get("Properties")).get(_NESTED.get(text(said.get("Type")) or "", ""))
        if written is not None and isinstance(written.content, str):
            yield written.content
