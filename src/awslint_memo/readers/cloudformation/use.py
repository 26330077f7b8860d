"""How a document is deployed: by itself, or as a nested stack with what its parent gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from awslint_memo.model.construct import Construct
from awslint_memo.model.deployment import Resource
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.secret import hide
from awslint_memo.model.value import Value
from awslint_memo.readers.cloudformation.conditions import Conditions
from awslint_memo.readers.cloudformation.deployments import Asked, pseudo_parameters
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.nesting import Location, Nested
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.shared_values import SharedValues
from awslint_memo.syntax.node import Node


@record
class Uses:
    """How many more nested stacks are read. The limit is needed because nested stacks can multiply exponentially."""

    left: int = 4000


@record(frozen=True, eq=False)
class Stack:
    """A document in one place of the tree of stacks. parent: the prefix of the stack that it is nested in.

    given: the nodes of the parameter values that the parent gives, by the parameters' names.
    """

    document: Document
    conditions: Conditions
    shared: SharedValues
    parent: str | None = None
    given: Mapping[str, Node] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)


@record
class Stacks:
    """The stacks that were met in any deployment of a template, by prefix; what was worked out of one is kept."""

    met: dict[str, list[Stack]] = field(default_factory=dict)
    made: dict[tuple[object, ...], object] = field(default_factory=dict)
    """The deployments of stacks so far, by what tells them apart, so that equal ones are the same object."""

    def stack(self, document: Document, use: Use) -> Stack:
        """The stack of a document for a use; the same object for the same values given by the parent."""
        known = self.met.setdefault(use.prefix, [])
        for one in known:
            if one.document is document and _are_same(one.values, use.given):
                return one
        parameters = {
            name: replace(one, given=use.given.get(name), values={}) for name, one in document.parameters.items()
        }
        _hide_secrets(parameters.values())
        decided = {**use.told, **(use.fixed or {})}
        conditions = Conditions(
            document.section("Conditions"),
            parameters,
            document.mappings,
            document.section("Rules"),
            document.lookups,
            {**decided, **pseudo_parameters(decided)},
        )
        made = Stack(document, conditions, SharedValues(), use.parent, use.given_nodes, use.given)
        known.append(made)
        return made


def _hide_secrets(parameters: Iterable[Parameter]) -> None:
    """Let nobody see what the parent writes for parameters that say that they are secret."""
    for one in parameters:
        if one.given is not None and one.is_hidden(one.given.text):
            hide(one.given.place)
            hide(one.given.decided)


def _are_same(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    return one is other or (one.keys() == other.keys() and all(value is other[name] for name, value in one.items()))


@record(frozen=True)
class Use:
    """How a document is deployed.

    asked: by prefix of a stack, what deployments are to differ in. given: parameter values from the parent stack; other
    parameters have their default values. given_nodes: their nodes in the parent, whose prefix is `parent`. told: the
    pseudo parameters that the app decides which made the template. prefix: is put before the names of its resources.
    imports: the exports of other stacks by name. find: finds the document of a nested stack. taken: receives the
    location of each stack that was taken as a file which is elsewhere, by name and path. construct: gives the construct
    of the app that made a resource.
    """

    asked: Mapping[str, Asked] = field(default_factory=dict)
    fixed: Mapping[str, str] | None = None
    given: Mapping[str, Value] = field(default_factory=dict)
    given_nodes: Mapping[str, Node] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    parent: str | None = None
    prefix: str = ""
    imports: Mapping[str, Value] = field(default_factory=dict)
    find: Callable[[Document, Location], Nested] = lambda _document, location: Nested(location.shown)
    uses: Uses = field(default_factory=Uses)
    stacks: Stacks = field(default_factory=Stacks)
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
    construct: Callable[[Resource], Construct | None] = lambda _: None
