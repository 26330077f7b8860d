"""Resource and Deployment: what a rule is given, and how it looks up values and other resources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from awslint_memo.model.choices import Assignment
from awslint_memo.model.declared import Declared
from awslint_memo.model.described import Described
from awslint_memo.model.finding import Finding, Level, Related
from awslint_memo.model.identity import Identity, identities, named_in
from awslint_memo.model.origin import Route
from awslint_memo.model.part import Part
from awslint_memo.model.places import passed
from awslint_memo.model.reads import Answers, Question, Reads, is_noting, note, note_all, note_value, noted
from awslint_memo.model.span import Place, Span
from awslint_memo.model.value import Absent, Known, Link, Scalar, Unknown, Value

T = TypeVar("T")


class Resource(Described):
    """A resource in one deployment, with CloudFormation's type and property names in every language.

    name: the logical id, or Terraform's full address. language: "cloudformation" (SAM included) or "terraform".
    read: evaluates a top-level property. attributes: values beside the properties, such as DeletionPolicy.
    copies: the number of instances (`count`). property_names: by CloudFormation's property name or dotted path, the
    name in the file, if it differs. is_new: False if a Terraform plan says that the resource exists already. part: what
    it is a part of in the file, if a transform generates it.
    """

    def __init__(
        self,
        name: str,
        type_: str,
        place: Place,
        read: Callable[[str], Value],
        *,
        language: str = "cloudformation",
        attributes: Mapping[str, Value] | None = None,
        copies: Value | None = None,
        property_names: Mapping[str, str] | None = None,
        is_new: bool = True,
        body: Place | None = None,
        depends: Callable[[str], Answers] | None = None,
        part: Part | None = None,
    ) -> None:
        super().__init__(name, type_, place, language, property_names or {}, body, part)
        self.attributes = attributes or {}
        self.is_new = is_new
        self.copies = Known(1, place) if copies is None else copies
        self.deployment: Deployment = NOWHERE
        self._read = read
        self._depends = depends
        self._values: dict[str, Value] = {}

    def get(self, path: str, default: Scalar = None) -> Value:
        """The value at a dotted path of properties. If it is absent and `default` is given, AWS's default value."""
        top, _, rest = path.partition(".")
        value = self._values.get(top)
        if value is None:
            value = self._values[top] = self._read(top).reached(Route(self.name).below(top))
        if self._depends is not None and is_noting():
            note_all(self._depends(top))
        if rest:
            value = value.get(rest)
        if default is not None and isinstance(value, Absent):
            value = value.replaced_by(default)
        note_value(self.name, path, value)
        return value

    def attribute(self, name: str) -> Value:
        """An attribute of the resource (DeletionPolicy, UpdatePolicy, Metadata, DependsOn); Absent if it is not set."""
        return self.attributes.get(name, Absent(self.place))

    def follow(self, path: str, *types: str) -> Resource | None:
        """The resource that a property refers to, if that is certain and it has one of `types` (none: any type)."""
        return self.deployment.find(self.get(path), *types)

    def finding(
        self,
        place: Place | Value | Resource,
        message: str,
        *,
        of: str = "",
        level: Level | None = None,
        related: Iterable[tuple[Place | Value | Resource, str]] = (),
    ) -> Finding:
        """A finding about this resource. Its title is put before `message`, which begins with a verb ("has no …").

        of: the property that the message is about, put before the name: "VisibilityTimeout of Orders is 30 s".
        related: other places, each with a short text. If a value is the default of a parameter, the message says so at
        its end, unless it does already with the value's `note`.
        """
        others = tuple(related)
        values = [one for one in (place, *(other[0] for other in others)) if isinstance(one, Value)]
        defaults = " and ".join(dict.fromkeys(name for value in values for name in value.origin.defaults))
        # `of` is surely a property, so also one such as Timeout, which in a message may be an ordinary word.
        about = f"{self.property_names.get(of) or self.in_file_words(of)} of {self.title}" if of else self.title
        note = f" (default of {defaults})" if defaults and "(default of " not in message else ""
        span = _span(place)
        used = self._passed(place, span)
        return Finding(
            message=f"{about} {self.in_file_words(message)}{note}",
            span=span,
            resource=self.written,
            generated=self.name if self.name != self.written else "",
            type=self.type,
            level=level,
            related=(*used, *(Related(_span(where), self.in_file_words(what)) for where, what in others)),
            route=self._route(place),
            home=self.place.span,
            places=tuple(one.span for one in used),
        )

    def _passed(self, place: Place | Value | Resource, span: Span) -> list[Related]:
        if not isinstance(place, Value):
            return []
        is_own = place.route is None or place.route.resource == self.name
        title = self.title if is_own else ""
        found = passed(place, title, self.place.span, self.body, self.in_file_words)
        return [one for one in found if one.span != span]

    def _route(self, place: Place | Value | Resource) -> str:
        """The way to what a finding is about, inside of this resource; of another resource's, with its name."""
        route = place.route if isinstance(place, Value) else None
        inner = "" if route is None else str(route)
        name = route.resource if route is not None else place.name if isinstance(place, Resource) else self.name
        if name == self.name:
            return self.way(inner)
        other = self.deployment.named(name)
        return f"{name}:{inner}" if other is None else f"{other.written}:{other.way(inner)}"


def _span(thing: Place | Value | Resource) -> Span:
    """Where a person would act on a thing: of a value, where it was decided."""
    if isinstance(thing, Value):
        return thing.decided.span
    return (thing.place if isinstance(thing, Resource) else thing).span


class Deployment:
    """One possible deployment of a template, in which every condition has a fixed result.

    name: its name in the user's configuration, if any. choices: the parameter values that lead to it. is_open: there
    may be resources that we can't see (an unknown macro, a remote module), so a rule must not conclude that something
    is missing. others: resources of other templates of the run, linked by exports: lookups find them, but they are not
    checked here.
    """

    def __init__(
        self,
        resources: Iterable[Resource] = (),
        *,
        choices: Sequence[Assignment] = (),
        is_open: bool = False,
        outputs: Callable[[], Iterable[Value]] = tuple,
        others: Iterable[Resource] = (),
        answer: Callable[[Question], object] | None = None,
    ) -> None:
        self._answer = answer
        self._positions: dict[str, int] = {}
        self._type_names: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.own = {resource.name: resource for resource in resources}
        self._resources = {**{resource.name: resource for resource in others}, **self.own}
        self.choices = choices
        self._is_open = is_open
        self.name = ""
        self._outputs = outputs
        self.declared = Declared()
        self._cache: dict[Callable[..., Any], Any] = {}
        self._reads: dict[Callable[..., Any], Reads] = {}
        self._types: dict[str, list[Resource]] = {}
        self._same: dict[int, bool] = {}
        for resource in self._resources.values():
            resource.deployment = self

    @property
    def resources(self) -> Mapping[str, Resource]:
        """All resources by name, those of linked templates included."""
        if is_noting():
            note(("resources",), tuple(self._resources))
        return self._resources

    def named(self, name: str) -> Resource | None:
        """The resource of a name; None if there is none in this deployment."""
        found = self._resources.get(name)
        note(("name", name), found is not None)
        return found

    @property
    def is_open(self) -> bool:
        """Whether there may be resources that are not seen, so that nothing is surely missing."""
        note(("open",), self._is_open)
        return self._is_open

    @property
    def outputs(self) -> tuple[Value, ...]:
        """The values of the outputs: those of a CloudFormation template or of Terraform's root module."""
        return self.once(_outputs)

    def own_of_type(self, *types: str) -> list[Resource]:
        """The resources of these types in the template itself, without those of linked templates."""
        return [resource for resource in self.of_type(*types) if resource.name in self.own]

    def of_type(self, *types: str) -> list[Resource]:
        """The resources of these types, including those of linked templates, in the order of the file."""
        if not self._types:
            self._types = _by_type(self._resources.values())
        found = self._types.get(types[0], []) if len(types) == 1 else self._of_types(types)
        if is_noting():
            note(("type", types), self._names(types, found))
        return found

    def _names(self, types: tuple[str, ...], found: Iterable[Resource]) -> tuple[str, ...]:
        if types not in self._type_names:
            self._type_names[types] = tuple(resource.name for resource in found)
        return self._type_names[types]

    def _of_types(self, types: Sequence[str]) -> list[Resource]:
        positions = self._positions
        if not positions:
            positions.update((name, at) for at, name in enumerate(self._resources))
        several = [one for type_ in dict.fromkeys(types) for one in self._types.get(type_, [])]
        return sorted(several, key=lambda one: positions[one.name])

    def find(self, value: Value, *types: str) -> Resource | None:
        """The resource that a value refers to, by reference, ARN, URL or name; None if that is not certain."""
        found = None
        if isinstance(value, Link):
            found = self.named(value.resource)
        elif isinstance(value, Unknown) and value.parts and isinstance(value.parts[0], Link):
            qualified = (value.parts[1].text or "") if len(value.parts) == 2 else ""
            found = self.named(value.parts[0].resource) if qualified.startswith(":") else None
        elif isinstance(value, (Known, Unknown)):
            found = named_in(value, self.once(_by_identity), types)
        return found if found is not None and (not types or found.type in types) else None

    def may_point_to(self, value: Value, resource: Resource) -> bool:
        """Whether a value may refer to this resource, in whole or in part; False only if that is impossible."""
        if self.find(value) is resource:
            return True
        if isinstance(value, Unknown) and value.anything:
            return True
        return any(link.resource == resource.name for link in value.mentions())

    def once(self, compute: Callable[[Deployment], T]) -> T:
        """The result of `compute(self)`, cached by the function."""
        if compute not in self._cache:
            with noted() as reads:
                self._cache[compute] = compute(self)
            self._reads[compute] = reads
        note(("once", compute), self._reads[compute])
        result: T = self._cache[compute]
        return result

    def answers_alike(self, question: Question, answer: Any) -> bool:
        """Whether a question of another deployment of the same template has the same answer here."""
        kind = question[0]
        if kind == "once":
            return self._is_worked_out_alike(answer)
        if kind == "type":
            types = question[1]
            return bool(answer == (self._type_names.get(types) or self._names(types, self.of_type(*types))))
        if kind == "name":
            return bool(answer == (question[1] in self._resources))
        if kind == "open":
            return bool(answer == self._is_open)
        if kind == "resources":
            return bool(answer == tuple(self._resources))
        own = self._answer(question) if self._answer is not None else None
        return own is answer or (isinstance(own, (str, tuple)) and bool(own == answer))

    def _is_worked_out_alike(self, answer: Reads) -> bool:
        if id(answer) not in self._same:
            self._same[id(answer)] = True  # What asks for itself adds nothing.
            self._same[id(answer)] = answer.hold(self.answers_alike)
        return self._same[id(answer)]


NOWHERE = Deployment()


def _outputs(deployment: Deployment) -> tuple[Value, ...]:
    return tuple(deployment._outputs())


def _by_type(resources: Iterable[Resource]) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = {}
    for resource in resources:
        found.setdefault(resource.type, []).append(resource)
    return found


def _by_identity(deployment: Deployment) -> dict[Identity, Resource]:
    return dict(identities(deployment.resources.values()))
