"""A CloudFormation or SAM document: its sections, and its resources after expansion of SAM and loops."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain

from awslint_memo.files.source import Source
from awslint_memo.model.lazy import cached_property
from awslint_memo.model.naming import Part
from awslint_memo.model.record import record
from awslint_memo.model.secret import Secret
from awslint_memo.model.span import Place
from awslint_memo.readers.cloudformation.expansion import (
    TRANSFORM,
    Collect,
    Expanded,
    Load,
    is_needed,
    left_out_among,
    left_out_inside,
    without_macros,
)
from awslint_memo.readers.cloudformation.parameters import Parameter, parameters
from awslint_memo.readers.cloudformation.references import MetLookups, attributes
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.readers.sam.translated import EXISTS, Define, Translated, has_connectors, is_of_sam, written
from awslint_memo.syntax.node import UNREADABLE, Node, descend, fields, text

HARMLESS = (
    "AWS::Serverless-",
    "AWS::LanguageExtensions",
    "AWS::CodeDeployBlueGreen",
    "AWS::SecretsManager-",
)
"""The beginnings of the names of transforms that don't change what is written
(AWSCloudFormation/latest/TemplateReference/transform-reference.html, read 2026-11-26)."""

CHANGED: Mapping[str, Mapping[str, Collection[str]]] = {
    "DatadogServerless": {
        "AWS::IAM::Role": ("Policies",),
        "AWS::Lambda::Function": ("Environment", "Handler", "Layers", "Tags", "TracingConfig"),
        "AWS::StepFunctions::StateMachine": ("Definition", "DefinitionString", "LoggingConfiguration", "Tags"),
    },
}
"""By macro and type, the properties that it sets or adds to. It adds resources only of types of AWS::Logs, and roles
(https://github.com/DataDog/datadog-cloudformation-macro, read 2026-11-26)."""


def unknown_macro(transforms: Iterable[str]) -> str | None:
    """The first of these transforms that may change anything; None if there is none."""
    return next((name for name in transforms if name not in CHANGED and not name.startswith(HARMLESS)), None)


def changing(transforms: Iterable[str], type_: str, name: str) -> str | None:
    """The first of these transforms that changes a property of resources of a type; None if there is none."""
    return next((transform for transform in transforms if name in CHANGED.get(transform, {}).get(type_, ())), None)


NESTED = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
"""The types of nested stacks, and the property with the template's location."""


@record(frozen=True)
class Form:
    """What is the same of a resource in every deployment.

    said: what is written beside its name. written: its properties. is_computed: whether a function gives it more of
    these. property_names: SAM's, if it is generated from SAM. part: what it is a part of in the file, if SAM generates
    it.
    """

    type: str
    said: Mapping[str, Node]
    written: Mapping[str, Node]
    is_computed: bool
    property_names: Mapping[str, str] | None
    part: Part | None


class Document:
    """The sections of a template. Loops are expanded with the parameter values `fixed`, or else the default values.

    load: reads the document of another file that this one includes. define: reads the definition of a state machine.
    """

    def __init__(self, source: Source, root: Node, fixed: Mapping[str, str] | None, load: Load, define: Define) -> None:
        self.source = source
        self._define = define
        self.fixed = fixed
        self.parameters: Mapping[str, Parameter] = parameters(fields(root).get("Parameters"))
        self._mappings = fields(root).get("Mappings")
        self._plain = without_macros(root) if is_needed(source.words) else set[int]()
        self.root = Expanded(root, self._collecting(), load, plain=self._plain) if is_needed(source.words) else root
        self.sections = fields(self.root)
        self.lookups = MetLookups()
        self._forms: dict[str, Form] = {}
        self._of_types: dict[tuple[str, ...], tuple[str, ...]] = {}

    def section(self, name: str) -> Mapping[str, Node]:
        """The entries of a section; empty if it is missing."""
        return fields(self.sections.get(name))

    @cached_property
    def left_out(self) -> Sequence[str]:
        """What adds to this document and was not followed, in words."""
        found = []
        if self.macro is not None:
            line = self.root.key("Transform" if "Transform" in self.sections else TRANSFORM).span.line
            found.append(f"what the macro {self.macro} adds and changes (line {line} of {self.source.path})")
        if self.missing_condition is not None:
            name, place = self.missing_condition
            what = f"the rest of the template that this is a part of, with the condition {name}"
            found.append(f"{what} (line {place.span.line} of {self.source.path})")
        found += left_out_among(self.sections, self.source)
        found += left_out_inside(self.sections, self.source, self._plain)
        unread = self.sam.unread if "Resources" in self.sections else ()
        return [*found, *(f"{what} (line {at.span.line} of {self.source.path})" for what, at in unread)]

    @property
    def mappings(self) -> Node | None:
        """The Mappings section."""
        return self.sections.get("Mappings")

    @cached_property
    def sam(self) -> Translated:
        """The resources after SAM's transform, by logical id, and SAM's aliases for them."""
        section, is_part = self.sections["Resources"], self.missing_condition is not None
        globals_, parameters = self.sections.get("Globals"), self.sections.get("Parameters")
        if not any(is_of_sam(node) or has_connectors(node) for node in fields(section).values()):
            return written(section, parameters, is_part=is_part)
        from awslint_memo.readers.sam.template import translate

        return translate(section, globals_, parameters, is_part=is_part, define=self._define)

    def form(self, name: str) -> Form:
        """What a resource is in every deployment."""
        if name not in self._forms:
            said = fields(self.resources[name][1])
            type_ = text(said.get("Type")) or ""
            written = self.sam.written.get(name)
            names = _property_names(type_) if written is None or is_of_sam(written) else None
            properties = fields(said.get("Properties"))
            is_computed = any(key.startswith("Fn::") for key in properties)
            self._forms[name] = Form(type_, said, properties, is_computed, names, self.sam.parts.get(name))
        return self._forms[name]

    @cached_property
    def resources(self) -> Mapping[str, tuple[Place, Node]]:
        """All resources by logical id, each with the position of its name."""
        return self.sam.made

    @cached_property
    def conditional(self) -> Mapping[str, tuple[str | None, Node | None]]:
        """The resources that need not be there: the condition of each, and its node if SAM makes it on a condition."""
        found: dict[str, tuple[str | None, Node | None]] = {}
        for name, (_, node) in self.resources.items():
            condition, is_made = text(fields(node).get("Condition")), EXISTS in fields(node)
            if condition is not None or is_made:
                found[name] = (condition, node if is_made else None)
        return found

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The logical ids of all resources."""
        return tuple(self.resources)

    @cached_property
    def types(self) -> Mapping[str, tuple[str, ...]]:
        """The logical ids of the resources by their type."""
        found: dict[str, list[str]] = {}
        for name, (_, node) in self.resources.items():
            found.setdefault(text(fields(node).get("Type")) or "", []).append(name)
        return {type_: tuple(names) for type_, names in found.items()}

    def names_of(self, types: tuple[str, ...]) -> tuple[str, ...]:
        """The logical ids of the resources of these types, in their order."""
        if len(types) == 1:
            return self.types.get(types[0], ())
        if types not in self._of_types:
            several = [name for type_ in dict.fromkeys(types) for name in self.types.get(type_, ())]
            self._of_types[types] = tuple(sorted(several, key=self._positions.__getitem__))
        return self._of_types[types]

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        return {name: at for at, name in enumerate(self.resources)}

    @cached_property
    def nested(self) -> Mapping[str, frozenset[str]]:
        """The resources that are nested stacks, each with the names of those whose attributes it uses."""
        return {name: frozenset(attributes(self.resources[name][1])) for name in self.names_of(tuple(NESTED))}

    @cached_property
    def stored(self) -> Mapping[str, Node]:
        """What parameters of Systems Manager hold, by logical id; not where a macro may change it."""
        names = () if self.macro is not None else self.names_of(("AWS::SSM::Parameter",))
        values = ((name, fields(fields(self.resources[name][1]).get("Properties")).get("Value")) for name in names)
        return {name: value for name, value in values if value is not None}

    @cached_property
    def needed_lookups(self) -> frozenset[str]:
        """The keys of the Fn::FindInMap calls that every deployment evaluates, so that they must find something."""
        resources = (node for _, node in self.resources.values())
        pending = [node for node in (*resources, *self.section("Outputs").values()) if "Condition" not in fields(node)]
        found: set[str] = set()
        while pending:
            node = pending.pop()
            content = node.content
            if isinstance(content, list):
                pending += content
            elif not isinstance(content, str) and isinstance(content, (dict, Mapping)) and "Fn::If" not in content:
                pending += content.values()
                if "Fn::FindInMap" in content:
                    found.add(self.lookups.meet(node)[0])
        return frozenset(found)

    @cached_property
    def macro(self) -> str | None:
        """The first transform of the whole template that may add resources or properties; None if there is none."""
        return unknown_macro(self.transforms)

    @cached_property
    def missing_condition(self) -> tuple[str, Place] | None:
        """A condition that is asked for where none is defined, and where; None if there is no such condition.

        CloudFormation rejects such a template: it is a part of one that is put together from several files (rain merge,
        the Serverless Framework). Other parts may have the Globals of SAM, and any resource.
        """
        if self.section("Conditions") or UNREADABLE in self.sections:
            return None
        entries = (*self.section("Resources").values(), *self.section("Outputs").values())
        for condition in chain((fields(node).get("Condition") for node in entries), self._tested(entries)):
            name = text(condition)
            if condition is not None and name is not None:
                return name, condition
        return None

    def _tested(self, entries: Iterable[Node]) -> Iterator[Node]:
        """What Fn::If names in these."""
        if "Fn::If" not in self.source.words and "!If" not in self.source.words:
            return
        for node in chain.from_iterable(map(descend, entries)):
            asked = node.content.get("Fn::If") if isinstance(node.content, Mapping) else None
            if asked is not None and isinstance(asked.content, list):
                yield from asked.content[:1]

    @cached_property
    def transforms(self) -> Sequence[str]:
        """The names of the transforms of the whole template, in their order."""
        return tuple(self._transforms())

    def _transforms(self) -> Iterator[str]:
        for node in filter(None, map(self.sections.get, ("Transform", TRANSFORM))):
            for item in node.content if isinstance(node.content, list) else [node]:
                yield text(item) or text(fields(item).get("Name")) or "a macro"

    def _collecting(self) -> Collect:
        """What evaluates the collections of loops, which knows the parameters and not this document."""
        return partial(_collected, self.parameters, self.fixed or {}, self._mappings)


def _collected(
    parameters: Mapping[str, Parameter], fixed: Mapping[str, str], mappings: Node | None, collection: Node
) -> Sequence[str] | None:
    values = {name: parameter.value(fixed.get(name)) for name, parameter in parameters.items()}
    value = StackContext(values, mappings=mappings).evaluate(collection)
    items = [item.text for item in value.items]
    if not items and value.origin.defaults:
        return None  # Who deploys it gives others.
    # Its names would hold them.
    is_secret = any(isinstance(item, Secret) for item in items)
    return None if None in items or is_secret or not value.is_known else [item or "" for item in items]


def _property_names(type_: str) -> Mapping[str, str] | None:
    from awslint_memo.readers.sam.property_names import PROPERTY_NAMES

    return PROPERTY_NAMES.get(type_)
