"""The resources of a template as SAM's transform leaves them: those that are written, and those generated so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from awslint_memo.model.record import field, record
from awslint_memo.syntax.node import Made, Node, fields, text

if TYPE_CHECKING:
    from awslint_memo.model.naming import Part
    from awslint_memo.model.span import Place
    from awslint_memo.readers.cloudformation.stack_context import StackContext
    from awslint_memo.readers.sam.nodes import Sayable

PREFIX = "AWS::Serverless::"

Define: TypeAlias = "Callable[[str], Node | None]"


def nowhere(_: str) -> Node | None:
    """What a template without files reads: nothing."""
    return None


EXISTS = "Exists"
"""Key next to Type in a generated resource: a node without value (or false) in deployments without the resource."""


@record(frozen=True)
class Route:
    """A path and method of an API whose target is a function or state machine. owner: the node of that."""

    owner: Node
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
    and not followed, in words, with its place. define: reads the definition of a state machine in a file.
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
    define: Define = field(default_factory=lambda: nowhere)

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
        from awslint_memo.readers.sam.nodes import OPEN, make
        from awslint_memo.readers.sam.property_names import PROPERTIES, are_known

        if not self.is_part and kind in PROPERTIES and are_known(PROPERTIES[kind], said):
            return said
        self.is_open = True
        return {**said, OPEN: make(None, place)}

    def default(self, node: Node) -> Node:
        """The default value of the parameter if the node is a Ref to one; any other node as it is."""
        name = text(fields(node).get("Ref"))
        parameter = self.parameters.get(name or "")
        return fields(parameter).get("Default", node) if parameter is not None else node


def is_of_sam(node: Node) -> bool:
    """Whether a resource has a type of SAM's."""
    return (text(fields(node).get("Type")) or "").startswith(PREFIX)


def has_connectors(node: Node) -> bool:
    """Whether a resource is a connector, or has some."""
    return "Connectors" in fields(node) or text(fields(node).get("Type")) == f"{PREFIX}Connector"


def written(section: Node, parameters: Node | None, *, is_part: bool) -> Translated:
    """The resources of a Resources section as they are written, nothing translated.

    parameters: the section with this name. is_part: whether the template may have its Globals elsewhere.
    """
    found = {name: node for name, node in fields(section).items() if not name.startswith("Fn::")}
    made = {name: (section.key(name), node) for name, node in found.items()}
    return Translated(found, fields(parameters), made, is_open=len(found) < len(fields(section)), is_part=is_part)


def is_made(node: Node, scope: StackContext) -> bool:
    """Whether a conditionally generated resource exists in this deployment; False if that is unknown."""
    exists = fields(node).get(EXISTS) if isinstance(node, Made) else None
    if exists is None:
        return True
    value = scope.evaluate(exists)
    return value.is_known and value.flag is not False
