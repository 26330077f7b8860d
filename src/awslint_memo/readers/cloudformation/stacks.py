"""The stacks of a template: how each document is deployed, and what one deployment makes of its names.

Results of conditions, values of parameters and names of resources are worked out when somebody asks for them, since a
template may have thousands of them, and hundreds of deployments that differ in a few.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import cast

from awslint_memo.model.budget import meet_choices
from awslint_memo.model.deployment import Resource
from awslint_memo.model.deployment_words import Assignment
from awslint_memo.model.naming import Construct
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.secret import hide
from awslint_memo.model.value import Value
from awslint_memo.readers.cloudformation.conditions import Conditions
from awslint_memo.readers.cloudformation.deployments import Asked, pseudo_parameters
from awslint_memo.readers.cloudformation.document import Document
from awslint_memo.readers.cloudformation.nesting import REST, Location, Nested
from awslint_memo.readers.cloudformation.parameters import Parameter
from awslint_memo.readers.cloudformation.shared_values import SharedValues
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.readers.sam.translated import is_made
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
    """The stacks that were met in any deployment of a template, by prefix; what was worked out of one is kept.

    by_values: the same stacks by prefix, document and the values that the parent gives.
    """

    met: dict[str, list[Stack]] = field(default_factory=dict)
    by_values: dict[tuple[object, ...], Stack] = field(default_factory=dict)
    shared: dict[tuple[str, int], SharedValues] = field(default_factory=dict)
    """The values of the nodes of a document, by prefix and document; what the parent gives is among their answers."""
    made: dict[tuple[object, ...], object] = field(default_factory=dict)
    """The deployments of stacks so far, by what tells them apart, so that equal ones are the same object."""

    def stack(self, document: Document, use: Use) -> Stack:
        """The stack of a document for a use; the same object for the same values given by the parent."""
        # An id is of use only while its object lives; the stacks keep these.
        known = (use.prefix, id(document), frozenset((name, id(value)) for name, value in use.given.items()))
        if known in self.by_values:
            return self.by_values[known]
        parameters = {
            name: replace(parameter, given=use.given.get(name), values={})
            for name, parameter in document.parameters.items()
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
        meet_choices(len(conditions.written) + len(parameters))
        at = use.prefix, id(document)
        shared = self.shared[at] = self.shared.get(at) or SharedValues()
        made = Stack(document, conditions, shared, use.parent, use.given_nodes, use.given)
        self.by_values[known] = made
        self.met.setdefault(use.prefix, []).append(made)
        return made


def _hide_secrets(parameters: Iterable[Parameter]) -> None:
    """Let nobody see what the parent writes for parameters that say that they are secret."""
    for parameter in parameters:
        if parameter.given is not None and parameter.is_hidden(parameter.given.text):
            hide(parameter.given.place)
            hide(parameter.given.decided)


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
    sampled: int | None = None
    """Which one of few deployments is meant, which differ in all that is asked; None: all of them."""
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
    addresses: dict[str, set[str]] = field(default_factory=dict)
    """By path of each nested template, at which addresses it is taken to be, each with those of its parents."""
    address: str = ""
    own: set[tuple[str, str]] = field(default_factory=set)
    """Those of them whose location ends as the path of the file does."""
    construct: Callable[[Resource], Construct | None] = lambda _: None
    is_by_default: bool = False
    """Whether nested stacks have the default values of their parameters, whatever their parents give."""
    narrowed: dict[str, tuple[str, bool]] = field(default_factory=dict)
    """The paths of the nested templates that are given other values than the default ones, with that of the parent and
    whether all of their parameters have a default."""
    is_supposed: bool = False
    """Whether nobody tells the Region of the stack, and it is taken to be in one that a condition compares it with."""

    def take(self, found: Nested, name: str, document: Document, address: str) -> str:
        """Note which document a nested stack has, and give where it is taken to be. name: of the stack."""
        if found.path:
            known = (f"{self.prefix}{name}", found.path)
            self.taken.setdefault(known, found.shown)
            self.own.update([known] if found.is_own else ())
        address = f"{self.address}\n{address if found.path else ''}"
        self.addresses.setdefault(document.source.path, set()).add(address)
        return address

    @property
    def told_taken(self) -> Iterator[str]:
        """Sentences about the nested stacks whose templates were found by the end of their location."""
        for known, shown in self.taken.items():
            is_address = "://" in shown or shown.startswith(REST)
            only = ", by its name only" if is_address and known not in self.own else ""
            yield f"the nested stack {known[0]} ({shown}) is taken as {known[1]}{only}"

    def supposed_in(self, values: Mapping[str, str]) -> Use:
        """The same with a Region that a condition compares its own with, and such parameters; as it is with none."""
        return replace(self, told={**self.told, **values}, is_supposed=bool(values))

    def found(self, parent: Document, location: Location) -> Nested:
        """The template of a nested stack, looked for once: to find a file by its name takes long."""
        known = (id(parent), location)
        if known not in self.stacks.made:
            self.stacks.made[known] = self.find(parent, location)
        return cast("Nested", self.stacks.made[known])


class Results(Mapping[str, bool]):
    """The results of the conditions; one that nothing decides does not hold."""

    def __init__(self, conditions: Conditions, assignment: Assignment) -> None:
        self._conditions = conditions
        self._assignment = assignment
        self._found: dict[str, bool | None] = {}

    def __getitem__(self, name: str) -> bool:
        if name not in self._conditions.written:
            raise KeyError(name)
        return self._conditions.answer_among(self._found, name, self._assignment) or False

    def get(self, name: str, default: bool | None = None) -> bool | None:  # type: ignore[override]
        """The result of a condition; the default for one that the template does not have."""
        known = self._found.get(name)
        if known is not None:  # Each of thousands of resources may ask for it in each deployment.
            return known
        if name not in self._conditions.written:
            return default
        return self._conditions.answer_among(self._found, name, self._assignment) or False

    def __contains__(self, name: object) -> bool:
        return name in self._conditions.written

    def __iter__(self) -> Iterator[str]:
        return iter(self._conditions.written)

    def __len__(self) -> int:
        return len(self._conditions.written)


class ParameterValues(Mapping[str, Value]):
    """The values of the parameters: those chosen in this deployment, the user's and the default values."""

    def __init__(
        self, parameters: Mapping[str, Parameter], fixed: Mapping[str, str], chosen: Mapping[str, Value]
    ) -> None:
        self._parameters = parameters
        self._fixed = fixed
        self._chosen = chosen

    def __getitem__(self, name: str) -> Value:
        chosen = self._chosen.get(name)
        return self._parameters[name].value(self._fixed.get(name)) if chosen is None else chosen

    def get(self, name: str, default: object = None) -> Value | None:  # type: ignore[override]
        """The value of a parameter; None for one that the template does not have."""
        chosen = self._chosen.get(name)
        if chosen is not None or name not in self._parameters:
            return chosen
        return self._parameters[name].value(self._fixed.get(name))

    def is_given(self, name: str) -> bool:
        """Whether the user gives a value, and not only a condition compares the parameter with one."""
        return name in self._fixed

    def given(self) -> dict[str, str | None]:
        """The values that the user gives parameters of the template; None for one that nobody may see."""
        known = ((name, self._parameters.get(name), text) for name, text in self._fixed.items())
        return {name: None if one.is_secret else text for name, one, text in known if one is not None}

    def __contains__(self, name: object) -> bool:
        return name in self._chosen or name in self._parameters

    def __iter__(self) -> Iterator[str]:
        yield from self._parameters
        yield from (name for name in self._chosen if name not in self._parameters)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class ResourceNames(Mapping[str, str]):
    """The logical ids of the resources that are there, by every name that a reference to one can have."""

    def __init__(self, document: Document, prefix: str, scope: StackContext) -> None:
        self._document = document
        self._prefix = prefix
        self._scope = scope
        self.known: dict[str, bool] = {}
        """Of those that are there on a condition, as far as somebody asked: thousands are listed again and again."""

    def has(self, name: str) -> bool:
        """Whether there is a resource of this logical id."""
        known = self.known.get(name)
        if known is not None:
            return known
        conditional = self._document.conditional.get(name)
        if conditional is None:
            return name in self._document.resources
        condition, node = conditional
        is_there = condition is None or bool(self._scope.conditions.get(condition, True))
        if is_there and node is not None:
            # What decides whether SAM makes it refers to no resource, which might itself depend on this one.
            is_there = is_made(node, replace(self._scope, resources={}, asked=None))
        self.known[name] = is_there
        return is_there

    def get(self, name: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """The logical id for a name; None if there is no such resource."""
        alias = self._document.sam.aliases.get(name)
        if alias is not None and self.has(alias):
            return f"{self._prefix}{alias}"
        return f"{self._prefix}{name}" if self.has(name) else default

    def __getitem__(self, name: str) -> str:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __iter__(self) -> Iterator[str]:
        yield from filter(self.has, self._document.resources)
        yield from (alias for alias, name in self._document.sam.aliases.items() if self.has(name))

    def __len__(self) -> int:
        return sum(1 for _ in self)
