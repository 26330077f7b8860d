"""The deployments of a template as a stack, with those of the stacks nested in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Final

from awslint_memo.model.dependencies import Answers, Hashed, Together, note, note_all
from awslint_memo.model.deployment import Resource
from awslint_memo.model.partial import OpenFields, kept_by_name
from awslint_memo.model.properties import ATTRIBUTES, AttributeName
from awslint_memo.model.record import field, record, replace
from awslint_memo.model.span import Place
from awslint_memo.model.value import Absent, Known, Unknown, Value
from awslint_memo.readers.cloudformation.document import Document, Form, changing
from awslint_memo.readers.cloudformation.expansion import key_places
from awslint_memo.readers.cloudformation.shared_values import SharedValues, part_at
from awslint_memo.readers.cloudformation.stack_context import StackContext
from awslint_memo.readers.cloudformation.stack_names import export_name, named_by_values
from awslint_memo.readers.cloudformation.stacks import ResourceNames, Use
from awslint_memo.syntax.node import UNREADABLE, Node, fields, text

EXPORTING: Final[dict[str, Mapping[str, str]]] = {}
"""Values of parameters, by the absolute paths of templates, with which these export instead of the default ones."""


class Imports(dict[str, Value]):
    """The exports of other stacks by name; each is worked out when it is asked for, as few of them are.

    Stacks may import from each other; what leads back to a value that is being worked out is none. unclear: names of
    which it is not known who exports them, each with whether it is judged with all who do.
    """

    def __init__(self, unclear: Mapping[str, tuple[bool, Sequence[str]]] | None = None) -> None:
        super().__init__()
        self._unclear = frozenset(name for name, (is_judged, _) in (unclear or {}).items() if not is_judged)
        self.stacks: Sequence[StackDeployment] = ()
        self._known: dict[int, Mapping[str, str]] = {}
        self._is_filled = False
        self._outputs: dict[str, tuple[StackDeployment, str]] = {}
        self._asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        if self.stacks and not self._is_filled:
            self._is_filled = True
            for stack in self.stacks:
                known = self._known.get(id(stack))
                exports = stack.exports() if known is None else known.items()
                for export, output in exports:
                    self._outputs[export] = (stack, output)
                    for named in named_by_values(export, stack.document.parameters):
                        self._outputs.setdefault(named, (stack, output))
        is_there = name in self._outputs or super().__contains__(name)
        return is_there and name not in self._asked and name not in self._unclear

    def __missing__(self, name: str) -> Value:
        stack, output = self._outputs[name]
        self._asked.add(name)
        try:
            self[name] = kept_by_name(name, stack.output(output))
        finally:
            self._asked.discard(name)
        return self[name]

    def know(self, pairs: Iterable[tuple[StackDeployment, Mapping[str, str] | None]]) -> None:
        """Take over the outputs of stacks by the names of their exports, if they were worked out: hundreds of templates
        may import from one. Names that are made of other exports are worked out anew."""
        self._known = {
            id(stack): exports
            for stack, exports in pairs
            if exports is not None and "ImportValue" not in stack.document.source.words
        }

    def forget(self) -> None:
        """Let go of the stacks; what was asked for stays."""
        self.stacks = ()
        self._outputs.clear()


@record(frozen=True, eq=False)
class StackDeployment:
    """One deployment of a document, with one deployment of each stack nested in it.

    there: its resources. nested: the stacks by logical id. unseen: descriptions of what is deployed with it but was not
    read.
    """

    document: Document
    use: Use
    scope: StackContext
    shared: SharedValues
    there: ResourceNames
    nested: Mapping[str, StackDeployment] = field(default_factory=dict)
    unseen: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        """Whether there may be unseen resources: from a macro, from other parts of a template that this is one part of,
        or from nested stacks beyond the limit."""
        document = self.document
        is_whole = document.macro is None and document.missing_condition is None and not document.sam.is_open
        return not is_whole or self.use.uses.left <= 0 or any(stack.is_open for stack in self.nested.values())

    def forget(self) -> None:
        """Let go of what knows the stack itself, once nobody asks it or another of the same template any more."""
        for stack in (self, *self.use.stacks.made.values()):
            if isinstance(stack, StackDeployment):
                stack.shared.forget()
                stack.scope.resources, stack.scope.imports = {}, {}
                vars(stack.scope).pop("_for_keys", None)
                vars(stack.scope).pop("kept", None)
                vars(stack).pop("_told", None)
        self.use.stacks.made.clear()
        if isinstance(self.use.imports, Imports):
            self.use.imports.forget()

    def evaluated(self, node: Node) -> Value:
        """The value of a node of the template in this deployment; what it depends on is noted."""
        answers, found = self.shared.value(node, node, self.scope)
        note_all(answers)
        return found

    def holds(self, condition: str) -> bool | None:
        """The result of a condition in this deployment, which is noted; None if it is not known."""
        answer = self.scope.conditions.get(condition)
        note(("condition", self.scope.prefix, condition), answer)
        return answer

    def has(self, name: str) -> bool:
        """Whether the resource of a logical id is in this deployment; the condition on which it is there is noted."""
        condition, _ = self.document.conditional.get(name, (None, None))
        return (condition is None or self.holds(condition) is not False) and self.there.has(name)

    def outputs(self) -> Iterator[Value]:
        """The values of the outputs that exist in this deployment."""
        for name in self.document.section("Outputs"):
            yield self.output(name)

    def output(self, name: str) -> Value:
        """The value of one output; Absent where it does not exist in this deployment."""
        told = self._told.get(name)
        if told is None:
            told = self._told[name] = self._output(name)
        condition, answers, found = told
        if condition is not None:
            self.holds(condition)
        note_all(answers)
        return found

    @cached_property
    def _told(self) -> dict[str, tuple[str | None, Answers, Value]]:
        """By output, the condition on which it is there, what its value depends on, and that: deployments of the parent
        are compared by the outputs of many of its nested stacks."""
        return {}

    def _output(self, name: str) -> tuple[str | None, Answers, Value]:
        section = self.document.section("Outputs")
        node = section.get(name)
        if UNREADABLE in section if node is None else name == UNREADABLE or UNREADABLE in fields(node):
            return None, {}, Unknown("an output that can't be read", node or self.document.root, anything=True)
        value, condition = fields(node).get("Value"), text(fields(node).get("Condition"))
        if node is None or value is None or not exists(node, self.scope.conditions):
            return condition, {}, Absent(self.document.root if node is None else node)
        answers, found = self.shared.value(value, node, self.scope)
        return condition, answers, kept_by_name(name, found)

    def exports(self) -> Iterator[tuple[str, str]]:
        """The names of the outputs that other stacks can import, each behind the name of its export (`export_name`)."""
        for name, node in self.document.section("Outputs").items():
            export = fields(fields(node).get("Export")).get("Name")
            exported = export_name(self.scope.evaluate(export)) if export is not None else None
            if exported is not None and exists(node, self.scope.conditions):
                yield exported, name

    def resource(self, here: str) -> Resource:
        """The resource of a logical id of the document."""
        form, place = self.document.form(here), self.document.resources[here][0]
        part = form.part
        if part is not None and self.use.prefix:
            part = replace(part, written=f"{self.use.prefix}{part.written}")
        body = self.document.sam.written.get(here)
        made = Resource(
            f"{self.use.prefix}{here}",
            form.type,
            place,
            partial(self._read, form, place),
            attributes=_Attributes(self, form.said, place),
            property_names=form.property_names,
            body=body,
            part=part,
            depends=partial(self._depends, form, place),
            reached=self.shared.reached(here),
            written_type=text(fields(body).get("Type")) or "",
        )
        made.construct_of = self.use.construct
        made.read_all = partial(self._everything, form)
        return made

    def _everything(self, form: Form, resource: Resource) -> Iterator[tuple[str, Value]]:
        """All properties of a resource that are written, by name."""
        names: Iterable[str] = form.written
        if form.is_computed:
            names = self.scope.evaluate(form.said["Properties"]).fields
        yield from ((name, resource.get(name)) for name in names)

    def together(self, here: str, path: str) -> Hashed | None:
        """What the part of a property of a resource depends on, to be compared with that in other deployments; None
        where its questions are asked one by one."""
        if here not in self.document.resources:
            return None
        answers = self._depends(self.document.form(here), self.document.resources[here][0], path)
        return answers.known if isinstance(answers, Together) else None

    def _depends(self, form: Form, place: Place, path: str) -> Answers:
        """What a property, or its part, at a dotted path depends on; with "@" before its name, an attribute."""
        if path.startswith("@"):
            node = form.said.get(path[1:])
            return {} if node is None else self.shared.value(node, place, self.scope)[0]
        name, _, rest = path.partition(".")
        node = form.written.get(name)
        if node is not None:
            answers = self.shared.value(node, place, self.scope)[0]
            part = part_at(node, rest.split(".")) if answers and rest else node
            if part is None or part is node:
                return {} if part is None else answers
            return self.shared.value(part, part, self.scope)[0]
        return self.shared.value(form.said["Properties"], place, self.scope)[0] if form.is_computed else {}

    def _read(self, form: Form, place: Place, name: str) -> Value:
        transforms = self.document.transforms
        macro = changing(transforms, form.type, name) if transforms else None
        if macro is not None:
            return Unknown(f"{macro} may change it", place)
        node = form.written.get(name)
        if node is not None:
            _, value = self.shared.value(node, place, self.scope)
            if not isinstance(value, Absent):
                value.named = key_places(form.written)(form.said["Properties"], name)
            return value
        if self.document.macro is not None:
            return Unknown(f"{self.document.macro} may add it", place)
        if form.is_computed:
            whole = self.scope.evaluate(form.said["Properties"])
            if not isinstance(whole, Known) or isinstance(whole.content, OpenFields):
                return whole.get(name)
            value = whole.get(name)
            return Absent(place) if isinstance(value, Absent) else value
        return Absent(place)


class _Attributes(Mapping[AttributeName, Value]):
    """The attributes beside the properties of a resource; each is evaluated when somebody asks for it."""

    def __init__(self, stack: StackDeployment, said: Mapping[str, Node], place: Place) -> None:
        self._stack = stack
        self._said = said
        self._place = place

    def __getitem__(self, name: AttributeName) -> Value:
        if name not in self._said:
            raise KeyError(name)
        return self._stack.shared.value(self._said[name], self._place, self._stack.scope)[1]

    def __iter__(self) -> Iterator[AttributeName]:
        return (name for name in ATTRIBUTES if name in self._said)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def with_nested(stacks: Iterable[StackDeployment]) -> Iterator[StackDeployment]:
    """These stacks and those nested in them, each once."""
    pending = [*stacks][::-1]
    seen: set[int] = set()
    while pending:
        stack = pending.pop()
        if id(stack) not in seen:
            seen.add(id(stack))
            yield stack
            pending += [*stack.nested.values()][::-1]


def exists(node: Node, answers: Mapping[str, bool]) -> bool:
    """Whether a resource or an output is there, by the results of the conditions."""
    condition = text(fields(node).get("Condition"))
    return condition is None or answers.get(condition, True)
